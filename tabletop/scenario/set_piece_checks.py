"""Checks of set pieces: that something sets each off, that everybody may see it, and that it is short."""

from __future__ import annotations

import re

import attrs

from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.presentation import Opening
from tabletop.scenario.problems import Path, quoted
from tabletop.scenario.set_pieces import LAYOUTS, SOUNDS, TONES, SetPiece, conditions_of

MOST_PIECES = 60
#: The longest text of a set piece in words, and the longest title.
MOST_WORDS, MOST_WORDS_OF_A_TITLE = 60, 9
#: The sentences of an opening, and its words.
MOST_SENTENCES, MOST_WORDS_OF_AN_OPENING = 3, 70

_PLACE = re.compile(r"\{([^{}]*)\}")


@attrs.define
class SetPieceChecks:
    """Looks through the set pieces of a pack, and how it opens."""

    scenario: Scenario
    findings: Findings

    def all(self) -> None:
        """Reports pieces that nothing sets off, that name nothing, or that tell what not everybody knows."""
        pieces = self.scenario.set_pieces
        path: Path = ("set_pieces",)
        if len(pieces) > MOST_PIECES:
            self.findings.report(path, f"a pack has at most {MOST_PIECES} set pieces, and this one has {len(pieces)}")
        for at, piece in enumerate(pieces):
            here: Path = (*path, at)
            self._fixed(here, piece)
            self._trigger(here, piece)
            self._conditions(here, piece)
            self._words(here, piece)
            self.findings.names((*here, "sources"), piece.sources, [one.id for one in self.scenario.sources], "source")
            self.findings.names((*here, "claims"), piece.claims, [one.id for one in self.scenario.claims], "claim")
        for seat, opening in self.scenario.presentation.opening.items():
            self._opening(("presentation", "opening", seat), seat, opening)

    def _fixed(self, path: Path, piece: SetPiece) -> None:
        """What is one of a fixed set of words."""
        found: list[tuple[Path, str, tuple[str, ...]]] = [
            ((*path, "layout"), piece.layout, LAYOUTS),
            ((*path, "tone"), piece.tone, TONES),
            ((*path, "sound"), piece.sound, ("", *SOUNDS)),
        ]
        for at, state in enumerate(piece.states):
            found.append(((*path, "states", at, "tone"), state.tone, ("", *TONES)))
            found.append(((*path, "states", at, "sound"), state.sound, ("", *SOUNDS)))
        for place, word, words in found:
            if word not in words:
                known = ", ".join(one for one in words if one)
                self.findings.report(place, f"{quoted(word)} is none of {known}", self.findings.near(word, words))

    def _trigger(self, path: Path, piece: SetPiece) -> None:
        scenario = self.scenario
        actions = [action.id for action in scenario.actions]
        outcomes = [f"{table.id}.{row.id}" for table in scenario.tables for row in table.outcomes]
        known = [*actions, *(card.id for card in scenario.cards), *outcomes]
        self.findings.names((*path, "after"), piece.after, known, "action, card or outcome (as table.outcome)")
        values = [noun.id for nouns in (scenario.meters, scenario.variables) for noun in nouns]
        self.findings.names((*path, "changes"), piece.changes, values, "meter or variable")
        secret = [name for name in piece.changes if (found := self._symbol(name)) is not None and found]
        for name in secret:
            self.findings.report((*path, "changes"), f"not everybody knows '{name}', and a set piece is shown to all")
        is_set_off = piece.after or piece.changes or piece.when is not None or piece.layout == "verdict"
        if not is_set_off:
            self.findings.lacks(path, f"nothing sets off '{piece.id}'", "after", "changes", "when")
        if piece.asks and not any(one in actions for one in piece.after):
            self.findings.report((*path, "asks"), "only an action can be asked about: name one in 'after'")

    def _symbol(self, name: str) -> frozenset[str] | None:
        symbol = self.findings.scope.symbols.get(name)
        return None if symbol is None else symbol.known_to

    def _conditions(self, path: Path, piece: SetPiece) -> None:
        for place, condition in conditions_of(piece):
            meaning = self.findings.condition((*path, *place), condition)
            if meaning is not None and meaning.known_to is not None:
                secret = sorted(name for name in meaning.names if self._symbol(name) is not None)
                told = ", ".join(secret)
                self.findings.report((*path, *place), f"a set piece is shown to all, and reads {told}, which is secret")
        bare = [at for at, state in enumerate(piece.states) if state.when is None]
        for at in bare:
            if at < len(piece.states) - 1:
                self.findings.report((*path, "states", at), "without 'when' it always holds: let it be the last")

    def _words(self, path: Path, piece: SetPiece) -> None:
        if not (piece.title or piece.layout == "verdict" or any(state.title for state in piece.states)):
            self.findings.lacks(path, f"'{piece.id}' has no title", "title", "states")
        texts = [((*path, "title"), piece.title, MOST_WORDS_OF_A_TITLE), ((*path, "text"), piece.text, MOST_WORDS)]
        for at, state in enumerate(piece.states):
            texts.append(((*path, "states", at, "title"), state.title, MOST_WORDS_OF_A_TITLE))
            texts.append(((*path, "states", at, "text"), state.text, MOST_WORDS))
        texts += [((*path, "lines", at, "text"), line.text, MOST_WORDS // 2) for at, line in enumerate(piece.lines)]
        places = {one.name for action in self.scenario.actions if action.id in piece.after for one in action.parameters}
        for place, text, most in texts:
            if len(text.split()) > most:
                self.findings.warn(place, f"{len(text.split())} words; at most {most} are read at a glance")
            for found in _PLACE.finditer(text):
                if found[1] not in places:
                    message = f"players would read {quoted(found[0])} as it stands: no action in 'after' has it"
                    self.findings.report(place, message, self.findings.near(found[1], places))

    def _opening(self, path: Path, seat: str, opening: Opening) -> None:
        self.findings.name(path, seat, [one.id for one in self.scenario.seats], "seat")
        words, sentences = len(opening.text.split()), len(re.findall(r"[.!?](?:\s|$)", opening.text.strip()))
        if words > MOST_WORDS_OF_AN_OPENING or sentences > MOST_SENTENCES:
            most = f"at most {MOST_SENTENCES} sentences and {MOST_WORDS_OF_AN_OPENING} words"
            self.findings.warn((*path, "text"), f"an opening has {most}, and this has {sentences} and {words}")
