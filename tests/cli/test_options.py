"""Options of the command line: what is no number, and what cannot be followed, is refused in one line."""

from __future__ import annotations

import os
import pathlib

import click
import pytest
from click.testing import CliRunner, Result

from tabletop.cli import main
from tabletop.cli.game_options import assumed
from tabletop.engine.game import Game, UnknownAssumption
from tabletop.scenario import Scenario


def tabletop(*arguments: object, **more: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], **more)  # type: ignore[arg-type]


def refused(result: Result, words: str = "") -> None:
    """It ended with status 2, one short line of error and nothing else."""
    assert result.exit_code == 2, result.output
    lines = [line for line in result.stderr.splitlines() if line and not line.startswith(("Usage", "Try"))]
    assert len(lines) == 1, lines
    assert len(lines[0]) < 400, lines
    assert words in lines[0]
    assert "Traceback" not in result.output


NO_NUMBERS = ["", "x", "1.5", "1e3", "²", "½", "--1", "1,000", "0x10", "nan", "inf", "true", "9" * 5000, "٣x", "1_000"]


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize(
    "command",
    [
        ("play", "first-summit", "--auto", "--seed"),
        ("facilitate", "--new", "first-summit", "--seed"),
        ("simulate", "first-summit", "--games"),
        ("simulate", "first-summit", "--seed"),
        ("simulate", "first-summit", "--jobs"),
        ("balance", "first-summit", "--games"),
        ("balance", "first-summit", "--seed"),
        ("screenshot", "title", "--out", "never.png", "--seed"),
        ("screenshot", "title", "--out", "never.png", "--text-size"),
        ("screenshot", "title", "--out", "never.png", "--size"),
    ],
    ids=lambda command: " ".join((command[0], command[-1])),
)
def test_what_is_no_number_is_refused_wherever_one_is_read(command: tuple[str, ...], value: str) -> None:
    refused(tabletop(*command, value))


@pytest.mark.parametrize("value", [*NO_NUMBERS[:3], "nan", "inf", "-1", "0", "9" * 5000])
def test_a_time_that_is_none_or_endless_is_refused(value: str) -> None:
    if value != "1.5":
        refused(tabletop("bench", "--seconds", value))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("simulate", "first-summit", "--games", 10**13), "not from 1 to"),
        (("balance", "first-summit", "--games", 10**9), "not from 10 to"),
        (("play", "first-summit", "--auto", "--seed", 2**64), "not from"),
        (("screenshot", "title", "--out", "x.png", "--size", "²x²"), "is no size"),
        (("screenshot", "title", "--out", "x.png", "--size", "9999999x9999999"), "is no size"),
    ],
)
def test_counts_have_an_upper_bound(arguments: tuple[object, ...], words: str) -> None:
    refused(tabletop(*arguments), words)


def test_digits_of_any_script_are_digits() -> None:
    usual = tabletop("simulate", "first-summit", "--games", "12", "--jobs", "1", "--seed", "3", "--out", "-").stdout
    wide = tabletop("simulate", "first-summit", "--games", "１２", "--jobs", "١", "--seed", "३", "--out", "-").stdout
    assert usual.split('"decisions_per_second"')[0] == wide.split('"decisions_per_second"')[0]


def test_digits_of_any_script_are_digits_of_an_assumption(summit: Scenario) -> None:
    assert assumed(summit, ["sincere_kim=４０"]) == {"sincere_kim": 40}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("sincere_kim=true", "a number from 0 to 100, not true"),
        ("sincere_kim=yes", "a number from 0 to 100, not true"),
        ("sincere_kim=101", "goes from 0 to 100, not 101"),
        ("sincere_kim=²", "whole number"),
        ("sincere_kim=--5", "whole number"),
        ("sincere_kim=" + "9" * 5000, "whole number"),
        ("sincere_kim=", "no NAME=VALUE"),
        ("pressure_works=5", "true or false, not 5"),
        ("pressure_works", "no worldview"),
    ],
)
def test_an_assumption_takes_what_it_is_of(summit: Scenario, given: str, words: str) -> None:
    with pytest.raises((click.UsageError, UnknownAssumption)) as refusal:
        Game(summit, assumed(summit, [given]))
    message = getattr(refusal.value, "message", str(refusal.value))
    assert words in message
    assert len(message.splitlines()) == 1
    assert len(message) < 200


def test_what_an_assumption_is_not_of_is_bad_usage() -> None:
    refused(tabletop("simulate", "summit-2018", "--assume", "sincere_kim=true"), "a number from 0 to 100, not true")


def test_a_worldview_gives_way_to_what_is_said_of_one_assumption(summit: Scenario) -> None:
    for given in (["pressure_works=true", "critics"], ["critics", "pressure_works=true"]):
        assert assumed(summit, given)["pressure_works"] is True
    assert assumed(summit, ["critics"])["pressure_works"] is False


CANNOT_BE_FOLLOWED = [
    (("play", "--face", "terminal", "--seat", "tokyo", "--player", "tokyo=search"), "not for both"),
    (("facilitate", "--new", "--seat", "tokyo", "--player", "tokyo=random"), "not for both"),
    (("facilitate", "--seat", "tokyo"), "add --new"),
    (("play", "--auto", "--seat", "tokyo"), "--seat"),
    (("play", "--auto", "--copy", "somewhere"), "--copy"),
    (("play", "--auto", "--projector"), "--projector"),
    (("play", "--auto", "--face", "window"), "--face window"),
    (("play", "--projector", "--face", "terminal"), "--face terminal"),
    (("play", "--auto", "--player", "tokyo=search", "--player", "tokyo=random"), "given twice"),
    (("play", "--auto", "--assume", "sincere_kim=3", "--assume", "sincere_kim=4"), "given twice"),
    (("play", "--auto", "--assume", "critics", "--assume", "article"), "two worldviews"),
    (("resume", "--watch", "--player", "tokyo=random"), "--player"),
    (("resume", "--projector", "--sound"), "--sound"),
    (("resume", "--watch", "--copy", "somewhere"), "--copy"),
    (("resume", "--watch", "--face", "window"), "--face window"),
    (("resume", "--projector", "--face", "terminal"), "--face terminal"),
    (("resume", "--player", "tokyo=random", "--player", "tokyo=search"), "given twice"),
    (("sessions", "--json", "show"), "--json"),
    (("check", "first-summit", "--scenario", "summit-2018"), "--scenario"),
    (("simulate", "summit-2018", "--cluster", "tcp://127.0.0.1:1", "--jobs", "2"), "--jobs"),
]


@pytest.mark.parametrize(("arguments", "words"), CANNOT_BE_FOLLOWED, ids=lambda one: str(one)[:60])
def test_an_option_that_cannot_be_followed_is_refused(
    arguments: tuple[str, ...], words: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(tabletop(*arguments), words)
    assert not list(tmp_path.iterdir())


def test_a_place_of_copies_for_all_games_is_no_option_that_goes_unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLETOP_COPY", "somewhere")
    assert tabletop("play", "first-summit", "--auto", "--seed", "1").exit_code == 0


def test_a_tilde_is_home_in_every_path(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    figures = ("simulate", "first-summit", "--games", "1", "--jobs", "1")
    assert tabletop(*figures, "--out=~/figures.json").exit_code == 0
    kept = ("play", "first-summit", "--seed", "1", "--face", "terminal", "--save=~/games", "--copy=~/stick")
    assert tabletop(*kept, input="1\nquit\n").exit_code == 0
    (id,) = (line.split()[0] for line in tabletop("sessions", "--save=~/games").output.splitlines())
    assert tabletop("sessions", "export", id, "--save=~/games", "--out=~/game.txt").exit_code == 0
    assert tabletop("sessions", "import", "~/game.txt", "--save=~/elsewhere").exit_code == 0
    made = sorted(name for name in os.listdir(tmp_path / "home") if not name.startswith("."))
    assert made == ["elsewhere", "figures.json", "game.txt", "games", "stick"]
