"""Checks doctrines (scripted bots): moves that exist, conditions that the seat knows, rules that are never reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import attrs

from tabletop.scenario.actions import Action
from tabletop.scenario.cards import Option
from tabletop.scenario.doctrines import Doctrine, DoctrineRule
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path
from tabletop.scenario.reachability import Reachability
from tabletop.scenario.satisfiability import negated

#: More rules than this with the same moves are not compared with each other.
_MOST_COMPARED = 60


@attrs.frozen
class _Moves:
    """All moves of a seat: its actions by id and the options of cards; the tags of the moves with each id, and the ids
    of the moves with each tag."""

    actions: Mapping[str, Action]
    options: Sequence[Option]
    named: Mapping[str, list[Sequence[str]]]
    tagged: Mapping[str, set[str]]

    @property
    def ids(self) -> set[str]:
        return {"pass", *self.named}

    @property
    def tags(self) -> set[str]:
        return {*self.tagged}


def _moves_of(actions: Mapping[str, Action], options: Sequence[Option]) -> _Moves:
    named: dict[str, list[Sequence[str]]] = {}
    tagged: dict[str, set[str]] = {}
    both: list[Action | Option] = [*actions.values(), *options]
    for move in both:
        named.setdefault(move.id, []).append(move.tags)
        for tag in move.tags:
            tagged.setdefault(tag, set()).add(move.id)
    return _Moves(actions, options, named, tagged)


@attrs.define
class DoctrineChecks:
    """Checks every doctrine of a pack."""

    scenario: Scenario
    findings: Findings
    _moves: dict[str, _Moves] = attrs.field(factory=dict)

    def all(self) -> None:
        """Checks every doctrine for mistakes."""
        seats = [seat.id for seat in self.scenario.seats]
        for index, doctrine in enumerate(self.scenario.doctrines):
            path: Path = ("doctrines", index)
            if doctrine.id in ("random", "search"):
                self.findings.report((*path, "id"), f"'{doctrine.id}' is the name of a built-in player")
            if self.findings.name((*path, "seat"), doctrine.seat, seats, "seat"):
                self._habits(path, doctrine, seats)

    def _of(self, seat: str, seats: Collection[str]) -> _Moves:
        if seat not in self._moves:
            options = [
                option
                for card in self.scenario.cards
                for choice in card.choices
                if choice.seat == seat or choice.seat not in seats
                for option in choice.options
            ]
            actions = {
                action.id: action
                for index, action in enumerate(self.scenario.actions)
                if seat in action.seats or self._unsure_seats(index, action, seats)
            }
            self._moves[seat] = _moves_of(actions, options)
        return self._moves[seat]

    def _unsure_seats(self, index: int, action: Action, seats: Collection[str]) -> bool:
        """Whether an action may be meant for other seats, since one of its seats was wrong and has been reported."""
        return self.findings.repairs.took(("actions", index), "seats") or not {*action.seats} <= {*seats}

    def _habits(self, path: Path, doctrine: Doctrine, seats: Collection[str]) -> None:
        seat = doctrine.seat
        moves = self._of(seat, seats)
        plays, tags = moves.ids, moves.tags
        for at, rule in enumerate(doctrine.rules):
            here = (*path, "rules", at)
            self.findings.known_condition((*here, "when"), rule.when, seat, "a doctrine's condition")
            if (rule.play is None) == (rule.tag is None):
                self.findings.lacks(here, "a doctrine's rule has 'play' or 'tag'", "play", "tag")
            if rule.tag is not None and rule.tag not in tags and self.findings.repairs.complete:
                fault = f"no action of {seat} has the tag '{rule.tag}'"
                self.findings.warn((*here, "tag"), fault, self.findings.near(rule.tag, tags))
            if not 1 <= rule.odds <= 100:
                self.findings.report((*here, "odds"), f"odds go from 1 to 100, not {rule.odds}")
            called = f"action or option of {seat} called"
            if rule.play is not None and not self.findings.name((*here, "play"), rule.play, plays, called):
                continue
            if not self.findings.repairs.took(here, "play"):
                action = moves.actions.get(rule.play or "")
                self._using((*here, "using"), rule, {p.name: p.values for p in action.parameters} if action else {})

    def _using(self, path: Path, rule: DoctrineRule, known: Mapping[str, tuple[str, ...]]) -> None:
        for name, value in rule.using.items():
            if self.findings.name((*path, name), name, known, f"parameter of {rule.play or 'a tag'} called"):
                self.findings.name((*path, name), value, known[name], f"value of {name} called")

    # Rules that never decide

    def unreached(self, reach: Reachability) -> None:
        """Warns of rules that never decide, in a pack without errors."""
        seats = [seat.id for seat in self.scenario.seats]
        for index, doctrine in enumerate(self.scenario.doctrines):
            moves = self._of(doctrine.seat, seats)
            for at, rule in enumerate(doctrine.rules):
                self._unreached(("doctrines", index, "rules", at), doctrine, at, rule, moves, reach)
            self._never_passes(("doctrines", index), doctrine)

    def _unreached(
        self, path: Path, doctrine: Doctrine, at: int, rule: DoctrineRule, moves: _Moves, reach: Reachability
    ) -> None:
        when = reach.condition(rule.when)
        if not reach.possible.satisfiable(when):
            self.findings.warn((*path, "when"), f"this rule never decides: '{rule.when}' never holds")
            return
        first = max(0, at - 5 * _MOST_COMPARED)
        before = [
            (number, other)
            for number, other in enumerate(doctrine.rules[first:at], first)
            if other.odds == 100 and _takes_all(other, rule, moves)
        ][-_MOST_COMPARED:]
        nodes = [negated(reach.condition(other.when)) for _, other in before]
        for (number, _), node in zip(before, nodes, strict=True):
            if not reach.possible.satisfiable(when, node):
                mark = self.findings.mark((*path[:-1], number))
                where = f" in line {mark.line}" if mark else ""
                earlier = f"rule {number + 1} of '{doctrine.id}'{where} takes its moves first"
                self.findings.warn(
                    path,
                    f"this rule never decides: {earlier}; put it before that one, or take it out",
                )
                return
        if len(nodes) > 1 and not reach.possible.satisfiable(when, *nodes):
            numbers = " and ".join(str(number + 1) for number, _ in before)
            earlier = f"rules {numbers} of '{doctrine.id}' take its moves first"
            self.findings.warn(path, f"this rule never decides: {earlier}; put it before them, or take it out")

    def _never_passes(self, path: Path, doctrine: Doctrine) -> None:
        phases = [phase for stage in self.scenario.stages for phase in stage.phases if doctrine.seat in phase.seats]
        if any(phase.may_pass for phase in phases):
            return
        for at, rule in enumerate(doctrine.rules):
            if rule.play == "pass":
                message = f"this rule never decides: {doctrine.seat} may pass in no phase"
                self.findings.warn((*path, "rules", at, "play"), message)


def _takes_all(earlier: DoctrineRule, later: DoctrineRule, moves: _Moves) -> bool:
    """Whether every move of a later rule is also a move of an earlier one."""
    if later.tag is None:
        same = earlier.play == later.play
        tagged = later.play != "pass" and earlier.tag is not None
        fits = (
            same
            if earlier.tag is None
            else tagged and all(earlier.tag in tags for tags in moves.named[later.play or ""])
        )
    elif earlier.tag is None:
        fits = moves.tagged.get(later.tag) == {earlier.play}
    else:
        fits = earlier.tag == later.tag or all(
            earlier.tag in tags
            for name in moves.tagged.get(later.tag, ())
            for tags in moves.named[name]
            if later.tag in tags
        )
    return fits and all(later.using.get(name) == value for name, value in earlier.using.items())
