"""Players of somebody's own code: whatever the code does, the game goes on or says in one line what was wrong where."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import textwrap
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

import tabletop
from tabletop.cli import main
from tabletop.players import PlayerFailed, UnknownPlayer, cast, decide
from tabletop.players.custom_player import LIMIT
from tabletop.players.view_transfer import Receiver, Sender, pickled

Write = Callable[[str], str]
SEED = 0x9E3779B97F4A7C15


@pytest.fixture
def write(tmp_path: pathlib.Path) -> Write:
    """Writes the file of a player, and says by which name it is played."""

    def write(code: str, file: str = "mine.py") -> str:
        (tmp_path / file).write_text(textwrap.dedent(code), encoding="utf-8")
        return f"{tmp_path / file}:Bot"

    return write


def first_move(name: str, seed: int = 1) -> tabletop.Action:
    """What a player of the tutorial's first seat does first."""
    game = tabletop.Game(tabletop.load("first-summit"))
    state = game.start(seed)
    seat = state.acting[0]
    return decide(cast(game, {seat: name})[seat], game, state, seat)


def choosing(line: str) -> str:
    """A player whose fourth line this is."""
    head = "import os, sys, time\nclass Bot:\n    def choose(self, view, dice):\n"
    return f"{head}        {line}\n        return view.actions[0]\n"


WORKS = {
    "a dataclass": """
        from __future__ import annotations
        from dataclasses import dataclass, field
        @dataclass
        class Bot:
            seen: list[int] = field(default_factory=list)
            def choose(self, view, dice):
                self.seen.append(view.turn)
                return view.actions[0]
    """,
    "its neighbours": """
        import neighbour
        class Bot:
            def choose(self, view, dice): return neighbour.choice(view)
    """,
    "prints": """
        print("while it is loaded")
        class Bot:
            def choose(self, view, dice):
                print("{", chr(27), "anything")
                import sys; sys.stdout.flush(); sys.__stdout__.write("more")
                return view.actions[0]
    """,
    "reads what nobody types": """
        class Bot:
            def choose(self, view, dice):
                try: input()
                except EOFError: return view.actions[0]
    """,
    "changes its modules": """
        import json, pickle, sys, tabletop.players
        json.dumps = pickle.load = tabletop.players.decide = None
        class Bot:
            def choose(self, view, dice): return view.actions[0]
    """,
    "an equal action": """
        import attrs
        class Bot:
            def choose(self, view, dice): return attrs.evolve(view.actions[0])
    """,
}


@pytest.mark.parametrize("kind", WORKS)
def test_code_of_many_shapes_plays(kind: str, write: Write, tmp_path: pathlib.Path) -> None:
    (tmp_path / "neighbour.py").write_text("def choice(view): return view.actions[0]\n")
    assert first_move(write(WORKS[kind])).id == first_move(write(choosing("pass"))).id


FAILS = [
    ("sys.exit(0)", r"left the program \(SystemExit: 0\) \(mine.py, line 4\)"),
    ("exit()", r"left the program .*line 4"),
    ("os._exit(0)", r"ended its process \(status 0\)"),
    ("os._exit(3)", r"ended its process \(status 3\)"),
    ("raise KeyboardInterrupt", r"KeyboardInterrupt \(mine.py, line 4\)"),
    ("raise KeyError('mill')", r"KeyError: 'mill' \(mine.py, line 4\)"),
    ("raise ValueError('a\\nb\\x1b[31m')", r"ValueError: a\\nb\\x1b\[31m \(mine.py, line 4\)"),
    ("return sorted(view)", r"TypeError: .* \(mine.py, line 4\)"),
    ("def f(): f()\n        f()", r"RecursionError: .* \(mine.py, line 4\)"),
    ("return 'win'", r"chose 'win', and choose\(\) returns one of view.actions"),
    ("return None", "chose None"),
    ("return 'x' * 100_000", "chose 'xxx"),
    ("os.close(1); os.closerange(3, 50); return view.actions[0]", r"ended its process|answers through"),
    (
        "for fd in range(3, 20):\n            try: os.write(fd, b'nonsense\\n')\n            except OSError: pass",
        "out of turn",
    ),
    ("time.sleep(3600)", r"choose\(\) took longer than 0.4 s \(mine.py, line 4\)"),
    ("while True: pass", r"choose\(\) took longer than 0.4 s \(mine.py, line 4\)"),
]


@pytest.mark.parametrize(("line", "words"), FAILS, ids=lambda one: one[:24])
def test_code_that_fails_is_named_with_its_line(
    line: str, words: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "longer" in words:
        monkeypatch.setenv(LIMIT, "0.4")
    with pytest.raises(PlayerFailed, match=words) as failure:
        first_move(write(choosing(line)))
    assert "mine.py:Bot' of" in str(failure.value)
    assert len(str(failure.value)) < 600
    assert str(failure.value).isprintable()


CANNOT_BE_LOADED = [
    ("exit()", r"left the program .*\(mine.py, line 1\)"),
    ("import os; os._exit(0)", r"ended its process \(status 0\)"),
    ("class Bot: pass", "no method 'choose"),
    ("class Robot:\n    def choose(self, view, dice): pass", "no class 'Bot' in it .there is Robot."),
    ("class Bot(", r"SyntaxError: .*mine.py, line 1"),
    ("import no_such_module", r"No module named 'no_such_module' \(mine.py, line 1\)"),
    ("while True: pass", r"loading it took longer than 0.4 s \(mine.py, line 1\)"),
    ("class Bot:\n    def __init__(self, it): pass", "missing 1 required positional argument"),
]


@pytest.mark.parametrize(("code", "words"), CANNOT_BE_LOADED, ids=lambda one: one[:24])
def test_code_that_cannot_be_loaded_is_refused_in_words(
    code: str, words: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "longer" in words:
        monkeypatch.setenv(LIMIT, "0.4")
    with pytest.raises(UnknownPlayer, match=words):
        first_move(write(code))


def test_after_it_failed_the_code_is_loaded_anew(write: Write, tmp_path: pathlib.Path) -> None:
    game = tabletop.Game(tabletop.load("first-summit"))
    state, flag = game.start(1), tmp_path / "once"
    name = write(choosing(f"os.path.exists({str(flag)!r}) or (open({str(flag)!r}, 'w'), os._exit(1))"))
    seat = state.acting[0]
    player = cast(game, {seat: name})[seat]
    with pytest.raises(PlayerFailed):
        decide(player, game, state, seat)
    assert decide(player, game, state, seat) in game.actions(state, seat)


@pytest.mark.parametrize("given", ["x", "-1", "nan", "inf", "1e9"])
def test_a_limit_that_is_none_is_refused(given: str, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT, given)
    with pytest.raises(UnknownPlayer, match="takes seconds a decision"):
        first_move(write(choosing("pass")))


def test_what_the_code_is_handed_and_can_reach_holds_no_seed(write: Write) -> None:
    """All objects of its process, and the local names of all that is being called, are looked through."""
    found = write(f"""
        import gc, sys
        SEED = int("{SEED}")
        ALL = SEED, SEED & 0xFFFFFFFF, SEED >> 32
        class Bot:
            def choose(self, view, dice):
                held = [one for one in gc.get_objects() if one is not ALL and one is not globals()]
                frame = sys._getframe()
                while frame:
                    held.append(list(frame.f_locals.values()))
                    frame = frame.f_back
                for one in held:
                    for value in (one.values() if type(one) is dict else one if type(one) in (list, tuple) else ()):
                        if type(value) is int and value in ALL:
                            raise LookupError("the seed is " + str(value))
                return view.actions[0]
    """)
    assert first_move(found, SEED)


def test_a_view_arrives_as_it_was_sent_and_little_of_it_twice() -> None:
    game = tabletop.Game(tabletop.load("summit-2018"))
    players = cast(game, {})
    sender, receiver = Sender(), Receiver()
    state, sizes, views = game.start(3), [], []
    for _ in range(60):
        seat = state.acting[0]
        if seat == "washington":
            view, sent = game.view(state, seat), sender.sent(game.view(state, seat))
            arrived = receiver.view(sent)
            assert arrived == view
            assert arrived.log == view.log
            sizes.append(len(pickled(sent)))
            views.append(len(pickled(view)))
        state = game.apply(state, seat, decide(players[seat], game, state, seat))
    assert sum(sizes) * 3 < sum(views)


def tabletop_command(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_batch_whose_player_fails_ends_with_what_it_has_so_far(write: Write, tmp_path: pathlib.Path) -> None:
    own = write("""
        class Bot:
            games = 0
            def choose(self, view, dice):
                if view.turn == 1: self.games += 1
                if self.games > 12: raise RuntimeError("enough")
                return view.actions[0]
    """)
    game = tabletop.load("first-summit")
    out = tmp_path / "figures.json"
    batch = ("simulate", game.id, "--games", 40, "--seed", 100, "--jobs", 1, "--out", out)
    result = tabletop_command(*batch, "--player", f"{game.player}={own}")
    assert result.exit_code == 1
    played = json.loads(out.read_text())["games"]
    assert 1 <= played < 13
    assert f"RuntimeError: enough (mine.py, line 6), in the game with seed {100 + played}" in result.stderr
    assert f"these are the figures of the {played} games before it" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert f"{played} games" in result.stdout


def test_a_batch_over_processes_does_so_too(write: Write, tmp_path: pathlib.Path) -> None:
    game = tabletop.load("first-summit")
    for line in ("os._exit(0)", "sys.exit(0)"):
        batch = ("simulate", game.id, "--games", 25, "--jobs", 2, "--out", tmp_path / "o.json")
        result = tabletop_command(*batch, "--player", f"{game.player}={write(choosing(line))}")
        assert result.exit_code == 1
        assert "in the game with seed 0" in result.stderr
        assert not (tmp_path / "o.json").exists()


def test_a_game_of_bots_is_told_up_to_where_one_failed(write: Write) -> None:
    game = tabletop.load("first-summit")
    own = write(choosing("view.turn > 2 and sys.exit(0)"))
    result = tabletop_command("play", game.id, "--auto", "--seed", 1, "--player", f"{game.player}={own}")
    assert result.exit_code == 1
    assert "left the program (SystemExit: 0) (mine.py, line 4)" in result.stderr
    assert game.title in result.stdout


def test_a_game_of_a_person_whose_opponent_fails_ends_with_status_1(write: Write, tmp_path: pathlib.Path) -> None:
    game = tabletop.load("first-summit")
    other = next(seat.id for seat in game.seats if seat.id != game.player)
    play = ["play", game.id, "--face", "terminal", "--seed", "1", "--save", str(tmp_path / "s")]
    result = CliRunner().invoke(
        main, [*play, "--player", f"{other}={write(choosing('os._exit(0)'))}"], input="1\n2\n0\n" * 6 + "quit\n"
    )
    assert result.exit_code == 1
    assert "The game cannot go on." in result.stdout
    assert "ended its process (status 0)" in result.stderr
    assert "Saved. To go on" in result.stdout


def test_a_limit_can_be_set_on_the_command_line(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT, "60")
    own = write(choosing("time.sleep(3600)"))
    play = ("play", "first-summit", "--auto", "--seed", 1, "--player", f"corvane={own}")
    assert "took longer than 0.3 s" in tabletop_command(*play, "--bot-limit", "0.3").stderr


@pytest.mark.skipif(os.name != "posix", reason="a shell closes them")
def test_the_code_plays_where_standard_input_and_error_are_closed(write: Write) -> None:
    own = write(choosing("print('nobody reads this')"))
    program = [sys.executable, "-m", "tabletop", "play", "first-summit", "--auto", "--seed", "1", "--player"]
    shell = ["sh", "-c", 'exec "$@" <&- 2>&-', "sh", *program, f"corvane={own}"]
    run = subprocess.run(shell, stdout=subprocess.PIPE, text=True)
    assert run.returncode == 0
    assert "nobody reads this" not in run.stdout


@pytest.mark.skipif(os.name != "posix", reason="the command lies elsewhere")
def test_the_installed_command_finds_packages_where_it_is_started_and_files_at_home(tmp_path: pathlib.Path) -> None:
    command = pathlib.Path(sys.executable).with_name("tabletop")
    if not command.exists():
        pytest.skip("it is not installed here")
    for folder in ("work/league", "home"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "work/league/__init__.py").write_text("")
    for file in ("work/league/first.py", "home/b.py"):
        (tmp_path / file).write_text(choosing("print('it was asked for a move')"))
    for name in ("league.first:Bot", "~/b.py:Bot"):
        run = subprocess.run(
            [command, "play", "first-summit", "--auto", "--seed", "1", "--player", f"corvane={name}"],
            cwd=tmp_path / "work",
            env={**os.environ, "HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
        assert "it was asked for a move" in run.stderr
        assert "it was asked for a move" not in run.stdout
