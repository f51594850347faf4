"""Parses and prints effects in one line, such as `tension +5 because Shots rang out.`, for a facilitator's own cards.

Only the syntax is parsed here; `effect_checks` decides whether an effect is valid.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tabletop.scenario.effects import KINDS, VERBS
from tabletop.scenario.numerals import count, whole
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import nearest
from tabletop.scenario.scope import track_ids

# Kinds with signs of their own; any other is written as its verb and what it names.
_CHANGE = re.compile(r"(?P<name>.+?)\s*(?P<by>[+-]\s*\d{1,12})")
_SET = re.compile(r"(?P<name>.+?)\s*(?:=|\bto\b)\s*(?P<to>.+)")
_TELL = re.compile(r"tell\s+(?P<to>[\w\s,]+?)\s*:\s*(?P<text>.+)", re.IGNORECASE | re.DOTALL)
_BY_VERB = tuple(verb for verb in VERBS if verb not in ("change", "set", "tell"))
_OTHER = re.compile(rf"(?P<verb>{'|'.join(_BY_VERB)})\s+(?P<named>\w+(?:\s*,\s*\w+)*)", re.IGNORECASE)
_CLAUSE = re.compile(r"\s+(when|until|after|lasts)\s+", re.IGNORECASE)


class NotAnEffect(ValueError):
    """A text that is no effect; the message says what is missing, with an example, in plain English. `kind` and
    `places` say the same for the catalogue (errors.yaml)."""

    def __init__(self, message: str, kind: str, **places: object) -> None:
        super().__init__(message)
        self.kind, self.places = kind, places


def forms(scenario: Scenario) -> tuple[str, ...]:
    """Example effects with the scenario's own names.

    >>> import tabletop
    >>> for form in forms(tabletop.load("summit-2018")):
    ...     print(form)
    tension +5 because Everybody is nervous.
    calendar = suspended because It was said on the air.
    tell seoul: You are asked to call back.
    """
    meters, named = [meter.id for meter in scenario.meters], [one for one in scenario.variables if one.values]
    meter = "tension" if "tension" in meters else meters[0] if meters else "NAME"
    found = [f"{meter} +5 because Everybody is nervous."]
    if named:
        found.append(f"{named[0].id} = {named[0].values[len(named[0].values) // 2]} because It was said on the air.")
    seat = next((seat.id for seat in scenario.seats if seat.id != scenario.player), scenario.player)
    return (*found, f"tell {seat}: You are asked to call back.")


def spoken_effect(scenario: Scenario, words: str) -> dict[str, Any]:
    """Parses an effect to plain data. Raises NotAnEffect.

    Things may be named by id or by the names that players see.

    >>> import tabletop
    >>> spoken_effect(tabletop.load("summit-2018"), "Chinese influence -3 after 2 because Trains stop.")
    {'change': 'chinese_influence', 'by': -3, 'after': 2, 'why': 'Trains stop.'}
    """
    words = " ".join(words.split())  # otherwise the patterns below take quadratic time for long runs of spaces
    told = _TELL.fullmatch(words)
    if told:
        seats = (
            ["all"] if told["to"].strip().lower() == "all" else [one for one in re.split(r"[\s,]+", told["to"]) if one]
        )
        return {"tell": [one if one == "all" else _seat(scenario, one) for one in seats], "text": told["text"].strip()}
    body, because, why = _parted(words)
    head, *clauses = _CLAUSE.split(f"{body} ")
    effect = _verb(scenario, head.strip())
    for word, value in zip(clauses[::2], clauses[1::2], strict=True):
        effect[word.lower()] = _clause(word.lower(), value.strip())
    if any(KINDS[verb].needs_reason for verb in VERBS if verb in effect) and not why:
        hint = "write the reason after 'because'" if because else "add 'because' and the reason"
        example = forms(scenario)[0]
        kind = "no-reason-written" if because else "no-because"
        raise NotAnEffect(f"players will ask why: {hint}, as in `{example}`", kind, example=example)
    return effect | ({"why": why} if why else {})


def _parted(words: str) -> tuple[str, bool, str]:
    body, because, why = re.sub(r"^", " ", words.strip()).partition(" because ")
    if not because and body.lower().endswith(" because"):
        return body[: -len(" because")].strip(), True, ""
    return body.strip(), bool(because), why.strip()


def _verb(scenario: Scenario, head: str) -> dict[str, Any]:
    change = _CHANGE.fullmatch(head)
    if change:
        return {"change": named(scenario, change["name"]), "by": int("".join(change["by"].split()))}
    other = _OTHER.fullmatch(head)
    if other:
        verb, names = other["verb"].lower(), re.split(r"\s*,\s*", other["named"])
        return {verb: names[0] if len(names) == 1 else names}
    setting = _SET.fullmatch(head)
    if setting:
        return {"set": named(scenario, setting["name"]), "to": setting_of(setting["to"])}
    examples = "` or `".join(forms(scenario))
    message = f"'{head[:40]}' says nothing that happens: write it as in `{examples}`"
    raise NotAnEffect(message, "nothing-happens", name=head[:40], examples=examples)


def _clause(word: str, value: str) -> int | str:
    if word in ("when", "until"):
        return value
    amount = count(value.split(" ")[0])
    if amount is None:
        message = f"'{word}' wants a number of turns, as in `{word} 2`, not '{value[:20]}'"
        raise NotAnEffect(message, "no-turns", word=word, value=value[:20])
    return amount


def setting_of(words: str) -> int | bool | str:
    """Parses a typed value: true or false (also yes and no), an integer, or a name."""
    lower = words.strip().lower()
    if lower in ("true", "yes", "false", "no"):
        return lower in ("true", "yes")
    number = whole(lower)
    if number is not None:
        return number
    return re.sub(r"[\s-]+", "_", lower)


def _seat(scenario: Scenario, name: str) -> str:
    known = [seat.id for seat in scenario.seats]
    if name.lower() in known:
        return name.lower()
    near = nearest(name.lower(), known)
    raise NotAnEffect(
        f"there is no seat '{name}'" + (f" (did you mean '{near}'?)" if near else ""),
        "no-seat-near" if near else "no-seat",
        name=name,
        near=near or "",
    )


def named(scenario: Scenario, words: str) -> str:
    """The id of a meter, track, resource, variable or hidden variable with this name or id.

    Raises NotAnEffect, with the most similar name.

    >>> import tabletop
    >>> named(tabletop.load("summit-2018"), "consultation tokyo")
    'consultation_tokyo'
    """
    known = settable_names(scenario)
    wanted = " ".join(words.replace("_", " ").lower().split())
    if wanted in known:
        return known[wanted]
    begun = sorted({id for name, id in known.items() if name.startswith(wanted) and wanted})
    if len(begun) == 1:
        return begun[0]
    if begun:
        some = ", ".join(begun[:6])
        raise NotAnEffect(f"'{words}' may be {some}: which one?", "may-be", name=words, some=some)
    near = nearest(wanted, known)
    raise NotAnEffect(
        f"nothing here is called '{words[:40]}'" + (f" (did you mean '{known[near]}'?)" if near else ""),
        "nothing-called-near" if near else "nothing-called",
        name=words[:40],
        near=known[near] if near else "",
    )


def settable_names(scenario: Scenario) -> Mapping[str, str]:
    """All names of things on the board in lower case, with their ids."""
    found: dict[str, str] = {}
    for seat in scenario.seats:
        for resource in seat.resources:
            _call(found, resource.id, resource.name)
    for variable in scenario.variables:
        _call(found, variable.id, variable.name)
    for hidden in scenario.hidden:
        _call(found, hidden.id, hidden.name)
    seats = {seat.id: seat.name for seat in scenario.seats}
    for track in scenario.tracks:
        for id, item in zip(track_ids(track), track.by or ("",), strict=True):
            _call(found, id, f"{track.name} {seats.get(item, item)}".strip())
    for meter in scenario.meters:
        _call(found, meter.id, meter.short, meter.name)
    return found


def _call(found: dict[str, str], id: str, *names: str) -> None:
    for name in (id.replace("_", " "), *names):
        if name:
            found[name.lower()] = id


def worded_effect(effect: Mapping[str, Any]) -> str:
    """An effect in one line, as `spoken_effect` parses it.

    >>> worded_effect({"change": "tension", "by": 5, "after": 2, "why": "Shots were heard."})
    'tension +5 after 2 because Shots were heard.'
    """
    if "tell" in effect:
        return f"tell {','.join(effect['tell'])}: {effect.get('text', '')}"
    if "change" in effect:
        by = effect.get("by", 0)
        head = f"{effect['change']} {by:+d}" if isinstance(by, int) else f"{effect['change']} by {by}"
    elif "set" in effect:
        value = effect.get("to")
        head = f"{effect['set']} = {str(value).lower() if isinstance(value, bool) else value}"
    else:
        verb = next((one for one in _BY_VERB if one in effect), "")
        named = effect.get(verb, "")
        head = f"{verb} {named if isinstance(named, str) else ', '.join(map(str, named))}".strip()
    clauses = [f"{word} {effect[word]}" for word in ("when", "until", "after", "lasts") if word in effect]
    return " ".join([head, *clauses]) + (f" because {effect['why']}" if effect.get("why") else "")
