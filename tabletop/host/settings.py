"""Settings: what a facilitator has chosen for a room, each as the journal names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import attrs

from tabletop.host.ballots import RULES, Rule
from tabletop.host.refusals import Refused
from tabletop.host.roster import SEATINGS
from tabletop.presentation.words import LANGUAGES

Nobody: TypeAlias = Literal["wait", "pass", "doctrine"]
Reasons: TypeAlias = Literal["none", "asked", "required"]

CHOICES: Mapping[str, tuple[str, ...]] = {
    "seating": SEATINGS,
    "rule": RULES,
    "nobody": ("wait", "pass", "doctrine"),
    "reasons": ("none", "asked", "required"),
    "lang": tuple(LANGUAGES),
    "projector": ("on", "code", "off"),
    "letters": ("usual", "large"),
}
SWITCHES = ("started", "practice", "rehearsal", "locked", "approving", "numbers", "pseudonyms")
#: Switches that no form of the facilitator's page sets by itself.
NOT_CHOSEN = ("started", "practice", "rehearsal")
#: Texts that name a question, a moment of questions, or a part of the run sheet.
NAMES = ("code", "asking", "summary", "part", "part_since", "asked_again", "looks_back")


@attrs.frozen(kw_only=True)
class Settings:
    """What holds for a room. `lang` is the language of its pages. With `practice` everybody may cast a vote that counts
    for nothing, until the game begins; in a `rehearsal` pupils are played by the program. `nobody` is what happens for
    a team of which nobody is there: the seat's doctrine decides, it passes, or it is waited for. `asking` is the moment
    whose questions people are asked ("before", "during", "after"), `summary` the question whose answers the projector
    shows, `part` where the run sheet stands. `asked_again` is the decision on which the room votes again, by its step,
    and `looks_back` what the projector shows of the look back: the "account", or a decision by its step. The projector
    shows the game ("on"), how to join ("code") or nothing ("off"), in letters that are "usual" or "large"."""

    code: str = ""
    lang: str = "en"
    started: bool = False
    practice: bool = False
    rehearsal: bool = False
    rule: Rule = "plurality"
    nobody: Nobody = "wait"
    reasons: Reasons = "asked"
    numbers: bool = False
    pseudonyms: bool = False
    projector: Literal["on", "code", "off"] = "on"
    letters: Literal["usual", "large"] = "usual"
    asking: str = ""
    summary: str = ""
    part: str = ""
    part_since: str = ""
    asked_again: str = ""
    looks_back: str = ""


def checked(name: str, value: object) -> bool | str:
    """A setting's value as it is kept. Raises Refused for a setting that there is none of, or a value that it cannot
    take."""
    if name in SWITCHES:
        if value in (True, "on", "yes", "true"):
            return True
        if value in (False, "off", "no", "false", ""):
            return False
        raise Refused("on-or-off", 422, setting=name)
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise Refused("one-of", 422, setting=name, values=", ".join(CHOICES[name]))
        return str(value)
    if name in NAMES and isinstance(value, str) and len(value) <= 100:
        return value
    raise Refused("no-such-setting", 422, setting=name[:30])


def with_settings(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """With what a command of the journal sets; what this version does not know is passed over."""
    known = attrs.fields_dict(Settings)
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name in known:
            try:
                found[name] = checked(name, value)
            except Refused:
                continue
    return attrs.evolve(settings, **found)
