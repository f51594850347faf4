"""Letters: every one is drawn by a font that ships, or found by the check with its place."""

from __future__ import annotations

import ast
import pathlib

import pytest
from fontTools.ttLib import TTFont

import tabletop
from tabletop.scenario.font_coverage import faces, faces_with, missing
from tabletop.scenario.loading import check
from tabletop.storage.shipped_data import shelf

PACK = "id: p\ntitle: P\nversion: '1'\nplayer: a\nsummary: S.\n"


def pack(folder: pathlib.Path, **files: str) -> pathlib.Path:
    (folder / "scenario.yaml").write_text(PACK, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def found(folder: pathlib.Path) -> list[str]:
    told = [problem for problem in check(folder) if "no font" in problem.message]
    assert all(problem.severity == "warning" for problem in told)
    return [f"{pathlib.Path(p.mark.file).name}:{p.mark.line}:{p.mark.column} {p.message}" for p in told if p.mark]


def test_the_list_of_letters_is_that_of_the_fonts() -> None:
    """It is written by assets/fonts/make.py, which knows nothing that the fonts do not say."""
    listed = [faces_with(chr(code)) for code in range(0x30000)]
    for face, file in faces().items():
        font = set(TTFont(shelf("assets") / "fonts" / file).getBestCmap())
        wrong = [hex(code) for code, drawn_by in enumerate(listed) if (code in font) != (face in drawn_by)]
        assert not wrong, (face, wrong[:5])


@pytest.mark.parametrize(
    "text", ["北京", "שלום", "مرحبا", "ไทย", "हिन्दी", "日本語", "😀🇰🇷", "한글", "Ünï", "Հայ", "ქართ", "Қазақ"]
)
def test_what_people_are_called_can_be_drawn(text: str) -> None:
    assert list(missing(text)) == []


def test_a_letter_that_no_font_has_is_found_with_its_place(tmp_path: pathlib.Path) -> None:
    text = "glossary:\n  - {term: Beijing, text: 北京}\n  - {term: Thebes, text: In 𓀀 signs}\n"
    (said,) = found(pack(tmp_path, z_yaml=text))
    assert said.startswith("z.yaml:3:")
    assert said.split(" ")[0] == f"z.yaml:3:{text.splitlines()[2].index('𓀀') + 1}"
    assert "U+13000" in said


def test_a_letter_that_is_written_as_a_code_is_found_where_its_text_begins(tmp_path: pathlib.Path) -> None:
    (said,) = found(pack(tmp_path, z_yaml='glossary:\n  - {term: Thebes, text: "\\U00013000"}\n'))
    assert said.startswith("z.yaml:2:26 ")


def test_a_letter_of_a_page_is_found_and_one_in_a_comment_is_nobodys_business(tmp_path: pathlib.Path) -> None:
    told = found(pack(tmp_path, brief_md="# A\n\nThe 𓀀.\n", z_yaml="glossary: []  # 𓀁\n"))
    assert [one.split(" ")[0] for one in told] == ["brief.md:3:5"]


def test_a_letter_that_cannot_be_printed_is_told_by_its_code_alone(tmp_path: pathlib.Path) -> None:
    (told,) = found(pack(tmp_path, brief_md="Private use: \ue62e."))
    assert "no font of the window has U+E62E (a letter without a name)" in told
    assert told.isprintable()


def test_each_letter_is_told_of_once(tmp_path: pathlib.Path) -> None:
    assert len(found(pack(tmp_path, z_yaml="glossary:\n  - {term: 𓀀𓀀, text: 𓀀}\n"))) == 1


def test_every_letter_of_the_program_itself_can_be_drawn_in_the_window() -> None:
    words = [file.read_text(encoding="utf-8") for file in sorted((shelf("assets") / "words").rglob("*.yaml"))]
    code = pathlib.Path(tabletop.__file__).parent / "window"
    said = [
        node.value
        for file in sorted(code.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isprintable()
    ]
    assert sorted(set(missing("".join([*words, *said])))) == []
