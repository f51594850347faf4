"""The app: motion that holds nobody up, work beside the window, settings that are kept, tips, scrolling, typing."""

from __future__ import annotations

import pathlib
import threading
import time

import pygame
import pytest

from tabletop.window.animation import Motion
from tabletop.window.app import App
from tabletop.window.background_work import Job
from tabletop.window.controls import Button
from tabletop.window.fields import Choice, Slider, Stepper, Tabs, Toggle
from tabletop.window.frames import Scroll
from tabletop.window.layout import Column, Element
from tabletop.window.parts import Text
from tabletop.window.screen import Screen
from tabletop.window.settings import Settings, load_settings, save_settings
from tabletop.window.text_field import TextField
from tests.patience import PATIENCE, wait_until
from tests.window.driver import Player, drive, faults, new_app
from tests.window.gallery import Gallery


class Form(Screen):
    """A screen with one of each field, more than fits a small window."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.is_on, self.level, self.side, self.page, self.name, self.pressed = False, 50, "a", "one", "", 0

    def build(self) -> Element:
        def keep(field: str) -> object:
            return lambda value: setattr(self, field, value)

        return Column(
            Scroll(
                "form",
                Column(
                    Toggle("on", "On", self.is_on, keep("is_on"), letter="o"),  # type: ignore[arg-type]
                    Slider("level", "Level", self.level, (0, 100), keep("level"), step=10),  # type: ignore[arg-type]
                    Choice("side", [("a", "A", ""), ("b", "B", "")], self.side, keep("side")),  # type: ignore[arg-type]
                    Tabs("page", [("one", "One", ""), ("two", "Two", "")], self.page, keep("page")),  # type: ignore[arg-type]
                    Stepper("step", "Steps", str(self.pressed), self._step, first="" if self.pressed else "No fewer."),
                    TextField("name", self.name, keep("name"), hint="Your name"),  # type: ignore[arg-type]
                    *(
                        Button(f"row{at}", f"Row {at}", lambda: self._step(1), tip=f"Row {at} it is.")
                        for at in range(30)
                    ),
                ),
                grow=1,
            ),
            Text("The end"),
        )

    def _step(self, by: int) -> None:
        self.pressed += by


@pytest.fixture
def form(tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(Form(app))
    return drive(app)


def shown(form: Player) -> Form:
    assert isinstance(form.screen, Form)
    return form.screen


def test_fields_change_by_mouse(form: Player) -> None:
    form.click("on").click("side.b").click("page.two").click("step.more")
    screen = shown(form)
    assert (screen.is_on, screen.side, screen.page, screen.pressed) == (True, "b", "two", 1)


def test_fields_change_by_keyboard(form: Player) -> None:
    form.press("o").tab_to("level").press("right", "right", "left", "end")
    form.tab_to("side.b").press("space").tab_to("page.two").press("enter").tab_to("step.more").press("enter", "enter")
    screen = shown(form)
    assert (screen.is_on, screen.level, screen.side, screen.page, screen.pressed) == (True, 100, "b", "two", 2)


def test_what_is_typed_goes_into_the_field_and_is_no_short_cut(form: Player) -> None:
    form.tab_to("name").press("o").type("문재인 o").press("backspace")
    assert (shown(form).name, shown(form).is_on) == ("문재인 ", False)


def test_a_slider_can_be_dragged(form: Player) -> None:
    drawn = form.drawn("level")
    scale = form.app.pen.scale
    y = round(drawn.box.centre[1] * scale)
    form.post(pygame.MOUSEBUTTONDOWN, pos=form._pixel("level"), button=1)
    form.post(pygame.MOUSEMOTION, pos=(round(drawn.box.right * scale) - 2, y), rel=(1, 0), buttons=(1, 0, 0))
    form.post(pygame.MOUSEBUTTONUP, pos=(5, 5), button=1)
    assert shown(form).level == 100


def test_a_button_that_cannot_be_used_says_why_and_does_nothing(form: Player) -> None:
    form.click("step.less")
    assert shown(form).pressed == 0
    form.frame(1.0)
    assert "No fewer." in form.texts


def test_the_focus_is_scrolled_into_view_and_the_wheel_scrolls(form: Player) -> None:
    form.tab_to("row29")
    drawn = form.drawn("row29")
    assert drawn.box.within(drawn.clip, 8)
    form.press("enter")
    assert shown(form).pressed == 1
    for _ in range(60):
        form.wheel((640, 300), 1)
    form.click("on")
    assert shown(form).is_on


def test_a_tip_comes_up_after_a_moment_on_hover_and_not_at_once(form: Player) -> None:
    form.hover("row0")
    assert "Row 0 it is." not in form.texts
    form.frame(0.6)
    assert "Row 0 it is." in form.texts


def test_motion_goes_to_its_target_and_can_be_switched_off() -> None:
    motion = Motion()
    assert motion.value("x", 10) == 10
    motion.now = 1.0
    assert motion.value("x", 20, duration=0.2) == 10
    assert motion.is_moving
    motion.now = 1.1
    assert 10 < motion.value("x", 20) < 20
    motion.now = 1.3
    assert (motion.value("x", 20), motion.is_moving) == (20, False)
    motion.is_on = False
    assert (motion.value("x", 99), motion.is_moving) == (99, False)
    assert motion.value("new", 5, start=0) == 5


def test_the_last_frame_of_an_animation_is_drawn_however_slow_the_machine_is() -> None:
    motion = Motion()
    assert motion.value("hand", 1.0, start=0.0, duration=0.25) == 0.0
    motion.frame_drawn()
    motion.now = 30.0  # nothing was drawn for half a minute: the hand is still out of sight
    assert motion.is_moving
    assert motion.value("hand", 1.0) == 1.0
    motion.frame_drawn()
    assert not motion.is_moving


def test_what_is_drawn_no_more_does_not_keep_a_screen_moving() -> None:
    motion = Motion()
    motion.value("gone", 1.0, start=0.0, duration=0.25)
    motion.now = 1.0
    assert motion.is_moving
    motion.frame_drawn()
    assert not motion.is_moving


def test_a_screen_that_fades_in_takes_input_at_once(tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path, motion=True)
    app.push(Form(app))
    player = drive(app)
    app.push(Form(app))
    player.frame(0.01).frame(0.16)  # as long as nobody can answer to it
    assert app.is_moving
    player.press("o")
    assert shown(player).is_on
    player.frame(1.0).frame(1.0)
    assert not app.is_moving


def test_nothing_is_drawn_while_nothing_changes(form: Player) -> None:
    form.frame()
    assert not form.app.is_dirty
    form.frame(5.0)
    assert not form.app.is_moving
    assert not form.app.is_dirty


def wait_for(player: Player, done: object) -> None:
    assert callable(done)
    wait_until(done, player.frame)


def test_work_is_done_beside_the_window_and_comes_back_between_frames(form: Player) -> None:
    came: list[int] = []
    threads: list[str] = []

    def work(job: Job) -> int:
        threads.append(threading.current_thread().name)
        job.tell(0.5, "half way")
        return 42

    job = form.screen.start_work("sums", work, came.append, lambda error: came.append(-1))
    wait_for(form, lambda: came)
    assert (came, job.share, job.words) == ([42], 0.5, "half way")
    assert threads != [threading.current_thread().name]


def test_escape_cancels_work_and_does_not_leave_the_screen(form: Player) -> None:
    came: list[object] = []
    ended = threading.Event()

    def work(job: Job) -> None:
        try:
            while True:
                job.tell()
                time.sleep(0.001)
        finally:
            ended.set()

    screen = form.screen
    form.screen.start_work("endless", work, came.append, came.append)
    form.press("escape")
    assert ended.wait(PATIENCE)
    wait_for(form, lambda: not form.app.work.jobs)
    assert (came, form.screen) == ([], screen)


def test_work_goes_on_under_a_sheet_and_ends_with_its_screen(form: Player) -> None:
    came: list[int] = []
    go = threading.Event()
    form.app.push(Form(form.app))
    below = form.screen

    def work(job: Job) -> int:
        go.wait(PATIENCE)
        return 1

    job = below.start_work("slow", work, came.append, print)
    form.app.push(Form(form.app))
    form.app.close()
    assert not job.is_cancelled
    form.app.close(below)
    assert job.is_cancelled
    go.set()
    wait_for(form, lambda: not form.app.work.jobs)
    assert came == []


def test_work_that_fails_says_so(form: Player) -> None:
    failures: list[Exception] = []
    form.screen.start_work("bad", lambda job: 1 // 0, print, failures.append)
    wait_for(form, lambda: failures)
    assert isinstance(failures[0], ZeroDivisionError)


def test_settings_are_kept_and_damaged_ones_are_as_at_first(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "deep" / "window.json"
    assert load_settings(file) == Settings()
    chosen = Settings(text_size=150, theme="light", motion=False, sound=0, language="ko")
    assert save_settings(chosen, file) == ""
    assert load_settings(file) == chosen
    file.write_text('{"text_size": 5000, "theme": 3, "motion": false, "language": "xx"}', encoding="utf-8")
    assert load_settings(file) == Settings(motion=False)
    for broken in ("", "[]", '{"text_size":', "\x00"):
        file.write_text(broken, encoding="utf-8")
        assert load_settings(file) == Settings()


def test_settings_that_cannot_be_kept_hold_all_the_same(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    app = App((1280, 720), settings=Settings(motion=False), settings_file=tmp_path / "file" / "window.json")
    app.push(Form(app))
    app.change(text_size=150)
    assert app.settings.text_size == 150
    assert "window.json" in app.trouble


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("text_size", [100, 150, 200])
def test_one_of_everything_fits_at_every_text_size(theme: str, text_size: int, tmp_path: pathlib.Path) -> None:
    for size in ((1280, 720), (1920, 1080)):
        app = new_app(tmp_path, size, theme=theme, text_size=text_size)
        gallery = Gallery(app)
        gallery.scene.is_audited = True
        app.push(gallery)
        drive(app)
        assert not faults(gallery)
