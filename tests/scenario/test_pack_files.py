"""How a pack's files are read: what is merged, where each value stands, and all that is refused."""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.scenario.loading import check
from tabletop.scenario.pack_files import Document, read_pack
from tabletop.scenario.pack_layout import MOST_FILES
from tabletop.scenario.problems import Mark
from tests.sampled import BROKEN, some
from tests.work import counted

WritePack = Callable[..., pathlib.Path]


@pytest.fixture
def write_pack(tmp_path: pathlib.Path) -> WritePack:
    """Writes a pack from texts (or bytes) by file name and gives its folder."""

    def write(main: str | bytes = "id: test\n", **files: str | bytes) -> pathlib.Path:
        folder = tmp_path / "pack"
        for name, content in {"scenario.yaml": main, **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return folder

    return write


def messages(document: Document) -> list[str]:
    return [problem.message for problem in document.problems]


def places(document: Document) -> list[tuple[str, int, int]]:
    marks = [problem.mark for problem in document.problems]
    return [(pathlib.Path(mark.file).name, mark.line, mark.column) for mark in marks if mark]


def only_problem(document: Document) -> str:
    assert len(document.problems) == 1, messages(document)
    return document.problems[0].message


# What is read


def test_scalars_are_read_as_numbers_truths_nothing_and_text(write_pack: WritePack) -> None:
    main = "a: 12\nb: -3\nc: true\nd: false\ne: null\nf:\ng: 1.5\nh: \"12\"\ni: two < 3\nj: 'no'\nk: |\n  on\n"
    assert read_pack(write_pack(main)).data == {
        "a": 12,
        "b": -3,
        "c": True,
        "d": False,
        "e": None,
        "f": None,
        "g": 1.5,
        "h": "12",
        "i": "two < 3",
        "j": "no",
        "k": "on\n",
    }


def test_every_value_and_every_key_knows_its_place(write_pack: WritePack) -> None:
    folder = write_pack("id: test\ncards:\n  - id: one\n    effects:\n      - {change: m, by: 2}\n")
    document = read_pack(folder)
    file = str(folder / "scenario.yaml")
    assert document.marks[("cards", 0, "effects", 0, "by")] == Mark(file, 5, 25)
    assert document.key_marks[("cards", 0, "effects", 0, "by")] == Mark(file, 5, 21)
    assert document.marks[("cards", 0)] == Mark(file, 3, 5)
    assert document.marks[("cards", 0, "effects", 0)] == Mark(file, 5, 9)
    assert document.marks[()] == Mark(file, 1, 1)


def test_columns_count_letters_and_not_bytes(write_pack: WritePack) -> None:
    document = read_pack(write_pack("한국어: {b: 1}\n"))
    assert document.marks[("한국어", "b")].column == 10


def test_sections_of_all_files_join_in_order_of_file_name_after_the_main_file(write_pack: WritePack) -> None:
    folder = write_pack(
        "cards:\n  - {id: main}\n",
        **{"b.yaml": "cards:\n  - {id: b}\n", "a/z.yml": "cards: [{id: z}]\n", "c.yaml": "decks: [{id: d}]\n"},
    )
    document = read_pack(folder)
    assert [card["id"] for card in document.data["cards"]] == ["main", "z", "b"]
    assert document.marks[("cards", 1, "id")] == Mark(str(folder / "a/z.yml"), 1, 14)
    assert document.marks[("cards", 2, "id")] == Mark(str(folder / "b.yaml"), 2, 10)
    assert document.marks[("cards",)] == Mark(str(folder / "scenario.yaml"), 2, 3)
    assert document.data["decks"] == [{"id": "d"}]
    assert document.problems == []


def test_marks_name_files_as_the_user_would_open_them(write_pack: WritePack, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_pack("id: no\n")
    monkeypatch.chdir(folder.parent)
    expected = f"{pathlib.Path('pack/scenario.yaml')}:1:5: 'no' may be taken for a yes or no"
    assert str(read_pack(pathlib.Path("pack")).problems[0]).startswith(expected)
    monkeypatch.chdir(folder)
    assert str(read_pack(pathlib.Path("scenario.yaml")).problems[0]).startswith("scenario.yaml:1:5: ")


def test_a_pack_may_be_given_by_its_main_file(write_pack: WritePack) -> None:
    folder = write_pack(**{"cards.yaml": "cards: [{id: a}]\n"})
    assert read_pack(folder / "scenario.yaml") == read_pack(folder)


def test_markdown_is_kept_by_its_path_with_unix_newlines(write_pack: WritePack) -> None:
    document = read_pack(write_pack(**{"briefs/w.md": b"\xef\xbb\xbfOne.\r\nTwo.\r\n", "notes.txt": "ignored"}))
    assert document.texts == {"briefs/w.md": "One.\nTwo.\n"}


def test_names_that_begin_with_a_dot_are_left_alone(write_pack: WritePack) -> None:
    document = read_pack(write_pack(**{".git/x.yaml": "[", ".draft.yaml": "{"}))
    assert document.problems == []


def test_empty_files_beside_the_main_one_are_fine(write_pack: WritePack) -> None:
    document = read_pack(write_pack(**{"a.yaml": "", "b.yaml": "# later\n", "c.yaml": "---\n"}))
    assert document.problems == []


# The digest


def test_the_digest_does_not_depend_on_newlines_or_on_where_the_pack_lies(
    write_pack: WritePack, tmp_path: pathlib.Path
) -> None:
    first = read_pack(write_pack("id: a\ntitle: b\n", **{"w.md": "x\ny\n"})).digest
    (tmp_path / "pack").rename(tmp_path / "moved")
    second = read_pack(write_pack("id: a\r\ntitle: b\r\n", **{"w.md": "x\r\ny\r\n"})).digest
    assert first == second
    assert len(first) == 64


@pytest.mark.parametrize(
    "files",
    [
        {"w.md": "changed\n"},
        {"v.md": "text\n"},
        {"w.md": "text\n", "cards.yaml": "cards: []\n"},
        {},
    ],
)
def test_the_digest_changes_with_any_file(write_pack: WritePack, tmp_path: pathlib.Path, files: dict[str, str]) -> None:
    first = read_pack(write_pack(**{"w.md": "text\n"})).digest
    (tmp_path / "pack").rename(tmp_path / "before")
    assert read_pack(write_pack(**files)).digest != first


# What an author gets wrong


@pytest.mark.parametrize("text", ["yes", "No", "on", "OFF", "12:30", "0o17", "017", "08", "1_000", "0x1F", "0b1"])
@pytest.mark.parametrize("form", ["id: {}\n", "id: [{}]\n"])
def test_text_that_yaml_may_take_for_something_else_must_be_quoted(write_pack: WritePack, text: str, form: str) -> None:
    assert f'write it in quotes, "{text}"' in only_problem(read_pack(write_pack(form.format(text))))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2018-03-08", "'2018-03-08' may be taken for a date: write it in quotes, \"2018-03-08\""),
        ("12:30", "'12:30' may be taken for a time: write it in quotes, \"12:30\""),
        ("~", "'~' is ambiguous: write null, or write it in quotes"),
        ("True", "'True' is ambiguous: write true, or write it in quotes"),
        (".nan", "'.nan' may be taken for a number: write it in quotes, \".nan\""),
        ("1234567890123456789", "the number '1234567890123456789' is too long"),
        ("9" * 5000, f"the number '{'9' * 59}…' is too long"),
    ],
)
def test_the_message_says_what_it_may_be_taken_for(write_pack: WritePack, text: str, words: str) -> None:
    document = read_pack(write_pack(f"id: {text}\n"))
    assert only_problem(document) == words
    assert places(document) == [("scenario.yaml", 1, 5)]


@pytest.mark.parametrize(
    ("main", "line", "column", "words"),
    [
        ("id: &a x\n", 1, 5, "anchors (&a) are not allowed"),
        ("id: *a\n", 1, 5, "aliases (*a) are not allowed"),
        ("id: !!str 5\n", 1, 5, "tags (!) are not allowed"),
        ("id: ! 5\n", 1, 5, "tags (!) are not allowed"),
        ("id: !!python/object:os.system [x]\n", 1, 5, "tags (!) are not allowed"),
        ("id: !own!x 5\n", 1, 5, "tags (!) are not allowed"),
        ("a: {<<: {b: 1}}\n", 1, 5, "merge keys (<<) are not allowed"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "the key 'a' is given twice, first in line 1"),
        ("a: {b: 1, b: 2}\n", 1, 11, "the key 'b' is given twice, first in line 1"),
        ("5: x\n", 1, 1, "a key must be text: write '5', with quotes"),
        ("true: x\n", 1, 1, "a key must be text: write 'true', with quotes"),
        ("a: {? : x}\n", 1, 7, "a key must be text, and this one is empty"),
        ("on: x\n", 1, 1, "'on' may be taken for a yes or no"),
        ("? [a]\n: x\n", 1, 3, "a key must be text"),
        ("*a : x\n", 1, 1, "a key must be text"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document in one file"),
        ("- a\n- b\n", 1, 1, "a file of a pack is a mapping of sections"),
        ("just words\n", 1, 1, "a file of a pack is a mapping of sections"),
        ("", 1, 1, "scenario.yaml is empty"),
        ("# nothing\n", 1, 1, "scenario.yaml is empty"),
        ('a: "\\e[31m"\n', 1, 4, "a character that cannot be seen, '\\x1b'"),
        ("a: x\x07\n", 1, 5, "a character that cannot be seen, '\\x07'"),
        ("a: x\u2028y\n", 1, 5, "a character that cannot be seen, '\\u2028'"),
    ],
)
def test_what_a_pack_may_not_use_is_refused_where_it_stands(
    write_pack: WritePack, main: str, line: int, column: int, words: str
) -> None:
    document = read_pack(write_pack(main))
    assert words in only_problem(document)
    assert places(document) == [("scenario.yaml", line, column)]


@pytest.mark.parametrize(
    ("main", "line", "column", "words"),
    [
        ("a: 1\nb: c: d\n", 2, 5, "a ': ' that can't stand here"),
        ("a: 1\nb: 'c\nd: 2\n", 2, 4, "a quotation mark that is never closed"),
        ("a: [b, c\n", 2, 1, "a list in [ ] that lacks a comma or its closing ]"),
        ("a: {b: c\n", 2, 1, "a mapping in { } that lacks a comma or its closing }"),
        ("a:\n  - b\n c: d\n", 3, 2, "this doesn't fit the lines above"),
        ("a: 1\n\tb: 2\n", 2, 1, "a tab: indent with spaces"),
        ("a: @b\n", 1, 4, "no text can begin with this character"),
        ('a: "\\q"\n', 1, 5, "an unknown \\ code in double quotes"),
        ("a: - b\n", 1, 4, "a list item can't stand here"),
        ("%FOO\n", 1, 1, "lines that begin with % are not allowed"),
        ("a: 1\nbc\nd: 2\n", 3, 1, "a key without ': ' after it"),
    ],
)
def test_broken_yaml_is_explained_in_plain_words(
    write_pack: WritePack, main: str, line: int, column: int, words: str
) -> None:
    document = read_pack(write_pack(main))
    assert words in only_problem(document)
    assert places(document) == [("scenario.yaml", line, column)]
    assert document.unread == ["scenario.yaml"]


def test_only_the_main_file_may_say_what_the_scenario_is_called(write_pack: WritePack) -> None:
    document = read_pack(write_pack("id: test\n", **{"a.yaml": "title: A\ncards: []\nid: [x]\n"}))
    assert messages(document) == ["'title' belongs in scenario.yaml", "'id' belongs in scenario.yaml"]
    assert places(document) == [("a.yaml", 1, 1), ("a.yaml", 3, 1)]
    assert document.data == {"id": "test", "cards": []}


def test_a_section_that_is_no_list_can_not_be_parted_among_files(write_pack: WritePack) -> None:
    files = {"a.yaml": "cards: [{id: a}]\nextra: {}\ndecks: {id: d}\n", "b.yaml": "extra: []\n"}
    document = read_pack(write_pack("cards: 5\n", **files))
    said = messages(document)
    assert "'cards' is also given in" in said[0]
    assert "scenario.yaml:1:1" in said[0]
    assert said[1] == "'decks' wants a list of items, each beginning with '- '"
    assert "'extra' is also given in" in said[2]
    assert "a.yaml:2:1" in said[2]
    assert ("cards", 0) not in document.marks


def test_the_keys_of_a_section_that_is_a_mapping_can_be_parted_among_files(write_pack: WritePack) -> None:
    files = {
        "a.yaml": "presentation:\n  title: {stamp: A}\n",
        "b.yaml": "presentation:\n  map: {file: m.svg}\n  title: {stamp: B}\n",
    }
    document = read_pack(write_pack("id: test\n", **files))
    assert document.data["presentation"] == {"title": {"stamp": "A"}, "map": {"file": "m.svg"}}
    first = document.key_marks["presentation", "title"]
    assert messages(document) == [f"'title' of 'presentation' is also given in {first}"]
    assert places(document) == [("b.yaml", 3, 3)]


def test_all_mistakes_of_all_files_are_found_in_one_run(write_pack: WritePack) -> None:
    document = read_pack(
        write_pack(
            "id: no\ntitle: &x 12:30\nsummary: *x\nid: again\n",
            **{"a.yaml": "cards: [\n", "b.yaml": "cards:\n  - {date: 2018-03-08}\n", "c.md": b"\xff"},
        )
    )
    assert places(document) == [
        ("scenario.yaml", 1, 5),
        ("scenario.yaml", 2, 8),
        ("scenario.yaml", 2, 8),
        ("scenario.yaml", 3, 10),
        ("scenario.yaml", 4, 1),
        ("a.yaml", 2, 1),
        ("b.yaml", 2, 12),
        ("c.md", 1, 1),
    ]
    assert document.unread == ["a.yaml", "c.md"]
    assert document.data["cards"] == [{"date": "2018-03-08"}]


def test_a_broken_file_leaves_nothing_of_itself_behind(write_pack: WritePack) -> None:
    document = read_pack(write_pack("id: a\n", **{"a.yaml": "cards:\n  - {id: one}\n  - {id: [}\n"}))
    assert document.data == {"id": "a"}
    assert set(document.marks) == {(), ("id",)}


def test_problems_beyond_two_hundred_are_only_counted(write_pack: WritePack) -> None:
    problems = check(write_pack("id: [" + "no, " * 1000 + "]\n"))
    assert len(problems) == 200
    assert problems[-1].message == "and 810 more problems like these"


# Files that can't be read


def test_a_path_that_leads_nowhere_or_to_a_file_is_refused(tmp_path: pathlib.Path) -> None:
    assert "does not exist" in only_problem(read_pack(tmp_path / "nowhere"))
    (tmp_path / "file.txt").write_text("x")
    assert "is not a folder" in only_problem(read_pack(tmp_path / "file.txt"))
    assert "does not exist" in only_problem(read_pack(tmp_path / ("x" * 5000)))
    assert "does not exist" in only_problem(read_pack(pathlib.Path("a\0b")))


def test_a_folder_without_a_main_file_is_no_pack(tmp_path: pathlib.Path) -> None:
    document = read_pack(tmp_path)
    assert only_problem(document) == "a pack needs a scenario.yaml, and there is none here"
    assert places(document) == [("scenario.yaml", 1, 1)]
    (tmp_path / "scenario.yaml").mkdir()
    assert "there is none here" in only_problem(read_pack(tmp_path))


def test_text_in_another_encoding_is_refused_at_its_first_wrong_letter(write_pack: WritePack) -> None:
    document = read_pack(write_pack("id: a\ntitle: Café\n".encode("latin-1"), **{"a.md": "x".encode("utf-16")}))
    assert messages(document) == ["this is not UTF-8: save the file as UTF-8"] * 2
    assert places(document) == [("scenario.yaml", 2, 11), ("a.md", 1, 1)]


@pytest.mark.skipif(sys.platform == "win32", reason="links need special rights here")
def test_links_out_of_the_pack_are_refused(write_pack: WritePack, tmp_path: pathlib.Path) -> None:
    folder = write_pack(**{"cards.yaml": "cards: []\n"})
    (tmp_path / "outside.yaml").write_text("cards: [{id: secret}]\n")
    (tmp_path / "outside").mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (folder / "up").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(folder)
    (folder / "self.yaml").symlink_to(folder / "self.yaml")
    (folder / "gone.yaml").symlink_to(folder / "nothing")
    document = read_pack(folder)
    said = dict(zip((place[0] for place in places(document)), messages(document), strict=True))
    assert said["link.yaml"].startswith("a link that leads out of the pack")
    assert said["up"].startswith("a link that leads out of the pack")
    assert said["loop"].startswith("a link to a folder")
    assert said["self.yaml"].startswith("this file can't be read")
    assert said["gone.yaml"].startswith("this file can't be read")
    assert len(said) == 5
    assert document.data == {"id": "test", "cards": []}


@pytest.mark.skipif(sys.platform == "win32", reason="links need special rights here")
def test_a_link_within_the_pack_is_followed(write_pack: WritePack) -> None:
    folder = write_pack(**{"a.md": "text\n"})
    (folder / "b.md").symlink_to("a.md")
    assert read_pack(folder).texts["b.md"] == "text\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(write_pack: WritePack) -> None:
    folder = write_pack()
    os.mkfifo(folder / "cards.yaml")
    assert only_problem(read_pack(folder)) == "this is not an ordinary file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(write_pack: WritePack) -> None:
    folder = write_pack(**{"cards.yaml": "cards: []\n"})
    (folder / "cards.yaml").chmod(0)
    assert "this file can't be read" in only_problem(read_pack(folder))


def test_a_file_name_that_can_not_be_shown_is_refused(write_pack: WritePack) -> None:
    folder = write_pack()
    try:
        (folder / "a\x1b[31m.yaml").write_text("cards: []\n")
    except OSError:
        pytest.skip("no such names here")
    document = read_pack(folder)
    assert only_problem(document) == r"the name 'a\x1b[31m.yaml' has characters that can't be shown"


# Hostile packs: refused with a message, and soon


@pytest.fixture
def in_time() -> Callable[[pathlib.Path], Document]:
    def read(folder: pathlib.Path) -> Document:
        with counted(12_000_000):
            return read_pack(folder)

    return read


ReadInTime = Callable[[pathlib.Path], Document]


def test_an_alias_bomb_is_refused(write_pack: WritePack, in_time: ReadInTime) -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    document = in_time(write_pack("\n".join(layers) + "\n"))
    assert len(document.problems) == 91
    assert all("are not allowed" in message for message in messages(document))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{? ", "[{a: ", "a:\n"])
@pytest.mark.parametrize("start", ["a: ", "a:\n  ", ""])
def test_deep_nesting_is_refused(write_pack: WritePack, in_time: ReadInTime, opening: str, start: str) -> None:
    assert in_time(write_pack(start + opening * 20_000)).problems


def test_nesting_is_refused_from_the_forty_first_level(write_pack: WritePack) -> None:
    assert read_pack(write_pack("a: " + "[" * 39 + "]" * 39 + "\n")).problems == []
    document = read_pack(write_pack("a: " + "[" * 40 + "]" * 40 + "\n"))
    assert only_problem(document) == "values are nested more than 40 deep here"
    assert places(document) == [("scenario.yaml", 1, 43)]


def test_a_huge_file_is_refused_before_it_is_read(write_pack: WritePack, in_time: ReadInTime) -> None:
    folder = write_pack()
    for name in ("huge.yaml", "huge.md"):
        with (folder / name).open("wb") as file:
            file.truncate(50_000_000)
    document = in_time(folder)
    assert messages(document) == ["a file of a pack has at most 2 MB"] * 2


def test_many_large_files_are_refused_together(write_pack: WritePack, in_time: ReadInTime) -> None:
    document = in_time(write_pack(**{f"{n}.md": "x" * 1_900_000 for n in range(8)}))
    assert only_problem(document) == "the files of this pack are larger than 10 MB together"
    assert len(document.texts) == 5


def test_too_many_files_are_refused(write_pack: WritePack, in_time: ReadInTime) -> None:
    document = in_time(write_pack(**{f"{n}.md": "" for n in range(MOST_FILES)}))
    assert only_problem(document) == "a pack has at most 500 files and folders"


@pytest.mark.parametrize("text", some(["[],", "x,", "{a},", "no,", "*a,", "'',", "&a ,", "! ,"], 4, unless=BROKEN))
def test_a_flood_of_values_is_refused(write_pack: WritePack, in_time: ReadInTime, text: str) -> None:
    flood = f"[{text * (1_900_000 // len(text))}]\n"
    document = in_time(write_pack(**{f"{n}.yaml": f"cards: {flood}" for n in range(2)}))
    assert any("at most 100,000 values" in message for message in messages(document))


@pytest.mark.parametrize("text", some(["k{}: v\n", "{}: v\n", "'k': v{}\n"], 3, 2, unless=BROKEN))
def test_a_flood_of_keys_is_refused(write_pack: WritePack, in_time: ReadInTime, text: str) -> None:
    assert in_time(write_pack("".join(text.format(n) for n in range(60_000)))).problems


@pytest.mark.parametrize(
    "text",
    some(["#", " ", "\n", "'", '"', '"\\', "!", "&", "*", "%", "|\n", "---\n", "\t", "a ", "0"], 3, unless=BROKEN),
)
def test_two_megabytes_of_anything_end_soon(write_pack: WritePack, in_time: ReadInTime, text: str) -> None:
    for start in ("", "a: "):
        in_time(write_pack(start + text * (1_990_000 // len(text))))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet="ab:-?[]{},&*!|>'\"%@`#~<=.0159_ \n\t\\\x85é", max_size=60) | st.text(max_size=30))
def test_no_text_whatever_gives_a_traceback(write_pack: WritePack, text: str) -> None:
    document = read_pack(write_pack(text.encode("utf-8", "surrogatepass")))
    for problem in document.problems:
        assert str(problem).encode("utf-8").isascii() or problem.message
        assert "\n" not in problem.message
        assert problem.mark is not None


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_whatever_give_a_traceback(write_pack: WritePack, content: bytes) -> None:
    read_pack(write_pack(content))
