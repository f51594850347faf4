"""Checking: everything that can be wrong with a pack beyond its form, found in one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from tabletop.scenario.actions import Action
from tabletop.scenario.argument import Assumption
from tabletop.scenario.board import Threshold
from tabletop.scenario.cards import Card, Choice
from tabletop.scenario.doctrines import Doctrine
from tabletop.scenario.effect_checks import EffectChecks
from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.language import ExpressionError
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Mark, Path, Problem, nearest
from tabletop.scenario.scope import MOST_TURNS, good_id, scope_of
from tabletop.scenario.turns import Phase

MOST_VARIANTS = 200
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
)
_FREE_IDS = ("sources", "claims", "debrief")


def check_scenario(scenario: Scenario, marks: Mapping[Path, Mark]) -> list[Problem]:
    """Every mistake in a pack whose form is right, in the order of the checks."""
    findings = Findings(marks)
    findings.scope = scope_of(scenario, findings.report)
    _Checks(scenario, findings, EffectChecks(scenario, findings)).all()
    return findings.problems


@attrs.define
class _Checks:
    scenario: Scenario
    findings: Findings
    touching: EffectChecks
    seats: list[str] = attrs.field(init=False)
    phases: dict[str, Phase] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.seats = [seat.id for seat in self.scenario.seats]
        self.phases = {phase.id: phase for stage in self.scenario.stages for phase in stage.phases}

    def all(self) -> None:
        self._ids()
        self._board()
        self._seats()
        self._turns()
        self._actions()
        self._cards()
        self.touching.tables()
        self._rules()
        self._endings()
        self._assumptions()
        self._doctrines()
        self._argument()
        self._loose_ends()

    # Names

    def _ids(self) -> None:
        for section in _SECTIONS:
            ids = [item.id for item in getattr(self.scenario, section)]
            for index, name in enumerate(ids):
                if ids.index(name) != index:
                    self.findings.report((section, index, "id"), f"'{name}' is declared more than once in {section}")
                if section not in _FREE_IDS and not good_id(name):
                    self.findings.report(
                        (section, index, "id"), f"'{name}' cannot be an id: use small letters, digits and _, no reserved word"
                    )
        pairs = [(doctrine.seat, doctrine.id) for doctrine in self.scenario.doctrines]
        for index, pair in enumerate(pairs):
            if pairs.index(pair) != index:
                self.findings.report(("doctrines", index, "id"), f"{pair[0]} has two doctrines called '{pair[1]}'")
        if not self.scenario.seats:
            self.findings.report((), "a scenario needs at least one seat")
        elif self.scenario.player not in self.seats:
            self.findings.name(("player",), self.scenario.player, self.seats, "seat")

    def _known_to(self, path: Path, names: tuple[str, ...]) -> None:
        for index, name in enumerate(names):
            self.findings.name((*path, index), name, self.seats, "seat")

    # The board

    def _board(self) -> None:
        for index, meter in enumerate(self.scenario.meters):
            path: Path = ("meters", index)
            low, high = meter.range
            if not low <= meter.start <= high:
                self.findings.report((*path, "start"), f"{meter.start} is out of range: '{meter.id}' goes from {low} to {high}")
            self._thresholds(path, meter.thresholds, low, high)
            self._known_to((*path, "good_for"), meter.good_for)
            self._known_to((*path, "bad_for"), meter.bad_for)
        for index, track in enumerate(self.scenario.tracks):
            if not 0 <= track.start <= track.steps:
                self.findings.report(("tracks", index, "start"), f"{track.start} is out of range: there are {track.steps} steps")
            self._thresholds(("tracks", index), track.thresholds, 0, track.steps)
            self._known_to(("tracks", index, "known_to"), track.known_to)
        for index, variable in enumerate(self.scenario.variables):
            self._known_to(("variables", index, "known_to"), variable.known_to)
            if variable.values and variable.range is not None:
                self.findings.report(("variables", index), f"'{variable.id}' has both values and a range: choose one")
            if variable.start is not None:
                self._start(("variables", index, "start"), variable.id, variable.start)
        self._hidden()

    def _start(self, path: Path, name: str, start: Expression) -> None:
        symbol = self.findings.scope.symbols.get(name)
        if symbol is None:
            return
        try:
            value = self.findings.scope.value_for(symbol, start.source)
        except ExpressionError as error:
            self.findings.report(path, error.message, error.suggestion)
            return
        if value.low < symbol.low or value.high > symbol.high:
            self.findings.report(path, f"{start} is out of range: '{name}' goes from {symbol.low} to {symbol.high}")

    def _thresholds(self, path: Path, thresholds: tuple[Threshold, ...], low: int, high: int) -> None:
        for index, threshold in enumerate(thresholds):
            at = (*path, "thresholds", index, "at")
            if not low <= threshold.at <= high:
                self.findings.report(at, f"{threshold.at} is out of range: it goes from {low} to {high}")
            if index and threshold.at <= thresholds[index - 1].at:
                self.findings.report(at, "thresholds rise from one to the next")

    def _hidden(self) -> None:
        assumed = {assumption.id for assumption in self.scenario.assumptions}
        for index, hidden in enumerate(self.scenario.hidden):
            path: Path = ("hidden", index)
            self._known_to((*path, "known_to"), hidden.known_to)
            if len(hidden.values) != len(hidden.prior) or not hidden.values:
                self.findings.report(path, f"'{hidden.id}' needs as many weights in 'prior' as 'values', and at least one")
            totals = 0
            for at, weight in enumerate(hidden.prior):
                meaning = self.findings.amount((*path, "prior", at), weight)
                if meaning is not None and meaning.names - assumed:
                    self.findings.report((*path, "prior", at), "a prior may read only numbers and assumptions")
                totals += 1 if meaning is None or meaning.high > 0 else 0
            if hidden.prior and not totals:
                self.findings.report((*path, "prior"), f"no value of '{hidden.id}' has a weight above 0")

    def _seats(self) -> None:
        for index, seat in enumerate(self.scenario.seats):
            path: Path = ("seats", index)
            for at, resource in enumerate(seat.resources):
                for field in ("start", "refresh"):
                    amount = getattr(resource, field)
                    if amount is not None and not 0 <= amount <= resource.most:
                        self.findings.report(
                            (*path, "resources", at, field), f"{amount} is out of range: '{resource.id}' goes from 0 to {resource.most}"
                        )
            for at, objective in enumerate(seat.objectives):
                self.findings.amount((*path, "objectives", at, "points"), objective.points)
                self.touching.claims((*path, "objectives", at, "claims"), objective.claims)
                for claim in objective.claims:
                    self.touching.carried.setdefault(claim, set()).add(f"objective {objective.id}")

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
                self.touching.entered.add(stage.then)
            if not stage.phases:
                self.findings.report(path, f"the stage '{stage.id}' has no phases")
            self.findings.condition((*path, "until"), stage.until)
            for at, phase in enumerate(stage.phases):
                if counted[phase.id] > 1 or not good_id(phase.id):
                    self.findings.report((*path, "phases", at, "id"), f"'{phase.id}' is not a good id, or names two phases")
                self._phase((*path, "phases", at), phase)
        if not self.scenario.stages:
            self.findings.report((), "a scenario needs at least one stage")

    def _phase(self, path: Path, phase: Phase) -> None:
        if phase.deal is not None:
            self.findings.name((*path, "deal"), phase.deal, [deck.id for deck in self.scenario.decks], "deck")
        for index, seat in enumerate(phase.seats):
            self.findings.name((*path, "seats", index), seat, self.seats, "seat")
            if seat in phase.seats[:index]:
                self.findings.report((*path, "seats", index), f"'{seat}' is listed twice")
        self.findings.condition((*path, "when"), phase.when)
        self._one_of((*path, "order"), phase.order, ("simultaneous", "sequential"))
        for seat, most in phase.picks.items():
            self.findings.name((*path, "picks", seat), seat, phase.seats, "seat in this phase called")
            if not 1 <= most <= 9:
                self.findings.report((*path, "picks", seat), f"a seat picks from 1 to 9 actions, not {most}")

    def _one_of(self, path: Path, value: str, allowed: tuple[str, ...]) -> None:
        if value not in allowed:
            self.findings.report(path, f"'{value}' is none of {', '.join(allowed)}", nearest(value, allowed))

    # Actions

    def _actions(self) -> None:
        names = {seat.id: seat.name for seat in self.scenario.seats}
        for index, action in enumerate(self.scenario.actions):
            path: Path = ("actions", index)
            self._action(path, action)
            count = 1
            for parameter in action.parameters:
                count *= len(parameter.values)
            if not 1 <= count <= MOST_VARIANTS:
                self.findings.report((*path, "parameters"), f"'{action.id}' has {count} combinations; 1 to {MOST_VARIANTS} are allowed")
                continue
            for variant in action.variants(names):
                bound = variant.action
                for seat in bound.seats:
                    meaning = self.findings.known_condition((*path, "requires"), bound.requires, seat, "what it requires")
                    if meaning is not None and meaning.high == 0:
                        self.findings.warn((*path, "requires"), f"'{action.id}' can never be done: this never holds")
                self.touching.effects((*path, "effects"), bound.effects, bound.claims, False, f"action {action.id}")

    def _action(self, path: Path, action: Action) -> None:
        for at, seat in enumerate(action.seats):
            self.findings.name((*path, "seats", at), seat, self.seats, "seat")
        for at, name in enumerate(action.phases):
            if self.findings.name((*path, "phases", at), name, self.phases, "phase"):
                for seat in action.seats:
                    if seat in self.seats and seat not in self.phases[name].seats:
                        self.findings.report((*path, "phases", at), f"{seat} does not act in the phase '{name}'")
        if not action.seats or not action.phases:
            self.findings.report(path, f"'{action.id}' can never be done: it needs seats and phases")
        self._one_of((*path, "once"), action.once, ("turn", "game", "never"))
        self._cost(path, action)
        self.touching.claims((*path, "claims"), action.claims)
        for claim in action.claims:
            self.touching.carried.setdefault(claim, set()).add(f"action {action.id}")
        for at, parameter in enumerate(action.parameters):
            if parameter.labels and len(parameter.labels) != len(parameter.values):
                self.findings.report((*path, "parameters", at, "labels"), "there must be as many labels as values")

    def _cost(self, path: Path, action: Action) -> None:
        for resource, amount in action.cost.items():
            at = (*path, "cost", resource)
            for seat in self.scenario.seats:
                if seat.id in action.seats:
                    most = {one.id: one.most for one in seat.resources}
                    if self.findings.name(at, resource, list(most), f"resource of {seat.id} called") and amount > most[resource]:
                        self.findings.report(at, f"'{action.id}' can never be done: it costs {amount} and there are at most {most[resource]}")
            if amount < 0:
                self.findings.report(at, f"a cost is not below 0, as {amount} is")

    # Cards

    def _cards(self) -> None:
        decks = [deck.id for deck in self.scenario.decks]
        sources = [source.id for source in self.scenario.sources]
        for index, card in enumerate(self.scenario.cards):
            path: Path = ("cards", index)
            if card.deck is not None:
                self.findings.name((*path, "deck"), card.deck, decks, "deck")
            for at, source in enumerate(card.sources):
                self.findings.name((*path, "sources", at), source, sources, "source")
            self._one_of((*path, "kind"), card.kind, ("warning", "opportunity", "history", "turn"))
            self._one_of((*path, "certainty"), card.certainty, ("certain", "disputed", "invented"))
            self.touching.claims((*path, "claims"), card.claims)
            for claim in card.claims:
                self.touching.carried.setdefault(claim, set()).add(f"card {card.id}")
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
            self.findings.warn((*path, "weight"), f"the card '{card.id}' can never come up: its weight is never above 0")
        stages = [s for s in self.scenario.stages if any(phase.deal == card.deck for phase in s.phases)]
        if card.turns is not None:
            first, last = card.turns
            longest = max((stage.turns for stage in stages), default=MOST_TURNS)
            if first > last or first > longest or last < 1:
                self.findings.warn((*path, "turns"), f"the card '{card.id}' can never come up in turns {first} to {last}")

    def _choice(self, path: Path, choice: Choice, card: Card, cited: bool) -> None:
        self.findings.name((*path, "seat"), choice.seat, self.seats, "seat")
        self.findings.condition((*path, "when"), choice.when)
        ids = [option.id for option in choice.options]
        if not any(option.requires is None for option in choice.options):
            self.findings.report(path, "one option at least must always be open (have no 'requires')")
        for index, option in enumerate(choice.options):
            at = (*path, "options", index)
            if option.id in ids[:index] or option.id == "pass":
                self.findings.report((*at, "id"), f"'{option.id}' is declared more than once here, or is a reserved word")
            self.findings.known_condition((*at, "requires"), option.requires, choice.seat, "what it requires")
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
            self._one_of(("endings", index, "tone"), ending.tone, ("good", "mixed", "bad"))
            self.touching.claims(("endings", index, "claims"), ending.claims)
            for claim in ending.claims:
                self.touching.carried.setdefault(claim, set()).add(f"ending {ending.id}")
            if ending.when is None and index < len(endings) - 1:
                self.findings.report(("endings", index), f"no ending after '{ending.id}' can be reached: it has no 'when'")
        if not endings or endings[-1].when is not None:
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
            for claim in assumption.claims:
                self.touching.carried.setdefault(claim, set()).add(f"assumption {assumption.id}")
        for index, worldview in enumerate(self.scenario.worldviews):
            for name, value in worldview.values.items():
                at = ("worldviews", index, "values", name)
                if self.findings.name(at, name, values, "assumption"):
                    self._assumed(at, values[name], value)

    def _assumed(self, path: Path, assumption: Assumption, value: int | bool) -> None:
        low, high = assumption.range or (0, 1)
        if isinstance(value, bool) != isinstance(assumption.value, bool):
            self.findings.report(path, f"'{assumption.id}' takes {'true or false' if isinstance(assumption.value, bool) else 'a number'}")
        elif not low <= value <= high:
            self.findings.report(path, f"{value} is out of range: '{assumption.id}' goes from {low} to {high}")

    def _doctrines(self) -> None:
        for index, doctrine in enumerate(self.scenario.doctrines):
            path: Path = ("doctrines", index)
            if not self.findings.name((*path, "seat"), doctrine.seat, self.seats, "seat"):
                continue
            if doctrine.id in ("random", "search"):
                self.findings.report((*path, "id"), f"'{doctrine.id}' is the name of a built-in player")
            self._habits(path, doctrine)

    def _habits(self, path: Path, doctrine: Doctrine) -> None:
        seat = doctrine.seat
        options = [o for card in self.scenario.cards for c in card.choices if c.seat == seat for o in c.options]
        actions = [action for action in self.scenario.actions if seat in action.seats]
        plays = {"pass", *(option.id for option in options), *(action.id for action in actions)}
        tags = {tag for noun in (*options, *actions) for tag in noun.tags}
        parameters = {action.id: {p.name: p.values for p in action.parameters} for action in actions}
        for at, rule in enumerate(doctrine.rules):
            here = (*path, "rules", at)
            self.findings.known_condition((*here, "when"), rule.when, seat, "a doctrine's condition")
            if (rule.play is None) == (rule.tag is None):
                self.findings.report(here, "a doctrine's rule has 'play' or 'tag'")
            if rule.play is not None:
                self.findings.name((*here, "play"), rule.play, plays, f"action or option of {seat}")
            if rule.tag is not None and rule.tag not in tags:
                self.findings.warn((*here, "tag"), f"no action of {seat} has the tag '{rule.tag}'", nearest(rule.tag, tags))
            if not 1 <= rule.odds <= 100:
                self.findings.report((*here, "odds"), f"odds go from 1 to 100, not {rule.odds}")
            for name, value in rule.using.items():
                known = parameters.get(rule.play or "", {})
                if self.findings.name((*here, "using", name), name, known, f"parameter of {rule.play}"):
                    self.findings.name((*here, "using", name), value, known[name], f"value of {name}")

    # The argument

    def _argument(self) -> None:
        sources = [source.id for source in self.scenario.sources]
        kinds = ("warning", "step", "decision", "principle", "opportunity", "critic")
        for index, claim in enumerate(self.scenario.claims):
            path: Path = ("claims", index)
            if claim.source:
                self.findings.name((*path, "source"), claim.source, sources, "source")
            self._one_of((*path, "kind"), claim.kind, kinds)
            carriers = self.touching.carried.get(claim.id, set())
            if not carriers:
                self.findings.warn(path, f"the claim {claim.id} is carried by nothing in the pack")
            elif claim.kind == "warning" and not any(carrier.startswith("card ") for carrier in carriers):
                self.findings.warn(path, f"the warning {claim.id} is carried by no card")
        for index, question in enumerate(self.scenario.debrief):
            self.touching.claims(("debrief", index, "claims"), question.claims)

    # What nothing leads to

    def _loose_ends(self) -> None:
        scenario, touching = self.scenario, self.touching
        for index, meter in enumerate(scenario.meters):
            if meter.id not in touching.moved:
                self.findings.warn(("meters", index), f"nothing moves the meter '{meter.id}'")
        dealt = {phase.deal for phase in self.phases.values()}
        filled = {card.deck for card in scenario.cards}
        for index, card in enumerate(scenario.cards):
            if card.deck is None and card.id not in touching.dealt:
                self.findings.warn(("cards", index), f"the card '{card.id}' can never come up: no deck holds it and nothing deals it")
        for index, deck in enumerate(scenario.decks):
            if deck.id not in dealt:
                self.findings.warn(("decks", index), f"no phase deals from the deck '{deck.id}'")
            if deck.id not in filled:
                self.findings.warn(("decks", index), f"the deck '{deck.id}' is empty")
        for index, table in enumerate(scenario.tables):
            if table.id not in touching.rolled:
                self.findings.warn(("tables", index), f"nothing rolls on the table '{table.id}'")
        for index, stage in enumerate(scenario.stages):
            if index and stage.id not in touching.entered:
                self.findings.warn(("stages", index), f"nothing leads to the stage '{stage.id}'")
        self._idle_phases()

    def _idle_phases(self) -> None:
        acting = {(name, seat) for action in self.scenario.actions for name in action.phases for seat in action.seats}
        for index, stage in enumerate(self.scenario.stages):
            for at, phase in enumerate(stage.phases):
                for place, seat in enumerate(phase.seats):
                    if (phase.id, seat) not in acting and seat in self.seats:
                        path: Path = ("stages", index, "phases", at, "seats", place)
                        self.findings.warn(path, f"{seat} has nothing to do in the phase '{phase.id}'")


