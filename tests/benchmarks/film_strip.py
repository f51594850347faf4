"""Film strip: a whole game at the window, a picture every half second, as contact sheets.

    python -m tests.benchmarks.film_strip OUT [--seed 7] [--scenario summit-2018] [--size 1280x720] [--theme dark]
        [--staging full] [--every 0.5] [--turns 40] [--keep]

The player decides as the seat's first doctrine does, a second and a half after the table comes up, and lets everything
that is staged pass by itself; a page that waits is left after three seconds. Time is counted in frames, not by a clock,
so that the strip is the same every time. With `--keep` every picture is also kept at its full size.
"""

from __future__ import annotations

import argparse
import os
import pathlib

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

from tabletop.session import Journal
from tabletop.session.advice import choice_of
from tabletop.window.app import App
from tabletop.window.examples import begun
from tabletop.window.registry import Example
from tabletop.window.screens.set_piece import AskedPiece, SetPieces
from tabletop.window.screens.stage import Stage
from tabletop.window.screens.table import Table
from tabletop.window.settings import Settings

_FRAME = 1 / 20
_THINKS, _READS = 1.5, 3.0
_COLUMNS, _ROWS, _WIDE = 4, 5, 480


class Film:
    """A game that is filmed."""

    def __init__(self, given: argparse.Namespace) -> None:
        wide, high = map(int, given.size.split("x"))
        settings = Settings(sound=0, theme=given.theme, staging=given.staging, text_size=given.text_size)
        self.folder = pathlib.Path(given.out)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.app = App((wide, high), settings=settings, journal=Journal(self.folder / "saves"))
        session = begun(Example(given.scenario, given.seed))
        self.table = Table(self.app, session)
        self.table.skip_briefing()
        self.app.push(self.table)
        self.now, self.shown, self.came = 0.0, 0, 0.0
        self.moment: object = None
        self.sheets, self.pictures = 0, list[pygame.Surface]()
        self.given = given

    def run(self) -> None:
        """Films until the game is over and its ending was seen, or so many turns have gone by."""
        over = 0.0
        while over < 4.0 and self.table.session.turn <= self.given.turns:
            self._frame()
            if self.table.session.is_over and not isinstance(self.app.top, Stage | SetPieces):
                over += _FRAME
            self._decide()
        self._sheet()
        print(f"{self.shown} pictures in {self.sheets} sheets, {self.now:.0f} seconds of play: {self.folder}")

    def _frame(self) -> None:
        self.now += _FRAME
        self.app.advance(self.now)
        if self.app.is_dirty or self.app.is_moving:
            self.app.draw()
        if self.now >= self.shown * self.given.every:
            self._take()

    def _take(self) -> None:
        picture = self.app.surface
        if self.given.keep:
            pygame.image.save(picture, self.folder / f"{self.shown:04}.png")
        high = _WIDE * picture.get_height() // picture.get_width()
        self.pictures.append(pygame.transform.smoothscale(picture, (_WIDE, high)))
        self.shown += 1
        if len(self.pictures) == _COLUMNS * _ROWS:
            self._sheet()

    def _sheet(self) -> None:
        if not self.pictures:
            return
        wide, high = self.pictures[0].get_size()
        rows = -(-len(self.pictures) // _COLUMNS)
        sheet = pygame.Surface((_COLUMNS * (wide + 6) + 6, rows * (high + 6) + 6))
        for at, picture in enumerate(self.pictures):
            sheet.blit(picture, (6 + at % _COLUMNS * (wide + 6), 6 + at // _COLUMNS * (high + 6)))
        pygame.image.save(sheet, self.folder / f"sheet-{self.sheets:02}.png")
        self.pictures.clear()
        self.sheets += 1

    def _decide(self) -> None:
        top = self.app.top
        moment = (top, top.moment)
        if moment != self.moment:
            self.moment, self.came = moment, self.now
        waited = self.now - self.came
        if isinstance(top, Stage):
            if top.seconds is None and waited >= _READS:
                top.go(1)
        elif top is self.table and waited >= _THINKS:
            session = self.table.session
            if session.to_act == self.table.seat:
                chosen = choice_of(session.position, self.table.seat)
                hand = self.table.hand
                moves = [*hand.open, *([hand.passing] if hand.passing is not None else [])]
                self.table.play(next(one for one in moves if one.key == str(chosen)))
        elif isinstance(top, AskedPiece) and waited >= _READS:
            top._answer()
        elif isinstance(top, SetPieces) and waited >= _READS:
            top.go_on()
        elif waited >= _READS and not self.table.session.is_over:
            self.app.close(top)


def main() -> None:
    """Films the game that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--scenario", default="summit-2018")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--theme", default="dark")
    parser.add_argument("--staging", default="full")
    parser.add_argument("--text-size", type=int, default=100)
    parser.add_argument("--every", type=float, default=0.5)
    parser.add_argument("--turns", type=int, default=999)
    parser.add_argument("--keep", action="store_true")
    Film(parser.parse_args()).run()


if __name__ == "__main__":
    main()
