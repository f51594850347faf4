"""Fields whose value is one of a fixed set of words (enumerations), and these words."""

from __future__ import annotations

from tabletop.scenario.actions import Action
from tabletop.scenario.cards import Card
from tabletop.scenario.claims_and_assumptions import Claim
from tabletop.scenario.classroom import MOMENTS, ClassPhase, Question
from tabletop.scenario.effects import Rule
from tabletop.scenario.endings import Ending, HistoryEntry
from tabletop.scenario.set_pieces import LAYOUTS, SOUNDS, TONES, SetPiece, Wording
from tabletop.scenario.turns import ORDERS, Phase

WORDS: dict[tuple[type, str], tuple[str, ...]] = {
    (Phase, "order"): tuple(ORDERS),
    (Action, "once"): ("turn", "game", "never"),
    (Card, "kind"): ("warning", "opportunity", "history", "turn"),
    (Card, "certainty"): ("certain", "disputed", "invented"),
    (HistoryEntry, "certainty"): ("certain", "disputed"),
    (Claim, "kind"): ("warning", "step", "decision", "principle", "opportunity", "critic"),
    (Ending, "tone"): ("good", "mixed", "bad"),
    (Rule, "paper"): ("play", "skip"),
    (Question, "moment"): MOMENTS,
    (Question, "kind"): ("number", "choice", "text"),
    (Question, "among"): ("options", "assumptions", "seats", "meters", "endings"),
    (ClassPhase, "asks"): ("nothing", *MOMENTS),
    (SetPiece, "layout"): LAYOUTS,
    (SetPiece, "tone"): TONES,
    (SetPiece, "sound"): ("", *SOUNDS),
    (Wording, "tone"): ("", *TONES),
    (Wording, "sound"): ("", *SOUNDS),
}
