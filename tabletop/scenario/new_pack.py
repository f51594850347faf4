"""Writes the first version of a pack from an outline: one file that passes every check and plays."""

from __future__ import annotations

import json
import pathlib
import re
import unicodedata

import attrs
import jinja2
import yaml

from tabletop.scenario.pack_layout import SCENARIO_FILE
from tabletop.scenario.problems import quoted
from tabletop.scenario.scope import good_id
from tabletop.storage.atomic_write import write_whole

#: The weights of the values of a new hidden truth.
_WEIGHTS = (50, 50)
#: What YAML 1.1 takes for true and false, and PyYAML does not.
_YAML_1_1 = frozenset(["y", "n"])
MOST_SEATS, MOST_METERS, MOST_TURNS = 8, 8, 40


class OutlineError(ValueError):
    """An outline of which no pack can be made; the message says what would be right."""


@attrs.frozen
class Named:
    """Something with an id and a name; a seat also has the `meter` that counts for it."""

    id: str
    name: str
    meter: Named | None = None


@attrs.frozen(kw_only=True)
class Outline:
    """What an author says of a new pack. `truth` is what nobody knows at first, "" for nothing, with two `truths`."""

    title: str
    question: str = "What will you do?"
    seats: tuple[str, ...] = ("We", "They")
    meters: tuple[str, ...] = ("Trust", "Pressure")
    turn: str = "week"
    turns: int = 6
    truth: str = "Their intention"
    truths: tuple[str, str] = ("sincere", "stalling")


def id_of(name: str) -> str:
    """An id for a name: its letters without accents, in small, with underscores; "" where it has none from a to z.

    >>> id_of("Alliance cohesion"), id_of("Élan"), id_of("2nd track"), id_of("No"), id_of("한국")
    ('alliance_cohesion', 'elan', 'n2nd_track', 'no_x', '')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    found = f"n{found}" if found[:1].isdigit() else found
    if not found:
        return ""
    # YAML reads some words as something else: null, yes, off.
    is_safe = good_id(found) and yaml.safe_load(found) == found and found not in _YAML_1_1
    return found if is_safe else f"{found}_x"


def new_pack(outline: Outline, folder: pathlib.Path, blank: bool = False) -> pathlib.Path:
    """Writes the pack into a folder that does not exist yet or is empty; returns the file. With `blank` it is the
    smallest pack that plays, explained line by line.

    Raises OutlineError for names of which no ids can be made, and for a folder with something in it; OSError where it
    cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutlineError(f"{folder} is there already: give another name, or empty it first")
    text = _rendered(outline, folder, "blank_pack.yaml" if blank else "new_pack.yaml")
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / SCENARIO_FILE, text.encode("utf-8"))
    return folder / SCENARIO_FILE


def _rendered(outline: Outline, folder: pathlib.Path, template: str) -> str:
    meters = _named(outline.meters, "meter", MOST_METERS)
    seats = _named(outline.seats, "seat", MOST_SEATS)
    taken = {one.id for one in meters} | {one.id for one in seats}
    if len(taken) < len(meters) + len(seats):
        raise OutlineError("a seat and a meter have the same name: call one of them otherwise")
    if not 1 <= outline.turns <= MOST_TURNS:
        raise OutlineError(f"a game has 1 to {MOST_TURNS} turns")
    seats = [attrs.evolve(seat, meter=meters[at % len(meters)]) for at, seat in enumerate(seats)]
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tabletop.scenario"), undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters["yaml"] = _yaml_text
    return environment.get_template(template).render(
        id=re.sub(r"[^a-z0-9]+", "-", id_of(folder.name)).strip("-") or "my-pack",
        folder=_in_a_line(str(folder)),
        title=_in_a_line(outline.title) or "My Scenario",
        question=_in_a_line(outline.question),
        summary=f"{_in_a_line(outline.title)}: a first draft.",
        seats=seats,
        meters=meters,
        turn=_in_a_line(outline.turn) or "turn",
        turns=outline.turns,
        truth=_truth(outline, taken),
    )


def _truth(outline: Outline, taken: set[str]) -> dict[str, object] | None:
    if not outline.truth:
        return None
    id = id_of(outline.truth) or "truth"
    values = [id_of(value) or f"value{number}" for number, value in enumerate(outline.truths, start=1)]
    if id in taken or values[0] == values[1]:
        raise OutlineError(
            f"what is hidden needs a name of its own and two values that differ, not {quoted(outline.truth)} with "
            + " and ".join(map(quoted, outline.truths))
        )
    return {"id": id, "name": _in_a_line(outline.truth), "values": values, "weights": _WEIGHTS}


def _named(names: tuple[str, ...], noun: str, most: int) -> list[Named]:
    if not 1 <= len(names) <= most:
        raise OutlineError(f"there are 1 to {most} {noun}s, not {len(names)}")
    found = []
    for number, name in enumerate(names, start=1):
        # A name without a letter from a to z, as in Hangul, is counted.
        found.append(Named(id_of(name) or f"{noun}{number}", _in_a_line(name) or f"{noun} {number}"))
    if len({one.id for one in found}) < len(found):
        raise OutlineError(f"two {noun}s have the same name")
    return found


def _in_a_line(text: str) -> str:
    """A text without line breaks and other characters that a comment or a title cannot have."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _yaml_text(text: str) -> str:
    """A text as YAML reads it back: in double quotes, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)
