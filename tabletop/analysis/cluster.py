"""Runs a job on a Dask cluster of any number of machines; lost workers are replaced. Needs the extra `cluster`."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError
from typing import Any

from tabletop.analysis.interrupts import deaf
from tabletop.analysis.job import Order, OtherVersion, play
from tabletop.analysis.worker_pools import SLOW_CHUNK, WorkerPool, cores
from tabletop.players.errors import UnknownPlayer

LOCAL = "local"
_MOST_GAMES = 10_000
_FEWEST_GAMES = 250
_PARTS = 64
_SECONDS = 5
#: How many workers may die while playing a part before the part counts as the cause.
_LOSSES = 10


class ClusterError(Exception):
    """A cluster that cannot be reached or cannot do the job; a message of one line."""


def require() -> None:
    """Raises ValueError without the extra."""
    try:
        import distributed  # noqa: F401
    except ModuleNotFoundError:
        raise ValueError("--cluster needs an extra: pip install 'tabletop[cluster]'") from None
    except Exception as error:  # incompatible libraries may raise anything
        raise ValueError(f"--cluster needs Dask's distributed, which does not load here ({error})") from None


def part_of(games: int, built_in: bool) -> int:
    """The number of games in a part: it depends only on the job, never on the workers."""
    if not built_in:
        return SLOW_CHUNK
    return max(_FEWEST_GAMES, min(_MOST_GAMES, -(-games // _PARTS)))


@contextlib.contextmanager
def cluster(order: Order, address: str, jobs: int | None, part: int) -> Iterator[WorkerPool]:
    """The workers of the cluster at an address; `local` starts one with so many processes on this machine.

    A part whose worker is lost is played again by another. Raises ClusterError.
    """
    with contextlib.ExitStack() as stack:
        client = _connected(stack, address, jobs)
        workers = sum(client.nthreads().values())
        # Enough parts for workers that join later.
        most_out = max(32, 3 * workers)
        pool = client.get_executor(pure=False, retries=2)
        stack.callback(pool.shutdown, wait=False)
        with _in_words(address):
            yield WorkerPool(lambda first, games: pool.submit(play, order, first, games), part, most_out)


def _connected(stack: contextlib.ExitStack, address: str, jobs: int | None) -> Any:
    import dask
    import distributed

    warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
    # Its log would disturb the progress bar; important errors are reported in one line below.
    stack.enter_context(distributed.utils.silence_logging_cmgr(logging.CRITICAL))
    stack.enter_context(
        dask.config.set(
            {"distributed.comm.timeouts.connect": f"{_SECONDS}s", "distributed.scheduler.allowed-failures": _LOSSES}
        )
    )
    if address == LOCAL:
        with deaf():
            place: Any = stack.enter_context(_local(jobs or cores()))
    else:
        # A client that fails to connect logs long messages, so the address is checked first.
        place = _checked(address)
    client = stack.enter_context(distributed.Client(place, timeout=_SECONDS, set_as_default=False))
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError:
        raise ClusterError(f"the cluster at '{address}' has no workers") from None
    return client


def _checked(address: str) -> str:
    """The address, after checking that a scheduler answers. Raises ClusterError."""
    import asyncio

    import distributed

    async def ask() -> Any:
        async with distributed.rpc(address) as there:
            return await asyncio.wait_for(there.identity(), _SECONDS)

    try:
        kind = asyncio.run(ask())["type"]
    except (OSError, TimeoutError):
        why = f"nobody answered within {_SECONDS} seconds"
    except Exception as error:  # any other service may answer there
        why = str(error).splitlines()[0] if isinstance(error, ValueError) else "what answers there does not speak Dask"
    else:
        if kind == "Scheduler":
            return address
        why = f"that is the address of a {kind.lower()}"
    raise ClusterError(f"there is no Dask scheduler to be reached at '{address}': {why}")


def _local(workers: int) -> Any:
    import distributed

    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        memory_limit=None,
        silence_logs=logging.CRITICAL,
    )


@contextlib.contextmanager
def _in_words(address: str) -> Iterator[None]:
    import distributed

    try:
        yield
    except UnknownPlayer as error:
        raise ClusterError(f"a worker of the cluster says: {error}") from None
    except OtherVersion as error:
        raise ClusterError(f"{error}: every machine of the cluster needs the same") from None
    except ModuleNotFoundError as error:
        raise ClusterError(f"a worker of the cluster has {str(error)[0].lower()}{str(error)[1:]}") from None
    except distributed.KilledWorker:
        raise ClusterError("a part of the job was lost with every worker that it was given to") from None
    except (CancelledError, distributed.CancelledError, distributed.comm.CommClosedError):
        raise ClusterError(f"the connection to the cluster at '{address}' was lost") from None
