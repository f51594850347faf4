"""Digests of a pack's files and of the program's own sources, for the keys of caches: found without loading classes."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pathlib
import sys
from collections.abc import Iterator

import tabletop
from tabletop.scenario.pack_layout import MOST_BYTES, MOST_FILES, SCENARIO_FILE, SCHEDULES
from tabletop.storage.cache import digest_of_named
from tabletop.storage.shipped_data import shelf


def digest_of_files(pack: pathlib.Path) -> str | None:
    """A digest of every file of a pack (its folder or `scenario.yaml`) and of its schedules, byte for byte.

    None for a pack with links, devices, or more than a pack may have: what is made of it is not for a cache.
    """
    folder = pack.parent if pack.name == SCENARIO_FILE and not pack.is_dir() else pack
    try:
        return digest_of_named(_contents(folder))
    except (OSError, ValueError):
        return None


def _contents(folder: pathlib.Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a pack and of its schedules, by name in order. Raises ValueError for what is no ordinary file or
    folder, and for more than a pack may have."""
    pending, seen, room = [""], 0, MOST_BYTES
    while pending:
        below = pending.pop()
        with os.scandir(folder / below) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        for entry in entries:
            name = f"{below}/{entry.name}" if below else entry.name
            if entry.name.startswith(".") and below != SCHEDULES:
                continue  # belongs to editors and version control, and is not read
            seen += 1
            if entry.is_dir(follow_symlinks=False):
                pending.append(name)
                yield f"{name}/", b""
            elif not entry.is_file(follow_symlinks=False) or seen > MOST_FILES:
                raise ValueError("a link, a device, or more files than a pack has")
            else:
                room -= entry.stat(follow_symlinks=False).st_size
                if room < 0:
                    raise ValueError("more than a pack holds")
                yield name, pathlib.Path(entry.path).read_bytes()


def digest_of_sources(*packages: str) -> str:
    """A digest of these packages of the program and of what they stand on: sources may change without the version, and
    libraries without the sources."""
    digest = hashlib.sha256(f"{tabletop.__version__} {sys.version}".encode())
    here = pathlib.Path(tabletop.__file__).parent
    files = [file for package in packages for file in sorted((here / package).glob("*.py"))]
    for file in (*files, shelf("assets") / "fonts" / "coverage.txt"):
        digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    for library in ("attrs", "cattrs", "yaml"):
        spec = importlib.util.find_spec(library)
        if spec is not None and spec.origin is not None:
            digest.update(f"{spec.origin} {os.stat(spec.origin).st_mtime_ns}".encode())
    return digest.hexdigest()[:32]
