"""Walks every command through every place that a program may be started in: closed streams, odd terminals, no home.

    python tests/every_place.py          each in a process of its own, as people start it: some minutes
    python tests/every_place.py --quick  forked from one process, as the tests do

Prints what is not as it should be: a status other than 0, 1 and 2, a traceback, or more than a line of error.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import pathlib
import pkgutil
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import attrs

ROOT = pathlib.Path(__file__).resolve().parents[1]
#: Seconds after which a command hangs.
PATIENCE = 120

#: What each command is started with. {here} is a folder of its own, {save} what says where games are kept.
COMMANDS: dict[str, str] = {
    "help": "--help",
    "version": "--version",
    "play": "play first-summit --seed 1 --face terminal {save}",
    "play --auto": "play first-summit --auto --seed 1",
    "resume": "resume walked --face terminal {save}",
    "facilitate": "facilitate --new first-summit --seed 1 --seat all {save}",
    "host": "host --help",
    "scenarios": "scenarios",
    "scenarios add": "scenarios add {here}/pack --replace",
    "scenarios share": "scenarios share first-summit --out {here}/first-summit.zip",
    "scenarios remove": "scenarios remove nowhere",
    "check": "check first-summit",
    "schema": "schema",
    "translate": "translate {here}/pack ko",
    "new": "new {here}/talks",
    "compare": "compare first-summit first-summit --games 20 --json {here}/comparison.json",
    "simulate": "simulate first-summit --games 3 --out {here}/figures.json",
    "balance": "balance {here}/pack --games 10 --html {here}/page.html",
    "bench": "bench --help",
    "print": "print first-summit --html {here}/kit.html",
    "screenshot": "screenshot title --size 320x200 --scenario first-summit --out {here}/picture.png",
    "cache": "cache",
    "sessions": "sessions {save}",
    "sessions show": "sessions show walked {save}",
    "sessions export": "sessions export walked {save}",
    "sessions export --out": "sessions export walked --format csv --out {here}/game.csv {save}",
    "sessions import": "sessions import {here}/game.txt {save}",
    "sessions import -": "sessions import - {save}",
    "sessions delete": "sessions delete walked --yes {save}",
    "sessions mend": "sessions mend {save}",
    "review": "review walked --no-account --out {here}/review.html {save}",
    "replay": "replay walked --verify {save}",
}
#: What people type, where something is read.
TYPED = b"1\nstate\nquit\n"


@attrs.frozen(kw_only=True)
class Place:
    """How a command is started: which streams are closed or what they are, and what the environment says.

    `saves` is where games are kept: "" for the folder in which one is, None for wherever the program itself keeps them.
    """

    closed: tuple[int, ...] = ()
    output: str = ""
    environment: dict[str, str | None] = attrs.field(factory=dict)
    saves: str | None = ""
    full: bool = False
    user: int | None = None


#: The languages of terminals that know nothing but ASCII.
_C = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii:strict"}
_NO_FOLDERS = dict.fromkeys(("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"))
PLACES: dict[str, Place] = {
    "as it should be": Place(),
    "stdin closed": Place(closed=(0,)),
    "stdout closed": Place(closed=(1,)),
    "everything closed": Place(closed=(0, 1, 2)),
    "a reader that has left": Place(output="left"),
    "head -1": Place(output="head"),
    "output on a full disk": Place(output="/dev/full"),
    "no columns": Place(environment={"COLUMNS": "0", "LINES": "0"}),
    "one column": Place(environment={"COLUMNS": "1", "LINES": "-1"}),
    "a dumb terminal": Place(environment={"TERM": "dumb"}),
    "no language": Place(environment=_C),
    "no home": Place(environment={"HOME": None, **_NO_FOLDERS}),
    "a user whom nobody knows": Place(environment={"HOME": None, **_NO_FOLDERS}, saves=None, user=54321),
    "a home that cannot be written to": Place(environment={"HOME": "/proc", **_NO_FOLDERS}, saves=None),
    "saves where nothing can be written": Place(saves="/proc/saves"),
    "a full disk": Place(full=True),
    "a full disk at home": Place(full=True, saves=None),
}


@attrs.frozen
class Outcome:
    """What a command came to: its status (negative for a signal), and its lines of error."""

    status: int
    errors: list[str]


def prepared(folder: pathlib.Path) -> pathlib.Path:
    """A folder with a game that is kept, one that was exported, and a small pack."""
    import tabletop
    from tabletop.session import Journal, Session, portable

    _write_pack(folder / "pack")
    journal = Journal(folder / "saves")
    noun = tabletop.load(folder / "pack")
    session = Session(noun, seed=1, pack=str(folder / "pack"), humans=[noun.player], journal=journal, id="walked")
    session.decide(noun.player, session.game.actions(session.state, noun.player)[0])
    (folder / "game.txt").write_text(portable.text_of(journal.record("walked")), encoding="utf-8")
    session.close()
    return folder


def _write_pack(folder: pathlib.Path) -> None:
    from tests.session.conftest import FERRY

    folder.mkdir()
    (folder / "scenario.yaml").write_text(FERRY, encoding="utf-8")


@contextlib.contextmanager
def own_folder(template: pathlib.Path) -> Iterator[pathlib.Path]:
    """A copy of a prepared folder."""
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder, "here")
        shutil.copytree(template, here)
        for one in (pathlib.Path(folder), here, *here.rglob("*")):
            one.chmod(0o777 if one.is_dir() else 0o666)
        yield here


def arguments(command: str, place: Place, here: pathlib.Path) -> list[str]:
    """What stands behind `tabletop`."""
    save = "" if place.saves is None else f"--save {place.saves or here / 'saves'}"
    return COMMANDS[command].format(here=here, save=save).split()


def environment(place: Place, here: pathlib.Path) -> dict[str, str]:
    """The environment in which a command is started."""
    homes = {"HOME": str(here), "XDG_CACHE_HOME": str(here / "cache"), "XDG_DATA_HOME": str(here / "data")}
    found: dict[str, str | None] = {**os.environ, **homes, "SDL_AUDIODRIVER": "dummy", "PYTHONPATH": str(ROOT)}
    # A home that is new has no kernels, and to compile them takes a minute.
    found |= {"DISPLAY": None, "WAYLAND_DISPLAY": None, "NUMBA_DISABLE_JIT": "1", **place.environment}
    return {name: value for name, value in found.items() if value is not None}


def walked(command: str, place: Place, template: pathlib.Path, start: Any) -> Outcome:
    """Has a command run in a place, and says what came of it. `start` is `forked` or `spawned`."""
    with own_folder(template) as here, tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as typed:
        typed.write((here / "game.txt").read_bytes() if command.endswith(" -") else TYPED)
        typed.seek(0)
        output, head = _output(place)
        try:
            status = start(command, place, here, (typed.fileno(), output, errors.fileno()))
        finally:
            os.close(output)
            if head is not None:
                head.wait(PATIENCE)
        errors.seek(0)
        return Outcome(status, errors.read().decode("utf-8", "replace").splitlines())


def _output(place: Place) -> tuple[int, subprocess.Popen[bytes] | None]:
    if place.output.startswith("/"):
        return os.open(place.output, os.O_WRONLY), None
    if not place.output:
        return os.open(os.devnull, os.O_WRONLY), None
    reader, writer = os.pipe()
    head = None
    if place.output == "head":
        head = subprocess.Popen(["head", "-1"], stdin=reader, stdout=subprocess.DEVNULL)
    os.close(reader)
    return writer, head


def _confine(place: Place, streams: tuple[int, int, int]) -> None:
    """In the child: its streams, its disk and its user."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    for number in place.closed:
        os.close(number)
    os.closerange(3, 256)
    if place.full:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if place.user is not None:
        os.setgid(place.user)
        os.setuid(place.user)


def forked(command: str, place: Place, here: pathlib.Path, streams: tuple[int, int, int]) -> int:
    """Forks this process, in which the program is loaded already; only where nothing else runs in it."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            signal.alarm(PATIENCE)
            _confine(place, streams)
            os._exit(_run(command, place, here))
        os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _run(command: str, place: Place, here: pathlib.Path) -> int:
    from tabletop.cli import run

    os.environ.clear()
    os.environ.update(environment(place, here))
    os.chdir(here)
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "utf-8:strict").partition(":")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        mode = "r" if number == 0 else "w"
        stream = None if number in place.closed else open(number, mode, encoding=encoding, errors=errors)  # noqa: SIM115
        setattr(sys, name, stream)
    sys.argv = ["tabletop", *arguments(command, place, here)]
    try:
        run()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:
        import traceback

        traceback.print_exc(file=sys.stderr)
        status = 98
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return status


def spawned(command: str, place: Place, here: pathlib.Path, streams: tuple[int, int, int]) -> int:
    """Starts a process as people do."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", *arguments(command, place, here)],
        preexec_fn=lambda: _confine(place, streams),
        env=environment(place, here),
        cwd=here,
    )
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return -signal.SIGKILL


def places(start: Any) -> dict[str, Place]:
    """The places that there are on this machine: a user whom it does not know may not be let to this interpreter."""
    is_root = start is forked and hasattr(os, "geteuid") and os.geteuid() == 0
    return {name: one for name, one in PLACES.items() if one.user is None or is_root}


def faults(outcome: Outcome, usual: Outcome) -> str:
    """What is not as it should be with a command, "" for nothing; what it always says is no error."""
    lines = [one for one in outcome.errors if one and one not in usual.errors and not one.startswith(("Usage", "Try "))]
    if any("Traceback" in line for line in outcome.errors):
        return "\n".join(outcome.errors[-6:])
    if outcome.status not in (0, 1, 2):
        return f"status {outcome.status}"
    return "" if len(lines) <= 1 else "more than a line: " + " / ".join(lines)


def walk(start: Any, commands: list[str] | None = None, stride: int = 1) -> Iterator[tuple[str, str, str]]:
    """Every command through every place, or each `stride`th: which, where, and what is wrong, "" for nothing."""
    with tempfile.TemporaryDirectory() as folder:
        template = prepared(pathlib.Path(folder))
        for at, command in enumerate(commands or COMMANDS):
            usual = walked(command, Place(), template, start)
            for name, place in list(places(start).items())[at % stride :: stride]:
                outcome = usual if place == Place() else walked(command, place, template, start)
                yield command, name, faults(outcome, usual)


def load_everything() -> None:
    """What the commands import when they run, so that a fork has it."""
    "".encode("unicode_escape")
    import babel.dates  # noqa: F401
    import numpy  # noqa: F401
    import prompt_toolkit  # noqa: F401
    import rich.live
    import rich.progress
    import rich.table  # noqa: F401

    import tabletop.analysis.balance_job
    import tabletop.analysis.simulate
    import tabletop.cli
    import tabletop.report.balance_page
    import tabletop.session.importing
    import tabletop.session.salvage
    import tabletop.terminal.facilitate
    import tabletop.terminal.play
    import tabletop.window.registry
    import tabletop.window.screenshot

    for package in (tabletop.report, tabletop.session, tabletop.terminal):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def main() -> None:
    """Walks, and prints one line of JSON a step where a test listens, else what is wrong."""
    quick, listened = "--quick" in sys.argv, "--json" in sys.argv
    stride = next((int(one.partition("=")[2]) for one in sys.argv if one.startswith("--stride=")), 1)
    commands = [one for one in sys.argv[1:] if not one.startswith("--")] or None
    if quick:
        with contextlib.redirect_stdout(io.StringIO()):
            load_everything()
    steps = wrong = 0
    for command, place, fault in walk(forked if quick else spawned, commands, stride):
        steps, wrong = steps + 1, wrong + bool(fault)
        if listened:
            print(json.dumps([command, place, fault]), flush=True)
        elif fault:
            print(f"{command}, {place}: {fault}", flush=True)
    if not listened:
        print(f"{steps} steps, {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
