"""Views of a state: what a seat may know, what everybody may know, and everything (for a facilitator)."""

from __future__ import annotations

from types import MappingProxyType

import attrs

from tabletop.engine import layout as code
from tabletop.engine.log import Entry
from tabletop.engine.program import Action
from tabletop.engine.state import State

Known = int | bool | str


@attrs.frozen(kw_only=True)
class View:
    """What a seat sees. Equal for two states that differ only in what the seat may not know.

    `acting` has the seats that must act, from what the seat can know: in a simultaneous phase the others count as
    acting until everything is revealed, since only they know how many actions they have chosen.
    `facts` holds the variables, hidden truths and values known to the seat; `picked` the actions it has chosen face
    down; `actions` those it may take now; `log` the entries it has learned of. `scores` and `objective_points` are
    empty until the game is over; what an objective was worth is None where it hangs on what the seat may not know.
    """

    seat: str
    turn: int
    stage: str
    stage_turn: int
    phase: str
    acting: tuple[str, ...]
    card: str | None
    meters: MappingProxyType[str, int]
    tracks: MappingProxyType[str, int]
    resources: MappingProxyType[str, int]
    assumptions: MappingProxyType[str, int | bool]
    facts: MappingProxyType[str, Known]
    picked: tuple[Action, ...]
    actions: tuple[Action, ...]
    log: tuple[Entry, ...]
    finished: bool
    outcome: str | None
    scores: MappingProxyType[str, int]
    objective_points: MappingProxyType[str, tuple[int | None, ...]]


def view_of(state: State, seat: str) -> View:
    """The view of a seat. Raises KeyError for an unknown seat."""
    p = state.program
    number = p.seat_number(seat)
    core = state.core
    base = p.seat_places[number]
    picked = core[base + 2 : base + 2 + core[base + 1]] if p.phases[core[code.PHASE]].is_face_down else ()
    moves = state.legal(number) if seat in state.acting else ()
    entries = (entry.seen_by(seat) for entry in state.log)
    return _view(
        state,
        seat,
        acting=acting_as_seen(state, seat),
        card=card_as_seen(state, seat),
        resources=_known(state, seat, state.resources),
        tracks=_known(state, seat, state.tracks),
        facts=_facts(state, seat),
        picked=tuple(p.actions[move] for move in picked),
        actions=tuple(p.actions[move] for move in moves),
        log=tuple(entry for entry in entries if entry is not None),
    )


def public_view(state: State) -> View:
    """What everybody at the table may know: the view of an observer without a seat, such as a projector."""
    return _view(
        state,
        "",
        acting=acting_as_seen(state, ""),
        card=card_as_seen(state, ""),
        resources=_known(state, "", state.resources),
        tracks=_known(state, "", state.tracks),
        facts=_facts(state, ""),
        log=public_log(state),
    )


def acting_as_seen(state: State, seat: str) -> tuple[str, ...]:
    """The seats that must act, in order, from what a seat can know ("" for an observer)."""
    core, p = state.core, state.program
    if not state.acting or core[code.CARD] >= 0 or not p.phases[core[code.PHASE]].is_face_down:
        return state.acting
    seats = (p.seat_ids[number] for number in p.phases[core[code.PHASE]].seats)
    return tuple(one for one in seats if one != seat or one in state.acting)


def whole_view(state: State) -> View:
    """Everything, hidden variables included: for a facilitator."""
    names = [noun.id for nouns in (state.program.scenario.variables, state.program.scenario.hidden) for noun in nouns]
    names += [noun.id for noun in state.program.scenario.values]
    facts = MappingProxyType({name: state.value(name) for name in names})
    return _view(
        state,
        "",
        acting=state.acting,
        card=state.card,
        resources=state.resources,
        tracks=state.tracks,
        facts=facts,
        log=state.log,
        knows_all=True,
    )


def closing_view(state: State) -> View:
    """What everybody may know once the game is over and its hidden truths are told: all but what a facilitator did
    unseen."""
    log = tuple(entry for entry in state.log if entry.known_to is None or entry.known_to)
    return attrs.evolve(whole_view(state), log=log)


def _view(
    state: State,
    seat: str,
    *,
    acting: tuple[str, ...],
    card: str | None,
    resources: MappingProxyType[str, int],
    tracks: MappingProxyType[str, int],
    facts: MappingProxyType[str, Known],
    log: tuple[Entry, ...],
    picked: tuple[Action, ...] = (),
    actions: tuple[Action, ...] = (),
    knows_all: bool = False,
) -> View:
    """A view: the part common to all, and the given parts that differ by seat."""
    return View(
        seat=seat,
        turn=state.turn,
        stage=state.stage,
        stage_turn=state.stage_turn,
        phase=state.phase,
        acting=acting,
        card=card,
        meters=state.meters,
        tracks=tracks,
        resources=resources,
        assumptions=state.assumptions,
        facts=facts,
        picked=picked,
        actions=actions,
        log=log,
        finished=state.finished,
        outcome=state.outcome,
        scores=state.scores,
        objective_points=_objective_points(state, seat, knows_all),
    )


def _objective_points(state: State, seat: str, knows_all: bool) -> MappingProxyType[str, tuple[int | None, ...]]:
    """What each objective of each seat was worth, as far as a seat may know it, once the game is over."""
    p = state.program
    if not state.finished:
        return MappingProxyType({})
    core = list(state.core)
    found = {}
    for noun, formulas in zip(p.scenario.seats, p.objectives, strict=True):
        known = [knows_all or p.scope.read(one.points.source).known_by(seat) for one in noun.objectives]
        found[noun.id] = tuple(
            int(p.formulas[formula](core)) if is_known else None
            for formula, is_known in zip(formulas, known, strict=True)
        )
    return MappingProxyType(found)


def card_as_seen(state: State, seat: str) -> str | None:
    """The id of the card that waits for an answer, if a seat may read it ("" for an observer)."""
    if state.core[code.CARD] < 0:
        return None
    card = state.program.scenario.cards[state.core[code.CARD]]
    return card.id if not card.known_to or seat in card.known_to else None


def public_log(state: State) -> tuple[Entry, ...]:
    """The log for an observer without a seat: what everybody has learned."""
    entries = (entry.seen_by("") for entry in state.log)
    return tuple(entry for entry in entries if entry is not None)


def _known(state: State, seat: str, values: MappingProxyType[str, int]) -> MappingProxyType[str, int]:
    known = {name: state.program.scope.symbols[name].known_to for name in values}
    return MappingProxyType({name: value for name, value in values.items() if _is_known(known[name], seat)})


def _facts(state: State, seat: str) -> MappingProxyType[str, Known]:
    scenario = state.program.scenario
    symbols = state.program.scope.symbols
    names = [noun.id for nouns in (scenario.variables, scenario.hidden, scenario.values) for noun in nouns]
    known = {name: symbols[name].known_to for name in names}
    return MappingProxyType({name: state.value(name) for name in names if _is_known(known[name], seat)})


def _is_known(known_to: frozenset[str] | None, seat: str) -> bool:
    return known_to is None or seat in known_to
