"""Projector: everybody may look: only what is public, large enough for the last row, and it keeps up."""

from __future__ import annotations

import pathlib

import pytest

from tabletop.session import Facilitator, Journal, Session, open_session
from tabletop.session.commands import Pause
from tabletop.window.clockface import timer_of
from tabletop.window.examples import begun, go_on
from tabletop.window.projector_window import session_of
from tabletop.window.registry import Example, entry
from tabletop.window.screens.projector import Projector
from tests.window.driver import Player, drive, faults, new_app


def shown(session: Session, folder: pathlib.Path, size: tuple[int, int] = (1280, 720)) -> Player:
    app = new_app(folder, size)
    app.push(entry("title").example(app, Example()))
    app.push(entry("projector").open(app, session=session))
    return drive(app)


@pytest.fixture
def session(tmp_path: pathlib.Path) -> Session:
    return begun(Example(), "washington", "pyongyang", journal=Journal(tmp_path / "games"))


def secrets_of(session: Session) -> set[str]:
    """Words that stand in the log of some seat and not in that of all."""
    told: dict[str, set[str]] = {}
    for seat in session.scenario.seats:
        entries = session.view(seat.id).log
        told[seat.id] = {words for one in entries for words in (one.text, one.title, one.why) if len(words) > 12}
    common = set.intersection(*told.values())
    return set.union(*told.values()) - common


def test_what_not_everybody_knows_is_never_on_it(session: Session, tmp_path: pathlib.Path) -> None:
    player = shown(session, tmp_path)
    for turn in range(1, 8):
        go_on(session, turn)
        player.screen.refresh()
        player.frame()
        words = " ".join(player.texts)
        assert not [secret for secret in secrets_of(session) if secret in words]
        assert session.scenario.hidden[0].name not in words
        for seat in ("washington", "pyongyang"):
            private = [action.label for action in session.view(seat).picked]
            assert not [label for label in private if f": {label}" in words and session.state.phase == "planning"]


def test_messages_and_hidden_notes_are_not_on_it_and_shown_notes_are(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session, 2, "planning")
    facilitator = Facilitator(session)
    facilitator.message(["seoul"], "The envoy has been told to wait.")
    facilitator.note("Tokyo is bored.", shown=False)
    facilitator.note("Two minutes to talk.", shown=True)
    facilitator.set("tension", 77, "A leak nobody knows of.", shown=False)
    words = " ".join(shown(session, tmp_path).texts)
    assert "Two minutes to talk." in words
    assert "envoy has been told" not in words
    assert "bored" not in words
    assert "A leak nobody knows of" not in words


def test_a_seat_that_chose_face_down_is_not_told_on(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session, 2, "planning")
    seat = session.to_act
    assert seat is not None
    action = next(one for one in session.game.actions(session.state, seat) if one.kind == "action")
    session.decide(seat, action)
    assert session.view(seat).picked
    assert f"{action.label}" not in " ".join(shown(session, tmp_path).texts)


@pytest.mark.parametrize("size", [(800, 600), (1280, 720), (1920, 1080)])
def test_the_last_row_can_read_every_word(session: Session, tmp_path: pathlib.Path, size: tuple[int, int]) -> None:
    player = shown(go_on(session, 3), tmp_path, size)
    smallest = min(drawn.pixels for drawn in player.screen.scene.texts)
    assert smallest * 45 >= size[1]
    assert not faults(player.screen)


def test_the_longest_card_fits_at_800_by_600(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session, 2, "planning")
    longest = max(session.scenario.cards, key=lambda card: len(card.text) + len(card.title))
    Facilitator(session).inject(longest.id)
    Facilitator(session).note("Everybody reads this once more, aloud, and says what it means.", shown=True)
    player = shown(session, tmp_path, (800, 600))
    assert not faults(player.screen)
    assert longest.title in player.texts


def test_a_card_of_400_letters_fits(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session, 2, "planning")
    text = ("The ministry lets it be known that the talks were useful, and that more of them are wanted soon. " * 5)[
        :400
    ]
    Facilitator(session).write_card({"title": "A Very Long Communiqué Indeed", "text": text, "effects": []})
    for size in ((800, 600), (1280, 720)):
        assert not faults(shown(session, tmp_path, size).screen)


def test_it_keeps_up_with_the_table_and_says_when_the_game_stands(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session, 2)
    player = shown(session, tmp_path)
    screen = player.screen
    assert isinstance(screen, Projector)
    assert not screen.is_stale
    Facilitator(session).pause()
    assert screen.is_stale
    player.app.redraw()
    player.frame()
    assert "Paused" in player.texts


def test_a_session_played_elsewhere_is_watched(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session, 2)
    watching, _ = open_session(Journal(tmp_path / "games"), session.id, watch=True)
    player = shown(watching, tmp_path)
    Facilitator(session).note("Now look here.", shown=True)
    go_on(session, 2, "calendar")
    player.frame(1.0)
    player.frame(1.0)
    assert watching.state.fingerprint == session.state.fingerprint
    assert "Now look here." in player.texts
    with pytest.raises(Exception, match="only looks on"):
        watching.remark(Pause(), "anybody")


def test_the_clock_is_shown_warns_once_and_stands_while_the_game_does(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session, 2, "planning")
    Facilitator(session).set_clock(90, warnings=[60])
    clock = timer_of(session).clock
    now = [100.0]
    clock._now = lambda: now[0]
    player = shown(session, tmp_path)
    heard: list[str] = []
    player.app.sounds.play = heard.append  # type: ignore[method-assign, assignment]
    assert "1:30" in player.texts
    for passed in (20.0, 20.0, 20.0):
        now[0] += passed
        player.app.redraw()
        player.frame()
    assert heard == ["time-warning"]
    assert "0:30" in player.texts
    Facilitator(session).pause()
    player.app.redraw()
    player.frame()
    now[0] += 500
    player.app.redraw()
    player.frame()
    assert "0:30" in player.texts


def test_the_time_used_is_kept_with_the_session(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session, 2, "planning")
    Facilitator(session).set_clock(300)
    now = [0.0]
    timer_of(session).clock._now = lambda: now[0]
    player = shown(session, tmp_path)
    now[0] += 42.0
    player.app.redraw()
    player.frame()
    kept = Journal(tmp_path / "games").find(session.id).standing
    assert kept.time_used == pytest.approx(42.0, abs=1.0)


def test_the_second_window_finds_what_is_on_the_table(session: Session, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path)
    app.push(entry("title").example(app, Example()))
    assert session_of(app) is None
    app.push(Projector(app, session))
    assert session_of(app) is session


def test_the_end_is_told_with_its_points(session: Session, tmp_path: pathlib.Path) -> None:
    go_on(session)
    player = shown(session, tmp_path)
    ending = next(one for one in session.scenario.endings if one.id == session.state.outcome)
    assert ending.title in player.texts


def test_what_came_of_everybodys_decisions_stands_until_the_facilitator_goes_on(
    session: Session, tmp_path: pathlib.Path
) -> None:
    go_on(session, 2, "planning")
    facilitator = Facilitator(session)
    while session.state.phase == "planning":
        facilitator.decide(session.state.acting[0], session.view(session.state.acting[0]).actions[0])
    player = shown(session, tmp_path)
    words = " ".join(player.texts)
    for seat in session.scenario.seats:
        assert f"{seat.name}: " in words
    assert not faults(player.screen)
    facilitator.go_to_next()
    player.screen.refresh()
    player.frame()
    assert player.app.words("projector.revealed") not in player.texts


def test_the_verdict_on_the_wall_keeps_what_is_not_told(session: Session, tmp_path: pathlib.Path) -> None:
    facilitator = Facilitator(session)
    for seat in session.humans:
        facilitator.hand(seat, "random")
    facilitator.note("On to the end.")
    for _ in session.run_bots():
        pass
    facilitator.go_to_next()
    player = shown(session, tmp_path)
    name = session.scenario.hidden[0].name
    assert name not in " ".join(player.texts)
    facilitator.tell_truth()
    player.screen.refresh()
    player.frame()
    assert name in " ".join(player.texts)
