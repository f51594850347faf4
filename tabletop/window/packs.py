"""Packs: the scenarios that can be played: those that ship with the program, and folders that the player named."""

from __future__ import annotations

import functools
import os

import attrs

from tabletop.scenario import Scenario
from tabletop.scenario.library import UnknownScenario, known, own_packs, shipped
from tabletop.scenario.loading import load
from tabletop.scenario.problems import PackError, Problem
from tabletop.scenario.translation import told_in
from tabletop.scenario.translation_tables import languages
from tabletop.session.pack_cache import load_quickly
from tabletop.session.session_header import SessionHeader
from tabletop.storage.paths import written
from tabletop.storage.shipped_data import DEFAULT_SCENARIO


@attrs.frozen
class Pack:
    """A scenario pack as `tabletop.load` takes it; without a scenario, `problems` says what is wrong with it.
    `is_known` of one that ships or is in the user's library."""

    name: str
    scenario: Scenario | None = None
    problems: tuple[Problem, ...] = ()
    is_known: bool = False


@functools.lru_cache(maxsize=8)
def _shipped(name: str) -> Scenario:
    return load_quickly(name)


@functools.lru_cache(maxsize=8)
def _shipped_in(name: str, language: str) -> Scenario:
    return told_in(_shipped(name), language)


def scenario_of(name: str, language: str = "") -> Scenario:
    """A scenario by a shipped one's id, which is read only once, or a path; in a language, if its pack is in it. Raises
    what `load` does."""
    return _shipped_in(name, language) if name in shipped() else told_in(load(name), language)


def title_of(heading: SessionHeader, language: str) -> str:
    """What the scenario of a game is called in a language: as this machine has it, or else as the game was begun."""
    if heading.pack not in shipped() or language not in languages():
        return heading.title
    scenario = scenario_of(heading.pack)
    return scenario_of(heading.pack, language).title if scenario.title == heading.title else heading.title


def read(name: str, language: str = "") -> Pack:
    """A pack by a shipped scenario's id or a path, in a language; whatever is wrong with it is among its problems."""
    try:
        return Pack(name, scenario_of(name, language), is_known=name in known())
    except PackError as error:
        return Pack(name, problems=error.problems)
    except (UnknownScenario, OSError) as error:
        return Pack(name, problems=(Problem(str(error), None),))


def folder(typed: str) -> str:
    """The full path of a folder as somebody types it: with ~, in quotes, or with the name of a file in it."""
    path = written(os.path.expandvars(typed.strip().strip("\"'")))
    if os.path.isfile(path):  # unlike `path.is_file`, of any name that cannot be
        path = path.parent
    return str(path.resolve()) if os.path.exists(path) else str(path)


def kept_names(packs: str) -> list[str]:
    """The shipped scenarios, the flagship first, then the user's library and the folders kept in the settings."""
    own = sorted(shipped(), key=lambda name: (name != DEFAULT_SCENARIO, name))
    return [*own, *own_packs(), *(name for name in packs.split(os.pathsep) if name)]


def with_folder(packs: str, name: str) -> str:
    """The kept folders and one more, the latest of them last and no more than ten."""
    names = [one for one in packs.split(os.pathsep) if one and one != name]
    return os.pathsep.join([*names, name][-10:])


def without_folder(packs: str, name: str) -> str:
    """The kept folders without one of them."""
    return os.pathsep.join(one for one in packs.split(os.pathsep) if one and one != name)


def facts(scenario: Scenario) -> dict[str, int]:
    """What can be counted in a scenario, for those who choose one."""
    return {
        "minutes": scenario.minutes,
        "seats": len(scenario.seats),
        "cards": len(scenario.cards),
        "assumptions": len(scenario.assumptions),
    }
