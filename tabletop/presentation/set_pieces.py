"""Set pieces: the moments of a game that fill the screen, as a seat is told of them, and the questions before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.board_changes import BoardChange, board_changes
from tabletop.presentation.cited import cited_claims, cited_sources, in_a_line
from tabletop.presentation.default_set_pieces import pieces_in
from tabletop.presentation.effect_words import Hint
from tabletop.presentation.formula_names import names_read
from tabletop.presentation.names import sentence
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.set_piece_questions import filled, labels_of
from tabletop.presentation.values_then import ValuesThen, held
from tabletop.scenario import set_pieces as pack

if TYPE_CHECKING:
    from tabletop.engine.log import Entry
    from tabletop.presentation.moves import Move
    from tabletop.presentation.words import Words

#: How many things that moved are shown, the largest first.
_MOST_CHANGES = 8
_NOTHING = (False, 0, "none", "nothing", "never")


@attrs.frozen(kw_only=True)
class PieceSeat:
    """A seat in a set piece, by its id, its place in the scenario's order, and its name."""

    seat: str
    place: int
    name: str


@attrs.frozen(kw_only=True)
class Section:
    """What one side puts into a draft: whose it is, and what."""

    title: str
    items: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Masthead:
    """The head of a newspaper."""

    name: str
    place: str
    motto: str


@attrs.frozen(kw_only=True)
class Points:
    """What a game came to for a seat."""

    seat: PieceSeat
    points: int


@attrs.frozen(kw_only=True)
class SetPiece:
    """A moment that fills the screen, or is about to.

    `place` is where it stands in the log of the seat that looks, `after` what sets it off. `actor` is whose doing it
    was, None for nobody's; `sides` are those at the table. `when` says when it was in the game, `model` when it was in
    history, `source` where that is to be read. `lines` are what else is written, `sections` what the draft holds,
    `changes` what moved, `points` what it came to, at the end. `tone` is "good", "mixed" or "bad".

    One that is asked about has not happened: `question` is not "", and `price` has what the move would do.
    """

    id: str
    place: int
    layout: str
    after: tuple[str, ...]
    title: str
    text: str
    tone: str
    stamp: str
    sound: str
    picture: str
    when: str
    model: str = ""
    source: str = ""
    lines: tuple[str, ...] = ()
    actor: PieceSeat | None = None
    sides: tuple[PieceSeat, ...] = ()
    masthead: Masthead | None = None
    sections: tuple[Section, ...] = ()
    changes: tuple[BoardChange, ...] = ()
    points: tuple[Points, ...] = ()
    question: str = ""
    price: tuple[Hint, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other of the game."""
        return f"{self.id}.{self.place}"


def set_pieces_since(perspective: Perspective, words: Words, since: int) -> tuple[SetPiece, ...]:
    """The set pieces that what stands in the seat's log from a place on sets off, in order."""
    log = perspective.view.log
    if since >= len(log):
        return ()
    found: list[tuple[tuple[int, int], int, pack.SetPiece]] = []
    for order, piece in enumerate(pieces_in(perspective.scenario)):
        found += [(span, order, piece) for span in _spans(perspective, piece, since)]
    return tuple(_told(perspective, words, piece, span) for span, _, piece in sorted(found, key=lambda one: one[:2]))


def latest_set_piece(perspective: Perspective, words: Words) -> SetPiece | None:
    """What filled the screen last, while nobody has done anything since: for screens that show how things stand."""
    view = perspective.view
    since = next((place for place, entry in enumerate(view.log) if entry.turn >= view.turn - 1), len(view.log))
    told = set_pieces_since(perspective, words, since)
    if not told or any(entry.kind == "action" for entry in view.log[told[-1].place + 1 :]):
        return None
    return told[-1]


def asked_about(perspective: Perspective, words: Words, move: Move) -> SetPiece | None:
    """The set piece of a move that is asked about before it is made; None for one that needs no question."""
    if not move.asks:
        return None
    piece = next((one for one in pieces_in(perspective.scenario) if move.id in one.after), None)
    if piece is None:
        piece = pack.SetPiece(id=move.id, layout="outcome", title=move.label, text=move.text, after=(move.id,))
    place = len(perspective.view.log) - 1
    then = ValuesThen(perspective, place)
    shown = _worded(perspective, words, piece, then, place, move.parameters, perspective.seat)
    # What is asked about has not come to pass: it is worded as what it would be, and stamped as nothing yet.
    return attrs.evolve(shown, question=move.asks, price=move.hints, stamp=words("set_pieces.draft"), sound="")


def preview_of(perspective: Perspective, words: Words, layout: str, id: str = "") -> SetPiece:
    """A set piece of a layout (that with an id, where there is one) as it would be now, for pictures and authors."""
    every = [one for one in pieces_in(perspective.scenario) if one.layout == layout]
    stand_in = pack.SetPiece(id=layout, layout=layout, title=perspective.scenario.title, text=perspective.stage.text)
    piece = next((one for one in every if one.id == id), every[0] if every else stand_in)
    place = len(perspective.view.log) - 1
    actors = [seat for noun in perspective.scenario.actions if noun.id in piece.after for seat in noun.seats]
    then = ValuesThen(perspective, place)
    return _worded(perspective, words, piece, then, place, {}, actors[0] if actors else "")


# What sets one off


def _spans(perspective: Perspective, piece: pack.SetPiece, since: int) -> Iterator[tuple[int, int]]:
    """The places in the log, from one on, of the first and last entry of each time that a piece is set off."""
    log = perspective.view.log
    if piece.layout == "verdict" and not (piece.after or piece.changes or piece.when):
        yield from ((place, place) for place in range(since, len(log)) if log[place].kind == "ending")
        return
    if not (piece.after or piece.changes):
        yield from ((place, place) for place in _becomes_true(perspective, piece, since))
        return
    for place in range(since, len(log)):
        if _sets_off(piece, log[place]):
            last = _last_of(log, place)
            if held(perspective, piece.when, ValuesThen(perspective, last)):
                yield place, last


def _sets_off(piece: pack.SetPiece, entry: Entry) -> bool:
    match entry.kind:
        case "action":
            return entry.noun == "action" and entry.rule in piece.after
        case "card":
            return entry.rule in piece.after
        case "roll":
            return f"{entry.rule}.{entry.outcome}" in piece.after
        case "change":
            return entry.target in piece.changes and entry.before != entry.after
    return False


def _last_of(log: Sequence[Entry], place: int) -> int:
    """The place of the last entry that follows from the same decision, card or table without a break."""
    first = log[place]
    is_decided = first.kind == "action"
    last = place
    while last + 1 < len(log) and _belongs(first, log[last + 1], is_decided):
        last += 1
    return last


def _belongs(first: Entry, entry: Entry, is_decided: bool) -> bool:
    if entry.kind not in ("change", "roll", "word"):
        return False
    if is_decided:
        return (entry.turn, entry.seat, entry.decision) == (first.turn, first.seat, first.decision)
    return entry.kind != "roll" and (entry.turn, entry.noun, entry.rule) == (first.turn, first.noun, first.rule)


def _becomes_true(perspective: Perspective, piece: pack.SetPiece, since: int) -> Iterator[int]:
    log, read = perspective.view.log, _names_read(perspective, piece)
    before = held(perspective, piece.when, ValuesThen(perspective, since - 1))
    for place in range(since, len(log)):
        entry = log[place]
        if entry.kind not in ("turn", "stage") and entry.target not in read:
            continue
        now = held(perspective, piece.when, ValuesThen(perspective, place))
        if now and not before:
            yield place
        before = now


def _names_read(perspective: Perspective, piece: pack.SetPiece) -> set[str]:
    """The names on which the condition of a piece hangs."""
    scope = perspective.program.scope
    return names_read(scope, scope.condition(piece.when.source)) if piece.when is not None else set()


# What it says


def _told(perspective: Perspective, words: Words, piece: pack.SetPiece, span: tuple[int, int]) -> SetPiece:
    """A piece that has come to pass."""
    log, (first, last) = perspective.view.log, span
    then, actor = ValuesThen(perspective, last), log[first].seat if log[first].kind == "action" else ""
    shown = _worded(perspective, words, piece, then, last, _parameters(perspective, log[first]), actor)
    if shown.layout != "verdict":
        moved = board_changes(perspective, log[first : last + 1])
        meters = sorted((one for one in moved if one.kind == "meter"), key=lambda one: -abs(one.amount))
        return attrs.evolve(shown, changes=tuple(meters[:_MOST_CHANGES]))
    noun = next((one for one in perspective.scenario.endings if one.id == log[last].rule), None)
    scores = perspective.view.scores
    points = tuple(
        Points(seat=_seat(perspective, seat.id), points=scores[seat.id])
        for seat in perspective.scenario.seats
        if seat.id in scores
    )
    return attrs.evolve(
        shown,
        title=shown.title or (noun.title if noun is not None else ""),
        text=shown.text or (" ".join(noun.text.split()) if noun is not None else ""),
        tone=noun.tone if noun is not None and piece.tone == "mixed" else shown.tone,
        points=points,
    )


def _parameters(perspective: Perspective, entry: Entry) -> dict[str, str]:
    action = next((one for one in perspective.program.actions if str(one) == entry.decision), None)
    return dict(action.parameters) if action is not None else {}


def _worded(
    perspective: Perspective,
    words: Words,
    piece: pack.SetPiece,
    then: Mapping[str, int],
    place: int,
    parameters: Mapping[str, str],
    actor: str,
) -> SetPiece:
    state = next((one for one in piece.states if held(perspective, one.when, then)), pack.Wording())
    action = next((one for one in piece.after if any(one == noun.id for noun in perspective.scenario.actions)), "")
    labels = labels_of(perspective, action, parameters)
    label = perspective.turns.get(perspective.view.log[place].turn) if perspective.view.log else None
    sources = [one.text for one in cited_sources(perspective.scenario, piece.sources)]
    claims = [one.where for one in cited_claims(perspective.scenario, piece.claims) if one.where][:1]
    paper = perspective.scenario.presentation.newspaper
    head = Masthead(name=paper.name, place=paper.place, motto=paper.motto) if paper is not None else None
    return SetPiece(
        id=piece.id,
        place=place,
        layout=piece.layout,
        after=piece.after,
        title=filled(state.title or piece.title, labels),
        text=filled(" ".join((state.text or piece.text).split()), labels),
        tone=state.tone or piece.tone,
        stamp=state.stamp or piece.stamp or _stamp(words, piece.layout),
        sound=state.sound or piece.sound or _SOUNDS[piece.layout],
        picture=piece.picture,
        when=(label.date or label.name) if label is not None else "",
        model=words("set_pieces.model", date=piece.date) if piece.date else "",
        source=in_a_line(*(sources or claims), between="; "),
        lines=tuple(filled(one.text, labels) for one in piece.lines if held(perspective, one.when, then)),
        actor=_seat(perspective, actor) if actor else None,
        sides=_sides(perspective),
        masthead=head or Masthead(name=words("set_pieces.paper"), place="", motto=""),
        sections=_sections(perspective, words, then) if piece.layout in ("signature", "reply", "walk_out") else (),
    )


_SOUNDS = {
    "front_page": "press_room",
    "arrival": "arrival",
    "reply": "reply",
    "signature": "signature",
    "walk_out": "walk_out",
    "crisis": "crisis",
    "outcome": "averted",
    "verdict": "verdict",
}


def _stamp(words: Words, layout: str) -> str:
    return words(f"set_pieces.stamp_{layout}") if layout in ("signature", "walk_out", "verdict") else ""


def _seat(perspective: Perspective, seat: str) -> PieceSeat:
    order = [one.id for one in perspective.scenario.seats]
    return PieceSeat(seat=seat, place=order.index(seat), name=perspective.names.seat(seat))


def _sides(perspective: Perspective) -> tuple[PieceSeat, ...]:
    """Those who sit at the table, or else the first two seats."""
    table = perspective.scenario.presentation.negotiation
    seats = [side.seat for side in table.sides] if table is not None else []
    named = seats or [seat.id for seat in perspective.scenario.seats[:2]]
    return tuple(_seat(perspective, seat) for seat in named[:2])


def _sections(perspective: Perspective, words: Words, then: Mapping[str, int]) -> tuple[Section, ...]:
    """What lay on the table, side by side, in the words of the board."""
    table = perspective.scenario.presentation.negotiation
    found = []
    for side in table.sides if table is not None else ():
        names = [name for offers in side.offers for name in offers.items if then.get(name)]
        items = [_item(perspective, name, then[name]) for name in names if name in perspective.view.facts]
        key = "gives" if side.seat == (table.sides[0].seat if table else "") else "asked"
        title = words(f"set_pieces.{key}", seat=perspective.names.seat(side.seat))
        found.append(Section(title=title, items=tuple(items) or (words("set_pieces.nothing"),)))
    return tuple(found)


def _item(perspective: Perspective, name: str, value: int) -> str:
    names = perspective.names
    if names.is_yes_or_no(name):
        return names.full(name)
    return sentence(f"{names.full(name)}: {names.value(name, value)}").rstrip(".")
