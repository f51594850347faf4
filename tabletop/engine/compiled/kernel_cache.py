"""The cache of compiled kernels: Numba's own, with checksums, so that only this user's own files are loaded.

Numba unpickles and runs whatever its cache folder holds. Therefore a list of HMAC checksums is kept beside it, with the
user's key; a kernel whose files do not match the list is deleted and compiled again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pathlib
import shutil
from collections.abc import Iterator
from typing import Any

from filelock import FileLock, Timeout

from tabletop.storage.atomic_write import sync_folder
from tabletop.storage.cache import Cache, is_own
from tabletop.storage.untrusted_files import read_bounded

#: Larger than any kernel.
_MOST_BYTES = 256_000_000
#: How many versions of the sources may have kernels in the cache.
_MOST_VERSIONS = 4
_PREFIX = "machine-"
#: How many seconds a process waits for another that compiles the same kernel, before it does so itself.
_PATIENCE = 300.0


def kernel_folder(source_digest: str) -> Cache | None:
    """The folder for the kernels of sources with this digest; None where there is no cache."""
    cache = Cache.of_user(f"{_PREFIX}{source_digest}")
    if cache is None or not cache.prepared():
        return None
    _clear_old(cache)
    return cache


class CheckedKernels:
    """Wraps Numba's cache of one kernel: the three members that a dispatcher uses."""

    def __init__(self, inner: Any, kernel: str, cache: Cache) -> None:
        """`inner` is Numba's cache; it must write below the cache's folder (see `is_below`)."""
        self._inner, self._kernel = inner, kernel
        self._folder = pathlib.Path(inner.cache_path)
        self._list = Cache(self._folder, cache.root)
        self._lock_file = cache.folder / f"{kernel}.lock"

    @staticmethod
    def is_below(inner: Any, cache: Cache) -> bool:
        """Whether Numba writes where it was told to: some settings override the folder."""
        return pathlib.Path(inner.cache_path).is_relative_to(cache.folder)

    @contextlib.contextmanager
    def one_process(self) -> Iterator[None]:
        """Held while a kernel is loaded or compiled: other processes wait, and then find it in the cache.

        Where files cannot be locked, each process compiles for itself.
        """
        lock = FileLock(self._lock_file, timeout=_PATIENCE, thread_local=False)
        with contextlib.suppress(Timeout, OSError, NotImplementedError):
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    @property
    def cache_path(self) -> str:
        """Where Numba stores it."""
        return str(self._folder)

    def load_overload(self, signature: Any, context: Any) -> Any:
        """The kernel for these types; None if it has to be compiled."""
        if self._is_as_written():
            # A pickle from this Numba on other hardware may raise anything.
            with contextlib.suppress(Exception):
                return self._inner.load_overload(signature, context)
        self._throw_away()
        return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Saves a compiled kernel, if there is space."""
        with contextlib.suppress(OSError, ValueError):
            if self._list.prepared():
                self._inner.save_overload(signature, compiled)
                self._list.keep(self._list_name, json.dumps(dict(self._sums())).encode())

    @property
    def _list_name(self) -> str:
        return f"{self._kernel}.sums"

    def _files(self) -> list[pathlib.Path]:
        return sorted(self._folder.glob(f"*.{self._kernel}-*.nb[ic]"))

    def _sums(self) -> Iterator[tuple[str, str]]:
        for file in self._files():
            file.chmod(0o600)
            yield file.name, hashlib.sha256(read_bounded(file, _MOST_BYTES)).hexdigest()
            with file.open("rb+") as written:
                os.fsync(written.fileno())
        sync_folder(self._folder)

    def _is_as_written(self) -> bool:
        files = self._files()
        if not files:
            return True
        try:
            listed = json.loads(self._list.read(self._list_name) or b"{}")
            return all(
                is_own(file) and listed.get(file.name) == hashlib.sha256(read_bounded(file, _MOST_BYTES)).hexdigest()
                for file in files
            )
        except (OSError, ValueError):
            return False

    def _throw_away(self) -> None:
        self._list.forget(self._list_name)
        for file in self._files():
            with contextlib.suppress(OSError):
                file.unlink()


def _clear_old(cache: Cache) -> None:
    """Deletes the kernels of old versions of the sources."""
    with contextlib.suppress(OSError):
        found = [one for one in cache.root.glob(f"{_PREFIX}*") if one != cache.folder]
        found.sort(key=lambda one: one.stat().st_mtime, reverse=True)
        for old in found[_MOST_VERSIONS - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
