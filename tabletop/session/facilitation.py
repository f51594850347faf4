"""Facilitation: all that a facilitator can do in a session. Every face offers these, and nothing else.

Each is written to the journal with who, when and why, and can be undone: what leads to another position with
`Session.back`, a remark with `withdraw`, and every setting by its opposite.
"""

from __future__ import annotations

import itertools
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from tabletop.engine import adjudication
from tabletop.engine.adjudication import Draw, Ruling, RulingRefused, step_with
from tabletop.engine.program import Action
from tabletop.engine.state import State
from tabletop.scenario.improvised_cards import improvised
from tabletop.scenario.injects import Schedule, read_schedule
from tabletop.scenario.numerals import python_number
from tabletop.scenario.problems import nearest
from tabletop.session import commands
from tabletop.session.apply_command import rulings_in
from tabletop.session.clock import moment
from tabletop.session.commands import Command
from tabletop.session.errors import refuse_in_pause
from tabletop.session.notes import withdrawn, written_text
from tabletop.session.passwords import SHORTEST_WORD, sealed_word
from tabletop.session.phase_deadline import TIME_IS_UP, steps_to_end
from tabletop.session.schedule import card_brought_by, planned_inject
from tabletop.session.session import Session
from tabletop.session.step_tree import Step
from tabletop.session.undo_policy import ALLOWED

#: Steps that do not hang on how chance fell, and so are done again behind an overruling.
_LASTING = (commands.SetValue, commands.Hand)


@attrs.frozen(kw_only=True)
class Fall:
    """A fall of chance in a step of the game, which can be overruled."""

    step: int
    draw: Draw


@attrs.frozen(kw_only=True)
class Overruled:
    """What came of an overruling: the `state` after it, the steps behind it that were done `again`, and those that
    were `left` on their branch."""

    state: State
    again: tuple[Step, ...]
    left: tuple[Step, ...]


@attrs.frozen(kw_only=True)
class Vote:
    """What a seat decides, by the ids of its `actions` in order, with their labels and the team's reason.

    Where it `is_again`, it takes the place of what the seat has chosen face down.
    """

    seat: str
    actions: tuple[str, ...]
    labels: tuple[str, ...] = ()
    why: str = ""
    is_again: bool = False


class Facilitator:
    """A facilitator at work in a session."""

    def __init__(self, session: Session, name: str = "facilitator") -> None:
        self.session = session
        self.name = name

    # Cards and values

    def inject(self, card: str, why: str = "", shown: bool = True, scheduled: str = "") -> State:
        """Brings in a card of the scenario, by id. Raises RulingRefused."""
        return self._step(commands.Inject(card=card, shown=shown, scheduled=scheduled), why)

    def write_card(
        self, card: str | Mapping[str, Any], why: str = "", shown: bool = True, scheduled: str = ""
    ) -> State:
        """Brings in a card written on the spot, in YAML or as plain data. Raises PackError with every mistake in it."""
        data = improvised(self.session.scenario, card)
        added = commands.Plain(data)
        return self._step(commands.Inject(card=data["id"], added=added, shown=shown, scheduled=scheduled), why)

    def set(self, name: str, value: int | bool | str, why: str = "", shown: bool = True, scheduled: str = "") -> State:
        """Sets a meter, track, resource, flag, hidden variable or assumption. Raises RulingRefused."""
        number = python_number(value)
        value = value if number is None else number
        return self._step(commands.SetValue(name=name, value=value, shown=shown, scheduled=scheduled), why)

    # Overruling the model

    def falls(self, steps: int = 12) -> list[Fall]:
        """The falls of chance in the last so many steps, the last first."""
        found: list[Fall] = []
        for step in reversed(self.session.course.at.line()[-steps:]):
            found += [Fall(step=step.number, draw=draw) for draw in reversed(self._draws(step))]
        return found

    def _draws(self, step: Step) -> Sequence[Draw]:
        said = step.said
        if not isinstance(said, commands.Decide | commands.Overrule) or step.before is None:
            return ()
        before = self.session.position_at(step.before)
        return step_with(before.game, before.state, said.seat, said.action, earlier=_rulings_of(step))[1]

    def overruled(self, step: Step) -> list[Draw]:
        """The falls of chance in a step that do not stand as the model drew them."""
        return [draw for draw in self._draws(step) if draw.outcome != draw.model]

    def overrule(self, step: int, place: int, outcome: str, why: str, shown: bool = True) -> Overruled:
        """Replaces what the model drew in a step, and goes on from there; the model's own result is kept beside it.

        What was ruled of that step before keeps its reason. What was set, and who was seated, right after the step is
        done again; what else was done since stays on a branch, and is told of. Raises RulingRefused, also where no
        reason is given.
        """
        if not why.strip():
            raise RulingRefused("to overrule the model you must say why", "no-reason")
        there = self.session.course.steps.get(step)
        draws = () if there is None else self._draws(there)
        if there is None or there.before is None or not 0 <= place < len(draws):
            raise RulingRefused("there was no such fall of chance", "no-fall")
        if draws[place].outcome == outcome:
            raise RulingRefused(f"the outcome is {outcome} already", "outcome-stands", outcome=outcome)
        with self.session.alone:
            followed = _behind(self.session, there)
            said = _overruling(there, draws, Ruling(place, outcome, why, shown))
            self.session.step(said, self.name, why, after=there.before)
            again = list(itertools.takewhile(lambda one: isinstance(one.said, _LASTING), followed))
            for one in again:
                assert one.command is not None
                self.session.step(one.command.said, one.command.who, one.command.why)
        return Overruled(state=self.session.state, again=tuple(again), left=tuple(followed[len(again) :]))

    # Seats and phases

    def take_back(self, seat: str, why: str = "") -> State:
        """Takes back what a seat has chosen face down in this phase, so that it chooses anew. Raises RulingRefused."""
        return self._step(commands.Retract(seat=seat), why)

    def hand(self, seat: str, player: str = "", why: str = "") -> State:
        """Hands a seat to a person ("") or to a bot by its name. Raises UnknownPlayer."""
        return self._step(commands.Hand(seat=seat, player=player), why)

    def decide(self, seat: str, action: Action | str, why: str = "") -> State:
        """Decides for a seat, as after a vote on paper. Raises IllegalAction."""
        return self.session.decide(seat, action, self.name, why)

    def decide_all(self, votes: Sequence[Vote]) -> State:
        """Decides for several seats, one after the other: all of it or nothing. Raises IllegalAction, RulingRefused or
        NotKept."""
        if len(votes) == 1 and len(votes[0].actions) == 1 and not votes[0].is_again:
            return self.decide(votes[0].seat, votes[0].actions[0], votes[0].why)
        session, said = self.session, list[tuple[commands.Said, str]]()
        if session.paused:
            raise refuse_in_pause(votes[0].seat)
        for vote in votes:
            said += [(commands.Retract(seat=vote.seat), vote.why)] if vote.is_again else []
            said += [(commands.Decide(seat=vote.seat, action=one), vote.why) for one in vote.actions]
        session.steps(said, self.name)
        return session.state

    def skip(self, why: str = "", shown: bool = True) -> State:
        """Ends the phase with what has been chosen so far. Raises RulingRefused."""
        return self._step(commands.Skip(phase=self.session.state.phase, shown=shown), why)

    def end_by_clock(self, why: str = TIME_IS_UP) -> None:
        """Ends the phase as its clock does: bots choose, whoever has not chosen passes, and where that may not be the
        phase is skipped. Raises RulingRefused in a pause or where a card waits for an answer, and PlayerFailed."""
        for _ in steps_to_end(self.session, self.name, why):
            pass

    def extend(self, why: str = "", shown: bool = True) -> State:
        """Adds a round of decisions to the phase. Raises RulingRefused."""
        return self._step(commands.Extend(phase=self.session.state.phase, shown=shown), why)

    def repeat(self, phase: str = "", why: str = "", shown: bool = True) -> State:
        """Has a phase of this turn played again, by default the present one. Raises RulingRefused."""
        return self._step(commands.Repeat(phase=phase or self.session.state.phase, shown=shown), why)

    def _step(self, said: commands.Said, why: str) -> State:
        self.session.step(said, self.name, why)
        return self.session.state

    # The room

    def pause(self, why: str = "") -> None:
        """Stops the game and the clock: nobody can decide until `go_on`."""
        if not self.session.paused:
            self.session.remark(commands.Pause(), self.name, why)

    def go_on(self, why: str = "") -> None:
        """Ends a pause."""
        if self.session.paused:
            self.session.remark(commands.Continue(), self.name, why)

    def go_to_next(self) -> None:
        """Has the screens of the room go on from what has been revealed."""
        self.session.remark(commands.Next(), self.name)

    def give_word(self, seat: str, word: str) -> None:
        """Gives out the word that opens a seat's own screen; one that was given out before opens nothing any more.

        Raises RulingRefused for one that is too short.
        """
        self._known_seat(seat)
        if len(word.strip()) < SHORTEST_WORD:
            raise RulingRefused(f"a word has at least {SHORTEST_WORD} letters", "short-word", least=SHORTEST_WORD)
        self.session.remark(sealed_word(seat, word), self.name)

    def tell_truth(self, names: Sequence[str] = ()) -> tuple[str, ...]:
        """Tells everybody hidden truths, by default all of them, now that the game is over. Raises RulingRefused."""
        every = [hidden.id for hidden in self.session.scenario.hidden]
        if not self.session.state.finished:
            raise RulingRefused("the game is not over: hidden truths are told at its end", "not-over")
        for name in names:
            if name not in every:
                raise RulingRefused(
                    f"there is no hidden truth '{name}' (there are {', '.join(every) or 'none'})",
                    "no-truth",
                    name=name,
                    known=", ".join(every),
                )
        told = tuple(names) or tuple(every)
        self.session.remark(commands.TruthTold(names=told), self.name)
        return told

    def allow_undo(self, rule: str) -> None:
        """Says until when players may take a decision back: "turn", "reveal" or "never". Raises RulingRefused."""
        if rule not in ALLOWED:
            raise RulingRefused(
                f"'{rule}' is none of {', '.join(ALLOWED)}", "no-undo-rule", name=rule, known=", ".join(ALLOWED)
            )
        self.session.remark(commands.Allow(undo=rule), self.name)

    def set_clock(self, seconds: int, phase: str = "", warnings: Sequence[int] = (60, 10), then: str = "") -> None:
        """Gives a phase so many seconds, or every phase ("") that has no time of its own; 0 takes the clock away.

        It warns when so many seconds are left. When time is up it does nothing, or `then` "skip" the phase. Raises
        RulingRefused.
        """
        phases = [one.id for stage in self.session.scenario.stages for one in stage.phases]
        if phase and phase not in phases:
            near = nearest(phase, phases)
            raise RulingRefused(
                f"there is no phase '{phase}'" + (f" (did you mean '{near}'?)" if near else ""),
                "no-phase-near" if near else "no-phase",
                name=phase,
                near=near or "",
            )
        if not 0 <= seconds <= 24 * 3600 or then not in ("", "skip"):
            raise RulingRefused(
                "a clock runs for up to a day, and then does nothing or skips the phase", "clock-limits"
            )
        sorted_warnings = tuple(sorted(warnings, reverse=True))
        said = commands.SetClock(phase=phase, seconds=seconds, warnings=sorted_warnings, then=then)
        self.session.remark(said, self.name)

    def more_time(self, seconds: int) -> None:
        """Gives the present phase so many seconds more, or fewer, this once. Raises RulingRefused."""
        if not 0 < abs(seconds) <= 24 * 3600:
            raise RulingRefused("more time is from a second to a day; less time likewise", "more-time-limits")
        self.session.remark(commands.MoreTime(more=seconds, moment=moment(self.session)), self.name)

    # Words

    def message(self, seats: Iterable[str], text: str) -> Command:
        """A private message to some seats. Raises RulingRefused."""
        return self.session.remark(self._message(seats, text), self.name)

    def _message(self, seats: Iterable[str], text: str) -> commands.Message:
        to = tuple(seats)
        for seat in to:
            self._known_seat(seat)
        return commands.Message(to=to, text=written_text(text))

    def _known_seat(self, seat: str) -> None:
        known = [noun.id for noun in self.session.scenario.seats]
        if seat not in known:
            near = nearest(seat, known)
            raise RulingRefused(
                f"there is no seat '{seat}'" + (f" (did you mean '{near}'?)" if near else ""),
                "no-seat-near" if near else "no-seat",
                name=seat,
                near=near or "",
            )

    def note(self, text: str, tags: Sequence[str] = (), shown: bool = False) -> Command:
        """A note on this moment of the game; players see it only where it is `shown`."""
        return self.session.remark(commands.Note(text=written_text(text), tags=tuple(tags), shown=shown), self.name)

    def withdraw(self, number: int, why: str = "") -> None:
        """Takes back a note or a message, or what was set aside, by the number of its command. Raises RulingRefused."""
        known = {one.number: one for one in self.session.commands if one.kind in ("note", "message", "settle")}
        if number not in known or number in withdrawn(self.session):
            raise RulingRefused(f"there is no note or message {number} to be taken back", "no-note", number=number)
        self.session.remark(commands.Withdraw(number=number), self.name, why)

    # The schedule

    def load_schedule(self, path: pathlib.Path) -> Schedule:
        """Takes up a file of injects. Raises PackError with every mistake in it."""
        schedule, data = read_schedule(path, self.session.scenario)
        self.session.remark(commands.TakeUpSchedule(content=commands.Plain(data), file=path.name), self.name)
        return schedule

    def take_up(self, inject: str, why: str = "") -> State:
        """Does what an inject of the schedule says, due or not. Raises RulingRefused."""
        found = planned_inject(self.session, inject)
        reason = why or found.why
        if found.card is not None:
            added = card_brought_by(self.session, found.card)
            if added is not None:
                said = commands.Inject(card=found.card, added=added, shown=found.shown, scheduled=inject)
                return self._step(said, reason)
            return self.inject(found.card, reason, found.shown, inject)
        if found.set is not None:
            return self.set(found.set, found.value, reason, found.shown, inject)
        message = [(self._message(found.tell, found.text), "")] if found.tell else []
        self.session.remarks([*message, (commands.Settle(inject=inject, done=True), reason)], self.name)
        return self.session.state

    def set_aside(self, inject: str, why: str = "") -> Command:
        """Says that an inject is not to be offered again; `withdraw` takes that back. Raises RulingRefused."""
        planned_inject(self.session, inject)
        return self.session.remark(commands.Settle(inject=inject, done=False), self.name, why)


def settable(session: Session) -> tuple[str, ...]:
    """The ids of all that can be set: meters, tracks, resources, variables and hidden truths."""
    return adjudication.settable(session.game)


def _rulings_of(step: Step) -> list[Ruling]:
    return [] if step.command is None else rulings_in(step.said, step.command.why)


def _overruling(there: Step, draws: Sequence[Draw], ruling: Ruling) -> commands.Overrule:
    """What the command of an overruling says: all that was ruled of the step, the new ruling last."""
    ruled = [*_rulings_of(there), ruling]
    last = {one.place: one.outcome for one in ruled}
    stands = {str(place): outcome for place, outcome in last.items() if outcome != draws[place].model}
    made = there.said
    assert isinstance(made, commands.Decide | commands.Overrule)
    return commands.Overrule(
        seat=made.seat,
        action=made.action,
        by=made.by,
        rulings=commands.ByPlace(stands),
        model=commands.ByPlace({str(draw.place): draw.model for draw in draws if str(draw.place) in stands}),
        shown=ruling.shown,
        ruled=tuple(
            commands.Ruled(place=one.place, outcome=one.outcome, why=one.why, shown=one.shown) for one in ruled
        ),
    )


def _behind(session: Session, step: Step) -> list[Step]:
    """The steps that were taken after one, up to where the game stands."""
    line = session.course.at.line()
    return line[line.index(step) + 1 :] if step in line else []
