"""Warns of braces that players would read literally and of card texts that are too long."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from tabletop.scenario.cards import Card
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_layout import SCENARIO_FILE
from tabletop.scenario.problems import Mark, Path, quoted
from tabletop.scenario.prose import prose_of

MOST_WORDS = 45
MOST_WORDS_OF_A_TITLE = 5

_BRACES = re.compile(r"\{([^{}]*)\}")


def check_prose(scenario: Scenario, findings: Findings) -> None:
    """Warns of braces that players would read literally, and of cards that are too long."""
    parameters = frozenset(one.name for action in scenario.actions for one in action.parameters)
    for path, text in prose_of(scenario):
        # Actions have parameters, and so have their set pieces; both are checked elsewhere.
        if "{" in text and path[0] not in ("actions", "set_pieces"):
            found = _BRACES.search(text)
            if found:
                _braces(scenario, findings, path, text, found, parameters)
    for index, card in enumerate(scenario.cards):
        check_length(findings, ("cards", index), card)


def check_length(findings: Findings, path: Path, card: Card) -> None:
    """Warns of a card's text or title that is too long for a card."""
    for field, most in (("text", MOST_WORDS), ("title", MOST_WORDS_OF_A_TITLE)):
        count = len(getattr(card, field).split())
        if count > most:
            message = f"the {field} of '{card.id}' has {count} words; a card has at most {most}: say it in fewer"
            findings.warn((*path, field), message)


def _braces(
    scenario: Scenario, findings: Findings, path: Path, text: str, found: re.Match[str], parameters: Collection[str]
) -> None:
    why = "only actions have parameters" if found[1].strip() in parameters else "nothing is put in its place"
    message = f"players would read {quoted(found[0])} as it stands: {why}; write the word out"
    mark = _in_brief(findings.marks, scenario, path, text, found.start())
    if mark is None:
        findings.warn(path, message)
    else:
        findings.warn_at(mark, message)


def _in_brief(marks: Mapping[Path, Mark], scenario: Scenario, path: Path, text: str, at: int) -> Mark | None:
    """The place of a text in a brief's own file, if it is there."""
    if path[0] != "seats" or len(path) != 3 or path[2] not in ("brief", "private_brief"):
        return None
    name = getattr(scenario.seats[int(path[1])], f"{path[2]}_file")
    main = marks.get(())
    if not name or main is None:
        return None
    folder = main.file.removesuffix(SCENARIO_FILE)
    before = text[:at]
    return Mark(folder + name, before.count("\n") + 1, at - before.rfind("\n"))
