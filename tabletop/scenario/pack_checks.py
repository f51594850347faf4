"""Validates a whole scenario pack: names, types, ranges, references; runs every other check and collects problems."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from tabletop.scenario.actions import Action
from tabletop.scenario.board import Meter, Threshold
from tabletop.scenario.cards import Card, Choice, Deck
from tabletop.scenario.claims_and_assumptions import Assumption, Claim
from tabletop.scenario.classroom_checks import ClassroomChecks
from tabletop.scenario.disclosure_checks import DisclosureChecks
from tabletop.scenario.doctrine_checks import DoctrineChecks
from tabletop.scenario.effect_checks import EffectChecks
from tabletop.scenario.effects import Table
from tabletop.scenario.enum_fields import WORDS
from tabletop.scenario.error_recovery import Repairs
from tabletop.scenario.experiment_checks import ExperimentChecks
from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.presentation_checks import PresentationChecks
from tabletop.scenario.prior_checks import check_priors
from tabletop.scenario.problems import Mark, Path, Problem, errors_of, quoted
from tabletop.scenario.prose_checks import check_prose
from tabletop.scenario.reachability import Reachability
from tabletop.scenario.reachability_checks import ReachabilityChecks
from tabletop.scenario.scope import good_id, scope_of
from tabletop.scenario.set_piece_checks import SetPieceChecks
from tabletop.scenario.turn_checks import TurnChecks, check_dates
from tabletop.scenario.turns import MOST_TURNS, Phase, Stage
from tabletop.scenario.window_checks import WindowChecks, check_days
from tabletop.scenario.workload_checks import check_cost

MOST_VARIANTS = 200
MOST_MOVES = 5_000
MOST_PHASES = 100
MOST_MINUTES = 6_000
_SECTIONS = (
    "seats",
    "stages",
    "actions",
    "decks",
    "cards",
    "tables",
    "rules",
    "endings",
    "worldviews",
    "sources",
    "claims",
    "debrief",
    "history",
    "experiments",
    "classroom",
    "questions",
    "set_pieces",
)
_FREE_IDS = ("sources", "claims", "debrief", "history")


def check_scenario(
    scenario: Scenario,
    marks: Mapping[Path, Mark],
    repairs: Repairs | None = None,
    by_hand: Callable[[], frozenset[str]] | None = None,
) -> list[Problem]:
    """All semantic problems of a pack, in the order of the checks.

    Parts removed by `repairs` are not reported as missing; warnings about unused things are only given for complete
    packs. Expensive warnings are only given if `by_hand` is given: the names that a facilitator's schedules set.
    """
    findings = Findings(marks, repairs or Repairs())
    findings.scope = scope_of(scenario, findings.report, findings.excused)
    _Checks(scenario, findings, EffectChecks(scenario, findings, len(scenario.cards)), by_hand).all()
    return findings.problems


def check_written_cards(scenario: Scenario, marks: Mapping[Path, Mark], count: int) -> list[Problem]:
    """The problems of the last `count` cards of a scenario, which were written in play and need no claims. All else of
    it is taken to be sound."""
    findings = Findings(marks)
    findings.scope = scope_of(scenario, findings.report, findings.excused)
    first = len(scenario.cards) - count
    checks = _Checks(scenario, findings, EffectChecks(scenario, findings, first), None)
    checks.ids()
    checks.cards(first)
    return findings.problems


@attrs.define
class _Checks:
    scenario: Scenario
    findings: Findings
    touching: EffectChecks
    by_hand: Callable[[], frozenset[str]] | None
    seats: list[str] = attrs.field(init=False)
    phases: dict[str, tuple[Path, Phase]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.seats = [seat.id for seat in self.scenario.seats]
        self.phases = {
            phase.id: (("stages", index, "phases", at), phase)
            for index, stage in enumerate(self.scenario.stages)
            for at, phase in enumerate(stage.phases)
        }

    def all(self) -> None:
        self.ids()
        self._board()
        self._seats()
        self._turns()
        check_days(self.scenario, self.findings)
        self._actions()
        self.cards()
        self.touching.tables()
        self._rules()
        self._endings()
        self._assumptions()
        doctrines = DoctrineChecks(self.scenario, self.findings)
        doctrines.all()
        self._argument()
        ExperimentChecks(self.scenario, self.findings, self._assumed).all()
        ClassroomChecks(self.scenario, self.findings, self._words).all()
        PresentationChecks(self.scenario, self.findings).all()
        SetPieceChecks(self.scenario, self.findings).all()
        if self.findings.repairs.complete:
            DisclosureChecks(self.scenario, self.findings).all()
            self._loose_ends()
        if self.by_hand is not None:
            self._warnings(doctrines, self.by_hand)

    def _warnings(self, doctrines: DoctrineChecks, by_hand: Callable[[], frozenset[str]]) -> None:
        """Warnings about playable but doubtful content. Reachability is checked only in packs without errors."""
        check_prose(self.scenario, self.findings)
        check_dates(self.scenario, self.findings)
        self._names_of_options()
        if errors_of(self.findings.problems) or not self.findings.repairs.complete:
            return
        check_cost(self.scenario, self.findings)
        reach = Reachability(self.scenario, self.findings.scope, by_hand())
        check_priors(self.scenario, self.findings, reach)
        ReachabilityChecks(self.scenario, self.findings, reach, self.touching.touched["changes"]).all()
        TurnChecks(self.scenario, self.findings, reach).all()
        WindowChecks(self.scenario, self.findings, reach).all()
        doctrines.unreached(reach)

    # Names

    def ids(self) -> None:
        """Checks that ids are well formed and declared once."""
        report = self.findings.report
        for section in _SECTIONS:
            seen: set[str] = set()
            for index, item in enumerate(getattr(self.scenario, section)):
                path: Path = (section, index, "id")
                if item.id in seen:
                    report(path, f"'{item.id}' is declared more than once in {section}")
                seen.add(item.id)
                if section not in _FREE_IDS and not good_id(item.id):
                    report(path, f"'{item.id}' cannot be an id: use small letters, digits and _, no reserved word")
        pairs: set[tuple[str, str]] = set()
        for index, doctrine in enumerate(self.scenario.doctrines):
            if (doctrine.seat, doctrine.id) in pairs:
                report(("doctrines", index, "id"), f"{doctrine.seat} has two doctrines called '{doctrine.id}'")
            pairs.add((doctrine.seat, doctrine.id))
        if not re.fullmatch("[a-z0-9][a-z0-9_-]*", self.scenario.id):
            report(("id",), f"'{self.scenario.id}' cannot be the id of a scenario: use small letters, digits and -")
        if not 1 <= self.scenario.minutes <= MOST_MINUTES:
            report(("minutes",), f"a game takes from 1 to {MOST_MINUTES} minutes, not {self.scenario.minutes}")
        if not self.scenario.seats:
            self.findings.lacks((), "a scenario needs at least one seat", "seats")
        else:
            self.findings.name(("player",), self.scenario.player, self.seats, "seat")

    def _names_of_options(self) -> None:
        """Warns of options with the same name as an action of their seat: a player may get the wrong one."""
        actions = {(seat, action.id) for action in self.scenario.actions for seat in action.seats}
        for index, card in enumerate(self.scenario.cards):
            for at, choice in enumerate(card.choices):
                for place, option in enumerate(choice.options):
                    if (choice.seat, option.id) in actions:
                        path: Path = ("cards", index, "choices", at, "options", place, "id")
                        fault = f"'{option.id}' is also an action of {choice.seat}"
                        self.findings.warn(path, f"{fault}: a doctrine that plays it would take both; use another id")

    def _known_to(self, path: Path, names: tuple[str, ...]) -> None:
        self.findings.names(path, names, self.seats, "seat")

    def _words(self, path: Path, noun: Any) -> None:
        """Checks the enumeration fields (see `enum_fields`)."""
        for (kind, field), words in WORDS.items():
            word = getattr(noun, field) if isinstance(noun, kind) else words[0]
            if word not in words:
                known = ", ".join(words)
                self.findings.report(
                    (*path, field), f"{quoted(word)} is none of {known}", self.findings.near(word, words)
                )

    # The board

    def _board(self) -> None:
        for index, meter in enumerate(self.scenario.meters):
            path: Path = ("meters", index)
            self._within((*path, "start"), meter.start, meter.id, *meter.range)
            self._thresholds(path, meter.thresholds, *meter.range)
            self._known_to((*path, "good_for"), meter.good_for)
            self._known_to((*path, "bad_for"), meter.bad_for)
            for at, seat in enumerate(meter.bad_for):
                if seat in meter.good_for:
                    fault = f"{seat} is both in 'good_for' and in 'bad_for' of '{meter.id}': leave it out of one"
                    self.findings.warn((*path, "bad_for", at), fault)
        for index, track in enumerate(self.scenario.tracks):
            self._within(("tracks", index, "start"), track.start, track.id, 0, track.steps)
            self._thresholds(("tracks", index), track.thresholds, 0, track.steps)
            self._known_to(("tracks", index, "known_to"), track.known_to)
        for index, variable in enumerate(self.scenario.variables):
            self._known_to(("variables", index, "known_to"), variable.known_to)
            if variable.start is not None:
                self._start(("variables", index, "start"), variable.id, variable.start)
        self._hidden()
        self._yardsticks()

    def _within(self, path: Path, number: int, name: str, low: int, high: int) -> None:
        if not low <= number <= high and low <= high:
            self.findings.report(path, f"{number} is out of range: '{name}' goes from {low} to {high}")

    def _start(self, path: Path, name: str, start: Expression) -> None:
        symbol = self.findings.scope.symbols.get(name)
        value = None if symbol is None else self.findings.value(path, symbol, start)
        if symbol is not None and value is not None and (value.low < symbol.low or value.high > symbol.high):
            self.findings.report(path, f"{start} is out of range: '{name}' goes from {symbol.low} to {symbol.high}")

    def _thresholds(self, path: Path, thresholds: tuple[Threshold, ...], low: int, high: int) -> None:
        for index, threshold in enumerate(thresholds):
            at = (*path, "thresholds", index, "at")
            if not low <= threshold.at <= high and low <= high:
                self.findings.report(at, f"{threshold.at} is out of range: it goes from {low} to {high}")
            if index and threshold.at <= thresholds[index - 1].at:
                self.findings.report(at, "thresholds rise from one to the next")

    def _yardsticks(self) -> None:
        for index, value in enumerate(self.scenario.values):
            symbol = self.findings.scope.symbols.get(value.id)
            path: Path = ("values", index, "formula")
            if not value.held_by or symbol is None:
                continue
            if symbol.kind != "int":
                self.findings.report(path, f"'{value.id}' is held by somebody as a yardstick, and so must be an amount")
            if symbol.known_to is not None:
                fault = f"everybody reads the yardstick '{value.id}': it may not read what some seats do not know"
                self.findings.report(path, fault)

    def _hidden(self) -> None:
        assumed = {assumption.id for assumption in self.scenario.assumptions}
        for index, hidden in enumerate(self.scenario.hidden):
            path: Path = ("hidden", index)
            self._known_to((*path, "known_to"), hidden.known_to)
            if len(hidden.values) != len(hidden.prior) or not hidden.values:
                fault = f"'{hidden.id}' needs as many weights in 'prior' as 'values', and at least one"
                self.findings.lacks(path, fault, "values", "prior")
            if hidden.descriptions and len(hidden.descriptions) != len(hidden.values):
                self.findings.lacks(
                    path, f"'{hidden.id}' needs as many descriptions as values", "values", "descriptions"
                )
            totals = 0
            for at, weight in enumerate(hidden.prior):
                meaning = self.findings.amount((*path, "prior", at), weight)
                if meaning is not None and meaning.names - assumed:
                    self.findings.report((*path, "prior", at), "a prior may read only numbers and assumptions")
                totals += 1 if meaning is None or meaning.high > 0 else 0
            if hidden.prior and not totals:
                self.findings.lacks(path, f"no value of '{hidden.id}' has a weight above 0", "prior")

    def _seats(self) -> None:
        for index, seat in enumerate(self.scenario.seats):
            path: Path = ("seats", index)
            for at, resource in enumerate(seat.resources):
                self._known_to((*path, "resources", at, "known_to"), resource.known_to)
                if resource.known_to and seat.id not in resource.known_to:
                    fault = f"{seat.id} spends '{resource.id}' and so must know of it: add it to 'known_to'"
                    self.findings.report((*path, "resources", at, "known_to"), fault)
                for field in ("start", "refresh"):
                    amount = getattr(resource, field)
                    if amount is not None:
                        self._within((*path, "resources", at, field), amount, resource.id, 0, resource.most)
            for at, objective in enumerate(seat.objectives):
                self.findings.amount((*path, "objectives", at, "points"), objective.points)
                self.touching.claims((*path, "objectives", at, "claims"), objective.claims)
                self.touching.carry(objective.claims, f"objective {objective.id}")

    # Turns

    def _turns(self) -> None:
        stages = [stage.id for stage in self.scenario.stages]
        counted = Counter(phase.id for stage in self.scenario.stages for phase in stage.phases)
        for index, stage in enumerate(self.scenario.stages):
            path: Path = ("stages", index)
            if not 1 <= stage.turns <= MOST_TURNS:
                self.findings.report((*path, "turns"), f"a stage has from 1 to {MOST_TURNS} turns, not {stage.turns}")
            if stage.then is not None:
                self.findings.name((*path, "then"), stage.then, stages, "stage")
                self.touching.touched["enters"].add(stage.then)
            if not stage.phases:
                self.findings.lacks(path, f"the stage '{stage.id}' has no phases", "phases")
            self.findings.condition((*path, "until"), stage.until)
            for at, phase in enumerate(stage.phases):
                if counted[phase.id] > 1 or not good_id(phase.id):
                    fault = f"'{phase.id}' is not a good id, or names two phases"
                    self.findings.report((*path, "phases", at, "id"), fault)
                self._phase((*path, "phases", at), phase)
        if not self.scenario.stages:
            self.findings.lacks((), "a scenario needs at least one stage", "stages")
        if len(self.phases) > MOST_PHASES:
            self.findings.report(("stages",), f"a scenario has at most {MOST_PHASES} phases, not {len(self.phases)}")

    def _phase(self, path: Path, phase: Phase) -> None:
        if phase.deal is not None:
            self.findings.name((*path, "deal"), phase.deal, [deck.id for deck in self.scenario.decks], "deck")
        self.findings.names((*path, "seats"), phase.seats, self.seats, "seat")
        for seat in phase.seats:
            if seat in self.seats:
                self.findings.known_condition((*path, "when"), phase.when, seat, "when this phase is played")
        self.findings.condition((*path, "when"), phase.when)
        self._words(path, phase)
        for seat, most in phase.picks.items():
            if not self.findings.repairs.took(path, "seats"):
                self.findings.name((*path, "picks", seat), seat, phase.seats, "seat in this phase called")
            if not 1 <= most <= 9:
                self.findings.report((*path, "picks", seat), f"a seat picks from 1 to 9 actions, not {most}")

    # Actions

    def _actions(self) -> None:
        moves = 0
        for index, action in enumerate(self.scenario.actions):
            path: Path = ("actions", index)
            self._action(path, action)
            count = math.prod(len(parameter.values) for parameter in action.parameters)
            moves += count * len(action.seats)
            if moves > MOST_MOVES:
                self.findings.report(
                    path, f"with '{action.id}', the actions have more than {MOST_MOVES:,} combinations"
                )
                return
            if not 1 <= count <= MOST_VARIANTS:
                fault = f"'{action.id}' has {count} combinations; 1 to {MOST_VARIANTS} are allowed"
                self.findings.report((*path, "parameters"), fault)
                continue
            self._variants(path, action)

    def _variants(self, path: Path, action: Action) -> None:
        self._placeholders(path, action)
        for variant in action.variants({}):
            bound = variant.action
            for seat in bound.seats:
                if seat not in self.seats:
                    continue
                meaning = self.findings.known_condition((*path, "requires"), bound.requires, seat, "what it requires")
                if meaning is not None and meaning.high == 0:
                    self.findings.warn((*path, "requires"), f"'{action.id}' can never be done: this never holds")
            self.touching.effects((*path, "effects"), bound.effects, bound.claims, False, f"action {action.id}")

    def _placeholders(self, path: Path, action: Action) -> None:
        known = [parameter.name for parameter in action.parameters]
        prose: list[tuple[Path, str]] = [
            ((*path, field), getattr(action, field)) for field in ("label", "text", "refused")
        ]
        for at, effect in enumerate(action.effects):
            prose += [((*path, "effects", at, field), getattr(effect, field)) for field in ("why", "text")]
        for place, words in prose:
            for name in re.findall(r"\{([^{}]*)\}", words):
                self.findings.name(place, name, known, f"parameter of '{action.id}' called")

    def _action(self, path: Path, action: Action) -> None:
        self.findings.names((*path, "seats"), action.seats, self.seats, "seat")
        self.findings.names((*path, "phases"), action.phases, self.phases, "phase")
        for at, name in enumerate(action.phases):
            place, phase = self.phases.get(name, ((), None))
            if phase is None or self.findings.repairs.took(place, "seats") or not {*phase.seats} <= {*self.seats}:
                continue
            for seat in action.seats:
                if seat in self.seats and seat not in phase.seats:
                    self.findings.report((*path, "phases", at), f"{seat} does not act in the phase '{name}'")
        if not action.seats or not action.phases:
            self.findings.lacks(path, f"'{action.id}' can never be done: it needs seats and phases", "seats", "phases")
        self._words(path, action)
        self._cost(path, action)
        if action.one_of and (action.once != "turn" or action.secret):
            fault = f"of those that are one of '{action.one_of}' a seat makes one a turn, in the open"
            self.findings.report((*path, "one_of"), f"{fault}: '{action.id}' has another 'once', or is secret")
        self.touching.claims((*path, "claims"), action.claims)
        self.touching.carry(action.claims, f"action {action.id}")
        names = [parameter.name for parameter in action.parameters]
        for at, parameter in enumerate(action.parameters):
            here = (*path, "parameters", at)
            if parameter.name in names[:at] or len(set(parameter.values)) < len(parameter.values):
                self.findings.report(here, f"the parameter '{parameter.name}' or one of its values is listed twice")
            if not good_id(parameter.name):
                self.findings.report((*here, "name"), f"'{parameter.name}' cannot be a name here")
            if parameter.labels and len(parameter.labels) != len(parameter.values):
                fault = "there must be as many labels as values"
                if not self.findings.repairs.took(here, "labels", "values"):
                    self.findings.report((*here, "labels"), fault)

    def _cost(self, path: Path, action: Action) -> None:
        for resource, amount in action.cost.items():
            at = (*path, "cost", resource)
            for seat in self.scenario.seats:
                if seat.id in action.seats:
                    most = {one.id: one.most for one in seat.resources}
                    if not self.findings.name(at, resource, most, f"resource of {seat.id} called"):
                        continue
                    if amount > most[resource]:
                        fault = f"it costs {amount} and there are at most {most[resource]}"
                        self.findings.report(at, f"'{action.id}' can never be done: {fault}")
            if amount < 0:
                self.findings.report(at, f"a cost is not below 0, as {amount} is")

    # Cards

    def cards(self, first: int = 0) -> None:
        """Checks the cards from the one at `first` on."""
        decks = {deck.id for deck in self.scenario.decks}
        sources = {source.id for source in self.scenario.sources}
        for index, card in enumerate(self.scenario.cards[first:], first):
            path: Path = ("cards", index)
            if card.deck is not None:
                self.findings.name((*path, "deck"), card.deck, decks, "deck")
            self.findings.names((*path, "sources"), card.sources, sources, "source")
            self._known_to((*path, "known_to"), card.known_to)
            self._words(path, card)
            self.touching.claims((*path, "claims"), card.claims)
            self.touching.carry(card.claims, f"card {card.id}")
            self._reach(path, card)
            cited = bool(card.sources)
            self.touching.effects((*path, "effects"), card.effects, card.claims, cited, f"card {card.id}")
            for at, choice in enumerate(card.choices):
                self._choice((*path, "choices", at), choice, card, cited)

    def _reach(self, path: Path, card: Card) -> None:
        eligible = self.findings.condition((*path, "eligible"), card.eligible)
        weight = self.findings.amount((*path, "weight"), card.weight)
        if eligible is not None and eligible.high == 0:
            self.findings.warn((*path, "eligible"), f"the card '{card.id}' can never come up: this never holds")
        if weight is not None and weight.high <= 0:
            fault = f"the card '{card.id}' can never come up: its weight is never above 0"
            self.findings.warn((*path, "weight"), fault)
        if card.turns is not None and self.findings.repairs.complete:
            stages = [s for s in self.scenario.stages if any(phase.deal == card.deck for phase in s.phases)]
            first, last = card.turns
            longest = max((stage.turns for stage in stages), default=MOST_TURNS)
            if first > last or first > longest or last < 1:
                fault = f"the card '{card.id}' can never come up in turns {first} to {last}"
                self.findings.warn((*path, "turns"), fault)

    def _choice(self, path: Path, choice: Choice, card: Card, cited: bool) -> None:
        if card.known_to and choice.seat not in card.known_to:
            fault = f"{choice.seat} is asked by a card that it may not read: add it to the card's 'known_to'"
            self.findings.report((*path, "seat"), fault)
        sits = self.findings.name((*path, "seat"), choice.seat, self.seats, "seat")
        if sits:
            self.findings.known_condition((*path, "when"), choice.when, choice.seat, "when this choice arises")
        else:
            self.findings.condition((*path, "when"), choice.when)
        if not any(option.requires is None for option in choice.options):
            fault = "one option at least must always be open (have no 'requires')"
            self.findings.lacks(path, fault, "options")
        seen: set[str] = set()
        for index, option in enumerate(choice.options):
            at = (*path, "options", index)
            if option.id in seen:
                self.findings.report((*at, "id"), f"'{option.id}' is declared more than once here")
            if option.id == "pass":
                self.findings.report((*at, "id"), "'pass' cannot be an id: it is what a seat does that takes no action")
            seen.add(option.id)
            if sits:
                self.findings.known_condition((*at, "requires"), option.requires, choice.seat, "what it requires")
            else:
                self.findings.condition((*at, "requires"), option.requires)
            self.touching.claims((*at, "claims"), option.claims)
            claims = option.claims or card.claims
            self.touching.effects((*at, "effects"), option.effects, claims, cited, f"card {card.id}")

    # Rules, endings, assumptions, bots

    def _rules(self) -> None:
        for index, rule in enumerate(self.scenario.rules):
            self.findings.name(("rules", index, "at"), rule.at, self.phases, "phase")
            meaning = self.findings.condition(("rules", index, "when"), rule.when)
            if meaning is not None and meaning.high == 0:
                self.findings.warn(("rules", index, "when"), f"the rule '{rule.id}' never applies: this never holds")
            self.touching.claims(("rules", index, "claims"), rule.claims)
            self.touching.effects(("rules", index, "effects"), rule.effects, rule.claims, False, f"rule {rule.id}")

    def _endings(self) -> None:
        endings = self.scenario.endings
        for index, ending in enumerate(endings):
            self.findings.condition(("endings", index, "when"), ending.when)
            self._words(("endings", index), ending)
            self.touching.claims(("endings", index, "claims"), ending.claims)
            self.touching.carry(ending.claims, f"ending {ending.id}")
            if ending.when is None and index < len(endings) - 1:
                fault = f"no ending after '{ending.id}' can be reached: it has no 'when'"
                self.findings.lacks(("endings", index), fault, "when")
        if (not endings or endings[-1].when is not None) and not self.findings.repairs.took((), "endings"):
            path: Path = ("endings", len(endings) - 1) if endings else ()
            self.findings.report(path, "the last ending must have no 'when', so that every game has a verdict")

    def _assumptions(self) -> None:
        values = {assumption.id: assumption for assumption in self.scenario.assumptions}
        for index, assumption in enumerate(self.scenario.assumptions):
            path: Path = ("assumptions", index)
            self._assumed((*path, "value"), assumption, assumption.value)
            for at, other in enumerate(assumption.alternatives):
                self._assumed((*path, "alternatives", at, "value"), assumption, other.value)
            for field in ("case_for", "case_against"):
                if not getattr(assumption, field).strip():
                    self.findings.report((*path, field), f"'{assumption.id}' needs its {field.replace('_', ' ')}")
            self.touching.claims((*path, "claims"), assumption.claims)
            self.touching.carry(assumption.claims, f"assumption {assumption.id}")
        for index, worldview in enumerate(self.scenario.worldviews):
            for name, value in worldview.values.items():
                place: Path = ("worldviews", index, "values", name)
                if self.findings.name(place, name, values, "assumption"):
                    self._assumed(place, values[name], value)

    def _assumed(self, path: Path, assumption: Assumption, value: int | bool) -> None:
        if isinstance(value, bool) != isinstance(assumption.value, bool):
            wanted = "true or false" if isinstance(assumption.value, bool) else "a number"
            self.findings.report(path, f"'{assumption.id}' takes {wanted}")
        elif assumption.range is not None:
            self._within(path, value, assumption.id, *assumption.range)

    # The argument

    def _argument(self) -> None:
        sources = {source.id for source in self.scenario.sources}
        for index, claim in enumerate(self.scenario.claims):
            if claim.source:
                self.findings.name(("claims", index, "source"), claim.source, sources, "source")
            self._words(("claims", index), claim)
        for index, question in enumerate(self.scenario.debrief):
            self.touching.claims(("debrief", index, "claims"), question.claims)
        for index, event in enumerate(self.scenario.history):
            self.findings.names(("history", index, "sources"), event.sources, sources, "source")

    # Unused things

    def _loose_ends(self) -> None:
        scenario, touching = self.scenario, self.touching
        for claim in scenario.claims:
            carriers = touching.carried.get(claim.id, set())
            if not carriers:
                self._loose(claim, f"the claim {claim.id} is carried by nothing in the pack")
            elif claim.kind == "warning" and not any(carrier.startswith("card ") for carrier in carriers):
                self._loose(claim, f"the warning {claim.id} is carried by no card")
        for meter in scenario.meters:
            if meter.id not in touching.touched["changes"]:
                self._loose(meter, f"nothing moves the meter '{meter.id}'")
        dealt = {phase.deal for _, phase in self.phases.values()}
        filled = {card.deck for card in scenario.cards}
        for card in scenario.cards:
            if card.deck is None and card.id not in touching.touched["deals"]:
                self._loose(card, f"the card '{card.id}' can never come up: no deck holds it and nothing deals it")
        for deck in scenario.decks:
            if deck.id not in dealt:
                self._loose(deck, f"no phase deals from the deck '{deck.id}'")
            if deck.id not in filled:
                self._loose(deck, f"the deck '{deck.id}' is empty")
        for table in scenario.tables:
            if table.id not in touching.touched["rolls"]:
                self._loose(table, f"nothing rolls on the table '{table.id}'")
        for stage in scenario.stages[1:]:
            if stage.id not in touching.touched["enters"]:
                self._loose(stage, f"nothing leads to the stage '{stage.id}'")
        self._endless()
        self._idle_phases()

    def _endless(self) -> None:
        follows = {stage.id: stage.then for stage in self.scenario.stages}
        for stage in self.scenario.stages:
            path, name = [stage.id], follows[stage.id]
            while name in follows and name not in path:
                path.append(name)
                name = follows[name]
            if name == stage.id and not self.touching.breaks_off:
                round_trip = " to ".join([*path, stage.id])
                self._loose(
                    stage, f"the stages go round without end ({round_trip}), until turn {MOST_TURNS} stops them"
                )

    def _loose(self, noun: Claim | Meter | Card | Deck | Table | Stage, message: str) -> None:
        """Warns of something that is never used, unless a misspelt name may refer to it."""
        section = {Claim: "claims", Meter: "meters", Card: "cards", Deck: "decks", Table: "tables", Stage: "stages"}
        name = section[type(noun)]
        if not self.findings.misnamed(noun.id):
            place = next(at for at, one in enumerate(getattr(self.scenario, name)) if one is noun)
            self.findings.warn((name, place), message)

    def _idle_phases(self) -> None:
        acting = {(name, seat) for action in self.scenario.actions for name in action.phases for seat in action.seats}
        for name, (place, phase) in self.phases.items():
            for at, seat in enumerate(phase.seats):
                is_known = seat in self.seats and not self.findings.misnamed(name) and not self.findings.misnamed(seat)
                if (name, seat) not in acting and is_known:
                    self.findings.warn((*place, "seats", at), f"{seat} has nothing to do in the phase '{name}'")
