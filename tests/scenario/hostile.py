"""Packs that are made to keep the program busy, or to bring it down, each of any size; and sound ones beside them.

python tests/scenario/hostile.py     how long `check` takes over each at 1 MB, beside a sound pack of that size
"""

from __future__ import annotations

import copy
import json
import pathlib
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any, TypeAlias

ROOT = pathlib.Path(__file__).resolve().parents[2]

#: The files of a pack by name, for so many things in it.
Make: TypeAlias = Callable[[int], dict[str, str]]


def _town(**sections: object) -> dict[str, str]:
    from tests.conftest import TOWN

    return {"scenario.yaml": json.dumps(copy.deepcopy(TOWN) | sections, indent=0)}


def _card(number: int, **more: object) -> dict[str, Any]:
    effects = [{"change": "calm", "by": -3, "why": "Wet feet."}]
    return {"id": f"card_{number}", "deck": "days", "title": "Flood", "text": "Water.", "effects": effects, **more}


def _meters(count: int) -> list[dict[str, object]]:
    named = [{"id": f"meter_number_{at}", "name": f"Meter {at}", "start": 50} for at in range(count)]
    return [{"id": "calm", "name": "Calm", "start": 50}, {"id": "purse", "name": "Purse", "start": 50}, *named]


def sound(count: int) -> dict[str, str]:
    """Nothing wrong but that its meters are many."""
    effects = [[{"change": f"meter_number_{at}", "by": -3, "why": "Wet."}] for at in range(count)]
    cards = [_card(at, effects=one) for at, one in enumerate(effects)]
    return _town(meters=_meters(count), cards=cards)


def misspelt_effects(count: int) -> dict[str, str]:
    effects = [[{"change": f"metre_number_{at}", "by": -3, "why": "Wet."}] for at in range(count)]
    cards = [_card(at, effects=one) for at, one in enumerate(effects)]
    return _town(meters=_meters(count), cards=cards)


def misspelt_conditions(count: int) -> dict[str, str]:
    cards = [_card(at, requires=f"metre_number_{at} > 3") for at in range(count)]
    return _town(meters=_meters(count), cards=cards)


def misspelt_keys(count: int) -> dict[str, str]:
    cards = [{("titel" if key == "title" else key): value for key, value in _card(at).items()} for at in range(count)]
    return _town(cards=cards)


def misspelt_lists(count: int) -> dict[str, str]:
    """One seat with as many who know as there are seats, none of which there is."""
    seats = [{"id": f"seat_{at}", "name": f"Seat {at}"} for at in range(count)]
    hidden = [{"id": "mood", "name": "Mood", "values": ["a", "b"], "known_to": [f"saet_{at}" for at in range(count)]}]
    return _town(seats=seats, hidden=hidden)


def unknown_keys(count: int) -> dict[str, str]:
    return _town(cards=[{**_card(0), **{f"effcts_{at}": 1 for at in range(10 * count)}}])


def twice_the_same(count: int) -> dict[str, str]:
    return _town(cards=[_card(1) for _ in range(count)])


def deep_lists(count: int) -> dict[str, str]:
    return {"scenario.yaml": "a: " + "[" * (50 * count) + "]" * (50 * count)}


def deep_mappings(count: int) -> dict[str, str]:
    return {"scenario.yaml": "".join("{a: " for _ in range(20 * count)) + "}" * (20 * count)}


def deep_expressions(count: int) -> dict[str, str]:
    return _town(cards=[_card(0, requires="(" * (30 * count) + "calm" + ")" * (30 * count) + " > 3")])


def long_expressions(count: int) -> dict[str, str]:
    return _town(cards=[_card(0, requires=" + ".join(["calm"] * (20 * count)) + " > 3")])


def not_not(count: int) -> dict[str, str]:
    return _town(cards=[_card(0, requires="not " * (30 * count) + "calm > 3")])


def long_names(count: int) -> dict[str, str]:
    return _town(meters=[*_meters(0), *({"id": f"m{at}" + "x" * 200, "name": "M"} for at in range(count))])


def aliases(count: int) -> dict[str, str]:
    return {"scenario.yaml": "a: &a [x]\n" + "".join(f"b{at}: [*a, *a, *a, *a]\n" for at in range(5 * count))}


def broken_quotes(count: int) -> dict[str, str]:
    return {"scenario.yaml": "cards:\n" + "".join(f'- id: c{at}\n  text: "open\n' for at in range(5 * count))}


def many_files(count: int) -> dict[str, str]:
    files = {f"cards-{at}.yaml": json.dumps({"cards": [_card(at, deck="dayz")]}) for at in range(min(400, count))}
    return {**_town(), **files}


def numbers(count: int) -> dict[str, str]:
    return _town(cards=[_card(at, weight="9" * 400) for at in range(count)])


def control_characters(count: int) -> dict[str, str]:
    return {"scenario.yaml": "id: town\ntitle: " + "\x1b[2J\u202e" * (20 * count)}


HOSTILE: dict[str, Make] = {
    make.__name__: make
    for make in (
        misspelt_effects,
        misspelt_conditions,
        misspelt_keys,
        misspelt_lists,
        unknown_keys,
        twice_the_same,
        deep_lists,
        deep_mappings,
        deep_expressions,
        long_expressions,
        not_not,
        long_names,
        aliases,
        broken_quotes,
        many_files,
        numbers,
        control_characters,
    )
}

#: Those in which the things are items of lists: of more than 2,000 in one, none is looked at.
LISTS = ("sound", "misspelt_effects", "misspelt_conditions", "misspelt_keys", "misspelt_lists", "twice_the_same")
MOST_THINGS = 1_000


def written(texts: dict[str, str], folder: pathlib.Path) -> pathlib.Path:
    """The texts as a pack in a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    """Checks each at a megabyte, by the clock."""
    from tabletop.scenario.loading import check

    print(f"{'pack':22} {'kB':>6} {'things':>7} {'s':>7}")
    for name, make in {"sound": sound, **HOSTILE}.items():
        count = 50
        while sum(map(len, make(2 * count).values())) < 1_000_000 and count < (MOST_THINGS if name in LISTS else 1e5):
            count *= 2
        with tempfile.TemporaryDirectory() as folder:
            pack = written(make(count), pathlib.Path(folder, "pack"))
            size = sum(one.stat().st_size for one in pack.iterdir())
            begun = time.process_time()
            problems = check(pack)
            took = time.process_time() - begun
        print(f"{name:22} {size / 1e3:6.0f} {count:7} {took:7.2f}  {len(problems)} problems", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
