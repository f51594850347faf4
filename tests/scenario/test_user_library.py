"""The user's library: packs that were added are known by their ids; what cannot be played is not added."""

from __future__ import annotations

import io
import json
import pathlib
import zipfile
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tabletop
from tabletop.cli import main
from tabletop.scenario.library import known, own_packs
from tabletop.scenario.user_library import LibraryError, add, remove, share
from tests.conftest import TOWN


@pytest.fixture(autouse=True)
def library(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A library of its own for every test."""
    folder = tmp_path / "data"
    monkeypatch.setattr("tabletop.scenario.library.user_folder", lambda kind: folder)
    return folder / "scenarios"


def written(folder: pathlib.Path, **changes: Any) -> str:
    """The town as a pack in a folder, with a schedule."""
    (folder / "injects").mkdir(parents=True)
    (folder / "scenario.yaml").write_text(json.dumps({**TOWN, **changes}), encoding="utf-8")
    (folder / "injects" / "fair.yaml").write_text("scenario: town\ninjects: []\n", encoding="utf-8")
    (folder / "notes.txt").write_text("not for others", encoding="utf-8")
    return str(folder)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["scenarios", *arguments])


def test_a_pack_that_was_added_is_known_by_its_id(tmp_path: pathlib.Path) -> None:
    source = written(tmp_path / "mine", author="Ada", licence="CC BY 4.0")
    added = add(source)
    assert known()[added.id] == own_packs()[added.id]
    assert tabletop.load(added.id) == tabletop.load(source)
    assert "by Ada" in run().output
    remove(added.id)
    assert own_packs() == {}


def test_a_pack_is_shared_as_one_file_and_nothing_else_goes_with_it(tmp_path: pathlib.Path) -> None:
    source = written(tmp_path / "mine")
    file = tmp_path / "town.zip"
    file.write_bytes(share(source))
    assert share(source) == file.read_bytes()
    names = zipfile.ZipFile(file).namelist()
    assert [name.partition("/")[2] for name in names] == ["injects/fair.yaml", "scenario.yaml"]
    assert add(str(file)).digest == tabletop.load(source).digest


def test_the_same_id_is_taken_once_unless_it_replaces(tmp_path: pathlib.Path) -> None:
    add(written(tmp_path / "first"))
    later = written(tmp_path / "second", title="A Later Town")
    with pytest.raises(LibraryError, match="in the library already"):
        add(later)
    id = add(later, replace=True).id
    assert tabletop.load(id).title == "A Later Town"


def test_what_cannot_be_played_is_refused_with_its_place_and_changes_nothing(
    tmp_path: pathlib.Path, library: pathlib.Path
) -> None:
    broken = written(tmp_path / "broken", player="nobody")
    with pytest.raises(tabletop.PackError) as refused:
        add(broken)
    assert str(refused.value.problems[0]).startswith(f"{broken}/scenario.yaml:1:")
    with pytest.raises(LibraryError, match="ships with the program"):
        add(written(tmp_path / "taken", id="first-summit"))
    assert list(library.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../scenario.yaml", "/etc/scenario.yaml", "a\\..\\..\\scenario.yaml", "C:scenario.yaml"]
)
def test_names_in_a_shared_file_lead_nowhere_else(tmp_path: pathlib.Path, name: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, json.dumps(TOWN))
    file = tmp_path / "odd.zip"
    file.write_bytes(content.getvalue())
    with pytest.raises(LibraryError, match=r"there is no scenario\.yaml"):
        add(str(file))


@pytest.mark.parametrize(
    ("content", "words"), [(b"hello", "no zip file"), (b"PK\x05\x06" + b"\0" * 18, "there is no scenario")]
)
def test_what_is_no_pack_is_told_in_a_sentence(tmp_path: pathlib.Path, content: bytes, words: str) -> None:
    file = tmp_path / "odd.zip"
    file.write_bytes(content)
    found = run("add", str(file))
    assert found.exit_code == 1
    assert words in found.output
    assert "Traceback" not in found.output


def test_the_commands_say_how_to_go_on(tmp_path: pathlib.Path) -> None:
    source, file = written(tmp_path / "mine"), str(tmp_path / "town.zip")
    shared = run("share", source, "--out", file)
    assert f"tabletop scenarios add {file}" in shared.output
    added = run("add", file)
    assert "tabletop play " in added.output
    assert run("remove", "nowhere").exit_code == 1
    assert run("remove", TOWN["id"]).exit_code == 0
