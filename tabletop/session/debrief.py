"""Exports a session for the debrief as tidy rows (CSV, JSON), one fact a row.

Every row has the same columns; those that say nothing of a fact are empty.

- `fact`: session, assumption, seat, hidden, decision, passed, effect, draw, card, meter, track, override, inject,
  setting, phase, hand, note, tag, message, branch, go, pause, continue, clock, schedule, settled, allow, next, word,
  truth, belief (in per cent for the value in `text`), ending, score or objective; of a room in which people play from
  their own devices: room, person, seated,
  captain, vote, tally or answer. A meter or a track has a row where it changed, and one at the start; `passed` is a
  move that was open and not taken, `effect` one change with its reason, `draw` one fall of chance; ending, score and
  objective are those of every branch that is over
- `command`: its number in the journal, from 1; several facts may come of one command
- `step`: the step of the game that it made, or at which it was said; 0 is the start
- `branch`: the line of play that this step is on
- `stands`: yes, or no for what was taken back, or lies on a line that was left
- `turn`, `stage`, `phase`: when in the game; for meters and tracks, after the step
- `at`: the time, in UTC
- `who`: the seat, the bot or the facilitator who did it; of a room, the id of the person, whose name is in the row
  `person` (unless pseudonyms were asked for)
- `seat`: whose decision, seat or points; to whom a message went
- `about`: the id of what it is about: an action, a card, a meter, a table, a phase, a branch, an objective
- `value`: what it is now: a number, an outcome, a player
- `before`: what it was before
- `model`: of an override, what the model itself had drawn
- `text`: a label, a title, or the words of a note
- `why`: the reason given
- `cause`: of an effect, what brought it about: the title of a move, card, rule or table
- `claims`: of an effect, the claims that it rests on, with commas
- `seconds`: of a decision of people, how long it took; "" where nothing tells
- `tags`: of a note, with commas; "hindsight" where a decision was taken back by somebody who knew more
- `shown`: yes or no: whether players were shown that a facilitator did it
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from tabletop.engine.adjudication import step_with
from tabletop.engine.log import Entry
from tabletop.engine.state import State
from tabletop.engine.views import whole_view
from tabletop.scenario.text_sanitizing import cell
from tabletop.session import commands
from tabletop.session.apply_command import rulings_in
from tabletop.session.commands import Command, Decide, Overrule
from tabletop.session.played_decisions import played_decisions, reason_of, retracted
from tabletop.session.room_facts import room_facts
from tabletop.session.session import Session
from tabletop.session.step_tree import Position, Step


@attrs.frozen(kw_only=True)
class Fact:
    """One row; what its fields mean is said above."""

    fact: str
    command: int | str = ""
    step: int = 0
    branch: str = ""
    stands: str = "yes"
    turn: int | str = ""
    stage: str = ""
    phase: str = ""
    at: str = ""
    who: str = ""
    seat: str = ""
    about: str = ""
    value: int | bool | str = ""
    before: int | bool | str = ""
    model: str = ""
    text: str = ""
    why: str = ""
    cause: str = ""
    claims: str = ""
    seconds: float | str = ""
    tags: str = ""
    shown: str = ""


COLUMNS = tuple(field.name for field in attrs.fields(Fact))


def facts(session: Session) -> Iterator[Fact]:
    """Every fact of a session: how it began, what happened in the order in which it did, branches, and how it ended."""
    return _Facts(session).all()


def as_csv(found: Iterable[Fact]) -> str:
    """The facts as CSV. What would be a formula in a spreadsheet begins with an apostrophe there."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for fact in found:
        writer.writerow([cell(value) for value in attrs.astuple(fact)])
    return table.getvalue()


def as_json(session: Session) -> str:
    """The facts as JSON, with the heading of the session."""
    rows = [attrs.asdict(fact) for fact in facts(session)]
    whole = {"session": attrs.asdict(session.heading), "columns": COLUMNS, "rows": rows}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


class _Facts:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.course = session.course
        line = self.course.at.line()
        self.line = {step.number for step in line}
        self.retracted = set(retracted(session, line))
        self.branches: dict[int, str] = {}
        for name, tip in self.course.tips.items():
            for step in tip.line():
                self.branches.setdefault(step.number, name)
        self.seconds = {one.step: one.seconds for one in played_decisions(session)}
        self.withdrawn = {one.said.number for one in session.commands if isinstance(one.said, commands.Withdraw)}

    def all(self) -> Iterator[Fact]:
        yield from self._beginning()
        start = self.session.position_at(self.course.start).state
        when = self._place(self.course.start, start)
        for hidden in self.session.scenario.hidden:
            yield Fact(fact="hidden", about=hidden.id, value=start.value(hidden.id), text=hidden.name, **when)
        yield from self._cards(start.log, when)
        yield from self._meters(self.course.start, when)
        for command in self.session.commands:
            if command.is_step:
                yield from self._step(command, self.course.steps[command.number])
            else:
                yield from self._remark(command)
        for branch in self.session.branches:
            yield Fact(
                fact="branch",
                step=branch.tip,
                branch=branch.name,
                stands=_yes(branch.current),
                about=branch.name,
                value=branch.tip,
                before=branch.origin,
                text=branch.parent,
            )
        yield from self._end()

    def _beginning(self) -> Iterator[Fact]:
        heading = self.session.heading
        about: dict[str, Any] = {"about": heading.scenario, "text": heading.title, "at": heading.started}
        yield Fact(fact="session", value=heading.version, before=heading.seed, who=heading.id, **about)
        for name, value in self.session.assumptions.items():
            yield Fact(fact="assumption", about=name, value=value)
        for seat in self.session.scenario.seats:
            yield Fact(fact="seat", seat=seat.id, who=heading.players.get(seat.id, ""), text=seat.name)

    def _place(self, step: Step, state: State) -> dict[str, Any]:
        """Where in the session and in the game something is."""
        return {
            "step": step.number,
            "branch": self.branches[step.number],
            "stands": _yes(step.number in self.line and step.number not in self.retracted),
            "turn": state.turn,
            "stage": state.stage,
            "phase": state.phase,
        }

    def _when(self, command: Command, step: Step, state: State) -> dict[str, Any]:
        """What every row of a command says alike."""
        said = {"command": command.number, "at": command.at, "who": command.who, "why": command.why}
        return self._place(step, state) | said

    # Steps

    def _step(self, command: Command, step: Step) -> Iterator[Fact]:
        assert step.before is not None
        before, after = self.session.position_at(step.before), self.session.position_at(step)
        when = self._when(command, step, before.state)
        match command.said:
            case commands.Decide() | commands.Overrule() as said:
                label = _label(before, said.seat, said.action)
                who = when
                if isinstance(said, commands.Overrule):
                    who = when | {"who": said.by or said.seat, "why": reason_of(step)}
                took = self.seconds.get(step.number)
                seconds = "" if took is None else round(took, 1)
                yield Fact(fact="decision", seat=said.seat, about=said.action, text=label, seconds=seconds, **who)
                yield from self._passed(before, said, when)
                yield from self._overrides(before, command, when)
                yield from self._draws(before, command, when)
            case commands.Inject() as said:
                title = next(card.title for card in after.game.scenario.cards if card.id == said.card)
                how = "scheduled" if said.scheduled else "written" if said.added is not None else "chosen"
                yield Fact(fact="inject", about=said.card, value=how, text=title, shown=_yes(said.shown), **when)
            case commands.SetValue(name=name, shown=shown):
                was, now = before.state.value(name), after.state.value(name)
                yield Fact(fact="setting", about=name, value=now, before=was, shown=_yes(shown), **when)
            case commands.Retract(seat=seat):
                yield Fact(fact="decision", seat=seat, about="retract", text="taken back", **when)
            case commands.Hand(seat=seat, player=player):
                who_now, who_before = player or "person", before.players[seat] or "person"
                yield Fact(fact="hand", seat=seat, value=who_now, before=who_before, **when)
            case commands.Skip() | commands.Extend() | commands.Repeat() as said:
                about = said.phase or before.state.phase
                yield Fact(fact="phase", about=about, value=command.kind, shown=_yes(said.shown), **when)
        then = self._place(step, after.state) | {"command": command.number, "at": command.at}
        new = after.state.log[len(before.state.log) :]
        yield from self._cards(new, then)
        yield from self._effects(new, then)
        yield from self._meters(step, then)

    def _overrides(self, before: Position, command: Command, when: dict[str, Any]) -> Iterator[Fact]:
        """Everything that was ruled of a step, each with its own reason; what was ruled earlier does not stand any more
        where the same fall was ruled again."""
        said, rulings = command.said, rulings_in(command.said, command.why)
        if not isinstance(said, commands.Overrule) or not rulings:
            return
        draws = step_with(before.game, before.state, said.seat, said.action, earlier=rulings)[1]
        for at, one in enumerate(rulings):
            draw = draws[one.place]
            about: dict[str, Any] = {"about": draw.node.subject, "value": one.outcome, "model": draw.model}
            again = any(later.place == one.place for later in rulings[at + 1 :])
            told = when | {"why": one.why, "shown": _yes(one.shown)} | ({"stands": "no"} if again else {})
            yield Fact(fact="override", seat=said.seat, **about, **told)

    def _passed(self, before: Position, said: Decide | Overrule, when: dict[str, Any]) -> Iterator[Fact]:
        """The moves that were open to a seat and that it did not take."""
        for action in before.game.actions(before.state, said.seat):
            if str(action) != said.action:
                yield Fact(fact="passed", seat=said.seat, about=str(action), text=action.label, **when | {"why": ""})

    def _draws(self, before: Position, command: Command, when: dict[str, Any]) -> Iterator[Fact]:
        """Every fall of chance in a decision, as it stands, with the model's own beside it."""
        said = command.said
        assert isinstance(said, commands.Decide | commands.Overrule)
        earlier = rulings_in(said, command.why)
        for draw in step_with(before.game, before.state, said.seat, said.action, earlier=earlier)[1]:
            about: dict[str, Any] = {"about": draw.node.subject, "value": draw.outcome, "model": draw.model}
            yield Fact(fact="draw", seat=said.seat, text=draw.node.kind, **about, **when | {"why": ""})

    def _effects(self, entries: Sequence[Entry], when: dict[str, Any]) -> Iterator[Fact]:
        """Every change, each by itself, with its reason, what brought it about, and the claims behind it."""
        for entry in entries:
            if entry.kind == "change" and entry.before != entry.after:
                told = when | {"turn": entry.turn, "stage": entry.stage, "phase": entry.phase}
                yield Fact(
                    fact="effect",
                    seat=entry.seat,
                    about=entry.target,
                    value=entry.after,
                    before=entry.before,
                    why=entry.why,
                    cause=entry.title,
                    claims=", ".join(entry.claims),
                    **told,
                )

    def _cards(self, entries: Sequence[Entry], when: dict[str, Any]) -> Iterator[Fact]:
        for entry in entries:
            if entry.kind == "card":
                told = when | {"turn": entry.turn, "stage": entry.stage, "phase": entry.phase}
                yield Fact(fact="card", about=entry.rule, text=entry.title, **told)

    def _meters(self, step: Step, when: dict[str, Any]) -> Iterator[Fact]:
        state = self.session.position_at(step).state
        earlier = None if step.before is None else self.session.position_at(step.before).state
        for fact, values in (("meter", state.meters), ("track", state.tracks)):
            for name, value in values.items():
                before = "" if earlier is None else earlier.value(name)
                if before != value:
                    yield Fact(fact=fact, about=name, value=value, before=before, **when)

    # Remarks

    def _remark(self, command: Command) -> Iterator[Fact]:
        step = self.course.steps[command.parent]
        when = self._when(command, step, self.session.position_at(step).state)
        when["stands"] = _yes(command.number not in self.withdrawn)
        match command.said:
            case commands.Note(text=text, tags=tags, shown=shown):
                yield Fact(fact="note", text=text, tags=", ".join(tags), shown=_yes(shown), **when)
                for tag in tags:
                    yield Fact(fact="tag", about=tag, **when)
            case commands.Message(to=to, text=text):
                yield Fact(fact="message", seat=", ".join(to), text=text, **when)
            case commands.Go() as said:
                knew = "hindsight" if said.hindsight else ""
                yield Fact(fact="go", about=said.branch, value=said.step, before=step.number, tags=knew, **when)
            case commands.Pause() | commands.Continue() | commands.Next():
                yield Fact(fact=command.kind, **when)
            case commands.SetClock(phase=phase, seconds=seconds):
                yield Fact(fact="clock", about=phase, value=seconds, **when)
            case commands.MoreTime():
                yield Fact(fact="clock", **when)
            case commands.TakeUpSchedule(file=file):
                yield Fact(fact="schedule", about=file, **when)
            case commands.Settle(inject=inject, done=done):
                yield Fact(fact="settled", about=inject, value="done" if done else "set aside", **when)
            case commands.PasswordGiven(seat=seat):
                yield Fact(fact="word", seat=seat, **when)
            case commands.TruthTold(names=names):
                yield Fact(fact="truth", about=", ".join(names), **when)
            case commands.Believed(seat=seat, hidden=hidden, shares=shares, person=person):
                for value, share in shares.items():
                    yield Fact(
                        fact="belief",
                        **when | {"who": person or command.who},
                        seat=seat,
                        about=hidden,
                        text=value,
                        value=share,
                    )
            case commands.Allow(undo=undo):
                yield Fact(fact="allow", about="undo", value=undo, **when)
            case _:
                for row in room_facts(command, self.session.commands):
                    yield Fact(**when | row)

    def _end(self) -> Iterator[Fact]:
        """How every branch ended that is over, the one on which the session stands last; with points by objective."""
        here = self.course.branch
        tips = {name: tip for name, tip in self.course.tips.items() if name != here}
        for name, tip in (*tips.items(), (here, self.course.at)):
            position = self.session.position_at(tip)
            if position.state.finished:
                when = self._place(tip, position.state) | {"branch": name, "stands": _yes(name == here)}
                yield from _ending(position, {key: when[key] for key in ("step", "branch", "stands", "turn")})


def _ending(position: Position, when: dict[str, Any]) -> Iterator[Fact]:
    state, scenario = position.state, position.game.scenario
    title = next(one.title for one in scenario.endings if one.id == state.outcome)
    yield Fact(fact="ending", about=str(state.outcome), text=title, **when)
    terms = whole_view(state).objective_points
    for seat in scenario.seats:
        yield Fact(fact="score", seat=seat.id, value=state.scores[seat.id], **when)
        for noun, points in zip(seat.objectives, terms[seat.id], strict=True):
            value = "" if points is None else points
            yield Fact(fact="objective", seat=seat.id, about=noun.id, value=value, text=noun.text, **when)


def _label(before: Position, seat: str, tried: str) -> str:
    """What an action is called, as the seat that took it read it."""
    for action in before.game.actions(before.state, seat):
        if str(action) == tried:
            return action.label
    return ""


def _yes(true: bool) -> str:
    return "yes" if true else "no"
