"""The command `print`: packs, sessions as they stand, and what it says when something is wrong."""

from __future__ import annotations

import json
import pathlib

import pytest
from click.testing import CliRunner, Result

import tabletop
from tabletop.cli import print_kit as print_kit_options
from tabletop.cli.main import main
from tabletop.report.kit.document import PARTS
from tabletop.report.kit.geometry import CARD_SIZES
from tabletop.session import Journal, Session, portable


@pytest.fixture
def played(tmp_path: pathlib.Path) -> Session:
    """A session of a few decisions, kept in a journal."""
    session = Session(
        tabletop.load("first-summit"), seed=5, pack="first-summit", journal=Journal(str(tmp_path / "kept"))
    )
    while session.state.turn < 3 and not session.is_over:
        seat = session.state.acting[0]
        session.decide(seat, session.game.actions(session.state, seat)[0])
    return session


def printed(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["print", *arguments])


def kit(file: pathlib.Path) -> dict[str, object]:
    found = json.loads(file.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_command_offers_every_part_and_size_that_there_is() -> None:
    # It names them itself: --help is to start without what prints.
    assert print_kit_options._PARTS == PARTS
    assert tuple(CARD_SIZES) == print_kit_options._SIZES


def test_a_pack_is_printed_from_its_beginning(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "kit.json"
    assert printed("first-summit", "--json", str(file)).exit_code == 0
    assert kit(file)["position"] is None


def test_a_session_is_printed_as_it_stands_kept_or_exported(played: Session, tmp_path: pathlib.Path) -> None:
    file, exported = tmp_path / "kit.json", tmp_path / "game.txt"
    place = str(tmp_path / "kept")
    session = str(played.id)
    exported.write_text(portable.text_of(Journal(place).record(session)), encoding="utf-8")
    played.close()
    for arguments in ([session, "--save", place], [str(exported)]):
        result = printed(*arguments, "--json", str(file))
        assert result.exit_code == 0, result.output
        position = kit(file)["position"]
        assert isinstance(position, dict)
        assert position["turn"] == played.state.turn


def test_what_is_wrong_is_said_in_a_line(tmp_path: pathlib.Path) -> None:
    broken = tmp_path / "game.txt"
    broken.write_text("no game at all")
    assert printed(str(broken)).exit_code == 1
    assert "did you mean 'cards'?" in printed("first-summit", "--parts", "card").output
    assert printed("nowhere").exit_code == 1
    assert printed("first-summit", "--assume", "nothing=1").exit_code == 2
