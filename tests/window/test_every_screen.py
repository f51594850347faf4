"""Every screen, at every size, text size, theme and language: nothing is cut, overlapping or hard to read."""

from __future__ import annotations

import itertools
import os
import pathlib
from collections.abc import Iterator

import pytest

from tabletop.presentation.words import LANGUAGES
from tabletop.scenario.library import shipped
from tabletop.session import Facilitator
from tabletop.window import raster_cache
from tabletop.window.examples import begun
from tabletop.window.registry import Example, entries, entry, show_example
from tabletop.window.screens.table import Table
from tabletop.window.theme import TEXT_SIZES
from tests.sampled import LOOKS as EVERY
from tests.sampled import some
from tests.window.driver import SIZES, drive, faults, new_app

#: A look is a size, a language, a theme and a text size. At 4K everything is laid out as at full HD, with rounder
#: corners; odd shapes are tried in one theme.
EVERY_LOOK = [
    (size, language, theme, text_size)
    for size in SIZES
    for language in LANGUAGES
    for theme in (("dark", "light") if size[0] * 9 == size[1] * 16 else ("dark",))
    for text_size in ((100, 200) if size[0] > 3000 else (100, 150, 200))
]
#: In these most goes wrong; each screen is tried in one of them. All looks take a quarter of an hour:
#: TABLETOP_EVERY_LOOK=1, as in .ci/run.
TELLING_LOOKS = [
    ((1280, 720), "en", "dark", 200),
    ((1024, 768), "ko", "dark", 150),
]
LOOKS = EVERY_LOOK if os.environ.get(EVERY) else TELLING_LOOKS
assert {text_size for *_, text_size in EVERY_LOOK} <= set(TEXT_SIZES)
assert set(TELLING_LOOKS) <= set(EVERY_LOOK)


def called(one: object) -> str:
    """A case in the ids of tests."""
    return one if isinstance(one, str) else "{0[0]}x{0[1]}-{1}-{2}-{3}".format(*one)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "look"),
    [(name, look) for at, name in enumerate(entries()) for look in some(LOOKS, len(LOOKS), at % len(LOOKS))],
    ids=called,
)
def test_nothing_is_cut_overlapping_or_hard_to_read(
    name: str, look: tuple[tuple[int, int], str, str, int], tmp_path: pathlib.Path
) -> None:
    size, language, theme, text_size = look
    app = new_app(tmp_path, size, theme=theme, text_size=text_size, language=language)
    screen = show_example(app, name, Example())
    screen.scene.is_audited = True
    drive(app)
    assert screen.scene.texts, "a screen without words"
    assert not faults(screen)


#: Packs of other people: one with other seats, and without map and calendar; one with a map of its own.
OWN = pathlib.Path(__file__).parent / "packs"
OWN_LOOKS = {"harbour": TELLING_LOOKS[1:], "islands": TELLING_LOOKS[:1]}
if os.environ.get(EVERY):
    OWN_LOOKS = dict.fromkeys(OWN_LOOKS, TELLING_LOOKS)
OWN_CASES = [(pack, look) for pack, looks in OWN_LOOKS.items() for look in looks]


@pytest.mark.parametrize(
    ("name", "pack", "look"),
    [
        (name, *case)
        for at, name in enumerate(entries())
        for case in some(OWN_CASES, len(OWN_CASES), (at + 1) % len(OWN_CASES))
    ],
    ids=called,
)
def test_screens_of_other_packs_are_as_sound(
    name: str, pack: str, look: tuple[tuple[int, int], str, str, int], tmp_path: pathlib.Path
) -> None:
    size, language, theme, text_size = look
    app = new_app(tmp_path, size, theme=theme, text_size=text_size, language=language)
    screen = show_example(app, name, Example(str(OWN / pack)))
    screen.scene.is_audited = True
    drive(app)
    assert screen.scene.texts, "a screen without words"
    assert not faults(screen)


@pytest.mark.parametrize("look", LOOKS, ids=called)
@pytest.mark.parametrize(
    "scenario", [*shipped(), *(str(OWN / pack) for pack in OWN_LOOKS)], ids=lambda one: pathlib.Path(one).name
)
def test_nothing_is_cut_of_the_longest_card_of_a_pack_or_of_one_with_400_letters(
    scenario: str, look: tuple[tuple[int, int], str, str, int], tmp_path: pathlib.Path
) -> None:
    size, language, theme, text_size = look
    text = ("A cable of four hundred letters arrives before dawn. " * 8)[:400].strip()
    written = {"id": "cable", "title": "A Long Cable Comes In", "text": text, "choices": [], "kind": "warning"}
    session = begun(Example(scenario))
    facilitator = Facilitator(session)
    longest = max(session.scenario.cards, key=lambda card: len(card.text))
    app = new_app(tmp_path, size, theme=theme, text_size=text_size, language=language)
    app.push(entry("title").example(app, Example()))
    table = Table(app, session)
    table.skip_briefing()
    app.push(table)
    table.scene.is_audited = True
    player = drive(app)
    for card in (longest.id, written):
        while session.state.card is not None:
            seat = session.state.acting[0]
            session.decide(seat, session.game.actions(session.state, seat)[0])
        facilitator.inject(card) if isinstance(card, str) else facilitator.write_card(card)
        table.refresh()
        player.frame()
        assert not faults(table)
        scrolled = {drawn.name: drawn.most for drawn in table.scene.scrolls}
        assert text_size > 100 or scrolled.get("event", 0.0) == 0.0
    assert text in player.texts


@pytest.mark.parametrize("name", entries())
def test_a_screen_has_an_example_in_another_scenario_too(name: str, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path)
    assert show_example(app, name, Example("first-summit", 11)) in app.screens


@pytest.mark.parametrize("name", some(entries(), 4))
def test_tab_comes_to_every_control_in_view_and_its_tip_covers_nothing(name: str, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path, text_size=200, theme="light")
    screen = show_example(app, name, Example())
    # Of the light theme this is the one look that is always held against what can be read.
    screen.scene.is_audited = True
    player = drive(app)
    assert not faults(screen)
    screen.scene.is_audited = False
    everything = list(player.names)
    reached = set()
    for _ in everything:
        player.press("tab")
        reached.add(player.focused)
        drawn = player.drawn(player.focused)
        assert drawn.box.common(drawn.clip).area > 0, f"'{drawn.name}' has the focus out of view"
        if drawn.control.tip:
            player.frame(2.0)
            tips = [text for text in screen.scene.texts if text.layer == 1]
            assert tips, f"the tip of '{drawn.name}' does not come up"
            assert not [text for text in tips if not text.box.within(text.room)]
            assert not [text for text in tips if text.box.common(player.drawn(drawn.name).box).area > 0]
    assert reached == set(everything)


@pytest.mark.parametrize("name", some(entries(), 3, 1))
def test_the_title_is_never_far(name: str, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path)
    app.push(entry("title").example(app, Example()))
    if name != "title":
        app.push(entry(name).example(app, Example()))
    player = drive(app)
    for _ in range(6):
        if app.top is app.screens[0]:
            return
        out = [way for way in ("title", "leave") if app.top.is_overlay and way in player.names]
        player.tab_to(out[0]).press("enter") if out else player.press("escape")
    raise AssertionError(f"Escape does not lead back from '{name}'")


@pytest.mark.parametrize("name", some(entries(), 4, 2))
def test_the_same_example_gives_the_same_picture(
    name: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pygame

    pictures = []
    for empty in ((), ("LETTERS", "SHAPES", "DRAWINGS")):
        for store in empty:
            monkeypatch.setattr(raster_cache, store, raster_cache.Store(60_000_000))
        app = new_app(tmp_path)
        show_example(app, name, Example())
        drive(app)
        pictures.append(pygame.image.tobytes(app.surface, "RGB"))
    one, other = pictures
    assert one == other or not list(itertools.islice(_differences(one, other, app.surface.get_width()), 20))


def _differences(one: bytes, other: bytes, width: int) -> Iterator[tuple[int, int, bytes, bytes]]:
    """The pixels in which two pictures differ: where, and their colours."""
    for at in range(0, len(one), 3):
        if one[at : at + 3] != other[at : at + 3]:
            yield at // 3 % width, at // 3 // width, one[at : at + 3], other[at : at + 3]
