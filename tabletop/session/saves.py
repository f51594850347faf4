"""Saves: one JSON file a session, written whole after every decision."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import random
import tempfile
from typing import Any

import attrs
import platformdirs

from tabletop.scenario.library import shipped
from tabletop.scenario.problems import nearest, quoted

FORMAT = 1

# No vowels, so that no four of them make a word.
_LETTERS = "bcdfghjkmnpqrstvwxz"
_LARGEST_FILE = 20_000_000


class SaveError(Exception):
    """A save that cannot be read, written or found, in words for the player."""


@attrs.frozen(kw_only=True)
class Save:
    """What is kept of a session. Replaying `decisions` from `seed` gives its state again."""

    id: str
    scenario: str
    title: str
    pack: str
    version: str
    digest: str
    seed: int
    assumptions: dict[str, int | bool]
    humans: tuple[str, ...]
    players: dict[str, str]
    decisions: tuple[tuple[str, str], ...]
    started: str
    updated: str
    turn: int = 1
    finished: bool = False
    outcome: str | None = None
    hindsight: int = 0


def default_folder() -> pathlib.Path:
    """Where sessions are kept unless a folder is given."""
    return pathlib.Path(platformdirs.user_data_dir("tabletop", appauthor=False)) / "sessions"


def now() -> str:
    """The time of day as saves record it, in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


def new_id(scenario: str) -> str:
    """A name for a session: the scenario, the date and four letters."""
    letters = "".join(random.SystemRandom().choices(_LETTERS, k=4))
    return f"{scenario}-{datetime.date.today().isoformat()}-{letters}"


def pack_to_keep(pack: str) -> str:
    """The pack as a later run will find it: a shipped scenario by its id, any other by its full path."""
    return pack if pack in shipped() else str(pathlib.Path(pack).resolve())


def save(record: Save, folder: pathlib.Path | None = None) -> None:
    """Writes a save whole or not at all. Raises SaveError if it cannot be written."""
    home = folder or default_folder()
    text = json.dumps({"format": FORMAT, **attrs.asdict(record)}, ensure_ascii=False, indent=1)
    try:
        home.mkdir(parents=True, exist_ok=True)
        _write(home / f"{record.id}.json", text)
    except OSError as error:
        raise SaveError(f"the game cannot be saved in {home} ({error.strerror or error})") from error


def check_folder(folder: pathlib.Path | None = None) -> None:
    """Raises SaveError if nothing can be kept in a folder."""
    home = folder or default_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=home).close()
    except OSError as error:
        raise SaveError(f"the game cannot be saved in {home} ({error.strerror or error})") from error


def _write(path: pathlib.Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        pathlib.Path(name).unlink(missing_ok=True)
        raise


def load_save(name: str, folder: pathlib.Path | None = None) -> Save:
    """The save of a session by its id, the beginning of its id, or the path of its file. Raises SaveError."""
    home = folder or default_folder()
    path = home / f"{name}.json"
    if path.parent == home and path.is_file():
        return _read(path)
    ids = [path.stem for path in _files(home)]
    starting = [one for one in ids if name and one.startswith(name)]
    if len(starting) == 1:
        return _read(home / f"{starting[0]}.json")
    if name and pathlib.Path(name).is_file():
        return _read(pathlib.Path(name))
    if starting:
        raise SaveError(f"{len(starting)} sessions begin with {quoted(name)}: {', '.join(sorted(starting)[:5])}")
    near = nearest(name, ids)
    hint = f"; did you mean {quoted(near)}?" if near else ""
    raise SaveError(f"no session {quoted(name)} in {home}{hint} (`tabletop sessions` lists them)")


def list_saves(folder: pathlib.Path | None = None) -> list[Save]:
    """Every session that can be read, the latest first."""
    found = []
    for path in _files(folder or default_folder()):
        try:
            found.append(_read(path))
        except SaveError:
            continue
    return sorted(found, key=lambda one: (one.updated, one.id), reverse=True)


def broken_saves(folder: pathlib.Path | None = None) -> list[str]:
    """What is wrong with each file that cannot be read, in words."""
    faults = []
    for path in _files(folder or default_folder()):
        try:
            _read(path)
        except SaveError as error:
            faults.append(str(error))
    return faults


def latest(folder: pathlib.Path | None = None) -> Save:
    """The unfinished session that was played last. Raises SaveError if there is none."""
    found = list_saves(folder)
    for one in found:
        if not one.finished:
            return one
    if found:
        last = found[0].id
        raise SaveError(
            f"the last game has ended; `tabletop resume {last}` shows its end again, `tabletop play` starts another"
        )
    raise SaveError("there is no game to resume; `tabletop play` starts one")


def _files(home: pathlib.Path) -> list[pathlib.Path]:
    try:
        return sorted(path for path in home.glob("*.json") if not path.name.startswith(".") and path.is_file())
    except OSError:
        return []


def _read(path: pathlib.Path) -> Save:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise SaveError(f"{path} is too large to be a save")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SaveError(f"{path} cannot be read ({error.strerror or error})") from error
    except (ValueError, RecursionError) as error:
        raise SaveError(f"{path} is damaged: {error}") from error
    return _save_from(data, path)


def _save_from(data: Any, path: pathlib.Path) -> Save:
    if not isinstance(data, dict):
        raise SaveError(f"{path} is not a save of tabletop")
    if data.get("format") != FORMAT:
        raise SaveError(
            f"{path} is of another version of tabletop (format {data.get('format')}, and this reads {FORMAT})"
        )
    try:
        fields = {field.name: _field(field, data) for field in attrs.fields(Save)}
    except (KeyError, TypeError, ValueError) as error:
        raise SaveError(
            f"{path} is damaged: {quoted(str(error.args[0]))} is missing or is not what it should be"
        ) from error
    return Save(**fields)


def _field(field: attrs.Attribute[Any], data: dict[str, Any]) -> Any:
    if field.name in _LATER and field.name not in data:
        return field.default
    value = data[field.name]
    sound = _SOUND.get(field.name, _is_text)
    if not sound(value):
        raise ValueError(field.name)
    if field.name == "decisions":
        return tuple((seat, action) for seat, action in value)
    return tuple(value) if field.name == "humans" else value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return type(value) is int


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_names(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _are_values(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, int) for item in value.values())


def _are_decisions(value: Any) -> bool:
    return isinstance(value, list) and all(_are_texts(item) and len(item) == 2 for item in value)


# Fields that saves of this format have had only since some version.
_LATER = ("hindsight",)

_SOUND = {
    "seed": _is_number,
    "turn": _is_number,
    "hindsight": _is_number,
    "finished": lambda value: isinstance(value, bool),
    "outcome": lambda value: value is None or isinstance(value, str),
    "humans": _are_texts,
    "players": _are_names,
    "assumptions": _are_values,
    "decisions": _are_decisions,
}
