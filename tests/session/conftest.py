"""Parts for the tests of sessions: a small scenario whose pack a test can change, and games of it that are kept."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import tabletop
from tabletop.session import Journal, Session

FERRY = """
id: ferry
title: The Ferry
version: "1.0"
summary: A harbour and an island share a boat.
player: harbour
meters:
  - {id: trust, name: Trust, start: 50, good_for: [harbour]}
seats:
  - {id: harbour, name: Harbour, resources: [{id: fuel, name: Fuel, start: 3, refresh: 3}]}
  - {id: island, name: Island}
decks: [{id: days, name: Days, refill: true}]
cards:
  - {id: fog, deck: days, title: Fog, text: Nothing to be seen., effects: [{change: trust, by: 1, why: They wait.}]}
  - {id: gale, deck: days, title: Gale, text: Waves., effects: [{change: trust, by: -1, why: They fear.}]}
tables:
  - id: crossing
    title: The crossing
    outcomes:
      - {id: calm, text: A calm crossing., weight: 1, effects: [{change: trust, by: 3, why: On time.}]}
      - {id: rough, text: A rough crossing., weight: 1, effects: [{change: trust, by: -3, why: Seasick.}]}
stages:
  - id: weeks
    title: The season
    turn: week
    turns: 3
    phases:
      - {id: plan, title: Planning, seats: [harbour, island], order: simultaneous, picks: {harbour: 2}}
      - {id: sail, title: Sailing, seats: [harbour], may_pass: false}
      - {id: news, title: News, deal: days}
actions:
  - id: visit
    label: Visit the {place}
    seats: [harbour, island]
    phases: [plan]
    parameters: [{name: place, values: [quay, mill]}]
    effects: [{change: trust, by: 2, why: They were seen.}]
  - {id: sail_out, label: Sail, seats: [harbour], phases: [sail], effects: [{roll: crossing, why: The sea decides.}]}
  - {id: stay, label: Stay in port, seats: [harbour], phases: [sail], effects: [{change: trust, by: -4, why: Late.}]}
endings:
  - {id: friends, title: Friends, text: They share., when: trust >= 55}
  - {id: strangers, title: Strangers, text: They do not.}
"""

Begin = Callable[..., Session]


@pytest.fixture
def pack(tmp_path: pathlib.Path) -> pathlib.Path:
    """The ferry's pack."""
    folder = tmp_path / "ferry"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(FERRY, encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: pathlib.Path) -> pathlib.Path:
    """Where the games are kept."""
    return tmp_path / "kept"


@pytest.fixture
def journal(home: pathlib.Path) -> Iterator[Journal]:
    """The journal there."""
    opened = Journal(home)
    yield opened
    opened.close()


@pytest.fixture
def begin(pack: pathlib.Path, journal: Journal) -> Iterator[Begin]:
    """Begins a game of the ferry, in which a person plays the harbour."""
    begun: list[Session] = []

    def game(**more: Any) -> Session:
        settings: dict[str, Any] = {"seed": 5, "pack": str(pack), "humans": ["harbour"], "journal": journal, **more}
        begun.append(Session(tabletop.load(pack), **settings))
        return begun[-1]

    yield game
    for session in begun:
        session.close()


def planned(session: Session) -> Session:
    """The session with the first week's plan made and revealed."""
    session.decide("harbour", "visit(place=quay)")
    session.decide("harbour", "visit(place=mill)")
    for _ in session.run_bots():
        pass
    return session


def ended(session: Session) -> Session:
    """The session, played to its end."""
    while not session.state.finished:
        for _ in session.run_bots():
            pass
        if session.to_act:
            session.decide(session.to_act, session.game.actions(session.state, session.to_act)[0])
    return session
