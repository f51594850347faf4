"""Anything may be given to each option and typed at each prompt: no traceback, no hang, and always an answer.

TABLETOP_INPUTS says how many inputs each of them gets (20000 for a thorough run), TABLETOP_FIRST the first seed.
"""

from __future__ import annotations

import contextlib
import io
import os
import pathlib
import re
import sys
from collections.abc import Callable, Iterator

import click
import pytest
from click.testing import CliRunner
from rich.console import Console

import tabletop
from tabletop.analysis.figure_files import check
from tabletop.cli import main
from tabletop.cli.game_options import assumed, people_of
from tabletop.engine.adjudication import RulingRefused, set_value
from tabletop.players import UnknownPlayer
from tabletop.players.player_factory import cast, is_code
from tabletop.scenario.effect_shorthand import NotAnEffect, setting_of, spoken_effect
from tabletop.scenario.numerals import whole
from tabletop.session import Session
from tabletop.storage.output import write_out
from tabletop.terminal import play as face
from tabletop.terminal.controls import controls
from tabletop.terminal.facilitate import facilitate
from tests.any_input import PASTED, AnyInput, as_argument
from tests.work import ends, goes_on

INPUTS = int(os.environ.get("TABLETOP_INPUTS", "40"))
FIRST = int(os.environ.get("TABLETOP_FIRST", "0"))

SHOWN_UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def options() -> Iterator[tuple[str, ...]]:
    """Every option of every command that takes a value, behind all that the command needs; nothing is there to run."""

    def commands(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                yield from commands(command, (*path, name))
            yield (*path, name), command

    for path, command in commands(main, ()):
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag and not option.count:
                needed = ["nowhere"] * sum(isinstance(one, click.Argument) for one in command.params)
                others = [
                    text
                    for one in command.params
                    if isinstance(one, click.Option) and one.required and one is not option
                    for text in (one.opts[0], "nowhere.png")
                ]
                yield (*path, *needed, *others, option.opts[0])


def context_of(option: tuple[str, ...]) -> click.Context:
    """Where an option is read."""
    command: click.Command = main
    context = click.Context(main)
    for word in option:
        if isinstance(command, click.Group) and word in command.commands:
            command = command.commands[word]
            context = click.Context(command, context)
    return context


def answered(arguments: list[str]) -> None:
    with ends(arguments):
        result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), (arguments, result.exc_info)
    assert result.exit_code in (0, 1, 2), (arguments, result.output)
    told = ("Usage", "Try", "There is no display")
    errors = [line for line in result.stderr.splitlines() if line and not line.startswith(told)]
    errors = [line for line in errors if not re.search(r":\d+:\d+: ", line)]  # those of a pack's author
    assert len(errors) <= 1 or arguments[0] == "check", (arguments, errors)
    assert bool(errors) or result.exit_code == 0 or arguments[0] == "check", (arguments, result.output)


def is_taken(option: tuple[str, ...], line: str) -> bool:
    """Whether an option takes an input."""
    with context_of(option) as context:
        (taken,) = (one for one in context.command.params if option[-1] in one.opts)
        with contextlib.suppress(click.UsageError):
            taken.process_value(context, as_argument(line))
            return True
    return False


OPTIONS = sorted(options())


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: f"{option[0]} {option[-1]}")
def test_anything_may_be_given_to_an_option(
    option: tuple[str, ...], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("TABLETOP_BOT_LIMIT", raising=False)
    words = ["first-summit", "washington=random", "critics", "png", "json", "1920x1080", "0.5", "7", "terminal", "all"]
    with context_of(option) as context:
        (taken,) = (one for one in context.command.params if option[-1] in one.opts)
        for line in AnyInput(FIRST, words).lines(INPUTS):
            given = (as_argument(line),) if taken.multiple else as_argument(line)
            refused = ""
            try:
                taken.process_value(context, given)
            except click.UsageError as refusal:
                refused = refusal.format_message()
            assert len(refused) < 400, line
    for line in AnyInput(FIRST, words).lines(INPUTS // 10 or 1):
        # A bench that is begun takes minutes, and has tests of its own: here it is what it refuses that counts.
        if option[0] == "bench" and is_taken(option, line):
            continue
        answered([*option[:-1], f"{option[-1]}={as_argument(line)}" if option[-1].startswith("--") else line])


@pytest.mark.parametrize("command", ["check", "play", "simulate", "screenshot", "resume", "replay", "sessions show"])
def test_anything_may_be_named(command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    more = {"screenshot": ["--out", "x.png"], "play": ["--auto"], "resume": ["--face", "terminal"]}.get(command, [])
    for line in AnyInput(FIRST + 1, ["summit", "nobody", "first summit", "scenario.yaml"]).lines(INPUTS):
        if not pathlib.Path(line.strip() or ".").anchor and "first-summit" not in line:
            answered([*command.split(), *more, "--", as_argument(line)])


def allowed(refusals: tuple[type[Exception], ...], run: Callable[[str], object], inputs: AnyInput) -> None:
    """Every input is taken or refused in words, which a person can read and are not too many."""
    for line in inputs.lines(INPUTS):
        try:
            with ends((run, line)):
                run(line)
        except refusals as refusal:
            words = str(getattr(refusal, "message", "") or getattr(refusal, "strerror", "") or refusal)
            assert words, (run, line)
            assert len(words) < 1200, (run, line)
        except Exception as error:
            error.add_note(f"{run} of {line[:200]!r}")
            raise


WRONG = click.UsageError, tabletop.UnknownAssumption


def test_anything_may_be_assumed(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    names = [*(one.id for one in summit.assumptions), *(one.id for one in summit.worldviews)]
    for before, words in (("", names), ("sincere_kim=", ["true", "40"]), ("pressure_works=", ["true", "1"])):
        inputs = AnyInput(FIRST + 2, words)
        allowed(WRONG, lambda line, before=before: game.assuming(assumed(summit, [before + line])), inputs)


def test_anything_may_be_a_seat_or_a_player(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    seats = [*(seat.id for seat in summit.seats), "all"]
    allowed(WRONG, lambda line: people_of(summit, [line], {}), AnyInput(FIRST + 3, seats))
    names = AnyInput(
        FIRST + 4, ["search", "search:envoy", "search:2s", "rush", "prepare", "random", "search:", ":", "900"]
    )

    def play(line: str) -> None:
        if not is_code(game, "washington", line):  # such as 'os:x', which would be a process each
            cast(game, {"washington": line})

    allowed((UnknownPlayer,), play, names)


def test_anything_may_be_said_of_what_happens(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    state = game.start(1)
    said = ["tension", "set", "+5", "because", "after 2", "lasts 3", "when", "tell tokyo:", "roll", "deal", "intention"]
    allowed((NotAnEffect,), lambda line: spoken_effect(summit, line), AnyInput(FIRST + 5, said))
    for name in ("tension", "intention", "test_halt"):
        inputs = AnyInput(FIRST + 6, ["stalling", "true", "50", "ready"])
        allowed((RulingRefused,), lambda line, name=name: set_value(game, state, name, setting_of(line)), inputs)


def test_a_paste_of_spaces_is_answered_however_long_it_is(summit: tabletop.Scenario) -> None:
    # A paste took eight seconds, and one ten times as long a hundred times that.
    spaces = " " * (10 * PASTED)
    for line in (spaces, f"a{spaces}b", f"tension{spaces}+5 because x", f"+{spaces}x"):
        with ends(), contextlib.suppress(NotAnEffect):
            whole(line)
            spoken_effect(summit, line)


def test_anything_may_be_the_name_of_what_is_written(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inputs = AnyInput(FIRST + 7, ["x.json", "x.csv", ".parquet", str(tmp_path)])
    allowed((ValueError, OSError), lambda line: check(as_argument(line)), inputs)
    allowed((OSError,), lambda line: write_in(tmp_path, as_argument(line)), inputs)


def write_in(folder: pathlib.Path, name: str) -> None:
    if "/" not in name and name != "-":
        write_out(b"x", folder / name)


class Typing(io.TextIOBase):
    """What somebody types, line by line, who reads what there is to read before the next: something, each time."""

    def __init__(self, lines: Iterator[str], out: io.StringIO) -> None:
        self._lines, self._out = lines, out
        self.typed, self.last = 0, ""

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        said = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        goes_on()
        unfit = SHOWN_UNFIT.search(said)
        assert unfit is None, (self.last[:200], said[-400:])
        echo = " ".join(self.last.split())
        assert not self.typed or len(said) > len(echo[:20]), (self.last[:200], said)
        line = next(self._lines, None)
        if line is None:
            return ""
        self.typed, self.last = self.typed + 1, line
        return "".join(letter if letter not in "\r\n" else " " for letter in line) + "\n"

    def __next__(self) -> str:
        line = self.readline()
        if not line:
            raise StopIteration
        return line


def typed_through(monkeypatch: pytest.MonkeyPatch, inputs: AnyInput, run: Callable[[Console], None]) -> None:
    """Runs it again and again, until so many inputs have been typed."""
    lines, out, done = inputs.lines(INPUTS * 4 if INPUTS < 1000 else INPUTS), io.StringIO(), 0
    while True:
        typing = Typing(lines, out)
        monkeypatch.setattr(sys, "stdin", typing)
        try:
            with ends():
                run(Console(file=out, width=100, highlight=False))
        except Exception as error:
            error.add_note(f"after {typing.last[:300]!r}, the line {done + typing.typed}")
            raise
        done += typing.typed
        if next(lines, None) is None:
            return


def test_anything_may_be_typed_at_the_prompts_of_a_game(
    tutorial: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [seat.id for seat in tutorial.seats]
    words = [*"1234567890", "?", "why", "why 3", "moves", "board", "log", "brief", "undo", "redo", "done", "0", "save"]
    words += [action.label for action in tutorial.actions] + [meter.name for meter in tutorial.meters]
    seeds = iter(range(FIRST, FIRST + 1_000_000))

    def play(console: Console) -> None:
        seed = next(seeds)
        face.play(Session(tutorial, seed=seed, humans=people[: 1 + seed % 2]), console)

    typed_through(monkeypatch, AnyInput(FIRST + 8, words), play)


def test_anything_may_be_ordered_at_the_console(
    tutorial: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [word for word, control in controls().items() if control.word != "quit"]
    words += [f"{word} {more}" for word in words for more in ("", tutorial.seats[0].id, tutorial.meters[0].id, "3")]
    words += [
        *(card.id for card in tutorial.cards),
        "because It is so.",
        "quietly",
        "all",
        "planning",
        "5m",
        "then skip",
    ]
    people = [seat.id for seat in tutorial.seats]
    seeds = iter(range(FIRST, FIRST + 1_000_000))

    def run(console: Console) -> None:
        facilitate(Session(tutorial, seed=next(seeds), humans=people), console)

    typed_through(monkeypatch, AnyInput(FIRST + 9, words), run)
