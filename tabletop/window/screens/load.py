"""Load: the saved games, each with a picture of it; to go on with, to read the story of, or to delete."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence

from tabletop.presentation.error_words import error_words
from tabletop.presentation.saved_game import SavedGame
from tabletop.presentation.words import Words
from tabletop.session import JournalError
from tabletop.session.errors import Fault
from tabletop.session.journal import Kept
from tabletop.window.app import App
from tabletop.window.background_work import Job
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button, CardButton
from tabletop.window.dialogs import Answer, Ask
from tabletop.window.entering import resume, tell
from tabletop.window.frames import Align, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.look import Look, look_of_pack
from tabletop.window.packs import title_of
from tabletop.window.page import Page
from tabletop.window.parts import Icon, Picture, Rule, Space, Stamp, Text, meter_icon
from tabletop.window.registry import Entry, Example
from tabletop.window.save_thumbnails import SaveThumbnails
from tabletop.window.screens.story import StorySheet
from tabletop.window.theme import (
    CARD,
    CARD_TITLE,
    GAP,
    HAIR,
    HEADING,
    LABEL,
    LEAD,
    MONO,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
)
from tabletop.window.thumbnail import draw_course, draw_thumbnail


class Load(Page):
    """The saved games on the left, the last played first; on the right the one that is looked at."""

    def __init__(self, app: App, glimpses: SaveThumbnails | None = None) -> None:
        super().__init__(app)
        # Whose settings are kept elsewhere wants nothing in the user's own folders.
        cache = None if app.settings_file is None else app.settings_file.parent / "glimpses"
        self._glimpses = glimpses or SaveThumbnails(app.journal, cache, app.words.language)
        self._seen: dict[str, SavedGame] = {}
        self._games: list[Kept] = []
        self._faults: Sequence[Fault] = ()
        self._at = ""
        self._job: Job | None = None

    @property
    def title(self) -> str:
        return self.words("saved.title")

    @property
    def first(self) -> str:
        return "continue" if self._games else "back"

    def opened(self) -> None:
        """Reads the journal, and looks at those games that have changed since they were looked at."""
        try:
            self._games, self._faults = self.app.journal.sessions()
        except JournalError as error:
            self._games, self._faults = [], [error.told]
        for kept in self._games:
            known = self._glimpses.known(kept)
            if known is not None:
                self._seen[kept.heading.id] = known
        ids = [kept.heading.id for kept in self._games]
        if self._at not in ids:
            self._at = ids[0] if ids else ""
        fresh = [kept for kept in self._games if self._glimpses.known(kept) is None]
        if fresh and self._job is None:
            look = functools.partial(self._glimpses.look, fresh)
            # Nobody waits for it, so that Escape leads back at once and does not stop it first.
            self._job = self.app.work.start("glimpses", look, self._looked, lambda _: self._looked({}))
        self.refresh()

    def closed(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _looked(self, seen: dict[str, SavedGame]) -> None:
        self._seen.update(seen)
        self._job = None
        self.refresh()

    @property
    def _shown(self) -> Kept:
        return next(kept for kept in self._games if kept.heading.id == self._at)

    @property
    def look(self) -> Look:
        return look_of_pack(self._shown.heading.pack) if self._games else super().look

    # What stands on it

    def body(self) -> Element:
        if not self._games:
            return self._nothing()
        cards = [self._card(kept) for kept in self._games]
        faults = self._fault_lines()
        if self.is_large:
            return Scroll("load", Column(self._sheet(self._shown), *cards, *faults, gap=GAP))
        left = Sized(Scroll("games", Column(*cards, *faults, gap=SMALL_GAP)), width=640 * self.grown, grow=0)
        return Row(left, Scroll("game", self._sheet(self._shown)), gap=WIDE)

    def _nothing(self) -> Element:
        new = functools.partial(self.app.open, "new-game")
        words = Column(
            Row(Space(grow=1), Icon("folder-open", CARD_TITLE, "soft", size=72), Space(grow=1)),
            Text(self.words("saved.nothing"), LEAD, across=0.5),
            Row(
                Space(grow=1),
                Button("new", self.words("title.new"), new, icon="cards", letter="n", kind="main"),
                Space(grow=1),
            ),
            *self._fault_lines(),
            gap=WIDE,
        )
        return Align(Sized(words, width=760 * self.grown))

    def _fault_lines(self) -> list[Element]:
        if not self._faults:
            return []
        rows = [
            Row(Icon("warning", LABEL, "bad"), Text(error_words(self.words, fault), SMALL, grow=1), gap=TIGHT)
            for fault in self._faults
        ]
        return [Panel(Column(Text(self.words("saved.faults"), LABEL, "bad"), *rows, gap=TIGHT), "panel", pad=GAP)]

    def _card(self, kept: Kept) -> Element:
        grown = self.grown
        glimpse = self._seen.get(kept.heading.id)
        is_wrong = glimpse is not None and bool(glimpse.wrong)
        look = look_of_pack(kept.heading.pack)
        picture = Picture(lambda canvas, box: draw_thumbnail(canvas, box, look, glimpse), 184 * grown, 104 * grown)
        standing = self.words("saved.damaged") if is_wrong else self._standing(kept, glimpse)
        lines = Column(
            Text(title_of(kept.heading, self.words.language), HEADING),
            Text(standing, SMALL, "bad" if is_wrong else "ink"),
            Text(_day(self.words, kept.standing.updated), SMALL, "soft"),
            gap=0,
            grow=1,
        )
        return CardButton(
            f"game.{kept.heading.id}",
            Row(picture, lines, gap=GAP, align="middle"),
            functools.partial(self._look_at, kept.heading.id),
            ground="raised",
            pad=SMALL_GAP,
            is_chosen=kept.heading.id == self._at,
        )

    def _look_at(self, id: str) -> None:
        self._at = id

    def _standing(self, kept: Kept, glimpse: SavedGame | None) -> str:
        if glimpse is None:
            return self.words("saved.turn", turn=kept.standing.turn)
        if glimpse.ending:
            return self.words("saved.ended", ending=glimpse.ending)
        return " · ".join(part for part in (glimpse.stage, glimpse.when) if part)

    def _sheet(self, kept: Kept) -> Element:
        said, heading = self.words, kept.heading
        glimpse = self._seen.get(heading.id)
        is_wrong = glimpse is not None and bool(glimpse.wrong)
        name = Row(
            Column(
                Text(heading.id, MONO, "bad"),
                Text(title_of(heading, self.words.language), CARD_TITLE),
                gap=HAIR,
                grow=1,
            ),
            Stamp(said("saved.over")) if kept.standing.finished else None,
            gap=GAP,
            align="middle",
        )
        facts = [
            self._fact("stage", self._standing(kept, glimpse)),
            self._fact("people", self._people(kept, glimpse)),
            self._fact("updated", _day(self.words, kept.standing.updated)),
            self._fact("branches", str(glimpse.branches) if glimpse else "…"),
        ]
        told: Element = Grid(*facts, columns=1 if self.is_large else 2, gap=SMALL_GAP)
        if glimpse is not None and glimpse.wrong:
            told = Text(error_words(said, glimpse.wrong), STRONG, "bad")
        looking = Text(said("saved.looking"), SMALL, "soft") if self._job is not None and glimpse is None else None
        meters = None if glimpse is None or is_wrong else self._meters(glimpse)
        look = look_of_pack(heading.pack)
        picture = Picture(lambda canvas, box: draw_thumbnail(canvas, box, look, glimpse, has_courses=False), 0, 250)
        deeds = self._deeds(kept, glimpse)
        parts = (
            [name, deeds, Rule(), told, looking, meters]
            if self.is_large
            else [picture, name, told, looking, Rule(), meters, Rule() if meters else None, deeds]
        )
        return Panel(Column(*parts, gap=SMALL_GAP), "paper", pad=WIDE, radius=CARD / 2, has_shadow=True)

    def _meters(self, glimpse: SavedGame) -> Element:
        """The meters as they went and as they are."""
        cells = [self._meter(glimpse, id, at) for at, id in enumerate(glimpse.meters)]
        return Grid(*cells, cell=330 * self.grown, gap=WIDE)

    def _meter(self, glimpse: SavedGame, id: str, at: int) -> Element:
        def paint(canvas: Canvas, box: Box) -> None:
            draw_course(canvas, box.inset(6), glimpse.meters[id], canvas.look.meter_colour(id, at, canvas.ground))

        return Row(
            Icon(meter_icon(id, at), STRONG, "soft"),
            Text(glimpse.names[id], SMALL, grow=1),
            Picture(paint, 110, 44),
            Text(str(glimpse.values[id]), STRONG, wraps=False),
            gap=TIGHT,
            align="middle",
        )

    def _fact(self, key: str, words: str) -> Element:
        return Column(Text(self.words(f"saved.{key}"), SMALL, "soft"), Text(words, STRONG), gap=0)

    def _people(self, kept: Kept, glimpse: SavedGame | None) -> str:
        names = list(glimpse.people) if glimpse and glimpse.people else list(kept.heading.humans)
        return ", ".join(names) or self.words("saved.nobody")

    def _deeds(self, kept: Kept, glimpse: SavedGame | None) -> Element:
        said = self.words
        is_wrong = glimpse is not None and bool(glimpse.wrong)
        why_not = said("saved.not_sound") if is_wrong else ""
        on = said("saved.show" if kept.standing.finished else "saved.continue")
        buttons = [
            Button("continue", on, self._continue, icon="play", letter="c", kind="main", why_not=why_not),
            Button("story", said("saved.story"), self._story, icon="scroll", letter="s", why_not=why_not),
            Button("delete", said("saved.delete"), self._delete, icon="trash", letter="d"),
        ]
        return Grid(*buttons, cell=230 * self.grown, gap=SMALL_GAP)

    # What it does

    def _continue(self) -> None:
        resume(self.app, self._at)

    def _story(self) -> None:
        from tabletop.session import open_session

        try:
            session, _ = open_session(self.app.journal, self._at, watch=True)
        except JournalError as error:
            tell(self.app, self.words("entering.cannot"), str(error))
            return
        self.app.push(StorySheet(self.app, session))

    def _delete(self) -> None:
        said, kept = self.words, self._shown
        answers = [
            Answer("keep", said("saved.keep"), "k", kind="main"),
            Answer("delete", said("saved.delete"), "d", functools.partial(self._delete_again, kept)),
        ]
        title = said("saved.delete_title", title=title_of(kept.heading, said.language))
        text = said("saved.delete_text", day=_day(said, kept.standing.updated))
        self.app.push(Ask(self.app, title, text, answers))

    def _delete_again(self, kept: Kept) -> None:
        said = self.words
        answers = [
            Answer("keep", said("saved.keep"), "k", kind="main"),
            Answer("really", said("saved.really"), "r", functools.partial(self._gone, kept)),
        ]
        self.app.push(Ask(self.app, said("saved.sure"), said("saved.sure_text"), answers))

    def _gone(self, kept: Kept) -> None:
        from tabletop.session.session_lock import SessionLock

        try:
            hold = SessionLock(self.app.journal.path, kept.heading.id)
            try:
                self.app.journal.delete(kept.heading.id)
            finally:
                hold.release()
        except JournalError as error:
            tell(self.app, self.words("saved.not_deleted"), str(error))
            return
        self._glimpses.forget(kept)
        self.opened()


def _day(words: Words, moment: str) -> str:
    """A moment of the journal as people write it, in this place's time."""
    try:
        when = datetime.datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    return words.moment(when)


class _Shown(SaveThumbnails):
    """SaveThumbnails for pictures, which read no cache and write none."""

    def __init__(self, seen: dict[str, SavedGame]) -> None:
        self._all = seen

    def known(self, kept: Kept) -> SavedGame | None:
        return self._all.get(kept.heading.id, SavedGame())

    def forget(self, kept: Kept) -> None:
        """There is nothing to be forgotten."""


class _Example(Load):
    """Saved games that were never played, for pictures."""

    def __init__(self, app: App, games: list[Kept], seen: dict[str, SavedGame], faults: list[Fault]) -> None:
        super().__init__(app, _Shown(seen))
        self._made = games, faults, seen

    def opened(self) -> None:
        self._games, self._faults, self._seen = self._made
        self._at = self._at or self._games[0].heading.id
        self.refresh()


def _example(app: App, example: Example) -> Load:
    return _Example(app, *_made_up(example))


@functools.cache
def _made_up(example: Example) -> tuple[list[Kept], dict[str, SavedGame], list[Fault]]:
    import attrs

    from tabletop.session import Session
    from tabletop.session.facilitator_view import public
    from tabletop.session.journal import SessionProgress
    from tabletop.window.packs import scenario_of
    from tabletop.window.save_thumbnails import seen as look

    games: list[Kept] = []
    seen: dict[str, SavedGame] = {}
    scenario = scenario_of(example.scenario, example.language)
    solo = scenario.player
    plays = ((4, (solo,)), (9, (solo, scenario.seats[-1].id)), (99, (solo,)), (2, (solo,)))
    for number, (turns, humans) in enumerate(plays):
        session = Session(scenario, seed=example.seed + number, players={solo: "random"}, id=f"{scenario.id}-{number}")
        for _ in session.run_bots():
            if public(session).turn > turns:
                break
        day = f"2026-03-{8 + 3 * number:02d}T12:00:00"
        heading = attrs.evolve(session.heading, humans=humans)
        view = public(session)
        standing = SessionProgress(turn=view.turn, finished=view.finished, outcome=view.outcome, updated=day)
        games.append(Kept(heading, standing, ""))
        names = tuple(seat.name for seat in scenario.seats if seat.id in humans)
        seen[heading.id] = attrs.evolve(look(session), people=names, branches=1 + number)
    typed = f"`tabletop resume {games[-1].heading.id} --sound`"
    wrong = Fault("damaged", "only-first-sound", id=games[-1].heading.id, count=12, typed=typed)
    seen[games[-1].heading.id] = attrs.evolve(seen[games[-1].heading.id], wrong=wrong)
    return games, seen, [Fault("damaged", "beginning-damaged", id=f"{scenario.id}-2026-03-01-bcdf")]


def _open(app: App) -> Load:
    return Load(app)


ENTRIES = {"load": Entry(open=_open, example=_example)}
