"""Kills processes while they write caches, exports, figures and copies, and looks whether the next one is troubled.

python tests/benchmarks/killed_writing.py --times 200
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import attrs
import click

ROOT = pathlib.Path(__file__).parents[2]

#: Does one thing over and over, for as long as it lives; prints a line before the first.
WRITER = """
import pathlib, sys, tabletop
from tabletop.session import *
what, here = sys.argv[1], pathlib.Path(sys.argv[2])
def caches():
    from tabletop.analysis import balance_job
    from tabletop.session import pack_cache
    from tabletop.storage import cache
    noun = tabletop.load("first-summit")
    while True:
        cache.empty(cache.cache_root())
        for _ in range(3):
            pack_cache.load_quickly("first-summit")
            balance_job.keep({"experiments": [], "text": "x" * 300_000}, noun)
            yield
def exports():
    from tabletop.analysis.figure_files import write
    from tabletop.cli.errors import put_out
    from tabletop.session import portable
    text = portable.text_of(Journal(here / "saves").record("killed"))
    while True:
        put_out(text, str(here / "game.txt"))
        yield
def copies():
    from tabletop.session.importing import import_session
    session, _ = open_session(Journal(here / "saves"), "killed")
    session.copy_to(here / "stick")
    session.await_copy()
    while True:
        Facilitator(session).note("Something was said. " * 50)
        session.await_copy()
        yield
def kernels():
    from tabletop.engine.compiled.kernel_cache import CheckedKernels
    from tabletop.storage.cache import Cache, cache_root
    import json
    class Inner:
        cache_path = str(cache_root() / "machine-0")
        def load_overload(self, *_):
            return None
        def save_overload(self, *_):
            for ending in ("nbi", "1.nbc"):
                pathlib.Path(self.cache_path, f"kernels.one-1.py311.{ending}").write_bytes(b"x" * 500_000)
    cache = Cache(cache_root() / "machine-0")
    while True:
        kernels = CheckedKernels(Inner(), "one", cache)
        kernels.save_overload(None, None)
        kernels.load_overload(None, None)
        yield
print("begun", flush=True)
for _ in {"caches": caches, "exports": exports, "copies": copies, "kernels": kernels}[what]():
    pass
"""
KINDS = ("caches", "exports", "copies", "kernels")


@attrs.frozen
class Home:
    """A home of its own for the processes that are killed, with a game in it."""

    folder: pathlib.Path

    @property
    def environment(self) -> dict[str, str]:
        """Where a process finds it."""
        home = {"HOME": self.folder, "XDG_CACHE_HOME": self.folder / "cache", "XDG_DATA_HOME": self.folder / "data"}
        return {**os.environ, **{name: str(path) for name, path in home.items()}, "PYTHONPATH": str(ROOT)}

    def killed(self, what: str, seconds: float) -> None:
        """Has a process write, and kills it so many seconds after it has begun."""
        arguments = [sys.executable, "-c", WRITER, what, str(self.folder)]
        with subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            time.sleep(seconds)
            if process.poll() is not None:
                raise AssertionError(f"the writer of {what} failed: {process.stderr.read()}")
            process.kill()

    def run(self, *command: str) -> None:
        """Runs a command as if nothing had happened. Raises AssertionError where it fails, or has anything to say."""
        done = subprocess.run(
            [sys.executable, "-m", "tabletop", *command], capture_output=True, text=True, env=self.environment
        )
        assert done.returncode == 0, (command, done.returncode, done.stderr)
        said = [line for line in done.stderr.splitlines() if "commands are written to" not in line]
        assert said == [], (command, said)

    def check(self, what: str) -> None:
        """Whether the next run is troubled by what a process that was killed has left, and what is left of it."""
        place = str(self.folder / "saves")
        match what:
            case "exports":
                if (self.folder / "game.txt").exists():
                    self._import(self.folder / "game.txt")
                self.run("sessions", "export", "killed", "--save", place, "--out", str(self.folder / "game.txt"))
            case "copies":
                for copy in (self.folder / "stick").glob("*.txt"):
                    self._import(copy)
                self.run("replay", "killed", "--verify", "--quiet", "--save", place)
            case _:
                self.run("simulate", "first-summit", "--games", "5")
                self.run("sessions", "show", "killed", "--save", place)

    def _import(self, text: pathlib.Path) -> None:
        with tempfile.TemporaryDirectory() as elsewhere:
            self.run("sessions", "import", str(text), "--save", elsewhere)

    def left(self) -> list[str]:
        """Files that a process was writing when it was killed."""
        return [str(path) for path in self.folder.rglob("*.part")]


@contextlib.contextmanager
def home() -> Iterator[Home]:
    """A home with a game."""
    import tabletop
    from tabletop.session import Journal, Session

    with tempfile.TemporaryDirectory() as folder:
        made = Home(pathlib.Path(folder))
        noun = tabletop.load("first-summit")
        session = Session(
            noun,
            seed=1,
            pack="first-summit",
            humans=[noun.player],
            journal=Journal(made.folder / "saves"),
            id="killed",
        )
        session.begin_keeping()
        session.close()
        yield made


@click.command()
@click.option("--times", default=200, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(times: int, seed: int) -> None:
    """Kills so many processes."""
    dice, started, most_left = random.Random(seed), time.monotonic(), 0
    with home() as here:
        for number in range(times):
            what = KINDS[number % len(KINDS)]
            here.killed(what, dice.uniform(0, 0.5))
            most_left = max(most_left, len(here.left()))
            here.check(what)
            if number % 20 == 19:
                click.echo(f"{number + 1} killed")
        left = len(here.left())
    click.echo(
        f"{times} processes killed in {time.monotonic() - started:.0f} s; the next run worked every time and said "
        f"nothing. At most {most_left} unfinished files lay about, {left} at the end."
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
