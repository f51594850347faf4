"""A job: what is to be played, and the serialized order with which any process can play a part of it."""

from __future__ import annotations

import functools
import hashlib
import pathlib
import pickle
import threading
import zlib
from collections.abc import Mapping

import attrs

import tabletop
from tabletop.analysis.playouts import Playouts
from tabletop.analysis.tally import Tally
from tabletop.engine.game import Game
from tabletop.scenario import Scenario


@attrs.frozen
class Job:
    """What is to be played: the scenario, assumptions that differ, players by seat, the first seed, how many games."""

    scenario: Scenario
    assumptions: Mapping[str, int | bool] = attrs.field(factory=dict)
    players: Mapping[str, str] = attrs.field(factory=dict)
    seed: int = 0
    games: int = 2000


class OtherVersion(RuntimeError):
    """A worker with another version of tabletop, whose games might differ."""


@attrs.frozen
class Order:
    """Everything that a process needs to play any part of a job, scenario included, without files."""

    digest: str
    content: bytes
    seal: str

    @classmethod
    def of(cls, job: Job) -> Order:
        """The order for a job."""
        what = (job.scenario, dict(job.assumptions), dict(job.players), job.seed)
        content = zlib.compress(pickle.dumps(what))
        return cls(hashlib.blake2b(content, digest_size=16).hexdigest(), content, seal())


def play(order: Order, first: int, games: int) -> Tally:
    """Plays a part of the job. Raises OtherVersion, UnknownPlayer for a player that is missing here, and
    EndlessGame."""
    return _prepared(order).tally(first, games)


def finished_points(order: Order, seat: str, first: int, games: int) -> list[int]:
    """A seat's points in each game of a part of the job. Raises what `play` raises."""
    playouts = _prepared(order)
    place = playouts.program.score_place + playouts.program.seat_number(seat)
    return [playouts.finished(number)[place] for number in range(first, first + games)]


_MOST_KEPT = 4
_kept: dict[str, Playouts] = {}
_lock = threading.Lock()


def _prepared(order: Order) -> Playouts:
    # Workers may have several threads and jobs.
    with _lock:
        if order.digest not in _kept:
            if order.seal != seal():
                raise OtherVersion(f"a worker has another tabletop (its version is {tabletop.__version__})")
            scenario, assumptions, players, seed = pickle.loads(zlib.decompress(order.content))
            playouts = Playouts(Game(scenario, assumptions), players, seed)
            playouts.prepare()
            while len(_kept) >= _MOST_KEPT:
                del _kept[next(iter(_kept))]
            _kept[order.digest] = playouts
        return _kept[order.digest]


@functools.cache
def seal() -> str:
    """A digest of the version and of the sources that affect games: with equal digests, games are equal."""
    package = pathlib.Path(__file__).resolve().parent.parent
    seal = hashlib.blake2b(tabletop.__version__.encode(), digest_size=8)
    for part in ("analysis", "engine", "players", "scenario"):
        for source in sorted((package / part).glob("*.py")):
            seal.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return seal.hexdigest()
