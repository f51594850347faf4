"""The cache on disk: results that can be computed again. Whether it is there never changes a result.

Each entry has an HMAC with a key of this user on this machine: a damaged, truncated, foreign or renamed entry counts as
missing. Files that belong to others, or that others may write to, are not read.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import pathlib
import secrets
import shutil
import stat
from collections.abc import Iterable, Mapping

import attrs

from tabletop.storage.atomic_write import make_private_folder, write_whole
from tabletop.storage.paths import user_folder
from tabletop.storage.untrusted_files import read_bounded

MOST_BYTES = 64_000_000
KEY = "cache.key"
_SUM = 32
_KEY_BYTES = 32


def cache_root() -> pathlib.Path | None:
    """The folder of the user's caches; None if there is none."""
    return user_folder("cache")


@attrs.frozen
class Cache:
    """Named entries in a folder. If the folder cannot be used, reads find nothing and writes do nothing.

    The key is in `root`, by default the parent folder.
    """

    folder: pathlib.Path
    root: pathlib.Path = attrs.field()

    @root.default
    def _around(self) -> pathlib.Path:
        return self.folder.parent

    @classmethod
    def of_user(cls, name: str) -> Cache | None:
        """The user's cache of this name; None if there is no cache folder."""
        root = cache_root()
        return None if root is None else cls(root / name)

    def prepared(self) -> bool:
        """Creates the folder, private to its owner; whether it exists and belongs to nobody else."""
        try:
            make_private_folder(self.root)
            make_private_folder(self.folder)
            inside = [self.folder, *self.folder.parents]
            return all(_made_own(one) for one in inside[: inside.index(self.root) + 1])
        except (OSError, ValueError):
            return False

    def read(self, name: str) -> bytes | None:
        """The entry of this name; None if missing. An entry with a wrong checksum is deleted."""
        try:
            file = self.folder / name
            if not file.exists() or not self.prepared() or not is_own(file):
                return None
            kept = read_bounded(file, MOST_BYTES)
            if hmac.compare_digest(kept[:_SUM], self._sum(name, kept[_SUM:])):
                return kept[_SUM:]
        except (OSError, ValueError):
            return None
        self.forget(name)
        return None

    def keep(self, name: str, content: bytes) -> bool:
        """Writes an entry; False if that fails."""
        try:
            if self.prepared():
                write_whole(self.folder / name, self._sum(name, content) + content, private=True)
                return True
        except (OSError, ValueError):
            pass
        return False

    def forget(self, name: str) -> None:
        """Deletes an entry, if it exists."""
        with contextlib.suppress(OSError, ValueError):
            (self.folder / name).unlink()

    def trim(self, most: int, but: str = "") -> None:
        """Deletes the oldest entries until at most `most` are left; never the one named `but`."""
        with contextlib.suppress(OSError):
            files = sorted(self.folder.iterdir(), key=lambda one: (one.name == but, one.stat().st_mtime), reverse=True)
            for old in files[most:]:
                old.unlink(missing_ok=True)

    def _sum(self, name: str, content: bytes) -> bytes:
        return hmac.digest(self._key(), f"{self.folder.name}/{name}\0".encode() + content, hashlib.sha256)

    def _key(self) -> bytes:
        file = self.root / KEY
        with contextlib.suppress(OSError):
            if is_own(file):
                key = read_bounded(file, _KEY_BYTES)
                if len(key) == _KEY_BYTES:
                    return key
        write_whole(file, secrets.token_bytes(_KEY_BYTES), private=True)
        # Another process may have done the same at this moment: the last key counts.
        return read_bounded(file, _KEY_BYTES)


def is_own(path: pathlib.Path) -> bool:
    """Whether a file or folder belongs to this user and only they may write to it. Raises OSError."""
    if not hasattr(os, "geteuid"):
        return True
    found = path.stat()
    return found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o022


def _made_own(folder: pathlib.Path) -> bool:
    """Whether a folder belongs to this user; if so, makes it private."""
    if not hasattr(os, "geteuid"):
        return True
    found = folder.stat()
    if found.st_uid != os.geteuid():
        return False
    if stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)
    return True


# As a whole


@attrs.frozen
class Contents:
    """The number of files in the cache, and their total bytes."""

    files: int
    bytes: int


def contents(root: pathlib.Path) -> Contents:
    """The size of a cache."""
    sizes = []
    for folder, _, names in os.walk(root):
        for name in names:
            with contextlib.suppress(OSError):
                sizes.append(os.lstat(os.path.join(folder, name)).st_size)
    return Contents(len(sizes), sum(sizes))


def empty(root: pathlib.Path) -> None:
    """Deletes everything in a cache. Raises OSError, also for a cache of another user."""
    if not root.exists():
        return
    if not _made_own(root):
        raise PermissionError(None, "it belongs to somebody else", str(root))
    for entry in list(os.scandir(root)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)


def digest_of_named(files: Iterable[tuple[str, bytes]]) -> str:
    """A digest of names and contents, in the order in which they come."""
    whole = hashlib.sha256()
    for name, content in files:
        for part in (name.encode("utf-8", "surrogatepass"), content):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def digest_of_texts(texts: Mapping[str, str]) -> str:
    """A digest of texts by the names of their files, in whatever order they are given."""
    return digest_of_named((name, texts[name].encode("utf-8", "surrogatepass")) for name in sorted(texts))
