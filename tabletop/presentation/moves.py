"""Moves: what a seat may do now and what it may not, with cost, forecast and refusal, and what it has to do it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.dealt import Counsel, counsel_on, dealt
from tabletop.presentation.effect_words import Hint, hint_of, together
from tabletop.presentation.names import units
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.refusal_words import refusal_words
from tabletop.presentation.set_piece_questions import question_of
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.program import Action


@attrs.frozen(kw_only=True)
class Move:
    """One move of a seat: an action with its parameters, an answer to a card, or the pass.

    `key` names it in commands, as `id(name=value)`; `kind` is "action", "option" or "pass". `number` is what to type
    for it, the same all through the game; 0 for the pass and for moves of other phases. `price` is the cost in words,
    "" if it costs nothing. `effects` has what each effect would do now, those that hang on something unmet last.
    `refusal` says why it is not open, "" where it is.

    `is_final`: nothing that comes later takes it back. `ends_part`: with it the seat's part of the phase is over.
    `closes`: it is the seat's last in the phase by the rules. `leads_out`: it ends this part of the game, as walking
    out does. `caution` says what of this a player should think of first; "" where there is nothing. `asks` is what a
    player must be asked before it is made, whatever they have chosen: only moves that nothing takes back have it.
    `counsel` is what the seat's advisers say of it now.
    """

    key: str
    id: str
    kind: str
    label: str
    number: int = 0
    parameters: dict[str, str] = attrs.field(factory=dict, hash=False)
    text: str = ""
    group: str = ""
    cost: dict[str, int] = attrs.field(factory=dict, hash=False)
    price: str = ""
    effects: tuple[Hint, ...] = ()
    claims: tuple[str, ...] = ()
    refusal: str = ""
    is_final: bool = False
    ends_part: bool = False
    closes: bool = False
    leads_out: bool = False
    caution: str = ""
    counsel: tuple[Counsel, ...] = ()
    asks: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be made now."""
        return not self.refusal

    @property
    def is_pass(self) -> bool:
        """Whether it is the pass."""
        return self.kind == "pass"

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The effects that are to be expected now, each said once: what stands on a card or in a menu.

        What moves the same thing at the same time stands together, by what it comes to.
        """
        found: dict[tuple[str, ...], Hint] = {}
        for one in self.effects:
            if one.likely == "not now" or not one.is_telling:
                continue
            is_sure = one.manner == "number" and one.low == one.high and bool(one.amount)
            key = (one.verb, one.target, one.tail) if is_sure else (one.verb, one.text)
            found[key] = together(found[key], one) if is_sure and key in found else found.get(key, one)
        return tuple(one for one in found.values() if one.low or one.high or not one.amount)


@attrs.frozen(kw_only=True)
class Elsewhere:
    """A move of the seat's that belongs to another phase: when it is named, this is why it cannot be made."""

    key: str
    id: str
    label: str
    refusal: str


@attrs.frozen(kw_only=True)
class Budget:
    """What a seat has of a resource: how much is `left` once what lies face down is paid, of `most`, and in words."""

    resource: str
    name: str
    left: int
    most: int
    words: str


@attrs.frozen(kw_only=True)
class Hand:
    """All that a seat may do now: nothing for a seat that need not act.

    `moves` are those open, in the order of their numbers, without the pass; `closed` those of the phase that are not,
    with their refusals; `elsewhere` those of other phases. `card` is the id of the card that they answer, or "".
    `groups` are those of the open moves. Up to `picks_affordable` of `picks_left` moves more can be paid for. `chosen`
    lie face down, unseen by others; `done` was done in the open in this phase, by title. `costs_anything` tells whether
    any move of the phase does. `dealt` are the keys of the moves that this turn calls for, chosen ones among them:
    faces lay these out first, and the rest one key away. It is empty where there are few moves, or no advice.
    """

    seat: str
    card: str = ""
    moves: tuple[Move, ...] = ()
    passing: Move | None = None
    closed: tuple[Move, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    groups: tuple[str, ...] = ()
    is_face_down: bool = False
    picks: int = 1
    picks_left: int = 0
    picks_affordable: int = 0
    chosen: tuple[Move, ...] = ()
    done: tuple[str, ...] = ()
    budget: tuple[Budget, ...] = ()
    costs_anything: bool = False
    dealt: tuple[str, ...] = ()

    @property
    def in_front(self) -> tuple[Move, ...]:
        """The moves that are dealt, in the order of their numbers, chosen ones among them in their places; empty where
        none are."""
        both = {one.key: one for one in (*self.moves, *self.closed, *self.chosen)}
        return tuple(both[key] for key in self.dealt if key in both)

    @property
    def aside(self) -> tuple[Move, ...]:
        """The open moves that are not dealt."""
        return tuple(one for one in self.moves if one.key not in self.dealt)

    @property
    def open(self) -> tuple[Move, ...]:
        """The moves that can be made, the pass last."""
        return (*self.moves, self.passing) if self.passing is not None else self.moves

    @property
    def by_group(self) -> tuple[Move, ...]:
        """Open, chosen and closed moves by group in the scenario's order, in each group the open ones first."""
        both = sorted((*self.moves, *self.chosen, *self.closed), key=lambda one: one.number)
        groups = list(dict.fromkeys(one.group for one in both))
        return tuple(sorted(both, key=lambda one: (groups.index(one.group), bool(one.refusal))))

    @property
    def own_actions(self) -> tuple[Move | Elsewhere, ...]:
        """All actions of the seat, of this phase and of others, whether they can be made now or not."""
        here = (*self.moves, *self.chosen, *self.closed)
        return (*(one for one in here if one.kind == "action"), *self.elsewhere)

    @property
    def is_begun(self) -> bool:
        """Whether the seat has already chosen or done something in this phase."""
        return bool(self.chosen or self.done)


def hand_of(perspective: Perspective, words: Words) -> Hand:
    """All that the seat of a perspective may do now."""
    view = perspective.view
    opened = [move_of(perspective, words, action) for action in perspective.moves]
    is_asked = perspective.seat in view.acting and view.card is None
    open_now, chosen = {one.key for one in opened}, {str(action) for action in view.picked}
    here = perspective.moves_of_phase if is_asked else []
    closed = [one for one in here if str(one) not in open_now and str(one) not in chosen]
    return Hand(
        seat=perspective.seat,
        card=view.card or "",
        moves=tuple(one for one in opened if not one.is_pass),
        passing=next((one for one in opened if one.is_pass), None),
        closed=tuple(move_of(perspective, words, one) for one in closed),
        elsewhere=elsewhere(perspective, words, {*open_now, *chosen, *map(str, closed)}),
        groups=tuple(perspective.groups),
        is_face_down=perspective.is_face_down,
        picks=perspective.phase.picks.get(perspective.seat, 1) if perspective.phase else 1,
        picks_left=perspective.picks_left,
        picks_affordable=perspective.picks_affordable,
        chosen=tuple(move_of(perspective, words, action) for action in view.picked),
        done=tuple(entry.title for entry in perspective.done_here),
        budget=budget(perspective, words),
        costs_anything=any(any(one.cost.values()) for one in perspective.moves_of_phase),
        dealt=_dealt(perspective) if is_asked else (),
    )


def _dealt(perspective: Perspective) -> tuple[str, ...]:
    """The keys of the moves dealt. Those chosen already, and those too dear since, keep their places in the hand."""
    open_now = {action.key for action in (*perspective.view.actions, *perspective.view.picked)}
    refusals = perspective.prospects.refusals
    able = [
        one
        for one in perspective.moves_of_phase
        if one.key in open_now or (one.key in refusals and refusals[one.key].kind == "cost")
    ]
    return dealt(perspective, able)


def move_of(perspective: Perspective, words: Words, action: Action) -> Move:
    """One move of the seat, open or not."""
    names = perspective.names
    is_pass = action.kind == "pass"
    noun = next((one for one in perspective.scenario.actions if one.id == action.id and action.kind == "action"), None)
    each = [hint_of(perspective, words, one) for one in perspective.forecasts(action)]
    is_final, ends_part = perspective.is_final(action), perspective.ends_part(action)
    priced = [units(amount, names.full(name)) for name, amount in action.cost.items() if amount]
    return Move(
        key=str(action),
        id=action.id,
        kind=action.kind,
        label=pass_words(perspective, words) if is_pass else action.label,
        number=perspective.number(action),
        parameters=dict(action.parameters),
        text=words("moves.pass_text") if is_pass else action.text,
        group=action.group,
        cost={name: amount for name, amount in action.cost.items() if amount},
        price=words.listed(priced),
        effects=tuple(sorted(each, key=lambda one: one.likely == "not now")),
        claims=action.claims,
        refusal=_refusal(perspective, words, action),
        is_final=is_final,
        ends_part=ends_part,
        closes=noun is not None and noun.closes,
        leads_out=action.kind == "action" and any(effect.leads_on for effect in action.effects),
        caution=_caution(words, is_pass=is_pass, is_final=is_final, ends_part=ends_part),
        counsel=counsel_on(perspective, action),
        asks=question_of(perspective, words, action),
    )


def move_named(perspective: Perspective, words: Words, key: str) -> Move | None:
    """The move of the seat that has a key, open or not, of this phase or another; None where there is none."""
    own = [one for one in perspective.program.actions if one.kind == "action" and one.seat == perspective.seat]
    found = next((one for one in (*perspective.view.actions, *own) if str(one) == key), None)
    return None if found is None else move_of(perspective, words, found)


def pass_words(perspective: Perspective, words: Words) -> str:
    """What passing means here."""
    return words("moves.done" if perspective.view.picked or perspective.done_here else "moves.nothing")


def budget(perspective: Perspective, words: Words) -> tuple[Budget, ...]:
    """What the seat has left to spend, resource by resource."""
    found = []
    for one in perspective.noun.resources:
        left = perspective.left(one)
        said = words("moves.left", what=one.name, count=left)
        most = max(left, one.refresh or one.start)
        found.append(Budget(resource=one.id, name=one.name, left=left, most=most, words=said))
    return tuple(found)


def elsewhere(perspective: Perspective, words: Words, but: set[str]) -> tuple[Elsewhere, ...]:
    """The seat's other moves, each with why it is not to be made now."""
    own = [one for one in perspective.program.actions if one.kind == "action" and one.seat == perspective.seat]
    return tuple(
        Elsewhere(key=str(one), id=one.id, label=one.label, refusal=_refusal(perspective, words, one))
        for one in own
        if str(one) not in but
    )


def _refusal(perspective: Perspective, words: Words, action: Action) -> str:
    if any(action.key == one.key for one in perspective.view.actions):
        return ""
    if any(action.key == one.key for one in perspective.view.picked):
        return words("refusals.chosen")
    return refusal_words(perspective.names, words, perspective.why_not(action))


def _caution(words: Words, *, is_pass: bool, is_final: bool, ends_part: bool) -> str:
    if is_pass:
        return words("moves.final_pass")
    return words("moves.final_text") if is_final else words("moves.final_last") if ends_part else ""
