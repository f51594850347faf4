"""The user's library: packs by others, added once and then known by their ids like those that ship with the program."""

from __future__ import annotations

import contextlib
import io
import os
import pathlib
import shutil
import tempfile
import zipfile
from collections.abc import Mapping

from tabletop.scenario.injects import schedules_of
from tabletop.scenario.library import UnknownScenario, locate, own_packs, own_shelf, shipped
from tabletop.scenario.loading import load
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_files import texts_of
from tabletop.scenario.pack_layout import MOST_BYTES, MOST_FILES, SCENARIO_FILE
from tabletop.scenario.problems import PackError, Problem, quoted
from tabletop.storage.paths import written
from tabletop.storage.untrusted_files import read_bounded

#: The ending of a pack in one file.
SUFFIX = ".zip"
_KINDS = (".yaml", ".yml", ".md", ".svg")
#: The time of every file in an archive, so that equal packs make equal archives.
_TIME = (2018, 3, 8, 0, 0, 0)


class LibraryError(Exception):
    """Why a pack can't be added, shared or removed, in a sentence."""


def share(pack: str) -> bytes:
    """A pack in one file, a zip archive with its texts and its schedules of injects; equal packs give equal bytes.

    Raises PackError, UnknownScenario and OSError.
    """
    scenario = load(pack)
    folder = locate(pack)
    texts = _files_of(folder)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(texts):
            entry = zipfile.ZipInfo(f"{scenario.id}/{name}", _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, texts[name].encode())
    return content.getvalue()


def add(source: str, *, replace: bool = False) -> Scenario:
    """Adds a pack, a folder or a shared file, to the user's library, from where it is played by its id.

    Only its texts and pictures are taken. Raises PackError for one that can't be played, LibraryError, UnknownScenario
    and OSError; then nothing has changed.
    """
    shelf = own_shelf()
    if shelf is None:
        raise LibraryError("the home folder is not known, so there is no library to add it to")
    path = written(source)
    texts = _unzipped(path) if os.path.isfile(path) and path.name != SCENARIO_FILE else _files_of(locate(source))
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=shelf) as work:
        folder = pathlib.Path(work) / "pack"
        _write(folder, texts)
        scenario = _loaded(folder, source)
        if scenario.id in shipped():
            raise LibraryError(f"{quoted(scenario.id)} ships with the program: give yours another 'id'")
        place = shelf / scenario.id
        if place.exists() and not replace:
            raise LibraryError(f"{quoted(scenario.id)} is in the library already; --replace takes this one instead")
        _put(folder, place, pathlib.Path(work) / "before")
    return scenario


def remove(id: str) -> None:
    """Takes a pack out of the user's library; games that were begun with it keep a copy of their own.

    Raises LibraryError if it is not there, and OSError.
    """
    place = own_packs().get(id)
    if place is None:
        known = ", ".join(own_packs()) or "nothing"
        raise LibraryError(f"there is no {quoted(id)} in the library ({known})")
    shutil.rmtree(place)


def _files_of(folder: pathlib.Path) -> dict[str, str]:
    """The texts of a pack and its schedules, by their names in it."""
    root = folder.parent if folder.name == SCENARIO_FILE else folder
    texts = texts_of(root)
    for file in schedules_of(root):
        texts[file.relative_to(root).as_posix()] = read_bounded(file, MOST_BYTES).decode("utf-8", "replace")
    return texts


def _unzipped(path: pathlib.Path) -> dict[str, str]:
    """The texts in a shared file. Raises LibraryError for one that holds no pack, or too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(read_bounded(path, MOST_BYTES))) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
                raise LibraryError(f"{quoted(str(path))} holds more than a pack may")
            texts = {one.filename: archive.read(one).decode("utf-8", "replace") for one in entries if _is_text(one)}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise LibraryError(f"{quoted(str(path))} is no pack: no folder, and no zip file that can be read") from error
    heads = [name for name in texts if pathlib.PurePosixPath(name).name == SCENARIO_FILE]
    if not heads:
        raise LibraryError(f"there is no {SCENARIO_FILE} in {quoted(str(path))}")
    root = min(heads, key=len)[: -len(SCENARIO_FILE)]
    return {name[len(root) :]: text for name, text in texts.items() if name.startswith(root)}


def _is_text(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file of a pack, with a name that leads nowhere else."""
    parts = entry.filename.replace("\\", "/").split("/")
    is_inside = not entry.filename.startswith("/") and ":" not in entry.filename and ".." not in parts
    return is_inside and not any(part.startswith(".") for part in parts) and entry.filename.lower().endswith(_KINDS)


def _write(folder: pathlib.Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _loaded(folder: pathlib.Path, source: str) -> Scenario:
    """The scenario in a folder. Raises PackError with places as in `source`."""
    try:
        return load(folder)
    except PackError as error:
        told = [_moved(problem, str(folder), source) for problem in error.problems]
        raise PackError(tuple(told)) from None


def _moved(problem: Problem, place: str, source: str) -> Problem:
    import attrs

    if problem.mark is None or not problem.mark.file.startswith(place):
        return problem
    return attrs.evolve(problem, mark=attrs.evolve(problem.mark, file=source + problem.mark.file[len(place) :]))


def _put(folder: pathlib.Path, place: pathlib.Path, aside: pathlib.Path) -> None:
    """Moves a folder to its place; one that was there goes aside, and comes back if that fails."""
    had = place.exists()
    if had:
        os.replace(place, aside)
    try:
        os.replace(folder, place)
    except OSError:
        if had:
            with contextlib.suppress(OSError):
                os.replace(aside, place)
        raise


__all__ = ["SUFFIX", "LibraryError", "UnknownScenario", "add", "remove", "share"]
