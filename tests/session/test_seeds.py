"""Seeds: a fresh one cannot be guessed and is told to no player; a typed one is marked as open."""

from __future__ import annotations

import json
import pathlib

import pytest
from click.testing import CliRunner

import tabletop
from tabletop.cli import main
from tabletop.session import Journal, Session
from tabletop.session.seeds import fresh_seed, is_open

SECRET = 0x9E3779B97F4A7C15


def test_fresh_seeds_are_of_64_bits_and_never_among_those_that_can_be_guessed() -> None:
    seeds = {fresh_seed() for _ in range(300)}
    assert len(seeds) == 300
    assert max(seeds) >= 1 << 63
    assert not any(is_open(seed) or seed >= 1 << 64 for seed in seeds)


@pytest.mark.parametrize("seed", [0, 7, -7, 999_999, 2**64 - 7, 2**64 + 7])
def test_a_short_seed_is_open_however_it_is_written(seed: int) -> None:
    assert is_open(seed)


def test_every_way_to_begin_a_game_without_a_seed_takes_a_fresh_one(tmp_path: pathlib.Path) -> None:
    begin = ["first-summit", "--save", str(tmp_path)]
    for command in (["play", "--face", "terminal", *begin], ["facilitate", "--new", *begin]):
        assert CliRunner().invoke(main, command, input="quit\n").exit_code == 0
    kept, _ = Journal(tmp_path).sessions()
    assert len(kept) == 2
    assert not any(is_open(one.heading.seed) for one in kept)


def shown(place: pathlib.Path, *arguments: str) -> str:
    return CliRunner().invoke(main, ["sessions", *arguments, "--save", str(place)]).output


def kept_game(place: pathlib.Path, seed: int) -> str:
    scenario = tabletop.load("first-summit")
    session = Session(scenario, seed=seed, humans=[scenario.player], journal=Journal(place))
    seat = session.to_act or ""
    session.decide(seat, session.view(seat).actions[0])
    session.close()
    return session.id


def test_a_fresh_seed_is_in_what_a_facilitator_takes_along_and_in_nothing_that_a_player_sees(
    tmp_path: pathlib.Path,
) -> None:
    id = kept_game(tmp_path, SECRET)
    for form in ("text", "csv", "json"):
        assert str(SECRET) in shown(tmp_path, "export", id, "--format", form)
    assert str(SECRET) in shown(tmp_path, "show", id, "--all")
    assert "seed" not in shown(tmp_path, "show", id)
    assert str(SECRET) not in shown(tmp_path)
    (row,) = json.loads(shown(tmp_path, "--json"))
    assert row["seed"] is None


def test_a_typed_seed_is_shown_and_marked_as_open(tmp_path: pathlib.Path) -> None:
    id = kept_game(tmp_path, 7)
    assert "seed 7 (typed: can be guessed)" in " ".join(shown(tmp_path, "show", id).split())
    (row,) = json.loads(shown(tmp_path, "--json"))
    assert row["seed"] == 7


def test_a_seed_of_another_library_is_a_number() -> None:
    numpy = pytest.importorskip("numpy")
    scenario = tabletop.load("first-summit")
    game = tabletop.Game(scenario)
    for seed in (numpy.int64(7), numpy.uint8(7)):
        assert game.start(seed=seed).fingerprint == game.start(seed=7).fingerprint
        assert type(Session(scenario, seed=seed).seed) is int
    assert game.start(seed=numpy.int64(-1)).fingerprint == game.start(seed=-1).fingerprint
    for seed in (7.5, "7", None, numpy.float64(7)):
        with pytest.raises(TypeError):
            game.start(seed=seed)
