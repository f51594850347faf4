"""The kit of a pack: everything that is printed, worked out from the pack's rules and in no other way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from tabletop.engine.game import Game
from tabletop.engine.state import State
from tabletop.presentation.cited import in_a_line
from tabletop.presentation.event_card import kind_words
from tabletop.presentation.names import Names, names_in, units
from tabletop.presentation.paper.chances import Chances
from tabletop.presentation.paper.counters import counters_of
from tabletop.presentation.paper.dice import dice_for, faces
from tabletop.presentation.paper.position import continued
from tabletop.presentation.paper.values import (
    Kit,
    PaperAssumption,
    PaperCard,
    PaperChoice,
    PaperDeck,
    PaperEffect,
    PaperEnding,
    PaperModifier,
    PaperMove,
    PaperObjective,
    PaperOption,
    PaperOutcome,
    PaperPhase,
    PaperRule,
    PaperSeat,
    PaperStage,
    PaperSum,
    PaperTable,
)
from tabletop.presentation.paper.wording import PaperWords
from tabletop.presentation.words import Words
from tabletop.scenario.actions import Action
from tabletop.scenario.cards import Card, Choice, Deck, Option
from tabletop.scenario.effects import Outcome, Rule, Table
from tabletop.scenario.endings import Ending
from tabletop.scenario.expressions import Expression
from tabletop.scenario.numerals import whole
from tabletop.scenario.seats import Seat
from tabletop.scenario.turns import Phase, Stage

#: A condition that no turn fulfils.
_NEVER = Expression("false")


def kit_of(game: Game, words: Words, state: State | None = None) -> Kit:
    """The kit of a game: its pack under its assumptions, from the beginning, or as it stands in a `state`.

    With a state it holds all secrets of that game, and is for a facilitator alone.
    """
    maker = _KitMaker(game, words)
    kit = maker.kit()
    return kit if state is None else continued(kit, state, maker.said.numbered)


class Playing(Protocol):
    """A game that is being played, such as a session."""

    @property
    def game(self) -> Game: ...

    @property
    def state(self) -> State: ...


def kit_as_it_stands(playing: Playing, words: Words) -> Kit:
    """The kit of a game that goes on from where it is, with all its secrets: for a facilitator alone."""
    return kit_of(playing.game, words, playing.state)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, without its line breaks and marks of emphasis."""
    plain = re.sub(r"\*+(\S(?:[^*]*\S)?)\*+", r"\1", text)
    return tuple(" ".join(part.split()) for part in plain.split("\n\n") if part.strip())


class _KitMaker:
    def __init__(self, game: Game, words: Words) -> None:
        self.scenario = game.program.scenario
        self.scope = game.program.scope
        self.names: Names = names_in(game.program)
        self.words = words
        values = {one.id: one.value for one in self.scenario.assumptions} | dict(game.assumptions)
        self.assumptions = values
        self.said = PaperWords(self.names, words, self.scope, values)
        self.chances = Chances(self.scope, self.said)
        self.decks: dict[str, PaperDeck] = {}

    def kit(self) -> Kit:
        # What is due in the same turn happens in the order in which a program has it: by tables, cards, moves, rules.
        scenario = self.scenario
        tables = tuple(map(self._table, scenario.tables))
        self.decks = {deck.id: self._deck(deck) for deck in scenario.decks}
        card_effects = [self.said.effects(card.effects) for card in scenario.cards]
        cards = tuple(self._card(card, effects) for card, effects in zip(scenario.cards, card_effects, strict=True))
        moves = tuple(move for action in scenario.actions for move in self._moves(action))
        stages = tuple(map(self._stage, scenario.stages))
        return Kit(
            id=scenario.id,
            title=scenario.title,
            question=scenario.question,
            summary=" ".join(scenario.summary.split()),
            introduction=paragraphs(scenario.introduction),
            version=scenario.version,
            language=self.words.language,
            minutes=scenario.minutes,
            counters=counters_of(scenario, self.names, self.said),
            sums=self._sums(),
            stages=stages,
            moves=moves,
            decks=tuple(self.decks.values()),
            cards=cards,
            tables=tables,
            seats=tuple(map(self._seat, scenario.seats)),
            truths=tuple(map(self.chances.truth, scenario.hidden)),
            endings=tuple(map(self._ending, scenario.endings)),
            assumptions=tuple(
                PaperAssumption(
                    title=one.title,
                    value=self._assumed(one.id),
                    case_for=" ".join(one.case_for.split()),
                    case_against=" ".join(one.case_against.split()),
                )
                for one in scenario.assumptions
            ),
            questions=tuple(" ".join(one.text.split()) for one in scenario.debrief),
            glossary=tuple((one.term, " ".join(one.text.split())) for one in scenario.glossary),
            sources=tuple((one.id, in_a_line(one.author, one.title, one.published)) for one in scenario.sources),
            claims=tuple((one.id, " ".join(one.summary.split())) for one in scenario.claims),
            left_out=tuple(rule.title for rule in scenario.rules if not rule.is_on_paper),
        )

    def _assumed(self, id: str) -> str:
        value = self.assumptions[id]
        return self.words("paper.yes" if value else "paper.no") if isinstance(value, bool) else str(value)

    def _sums(self) -> tuple[PaperSum, ...]:
        return tuple(
            PaperSum(
                id=one.id,
                name=self.names.full(one.id),
                text=" ".join(one.text.split()),
                source=self.said.source(one.formula) or "true",
                words=self.said.amount_words(self.said.source(one.formula) or "true"),
            )
            for one in self.scenario.values
            if not one.held_by
        )

    def _ending(self, ending: Ending) -> PaperEnding:
        when = self.said.condition(ending.when)
        return PaperEnding(id=ending.id, title=ending.title, text=" ".join(ending.text.split()), when=when)

    # Order of play

    def _stage(self, stage: Stage) -> PaperStage:
        return PaperStage(
            id=stage.id,
            title=stage.title,
            text=" ".join(stage.text.split()),
            turn=stage.turn,
            turns=stage.turns,
            until=self.said.condition(stage.until) if stage.until is not None else self.said.condition(_NEVER),
            then=stage.then or "",
            counts_time=stage.clock,
            dates=stage.dates,
            phases=tuple(map(self._phase, stage.phases)),
        )

    def _phase(self, phase: Phase) -> PaperPhase:
        rules = [rule for rule in self.scenario.rules if rule.at == phase.id and rule.is_on_paper]
        found = [self._rule(rule) for rule in rules]
        return PaperPhase(
            id=phase.id,
            title=phase.title,
            text=" ".join(phase.text.split()),
            when=self.said.condition(phase.when),
            deck=phase.deal or "",
            seats=phase.seats,
            is_face_down=phase.is_face_down,
            picks=tuple((seat, phase.picks.get(seat, 1)) for seat in phase.seats),
            may_pass=phase.may_pass,
            rules=tuple(rule for rule in found if rule.effects and not self.said.is_never(rule.when)),
        )

    def _rule(self, rule: Rule) -> PaperRule:
        effects = self.said.effects(rule.effects)
        return PaperRule(
            id=rule.id,
            title=rule.title,
            text=" ".join(rule.text.split()),
            when=self.said.condition(rule.when),
            effects=effects,
            keepers=self._rule_keepers(rule, effects),
            claims=rule.claims,
        )

    def _rule_keepers(self, rule: Rule, effects: Sequence[PaperEffect]) -> tuple[str, ...] | None:
        """Who goes through a line: those who know its condition, or all its effects where nobody else knows of any."""
        found = self.said.keepers([rule.when])
        if found is None and effects and all(effect.keepers is not None for effect in effects):
            return effects[0].keepers
        return found

    # Chance

    def _table(self, table: Table) -> PaperTable:
        outcomes = tuple(map(self._outcome, table.outcomes))
        lots = self.chances.lots(table, outcomes)
        return PaperTable(
            id=table.id,
            title=table.title,
            text=" ".join(table.text.split()),
            outcomes=outcomes,
            dice=lots.dice,
            truth=lots.truth,
            signals=lots.signals,
            signal_error=lots.error,
            keepers=lots.keepers,
            known_to=table.known_to,
        )

    def _outcome(self, outcome: Outcome) -> PaperOutcome:
        weight = self.said.source(outcome.weight)
        modifiers = [
            PaperModifier(
                when=self.said.condition(one.when),
                amount=self.said.source(one.by),
                words=self.chances.amount(self.said.source(one.by)),
                why=" ".join(one.why.split()),
            )
            for one in outcome.modifiers
        ]
        return PaperOutcome(
            id=outcome.id,
            text=" ".join(outcome.text.split()),
            weight=weight,
            weight_words=self.said.amount_words(weight),
            modifiers=tuple(one for one in modifiers if not self.said.is_never(one.when) and one.amount != "0"),
            effects=self.said.effects(outcome.effects),
        )

    # Cards

    def _deck(self, deck: Deck) -> PaperDeck:
        cards = [card for card in self.scenario.cards if card.deck == deck.id]
        most = max((self.chances.most(card.weight) for card in cards), default=1)
        dice, each = dice_for(most)
        return PaperDeck(
            id=deck.id,
            name=deck.name,
            text=" ".join(deck.text.split()),
            refill=deck.refill,
            most_chances=most,
            dice=dice,
            each=each,
            again_from=each * most + 1 if each * most < faces(dice) else 0,
            cards=len(cards),
        )

    def _card(self, card: Card, effects: tuple[PaperEffect, ...]) -> PaperCard:
        weight = self.said.source(card.weight)
        sources = {one.id: one for one in self.scenario.sources}
        deck = self.decks.get(card.deck or "")
        return PaperCard(
            id=card.id,
            deck=card.deck or "",
            deck_name=deck.name if deck is not None else "",
            kind=card.kind,
            kind_words=kind_words(self.words, card),
            title=card.title,
            text=" ".join(card.text.split()),
            date=card.date,
            record=self.words(f"event-card.record_{card.certainty}"),
            eligible=self.said.condition(card.eligible),
            turns=card.turns,
            weight=weight,
            weight_words=self.said.amount_words(weight),
            comes=self._comes(card, deck, weight),
            effects=effects,
            choices=tuple(map(self._choice, card.choices)),
            claims=card.claims,
            sources=tuple(in_a_line(sources[id].author, sources[id].title) for id in card.sources if id in sources),
            readers=card.known_to,
        )

    def _comes(self, card: Card, deck: PaperDeck | None, weight: str) -> str:
        """When a card comes up, and the numbers at which it stays."""
        if deck is None:
            return self.words("paper.comes_if_called")
        said = []
        if card.turns is not None:
            key = "paper.comes_in" if card.turns[0] < card.turns[1] else "paper.comes_in_one"
            said.append(self.words(key, low=card.turns[0], high=card.turns[1]))
        if card.eligible is not None:
            condition = self.said.condition(card.eligible)
            if condition.words:
                said.append(self.words("paper.comes_where", condition=condition.words))
        chances = whole(weight)
        if chances is None:
            said.append(self.words("paper.comes_by", each=deck.each, chances=self.said.amount_words(weight)))
        elif chances < deck.most_chances:
            said.append(self.words("paper.comes_at", number=deck.each * chances))
        return " ".join(said) or self.words("paper.comes_always")

    def _choice(self, choice: Choice) -> PaperChoice:
        return PaperChoice(
            seat=choice.seat,
            who=self.names.seat(choice.seat),
            prompt=" ".join(choice.prompt.split()),
            when=self.said.condition(choice.when),
            options=tuple(map(self._option, choice.options)),
        )

    def _option(self, option: Option) -> PaperOption:
        return PaperOption(
            id=option.id,
            label=option.label,
            text=" ".join(option.text.split()),
            requires=self.said.condition(option.requires),
            effects=self.said.effects(option.effects),
        )

    # Seats and their moves

    def _moves(self, action: Action) -> list[PaperMove]:
        called = {seat.id: seat.name for seat in self.scenario.seats}
        found = []
        for variant in action.variants(called):
            bound = variant.action
            move = PaperMove(
                id=action.id,
                parameters=tuple(variant.values.items()),
                label=bound.label,
                text=" ".join(bound.text.split()),
                group=action.group,
                seats=action.seats,
                phases=action.phases,
                cost=tuple(action.cost.items()),
                cost_words=", ".join(units(amount, self.names.full(id)) for id, amount in action.cost.items()),
                requires=self.said.condition(bound.requires),
                once=action.once,
                closes=action.closes,
                secret=action.secret,
                final=action.final,
                effects=self.said.effects(bound.effects),
            )
            if not self.said.is_never(move.requires):
                found.append(move)
        return found

    def _seat(self, seat: Seat) -> PaperSeat:
        return PaperSeat(
            id=seat.id,
            name=seat.name,
            role=" ".join(seat.role.split()),
            brief=paragraphs(seat.brief),
            private_brief=paragraphs(seat.private_brief),
            objectives=tuple(
                PaperObjective(
                    text=" ".join(one.text.split()),
                    source=self.said.source(one.points),
                    words=self.said.amount_words(self.said.source(one.points)),
                )
                for one in seat.objectives
            ),
        )
