"""The rule sheet: how to set up, take turns, draw, and end, in the words that a table reads aloud."""

from __future__ import annotations

import attrs

from tabletop.presentation.paper.values import Kit, PaperDeck, PaperPhase, PaperStage
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class RuleSection:
    """A part of the rule sheet: its title and its lines, which are a list where `listed`."""

    title: str
    lines: tuple[str, ...]
    listed: bool = True


def rule_sheet(kit: Kit, words: Words) -> tuple[RuleSection, ...]:
    """The sections of the rule sheet, in the order in which a new table needs them."""
    return _RuleSheet(kit, words).sections()


class _RuleSheet:
    def __init__(self, kit: Kit, words: Words) -> None:
        self.kit = kit
        self.words = words
        self.seats = {seat.id: seat.name for seat in kit.seats}
        self.stages = {stage.id: stage for stage in kit.stages}

    def sections(self) -> tuple[RuleSection, ...]:
        stages = [self._stage(stage) for stage in self.kit.stages]
        general = (self._cards(), self._effects(), self._chance(), self._end(), self._reading())
        return (self._setting_up(), *stages, *general)

    def _section(self, key: str, *lines: str) -> RuleSection:
        return RuleSection(title=self.words(f"paper.rules_{key}"), lines=tuple(line for line in lines if line))

    def _setting_up(self) -> RuleSection:
        words, kit = self.words, self.kit
        truths = [
            words("paper.set_up_truth", name=truth.name, keeper=words.listed([self.seats[id] for id in truth.keepers]))
            if truth.keepers
            else words("paper.set_up_sealed", name=truth.name)
            for truth in kit.truths
        ]
        return self._section(
            "set_up",
            words("paper.set_up_needs"),
            words("paper.set_up_board"),
            words("paper.set_up_sheets"),
            *truths,
            words("paper.set_up_decks", decks=words.listed([deck.name for deck in kit.decks])) if kit.decks else "",
            words("paper.set_up_position", label=kit.position.label) if kit.position is not None else "",
        )

    def _stage(self, stage: PaperStage) -> RuleSection:
        words = self.words
        lines = [stage.text, words("paper.turn_begins"), *(self._phase(stage, phase) for phase in stage.phases)]
        after = self.stages[stage.then].title if stage.then else words("paper.the_verdict")
        until = stage.until.words if stage.until.source != "false" else ""
        key = "paper.stage_ends_or" if until else "paper.stage_ends"
        lines.append(words(key, count=stage.turns, turn=stage.turn, condition=until, next=after))
        return RuleSection(
            title=words("paper.stage_title", title=stage.title, count=stage.turns, turn=stage.turn),
            lines=tuple(line for line in lines if line),
        )

    def _phase(self, stage: PaperStage, phase: PaperPhase) -> str:
        words = self.words
        said = [words("paper.phase", title=phase.title)]
        if phase.when.words:
            said.append(words("paper.phase_only", condition=phase.when.words))
        if phase.rules:
            said.append(words("paper.phase_rules", count=len(phase.rules)))
        if phase.deck:
            said.append(words("paper.phase_deck", deck=next(d.name for d in self.kit.decks if d.id == phase.deck)))
        if phase.seats:
            said.append(self._deciding(phase))
        return " ".join(said)

    def _deciding(self, phase: PaperPhase) -> str:
        words = self.words
        picks = dict(phase.picks)
        who = words.listed(
            [
                words("paper.picks", seat=self.seats[id], count=picks[id])
                if max(picks.values()) > 1
                else self.seats[id]
                for id in phase.seats
            ]
        )
        said = words("paper.face_down" if phase.is_face_down else "paper.in_turn", seats=who)
        return f"{said} {words('paper.may_pass' if phase.may_pass else 'paper.must_move')}"

    def _cards(self) -> RuleSection:
        decks = map(self._deck, self.kit.decks)
        return self._section("cards", self.words("paper.cards_draw"), *decks, self.words("paper.cards_ask"))

    def _deck(self, deck: PaperDeck) -> str:
        again = self.words("paper.throw_again", number=deck.again_from) if deck.again_from else ""
        said = self.words("paper.deck_lots", deck=deck.name, count=deck.dice, again=again)
        return f"{said} {self.words('paper.deck_refill')}" if deck.refill else said

    def _effects(self) -> RuleSection:
        words = self.words
        return self._section(
            "effects",
            words("paper.effects_order"),
            words("paper.effects_ends"),
            words("paper.effects_later"),
            words("paper.effects_lasting"),
            words("paper.effects_once"),
            words("paper.effects_enter") if len(self.kit.stages) > 1 else "",
        )

    def _chance(self) -> RuleSection:
        words = self.words
        signals = any(table.truth for table in self.kit.tables)
        return self._section(
            "chance",
            words("paper.chance_dice"),
            words("paper.chance_count"),
            words("paper.chance_signals") if signals else "",
            words("paper.chance_keeper") if any(table.keepers is not None for table in self.kit.tables) else "",
        )

    def _end(self) -> RuleSection:
        return self._section("end", self.words("paper.end_first"), self.words("paper.end_points"))

    def _reading(self) -> RuleSection:
        return self._section("reading", self.words("paper.reading_turn"), self.words("paper.reading_signs"))
