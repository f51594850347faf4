"""An event card: its situation, sources and record, what came of it, what it asks of each seat, and what is due."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.presentation.card_date import card_date
from tabletop.presentation.cited import CitedClaim, CitedSource, cited_claims, cited_sources, in_a_line
from tabletop.presentation.pending_effects import Due, waiting
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import signed
from tabletop.presentation.timeline import TimelineEntry, entries_at
from tabletop.presentation.words import Words
from tabletop.scenario.cards import Card, Choice
from tabletop.scenario.numerals import whole

#: The kinds of card that have a name of their own; every other is called an event.
_NAMED_KINDS = ("warning", "opportunity", "turn")


@attrs.frozen(kw_only=True)
class CardOption:
    """An answer as it is printed on a card; `is_open` where the seat that looks can give it now."""

    id: str
    label: str
    text: str
    is_open: bool


@attrs.frozen(kw_only=True)
class CardQuestion:
    """A question to a seat as it is printed on a card, with the answers in order.

    `is_asked` where the seat that looks has to answer it now: whether others have to can hang on what only they know.
    """

    seat: str
    who: str
    is_own: bool
    is_asked: bool
    prompt: str
    options: tuple[CardOption, ...]


@attrs.frozen(kw_only=True)
class CardEffectDue:
    """What a card has set in motion: the turn (over all stages) in which it falls due next, when that is and what it
    is in words, and the reason. `is_sure` unless it hangs on a condition."""

    turn: int
    when: str
    what: str
    why: str
    is_sure: bool

    @property
    def text(self) -> str:
        """When, and what."""
        return f"{self.when}: {self.what}"


@attrs.frozen(kw_only=True)
class EventCard:
    """A card as a seat may read it.

    `kind` is as its pack has it, `kind_text` that in words; `record_text` says whether it happened. `source_line` names
    the claims and the first source in short. `came` is what came of it since it came up last, `due` what it has yet to
    bring. `times` tells in which turns it came up.
    """

    id: str
    kind: str
    kind_text: str
    title: str
    text: str
    date: str
    certainty: str
    record_text: str
    source_line: str
    claims_title: str
    claims: tuple[CitedClaim, ...]
    sources_title: str
    sources: tuple[CitedSource, ...]
    came_title: str
    came: tuple[TimelineEntry, ...]
    questions: tuple[CardQuestion, ...]
    due_title: str
    due: tuple[CardEffectDue, ...]
    times: tuple[str, ...]

    @property
    def asked(self) -> CardQuestion | None:
        """The question that the seat has to answer now."""
        return next((one for one in self.questions if one.is_asked), None)


def event_card(perspective: Perspective, words: Words, card: Card) -> EventCard:
    """A card of the scenario, or one that a facilitator is about to bring in."""
    claims, sources = cited_claims(perspective.scenario, card.claims), cited_sources(perspective.scenario, card.sources)
    came, due = _came_of(perspective, words, card), _due(perspective, words, card)
    log = perspective.view.log
    turns = [entry.turn for entry in log if entry.kind == "card" and entry.card == card.id]
    return EventCard(
        id=card.id,
        kind=card.kind,
        kind_text=kind_words(words, card),
        title=card.title,
        text=" ".join(card.text.split()),
        date=card_date(perspective, words, card),
        certainty=card.certainty,
        record_text=words(f"event-card.record_{card.certainty}"),
        source_line=_source_line(card, sources),
        claims_title=words("explain.claims", count=len(claims)) if claims else "",
        claims=claims,
        sources_title=words("explain.sources", count=len(sources)) if sources else "",
        sources=sources,
        came_title=words("event-card.came") if came else "",
        came=came,
        questions=tuple(_question(perspective, choice, card) for choice in card.choices),
        due_title=words("event-card.due") if due else "",
        due=due,
        times=tuple(str(perspective.turns[turn]) for turn in turns if turn in perspective.turns),
    )


def kind_words(words: Words, card: Card) -> str:
    """What a kind of card is called."""
    named = card.kind if card.kind in _NAMED_KINDS else "event"
    return words(f"event-card.kind_{named}")


def card_reminder(perspective: Perspective, words: Words) -> str:
    """The card of the turn in a few words; "" where none came up."""
    card = perspective.card_of_turn
    return words("event-card.of_turn", turn=perspective.stage.turn, title=card.title) if card is not None else ""


def _source_line(card: Card, sources: Sequence[CitedSource]) -> str:
    more = f" +{len(sources) - 1}" if len(sources) > 1 else ""
    return in_a_line(" ".join(card.claims), f"{sources[0].short}{more}" if sources else "", between=" · ")


def _came_of(perspective: Perspective, words: Words, card: Card) -> tuple[TimelineEntry, ...]:
    log = perspective.view.log
    came_up = [at for at, entry in enumerate(log) if entry.kind == "card" and entry.card == card.id]
    if not came_up:
        return ()
    places = [at for at in range(came_up[-1], len(log)) if log[at].card == card.id]
    return entries_at(perspective, words, places)[1:]


def _question(perspective: Perspective, choice: Choice, card: Card) -> CardQuestion:
    is_asked = perspective.card is not None and perspective.card.id == card.id and perspective.question == choice
    open_now = {action.id for action in perspective.view.actions} if is_asked else set()
    return CardQuestion(
        seat=choice.seat,
        who=perspective.names.seat(choice.seat),
        is_own=choice.seat == perspective.seat,
        is_asked=is_asked,
        prompt=choice.prompt,
        options=tuple(
            CardOption(id=one.id, label=one.label, text=" ".join(one.text.split()), is_open=one.id in open_now)
            for one in choice.options
        ),
    )


def _due(perspective: Perspective, words: Words, card: Card) -> tuple[CardEffectDue, ...]:
    """What the card and the answers to it have set in motion, each effect once, the soonest first."""
    own = [one for one in waiting(perspective) if one.entry.card == card.id]
    each: dict[tuple[int, int], list[Due]] = {}
    for one in own:
        each.setdefault((perspective.view.log.index(one.entry), id(one.effect)), []).append(one)
    return tuple(_due_effect(perspective, words, dues) for dues in each.values())


def _due_effect(perspective: Perspective, words: Words, dues: Sequence[Due]) -> CardEffectDue:
    first, effect = dues[0], dues[0].effect
    ahead, turn = first.turn - perspective.view.turn, perspective.stage.turn
    key = "event-card.each_turn" if effect.lasts else "event-card.in_turns"
    amount = whole(effect.amount.source) if effect.amount is not None else None
    name = ", ".join(map(perspective.names.full, effect.changed))
    what = f"{name} {signed(amount)}" if amount is not None else name
    if effect.value is not None and effect.value.source in ("true", "false"):
        what = f"{name}: {perspective.names.in_words(words, effect.changed[0], effect.value.source == 'true')}"
    return CardEffectDue(
        turn=first.turn,
        when=words(key, count=len(dues) if effect.lasts else ahead, turn=turn),
        what=what if first.surely else words("event-card.perhaps", what=what),
        why=effect.why,
        is_sure=first.surely,
    )
