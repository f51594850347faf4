"""The Scenario class: everything that a pack declares."""

from __future__ import annotations

import attrs

from tabletop.scenario.actions import Action
from tabletop.scenario.board import Hidden, Meter, Track, Value, Variable
from tabletop.scenario.cards import Card, Deck
from tabletop.scenario.claims_and_assumptions import Assumption, Claim, Source, Worldview
from tabletop.scenario.classroom import ClassPlan, Question
from tabletop.scenario.doctrines import Doctrine
from tabletop.scenario.effects import Rule, Table
from tabletop.scenario.endings import DebriefQuestion, Ending, GlossaryEntry, HistoryEntry
from tabletop.scenario.experiments import Experiment
from tabletop.scenario.presentation import Presentation
from tabletop.scenario.problems import Path
from tabletop.scenario.prose import NO_PROSE
from tabletop.scenario.seats import Seat
from tabletop.scenario.set_pieces import SetPiece
from tabletop.scenario.translation_tables import Translations
from tabletop.scenario.turns import Stage

#: The fields of a scenario that no author writes: they are worked out when a pack is read.
COMPUTED = frozenset(["digest", "pictures", "translations", "original"])


@attrs.frozen(kw_only=True)
class Scenario:
    """A loaded pack. `digest` is a hash of its rules; the first doctrine listed for a seat is its bot by default.

    `author` and `licence` say whose it is and on what terms others may use it; "" for not said. `language` is that of
    its texts, and `translations` has them in others; `original` is the scenario of which this is a translation.
    `pictures` are the SVG files that its `presentation` and its set pieces name, by their names.
    """

    id: str
    title: str
    version: str
    summary: str
    player: str
    author: str = ""
    licence: str = ""
    language: str = "en"
    question: str = ""
    minutes: int = 45
    introduction: str = ""
    meters: tuple[Meter, ...]
    seats: tuple[Seat, ...]
    stages: tuple[Stage, ...]
    endings: tuple[Ending, ...]
    tracks: tuple[Track, ...] = ()
    variables: tuple[Variable, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    values: tuple[Value, ...] = ()
    actions: tuple[Action, ...] = ()
    decks: tuple[Deck, ...] = ()
    cards: tuple[Card, ...] = ()
    tables: tuple[Table, ...] = ()
    rules: tuple[Rule, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    worldviews: tuple[Worldview, ...] = ()
    doctrines: tuple[Doctrine, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    debrief: tuple[DebriefQuestion, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    classroom: tuple[ClassPlan, ...] = ()
    questions: tuple[Question, ...] = ()
    presentation: Presentation = attrs.field(factory=Presentation)
    set_pieces: tuple[SetPiece, ...] = ()
    digest: str = ""
    pictures: dict[str, str] = attrs.field(factory=dict)
    translations: Translations = attrs.field(factory=Translations, eq=False, repr=False)
    original: Scenario | None = attrs.field(default=None, eq=False, repr=False, metadata={NO_PROSE: True})

    @property
    def picture_files(self) -> list[tuple[Path, str]]:
        """The SVG files that it names, each with the path to where it does."""
        shown: list[tuple[Path, str]] = [(("presentation", *path), file) for path, file in self.presentation.files]
        pieces = enumerate(self.set_pieces)
        return [*shown, *((("set_pieces", at, "picture"), one.picture) for at, one in pieces if one.picture)]
