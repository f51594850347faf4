"""Works out the account of a game that was played: playouts of every position of its line, and their differences.

The value of the position before a decision is compared with that of the same position with the decision made (the
decision's term), and this one with the position that came (chance's term), by common random numbers. Only positions
whose values can differ are played: where a seat had no choice, where its continuation would have done the same for
certain, or where nothing random followed, the playouts of one position are those of the next, number by number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from tabletop.analysis.account import Account, Estimate, Fall, FallKind, Figure, Part, Term, TermKind
from tabletop.analysis.continuation import cast_of, likeliest_players, player_number
from tabletop.analysis.paired import Column, Moments, equals, minus, safe, summed
from tabletop.analysis.playout_pool import PlayoutPool, PlayoutTask
from tabletop.analysis.start_positions import StartPositions
from tabletop.engine import layout as code
from tabletop.engine.ismcts import FOLLOW
from tabletop.engine.played_step import PlayedStep
from tabletop.engine.playing_on import turn_start
from tabletop.engine.program import Program
from tabletop.engine.state import State
from tabletop.players.move_probabilities import move_chances

#: After how many playouts of every position the first accounts are given, and after how many more the next ones.
FIRST_ROUND, LATER_ROUNDS = 40, 400
#: Playouts of every position, by default: with the compiled machine, and in plain Python.
PLAYOUTS, PLAIN_PLAYOUTS = 1000, 120
#: Positions that are played by one worker at a time.
_ROWS = 8

#: Told how many playouts are done, of how many.
Progress = Callable[[int, int], None]


@attrs.frozen
class Row:
    """A position whose playouts are compared with others', and the first move in them."""

    program: Program
    core: tuple[int, ...]
    move: int = FOLLOW


@attrs.frozen
class Change:
    """What a term is the difference of: two rows, by number. `kind` is "decision", "chance" or "ruling"; `fell` is what
    chance let fall."""

    step: int
    kind: str
    seat: str
    action: str
    state: State
    before: int
    after: int
    fell: FallKind = "other"


class Line:
    """The positions of a game whose values are wanted, and the changes between them."""

    def __init__(self, steps: Sequence[PlayedStep], continuation: Mapping[str, str]) -> None:
        """`steps` has one at least, each beginning where the last one ended. Raises ValueError otherwise, and
        UnknownPlayer for a continuation that there is none of."""
        if not steps:
            raise ValueError("a game has an account once something has been decided in it")
        self.steps = steps
        self.continuation = continuation
        self.rows: list[Row] = []
        self.changes: list[Change] = []
        #: The row of each position, by the number of the step that led there (0 for the deal).
        self.values: dict[int, int] = {}
        self.end = steps[-1].after
        self._first_decisions: dict[int, int] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        start = self.steps[0].before
        self.fresh = self._row(start.program, opening_of(start))
        at = self._position(start)
        self._change(0, "chance", "", "", start, self.fresh, at, "deal")
        self.values[0] = at
        for step in self.steps:
            at = self._decision(step, at) if step.is_decision else self._ruling(step, at)
            self.values[step.number] = at

    def _decision(self, step: PlayedStep, at: int) -> int:
        before, landed = step.before, step.drawn or step.after
        program, seat = before.program, before.program.seat_number(step.seat)
        made = at
        if len(program.legal(before.core, seat)) > 1:
            player = player_number(program, step.seat, self.continuation[step.seat])
            if move_chances(program, before.core, seat, player).get(step.move) != 1.0:
                made = self._position(before, step.move)
            self._change(step.number, "decision", step.seat, step.action, before, at, made)
        here = made
        if landed.core[code.DRAWS] != before.core[code.DRAWS]:
            here = self._position(landed)
            # In the turn that it led to: what fell is mostly the card of the next one.
            self._change(step.number, "chance", "", "", landed, made, here, fallen(before, landed))
        if step.drawn is None or step.drawn == step.after:
            return here
        ruled = self._position(step.after)
        self._change(step.number, "ruling", "", step.kind, before, here, ruled)
        return ruled

    def _ruling(self, step: PlayedStep, at: int) -> int:
        if step.before.core == step.after.core:
            return at
        after = self._position(step.after)
        kind = "decision" if step.seat else "ruling"
        self._change(step.number, kind, step.seat, step.kind, step.before, at, after)
        return after

    def _position(self, state: State, move: int = FOLLOW) -> int:
        core = list(state.core)
        first = self._first_decisions.setdefault(core[code.TURN], core[code.DECISIONS])
        core[code.DECISIONS] = turn_start(core[code.TURN]) + core[code.DECISIONS] - first
        return self._row(state.program, core, move)

    def _row(self, program: Program, core: Sequence[int], move: int = FOLLOW) -> int:
        self.rows.append(Row(program, tuple(core), move))
        return len(self.rows) - 1

    def _change(
        self,
        step: int,
        kind: str,
        seat: str,
        action: str,
        state: State,
        before: int,
        after: int,
        fell: FallKind = "other",
    ) -> None:
        self.changes.append(Change(step, kind, seat, action, state, before, after, fell))

    def tasks(self, figures: Sequence[Figure], seed: int, first: int, playouts: int) -> Iterator[PlayoutTask]:
        """What is to be played, some rows at a time, in their order."""
        at = 0
        while at < len(self.rows):
            program = self.rows[at].program
            here = [row for row in self.rows[at : at + _ROWS] if row.program is program]
            yield PlayoutTask(
                program=program,
                positions=StartPositions([row.core for row in here]),
                rows=[(number, 1, row.move, first) for number, row in enumerate(here)],
                cast=cast_of(program, self.continuation),
                seed=seed,
                playouts=playouts,
                places=[place_of(program, figure) for figure in figures],
            )
            at += len(here)


def fallen(before: State, after: State) -> FallKind:
    """What chance let fall between two positions, of which the log of one begins that of the other."""
    kinds = {entry.kind for entry in after.log[len(before.log) :]} & {"card", "roll"}
    if len(kinds) == 2:
        return "both"
    return "card" if "card" in kinds else "roll" if kinds else "other"


def opening_of(state: State) -> list[int]:
    """The position before anything has happened, under the assumptions of a state."""
    program, core = state.program, list(state.program.initial)
    for place in program.assumptions.values():
        core[place] = state.core[place]
    return core


def place_of(program: Program, figure: Figure) -> int:
    """Where a state has a figure at the end. Raises KeyError for one that the scenario has none of."""
    if figure.kind == "points":
        return program.score_place + program.seat_number(figure.name)
    if figure.kind == "outcome":
        _ = outcome_number(program, figure)
        return code.OUTCOME
    return program.places[next(one.id for one in program.scenario.meters if one.id == figure.name)]


def outcome_number(program: Program, figure: Figure) -> int:
    """The number of an ending. Raises KeyError."""
    ids = [one.id for one in program.scenario.endings]
    if figure.name not in ids:
        raise KeyError(f"there is no outcome '{figure.name}' (there are {', '.join(ids)})")
    return ids.index(figure.name)


def figures_of(program: Program) -> tuple[tuple[str, Figure], ...]:
    """The accounts of every game: each seat's points, for it; every meter and every outcome, for nobody."""
    scenario = program.scenario
    return (
        *((seat.id, Figure("points", seat.id)) for seat in scenario.seats),
        *(("", Figure("meter", meter.id)) for meter in scenario.meters),
        *(("", Figure("outcome", ending.id)) for ending in scenario.endings),
    )


def line_seed(steps: Sequence[PlayedStep], seed: int = 0) -> int:
    """32 bits that depend on the game played and on a seed alone."""
    digest = hashlib.blake2b(f"{seed} {steps[0].before.fingerprint}".encode(), digest_size=4)
    for step in steps:
        digest.update(f" {step.kind} {step.seat} {step.action} {step.after.fingerprint}".encode())
    return int.from_bytes(digest.digest(), "little")


class _Sums:
    """The sums of one figure over the playouts so far."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.rows = [Moments() for _ in line.rows]
        self.terms = [Moments() for _ in line.changes]
        self.parts: dict[tuple[str, str], Moments] = {}
        self.falls: dict[FallKind, Moments] = {}

    def add(self, columns: Sequence[Column]) -> None:
        """A column of results for every row."""
        by_part: dict[tuple[str, str], list[Column]] = {}
        by_fall: dict[FallKind, list[Column]] = {}
        for moments, column in zip(self.rows, columns, strict=True):
            moments.add(column)
        for moments, change in zip(self.terms, self.line.changes, strict=True):
            difference = minus(columns[change.after], columns[change.before])
            moments.add(difference)
            by_part.setdefault((change.kind, change.seat), []).append(difference)
            if change.kind == "chance":
                by_fall.setdefault(change.fell, []).append(difference)
        for part, differences in by_part.items():
            self.parts.setdefault(part, Moments()).add(summed(differences))
        for fell, differences in by_fall.items():
            self.falls.setdefault(fell, Moments()).add(summed(differences))

    def account(self, seat: str, figure: Figure) -> Account:
        """The account so far."""
        line = self.line
        path = {step: self.rows[row].estimate() for step, row in line.values.items()}
        end = line.steps[-1].number
        return Account(
            seat=seat,
            figure=figure,
            start=self.rows[line.fresh].estimate(),
            result=path[end].mean,
            finished=line.end.finished,
            terms=tuple(
                _term(change, seat, moments.estimate())
                for change, moments in zip(line.changes, self.terms, strict=True)
            ),
            parts=tuple(
                Part(kind=_kind(kind, decided, seat), seat=decided, value=moments.estimate())
                for (kind, decided), moments in sorted(self.parts.items())
            ),
            path=path,
            continuation=dict(line.continuation),
            playouts=self.rows[0].count,
            falls=tuple(Fall(kind=kind, value=moments.estimate()) for kind, moments in sorted(self.falls.items())),
        )


def _kind(kind: str, decided: str, seat: str) -> TermKind:
    if kind == "decision":
        return "own" if decided == seat else "other"
    return "chance" if kind == "chance" else "ruling"


def _term(change: Change, seat: str, value: Estimate) -> Term:
    return Term(
        step=change.step,
        kind=_kind(change.kind, change.seat, seat),
        seat=change.seat,
        action=change.action,
        turn=change.state.turn if change.step else 0,
        stage=change.state.stage,
        phase=change.state.phase,
        value=value,
    )


def accounts(
    steps: Sequence[PlayedStep],
    pool: PlayoutPool,
    wanted: Sequence[tuple[str, Figure]] | None = None,
    *,
    continuation: Mapping[str, str] | None = None,
    playouts: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Iterator[tuple[Account, ...]]:
    """Yields the accounts of a game: coarse ones first, then sharper ones, the last of so many `playouts`.

    `wanted` are figures, each with the seat whose account it is, by default `figures_of` the scenario. `continuation`
    names a doctrine (or `random`) for some seats; the others go on by that which their decisions were most like. The
    same steps, seed and number of playouts give the same accounts on any machine. Raises ValueError for a game without
    steps, UnknownPlayer, KeyError for an unknown figure, and `playout_pool.Stopped`.
    """
    likeliest = likeliest_players(steps[0].before.program, steps) if steps else {}
    line = Line(steps, likeliest | dict(continuation or {}))
    wanted = figures_of(line.end.program) if wanted is None else wanted
    figures = tuple(dict.fromkeys(figure for _, figure in wanted))
    for figure in figures:
        place_of(line.end.program, figure)
    sums = {figure: _Sums(line) for figure in figures}
    most = playouts or (PLAYOUTS if pool.compiled else PLAIN_PLAYOUTS)
    draw = line_seed(steps, seed)
    done, total = 0, most * len(line.rows)
    while done < most:
        batch = min(most - done, LATER_ROUNDS if done else FIRST_ROUND)
        by_row: list[list[Column]] = []
        for results in pool.results(line.tasks(figures, draw, done, batch), stopped):
            by_row += results
            if progress is not None:
                progress(done * len(line.rows) + batch * len(by_row), total)
        done += batch
        for at, figure in enumerate(figures):
            sums[figure].add([_measured(row, figure, found[at]) for row, found in zip(line.rows, by_row, strict=True)])
        yield tuple(sums[figure].account(seat, figure) for seat, figure in wanted)


def _measured(row: Row, figure: Figure, column: Column) -> Column:
    if figure.kind == "outcome":
        return equals(column, outcome_number(row.program, figure))
    return safe(column)
