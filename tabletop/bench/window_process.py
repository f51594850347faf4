"""A subprocess that opens the window, plays in it, and measures response times and idle load."""

from __future__ import annotations

import json
import os
import statistics
import threading
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pygame

from tabletop.bench.memory import peak_mb
from tabletop.window.press_filter import DOUBLE

if TYPE_CHECKING:
    from tabletop.window.app import App

SIZE = (1920, 1080)
_SEED = 7
# Seconds without a frame after which the window counts as idle, and the timeout for a frame.
_REST, _PATIENCE = 0.1, 30.0


class Watched(pygame.Window):
    """A window that records when it shows a frame, in wall time and process time."""

    shown: tuple[float, float] = (0.0, 0.0)
    frames = 0
    news = threading.Condition()

    def __init__(self, title: str, size: tuple[int, int], **given: Any) -> None:
        super().__init__(title, SIZE, **given)

    def flip(self) -> None:
        super().flip()
        with Watched.news:
            Watched.shown = time.time(), time.process_time()
            Watched.frames += 1
            Watched.news.notify_all()


def wait_for_frame(beyond: int) -> tuple[float, float]:
    """The times at which the next frame after `beyond` was shown. Raises TimeoutError."""
    with Watched.news:
        if not Watched.news.wait_for(lambda: Watched.frames > beyond, _PATIENCE):
            raise TimeoutError("nothing is drawn")
        return Watched.shown


def rest() -> None:
    """Waits until no frames are drawn."""
    seen = -1
    while seen != Watched.frames:
        seen = Watched.frames
        time.sleep(_REST)


def idle_percent(seconds: float) -> float:
    """The idle load of the process in percent of one core."""
    rest()
    began, used = time.perf_counter(), time.process_time()
    time.sleep(seconds)
    return round(100 * (time.process_time() - used) / (time.perf_counter() - began), 2)


def post(kind: int, **given: Any) -> tuple[float, float]:
    """Posts an event; returns the milliseconds of wall time and process time until a changed frame is shown."""
    rest()
    frames, began, used = Watched.frames, time.time(), time.process_time()
    pygame.event.post(pygame.event.Event(kind, **given))
    shown, worked = wait_for_frame(frames)
    return 1000 * (shown - began), 1000 * (worked - used)


def press(key: int) -> tuple[float, float]:
    """Presses a key; see `post`."""
    letter = chr(key) if 0x20 < key < 0x7F else ""
    time.sleep(DOUBLE)  # so that it does not count as a double press
    found = post(pygame.KEYDOWN, key=key, mod=0, unicode=letter, scancode=0)
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=key, mod=0, unicode="", scancode=0))
    return found


def medians(found: dict[str, float], key: str, times: list[tuple[float, float]]) -> None:
    """Records the medians of wall time and process time."""
    if times:
        walls, works = zip(*times, strict=True)
        found[f"{key}_wall"] = round(statistics.median(walls), 1)
        found[f"{key}_cpu"] = round(statistics.median(works), 1)


def watch(player: Callable[[dict[str, float]], None]) -> None:
    """Starts a thread that plays in the next window and prints its figures at the end."""
    pygame.Window = Watched  # type: ignore[misc, assignment]

    def run() -> None:
        found: dict[str, float] = {}
        status = 1
        try:
            player(found)
            print(json.dumps(found), flush=True)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    threading.Thread(target=run, daemon=True).start()


def title(began: str, place: str, seconds: str) -> None:
    """Measures from the command to the title screen, and the idle load there."""

    def player(found: dict[str, float]) -> None:
        shown, worked = wait_for_frame(0)
        found["first_frame_ms_wall"] = round(1000 * (shown - float(began)))
        found["first_frame_ms_cpu"] = round(1000 * worked)
        if float(seconds) > 0:
            found["idle_title_percent"] = idle_percent(float(seconds))

    watch(player)
    from tabletop.cli import main

    main(["play", "--face", "window", "--save", place])


def table(place: str, decisions: str, seconds: str) -> None:
    """Measures a game saved at `place`: hovering, focus changes and decisions, with bots for the other seats."""
    apps: list[App] = []

    def player(found: dict[str, float]) -> None:
        wait_for_frame(0)
        app = apps[0]
        press(pygame.K_RETURN)  # the briefing
        found["idle_table_percent"] = idle_percent(float(seconds))
        medians(found, "look_ms", looks(app, int(decisions)))
        decided = decisions_of(app, int(decisions))
        medians(found, "decision_ms", [times for times, moved in decided if moved == 1])
        medians(found, "round_ms", [times for times, moved in decided if moved > 1])
        peak = peak_mb()
        if peak is not None:
            found["memory_mb"] = round(peak)

    watch(player)
    from tabletop.session import Journal, Session
    from tabletop.storage.shipped_data import DEFAULT_SCENARIO
    from tabletop.window.app import App
    from tabletop.window.loop import run
    from tabletop.window.packs import scenario_of
    from tabletop.window.screens.table import Table
    from tabletop.window.screens.title import Title

    def make(size: tuple[int, int]) -> App:
        app, scenario = App(size, journal=Journal(place)), scenario_of(DEFAULT_SCENARIO)
        app.push(Title(app))
        app.push(Table(app, Session(scenario, seed=_SEED, humans=(scenario.player,), journal=app.journal)))
        apps.append(app)
        return app

    run(make)


def looks(app: App, most: int) -> list[tuple[float, float]]:
    """Moves pointer and focus from control to control, `most` times in all."""
    # The window ignores the first pointer event.
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(1, 1), rel=(0, 0), buttons=(0, 0, 0)))
    times = []
    for number in range(most // 2):
        times += [press(pygame.K_TAB), post_at(app, number)]
    return times


def post_at(app: App, number: int) -> tuple[float, float]:
    """Moves the pointer to a control of the screen; see `post`."""
    rest()  # a scene is incomplete while it is drawn
    controls = [one for one in app.top.scene.controls if one.name != app.top.attention.hovered]
    box = controls[number % len(controls)].box
    at = tuple(round(part * app.pen.scale) for part in box.centre)
    return post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0))


def decisions_of(app: App, most: int) -> list[tuple[tuple[float, float], int]]:
    """Makes decisions: the times of each, and the number of resulting commands, those of bots included."""
    from tabletop.window.screens.table import Table

    times: list[tuple[tuple[float, float], int]] = []
    while len(times) < most and isinstance(app.top, Table):
        rest()
        session = app.top.session
        controls = [one.control for one in app.top.scene.controls]
        ways = [one.letter for one in controls if one.letter and one.name.startswith("play.")]
        ways = ways or [one.letter for one in controls if one.name == "done"]
        before = len(session.commands)
        taken = press(ord(ways[len(times) % len(ways)]) if ways else pygame.K_PAGEDOWN)
        if len(session.commands) > before:
            times.append((taken, len(session.commands) - before))
    return times
