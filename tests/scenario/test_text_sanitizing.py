"""Text from elsewhere, wherever it is shown: no control character, no turned writing, no markup, no formula."""

from __future__ import annotations

import csv
import io
import pathlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console
from rich.text import Text

import tabletop
from tabletop.analysis.figure_files import write
from tabletop.cli import main
from tabletop.scenario.text_sanitizing import cell, shown, shown_lines, typed
from tabletop.session import Facilitator, Journal, Session
from tabletop.terminal.rows import markdown
from tabletop.terminal.screen import Screen

Town = Callable[..., tabletop.Scenario]

HOSTILE = "\x1b]0;owned\x07 \x1b[2J\x9b31m \u202egnp.exe\u2066 \x00 \r\n=1+1"
#: What a pack may hold: the loader refuses the rest.
MARKED = "[/bold] [red] [link=https://x.example] <script>alert(1)</script> &amp; :bomb:"
#: What no terminal may get from a text: controls but for line ends, and what turns the writing about.
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def test_every_character_is_as_wide_as_before_so_that_styles_stay_where_they_are() -> None:
    line = "".join(map(chr, range(0x2100))) + "\ud800"
    assert len(shown(line)) == len(line)
    assert not OBEYED.search(shown(line))
    assert "\n" not in shown(line)
    assert not OBEYED.search(shown_lines(line))
    assert not OBEYED.search(typed(line))


def test_what_people_write_in_any_script_stays_as_it_is() -> None:
    for words in ("김철수 씨", "שלום (עולם)", "سلام\u200cها \u200f!", "👩\u200d🚒 ½ ² é", "İstanbul", "e\u0301"):
        assert shown(words) == shown_lines(words) == typed(words) == words


def test_rows_keep_their_styles_where_a_letter_is_replaced() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=80)
    Screen(console).write([Text.assemble("a\x1b[2Jb ", ("bold", "bold"), "\u202e!")])
    assert console.file.getvalue() == "a�[2Jb \x1b[1mbold\x1b[0m�!\n"  # type: ignore[attr-defined]


def test_a_link_says_where_it_leads() -> None:
    (row, *_) = markdown("[the ministry](https://elsewhere.example/)", 70)
    assert "https://elsewhere.example/" in row.plain


def hostile(pack: dict[str, Any]) -> None:
    """The town, with what somebody hostile would write wherever a pack has words."""
    pack["title"], pack["version"] = f"Town {MARKED}", "=1+1"
    for noun in (*pack["meters"], *pack["seats"], *pack["hidden"], *pack["tracks"]):
        noun["name"] = f"{noun['name']} {MARKED}"
    for noun in (*pack["endings"], *pack["cards"], *pack["stages"], *pack["actions"]):
        word = "label" if "label" in noun else "title"
        noun[word] = f"{noun[word]} {MARKED}"
    for card in pack["cards"]:
        card["text"] = MARKED
        card["effects"][0]["why"] = MARKED


def harmless(output: str) -> None:
    found = OBEYED.search(output)
    assert found is None, (found, output[max(0, found.start() - 60) : found.end() + 60])


def test_what_cannot_be_seen_is_refused_in_a_pack_in_words_that_can(town: Town) -> None:
    with pytest.raises(tabletop.PackError) as refused:
        town(title=HOSTILE)
    harmless(str(refused.value))


def test_the_markup_of_a_pack_is_text_in_every_command(town: Town, tmp_path: pathlib.Path) -> None:
    town(hostile)
    runner, lair, place = CliRunner(), str(tmp_path / "town"), str(tmp_path / "kept")
    begin = [lair, "--seed", "1", "--save", place]
    for arguments, lines in (
        (["play", lair, "--auto", "--seed", "1"], ""),
        (["play", "--face", "terminal", *begin], "? calm\nboard\nbrief\nlog\n1\n0\nquit\n"),
        (["facilitate", "--seat", "all", "--new", *begin], "moves mayor\nquit\n"),
        (["sessions", "--save", place], ""),
        (["simulate", lair, "--games", "2", "--jobs", "1"], ""),
        (["balance", lair, "--games", "10", "--html", str(tmp_path / "page.html")], ""),
    ):
        result = runner.invoke(main, arguments, input=lines)
        assert result.exit_code in (0, 1), result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "[/bold] [red] [link=https://x.example]" in " ".join(result.output.split())
        harmless(result.output)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;" in page


def test_notes_and_names_of_a_game_from_elsewhere_are_shown_harmlessly(
    tutorial: tabletop.Scenario, tmp_path: pathlib.Path
) -> None:
    session = Session(tutorial, seed=1, humans=[tutorial.player], journal=Journal(tmp_path))
    facilitator = Facilitator(session, HOSTILE)
    facilitator.note(HOSTILE, [HOSTILE], shown=True)
    facilitator.message([tutorial.player], HOSTILE)
    session.begin_branch(HOSTILE[:60])
    session.close()
    runner = CliRunner()
    for command in (
        ["sessions", "show", session.id, "--all"],
        ["replay", session.id],
        ["resume", "--face", "terminal"],
    ):
        result = runner.invoke(main, [*command, "--save", str(tmp_path)], input="messages\nquit\n")
        assert result.exit_code == 0
        harmless(result.output)
    exported = runner.invoke(
        main, ["sessions", "export", session.id, "--format", "csv", "--save", str(tmp_path)]
    ).output
    cells = [one for row in csv.reader(io.StringIO(exported)) for one in row]
    assert any("owned" in one for one in cells)
    assert not [one for one in cells if one.lstrip(" \t\r\n").startswith(("=", "+", "@"))]


def test_figures_are_no_formula_either(tmp_path: pathlib.Path) -> None:
    figures = {
        "outcomes": {"=a": {"share": 1.0}},
        "meters": {},
        "scores": {},
        "score_intervals": {},
        "scenario": "x",
        "version": "=1+1",
        "seed": -1,
        "games": 1,
        "assumptions": {"@a": 1},
        "players": {},
    }
    write(figures, str(tmp_path / "x.csv"))
    assert (tmp_path / "x.csv").read_text().splitlines()[1] == "x,'=1+1,-1,1,'@a=1,,outcomes,'=a,share,1.0"


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "＝1", " =1", "\t=1", "\n=1", "\ufeff=1", "\u200b=1", "\r@"])
def test_a_text_that_would_be_a_formula_begins_with_an_apostrophe(value: str) -> None:
    assert cell(value) == f"'{value}"
