"""Parts that many tests use: the shipped scenarios, and a small town whose pack a test can change."""

from __future__ import annotations

import collections
import copy
import gc
import itertools
import json
import os
import pathlib
import sys
from collections.abc import Callable, Generator
from typing import Any

import pytest
from _pytest.doctest import DoctestModule

import tabletop
from tabletop.engine import compiler
from tabletop.engine.program import Program
from tabletop.scenario import Scenario, loading

_load = loading.load
_LOADED: dict[str, Scenario] = {}
_PROGRAMS: dict[str, Program] = {}
_IN_USE: collections.deque[Program] = collections.deque(maxlen=4)
_NUMBERS = itertools.count()


def _load_once(pack: str | pathlib.Path) -> Scenario:
    """Loads a shipped scenario and compiles its program once in a test process: neither can be changed."""
    if pack not in ("summit-2018", "first-summit"):
        return _load(pack)
    name = str(pack)
    if name not in _LOADED:
        _LOADED[name] = _load(name)
        _PROGRAMS[name] = tabletop.Game(_LOADED[name]).program
    return _LOADED[name]


_program = compiler._Compiler.program


def _program_in_use(self: compiler._Compiler) -> Program:
    """Keeps the last programs of games that were opened from their own pack, as if somebody played them still."""
    made = _program(self)
    if made.scenario.id in _LOADED and not made.added:
        _IN_USE.append(made)
    return made


compiler._Compiler.program = _program_in_use  # type: ignore[method-assign]
# Before the tests and the modules that they test take it from there.
loading.load = _load_once

# Modules are compiled once, and not again in every worker and every process that a test starts: rewriting the asserts
# of all tests takes longer than all else in collecting them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

TOWN: dict[str, Any] = {
    "id": "town",
    "title": "The Town",
    "version": "1",
    "summary": "Two seats quarrel over a bridge.",
    "player": "mayor",
    "meters": [{"id": "calm", "name": "Calm", "start": 50}, {"id": "purse", "name": "Purse", "start": 50}],
    "tracks": [{"id": "plans", "name": "Plans", "steps": 3}],
    "variables": [{"id": "open_bridge", "start": False}, {"id": "rumour", "range": [0, 9], "known_to": ["miller"]}],
    "hidden": [{"id": "mood", "name": "Mood", "values": ["sunny", "sour"], "prior": [30, 70], "known_to": ["miller"]}],
    "seats": [
        {
            "id": "mayor",
            "name": "Mayor",
            "resources": [{"id": "hours", "name": "Hours", "start": 2, "refresh": 2}],
            "objectives": [{"id": "peace", "text": "Calm", "points": "calm"}],
        },
        {"id": "miller", "name": "Miller", "objectives": [{"id": "gain", "text": "Gain", "points": "100 - purse"}]},
    ],
    "decks": [{"id": "days", "name": "Days", "refill": True}],
    "cards": [
        {
            "id": "flood",
            "deck": "days",
            "title": "Flood",
            "text": "Water in the cellar.",
            "effects": [{"change": "calm", "by": -3, "why": "Wet feet."}],
        }
    ],
    "stages": [
        {
            "id": "summer",
            "title": "Summer",
            "turn": "week",
            "turns": 4,
            "phases": [
                {"id": "news", "title": "News", "deal": "days"},
                {
                    "id": "plan",
                    "title": "Plan",
                    "seats": ["mayor", "miller"],
                    "order": "simultaneous",
                    "picks": {"mayor": 2},
                },
            ],
        }
    ],
    "actions": [
        {
            "id": "talk",
            "label": "Talk",
            "seats": ["mayor", "miller"],
            "phases": ["plan"],
            "effects": [{"change": "calm", "by": 2, "why": "They talk."}],
        },
        {
            "id": "build",
            "label": "Build",
            "seats": ["mayor"],
            "phases": ["plan"],
            "cost": {"hours": 2},
            "requires": "plans < 3",
            "effects": [
                {"change": "plans", "by": 1, "why": "A pier stands."},
                {"change": "purse", "by": -5, "why": "Stone costs money."},
            ],
        },
    ],
    "endings": [
        {"id": "good", "title": "Good", "text": "Calm.", "when": "calm >= 50"},
        {"id": "bad", "title": "Bad", "text": "Not."},
    ],
}


def pytest_make_parametrize_id(val: object) -> str | None:
    """Cuts long values in test ids short, so that a summary can be read."""
    if not isinstance(val, str | bytes):
        return None
    text = (val.decode("latin-1") if isinstance(val, bytes) else val).encode("unicode_escape").decode()
    return None if len(text) <= 24 else f"{text[:20]}...{len(val)}"


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Looks for examples in docstrings of the program alone: tests have none."""
    return [found for found in (yield) if not isinstance(found, DoctestModule)]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Looks for no garbage while tests are collected: there is none."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Spares the collector what lives as long as the tests do: modules, their functions, and the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Spares the process a look through all that is left, on its way out."""
    gc.freeze()


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test opens a window on the desktop of whoever runs it."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_folders_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test finds the games, settings and scenarios of whoever runs it, or of a test that runs beside it."""
    homes = tmp_path_factory.getbasetemp() / "homes" / str(next(_NUMBERS))
    for kind in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(homes / kind.lower()))


@pytest.fixture(scope="session")
def summit() -> tabletop.Scenario:
    return tabletop.load("summit-2018")


@pytest.fixture(scope="session")
def tutorial() -> tabletop.Scenario:
    return tabletop.load("first-summit")


@pytest.fixture
def town(tmp_path: pathlib.Path) -> Callable[..., tabletop.Scenario]:
    """Loads the town; a test may change its pack first, and `extra` sections replace the town's own."""

    def load(change: Callable[[dict[str, Any]], object] | None = None, **extra: Any) -> tabletop.Scenario:
        pack = copy.deepcopy(TOWN) | extra
        if change is not None:
            change(pack)
        folder = tmp_path / "town"
        folder.mkdir(exist_ok=True)
        # JSON is YAML, and the loader reads it as such.
        (folder / "scenario.yaml").write_text(json.dumps(pack), encoding="utf-8")
        return tabletop.load(folder)

    return load
