"""A new pack passes every check and plays, whatever its author calls things."""

from __future__ import annotations

import pathlib

import pytest
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import tabletop
from tabletop.cli.main import main
from tabletop.scenario.loading import check
from tabletop.scenario.new_pack import Outline, OutlineError, new_pack

names = st.text(max_size=20)


def played(folder: pathlib.Path) -> str | None:
    game = tabletop.Game(tabletop.load(folder))
    state = game.start(seed=1)
    while not state.finished:
        seat = state.acting[0]
        state = game.apply(state, seat, game.actions(state, seat)[0])
    return state.outcome


@pytest.mark.parametrize("blank", [False, True], ids=["whole", "blank"])
def test_a_new_pack_has_nothing_to_put_right_and_comes_to_an_ending(blank: bool, tmp_path: pathlib.Path) -> None:
    new_pack(Outline(title="My Talks"), tmp_path / "talks", blank)
    assert check(tmp_path / "talks") == []
    assert played(tmp_path / "talks")


@given(
    title=names,
    turn=names,
    seats=st.lists(names, min_size=1, max_size=5),
    meters=st.lists(names, min_size=1, max_size=5),
    truth=names,
    values=st.tuples(names, names),
)
@settings(max_examples=10, deadline=None, phases=[Phase.generate])
def test_any_names_give_a_sound_pack_or_a_reason(
    title: str,
    turn: str,
    seats: list[str],
    meters: list[str],
    truth: str,
    values: tuple[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("packs") / "pack"
    outline = Outline(title=title, turn=turn, seats=tuple(seats), meters=tuple(meters), truth=truth, truths=values)
    try:
        new_pack(outline, folder)
    except OutlineError:
        return  # two names alike: the next test has the reasons
    problems = [problem for problem in check(folder) if problem.severity != "warning"]
    assert problems == []


@pytest.mark.parametrize("name", ["null", "No", "y", "on", "1e5", "turn", "true", "min", "한국", ""])
def test_a_name_that_yaml_or_the_rules_read_otherwise_is_still_a_name(name: str, tmp_path: pathlib.Path) -> None:
    outline = Outline(title=name, seats=(name, "Others"), meters=(f"{name} meter",), truths=(name, "something else"))
    new_pack(outline, tmp_path / "pack")
    assert [problem for problem in check(tmp_path / "pack") if problem.severity != "warning"] == []


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        (Outline(title="T", seats=()), "1 to 8 seats"),
        (Outline(title="T", seats=("A", "a")), "two seats have the same name"),
        (Outline(title="T", seats=("Trust", "B")), "same name"),
        (Outline(title="T", turns=0), "1 to 40 turns"),
        (Outline(title="T", truths=("same", "Same")), "two values that differ"),
    ],
    ids=["no-seat", "twins", "seat-and-meter", "no-turn", "one-value"],
)
def test_an_outline_that_makes_no_pack_is_refused_with_a_reason(
    outline: Outline, reason: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(OutlineError, match=reason):
        new_pack(outline, tmp_path / "pack")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: pathlib.Path) -> None:
    (tmp_path / "mine.txt").write_text("dear to me")
    with pytest.raises(OutlineError, match="is there already"):
        new_pack(Outline(title="Talks"), tmp_path)


def test_the_command_answers_its_questions_by_options(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "vienna"
    options = ["--seats", "Iran, United States, Europe", "--meters", "Trust, Enrichment", "--turns", "9", "--truth", ""]
    result = CliRunner().invoke(main, ["new", str(folder), *options])
    assert result.exit_code == 0, result.output
    scenario = tabletop.load(folder)
    assert [seat.name for seat in scenario.seats] == ["Iran", "United States", "Europe"]
    assert (scenario.stages[0].turns, scenario.hidden) == (9, ())
    assert CliRunner().invoke(main, ["new", str(folder)]).exit_code == 2
