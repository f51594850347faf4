"""What if: what a game turned on, what else could have been done, and playing on from there."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tabletop.presentation.example_figures import example_figures
from tabletop.presentation.names import names_in
from tabletop.presentation.review.alternatives import FigureRange, OptionLine, WeighedDecision
from tabletop.presentation.review.charts import bar_axis, option_axis
from tabletop.presentation.review.turning import AccountMoment, AccountStory
from tabletop.presentation.weighing import Weighing
from tabletop.presentation.what_if import PastDecision, WhatIf
from tabletop.session.branch_points import play_on_from
from tabletop.session.look_back import look_back
from tabletop.session.public_screen import everything_is_told
from tabletop.window.attempts import attempt
from tabletop.window.controls import Button, CardButton
from tabletop.window.examples import ended
from tabletop.window.fields import Choice, Tabs
from tabletop.window.figure_lanes import WHOLE, bar_lane, path_line, range_lane
from tabletop.window.frames import Fitting, Pad, Panel, Scroll, Sized
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Rule, Space, Text
from tabletop.window.registry import Entry as ScreenEntry
from tabletop.window.registry import Example
from tabletop.window.screen import Screen
from tabletop.window.text import Run
from tabletop.window.theme import (
    BODY,
    CARD_TITLE,
    GAP,
    HAIR,
    HEADING,
    LEAD,
    PAGE,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
)

if TYPE_CHECKING:
    from tabletop.presentation.chart_geometry import Axis
    from tabletop.session import Session
    from tabletop.window.app import App
    from tabletop.window.background_work import Job

PAGES = {"account": "scales", "decisions": "git-branch"}
#: Seconds between two looks at whether there are sharper figures.
_LOOK = 0.2
#: Units that the name of a bar, and its figure, have at a text size of 100%.
_NAME, _FIGURE = 300.0, 250.0


class WhatIfScreen(Screen):
    """A finished game looked back on. The figures are worked out beside the window until Escape, or until they are
    those of the review."""

    def __init__(self, app: App, session: Session, weighing: Weighing | None = None) -> None:
        """`weighing` has figures that are there already; by default they are worked out from now on."""
        super().__init__(app)
        self.session = session
        self._names = names_in(session.game.program)
        self._is_told = everything_is_told(session)
        self._weighing = weighing or Weighing(look_back(session))
        self._works = weighing is None and self._is_told
        self._told = self._read()
        self._shown, self._account, self._shows_all, self._at = "account", 0, False, 0

    def _read(self) -> WhatIf:
        return self._weighing.told(self._names, self.app.words, is_told=self._is_told)

    def opened(self) -> None:
        if self._works:
            self._works = False
            self._weighing.begin()
            self.start_work("what if", self._sharpen, self._end, lambda _: self._end())

    def closed(self) -> None:
        self._weighing.stop()

    def _sharpen(self, job: Job) -> None:
        """In a thread: waits for figures, and has them in words before the window shows them."""
        try:
            while self._weighing.is_working:
                job.tell(self._told.share)
                if self._weighing.wait(_LOOK):
                    self._told = self._read()
        finally:
            self._weighing.stop()
            self._told = self._read()

    def _end(self, _: object = None) -> None:
        self._told = self._read()
        self.refresh()

    def forget_layout(self) -> None:
        self._told = self._read()
        super().forget_layout()

    def _stop(self) -> None:
        self.app.work.cancel(self)
        self._weighing.stop()
        self._end()

    @property
    def first(self) -> str:
        return f"page.{self._shown}"

    # What stands on it

    def build(self) -> Element:
        said, told = self.words, self._told
        game = Text(self.session.scenario.title, CARD_TITLE, "soft", wraps=False)
        pages = [(name, said(f"what-if.{name}"), icon) for name, icon in PAGES.items()]
        bare = [(name, words, "") for name, words, _ in pages]
        tabs = Fitting(*(Tabs("page", one, self._shown, self._turn_to) for one in (pages, bare)))
        head = Row(tabs, Space(grow=1), Fitting(game, Space()), gap=GAP, align="middle")
        if told.untold:
            body: Element = Scroll("page", Text(told.untold, LEAD, "soft"))
        else:
            body = self._accounts() if self._shown == "account" else self._decisions()
        return Pad(Column(head, Rule(), body, self._foot(), gap=GAP), PAGE, WIDE)

    def _foot(self) -> Element:
        said, told = self.words, self._told
        standing = Text(told.standing, BODY, "soft" if told.is_final else "accent", grow=1) if told.standing else None
        stop = Button("stop", said("what-if.stop"), self._stop, icon="x") if self._weighing.is_working else None
        back = Button("back", said("common.back"), self.escape, icon="arrow-left", key="Esc")
        buttons = [one for one in (stop, back) if one is not None]
        wide = Row(Flow(*buttons, gap=SMALL_GAP), standing, gap=WIDE, align="middle")
        return Fitting(wide, Column(standing, Flow(*buttons, gap=SMALL_GAP), gap=TIGHT))

    def _turn_to(self, page: str) -> None:
        self._shown = page
        self.attention.offsets.clear()
        self.refresh()

    @property
    def _grown(self) -> float:
        return self.app.settings.text_size / 100

    @property
    def _is_large(self) -> bool:
        return self.app.settings.text_size > 140

    # The account

    def _accounts(self) -> Element:
        told, said = self._told, self.words
        if not told.accounts:
            return Scroll("page", Column(Text(told.about, LEAD), Text(told.standing, LEAD, "soft"), gap=WIDE))
        at = min(self._account, len(told.accounts) - 1)
        story = told.accounts[at]
        options = [(str(number), one.title, "") for number, one in enumerate(told.accounts)]
        choice = Choice("account", options, str(at), self._take_account) if len(options) > 1 else None
        path = [Text(said("review.path"), SMALL, "soft"), path_line(story)] if len(story.path) > 1 else []
        bars = Column(Text(story.title, HEADING), Text(story.text, BODY), self._bars(story), *path, gap=GAP)
        left = Panel(bars, "panel")
        notes = Column(Text(told.about, SMALL, "soft"), Text(story.note, SMALL, "soft"), gap=TIGHT)
        right = Column(Text(said("review.moments"), HEADING), *self._moments(story), Rule(), notes, gap=SMALL_GAP)
        if self._is_large:
            return Scroll("page", Column(choice, left, right, gap=WIDE))
        sides = Row(
            Scroll("page", left), Sized(Scroll("moments", right), width=640 * self._grown, grow=0), gap=WIDE, grow=1
        )
        return Column(choice, sides, gap=GAP, grow=1)

    def _take_account(self, at: str) -> None:
        self._account = int(at)
        self.attention.offsets.clear()
        self.refresh()

    def _bars(self, story: AccountStory) -> Element:
        axis, grown = bar_axis(story, WHOLE), self._grown
        rows: list[Element] = []
        for bar in story.bars:
            style = STRONG if bar.kind == "total" else BODY
            label, figure = Text(bar.label, style), Text(bar.text, style, across=1.0)
            lane = bar_lane(axis, bar)
            if self._is_large:
                rows.append(Column(Row(Column(label, grow=1), figure, gap=GAP), lane, gap=0))
            else:
                name, sized = Sized(label, width=_NAME * grown), Sized(figure, width=_FIGURE * grown)
                rows.append(Row(name, lane, sized, gap=GAP, align="middle"))
        return Column(*rows, gap=SMALL_GAP)

    def _moments(self, story: AccountStory) -> list[Element]:
        return [
            Row(
                Column(
                    Text(f"{one.who}: {one.what}" if one.who else one.what, BODY),
                    Text(f"{one.when} · {one.text}", SMALL, "soft"),
                    gap=0,
                    grow=1,
                ),
                Text(one.short, STRONG, "good" if one.value > 0 else "bad", wraps=False),
                gap=GAP,
            )
            for one in story.moments
        ] or [Text(self._told.standing, BODY, "soft")]

    # The decisions

    @property
    def _listed(self) -> tuple[PastDecision, ...]:
        telling = tuple(one for one in self._told.decisions if one.is_telling)
        return telling if telling and not self._shows_all else self._told.decisions

    def _decisions(self) -> Element:
        said, told = self.words, self._told
        if not told.decisions:
            return Scroll("page", Text(said("what-if.none"), LEAD, "soft"))
        listed = self._listed
        shown = next((one for one in listed if one.step == self._at), listed[0])
        which = None
        if any(one.is_telling for one in told.decisions):
            options = [("telling", said("what-if.telling"), ""), ("every", said("what-if.every"), "")]
            which = Choice("which", options, "every" if self._shows_all else "telling", self._take_which)
        rows = [self._row(one, one is shown) for one in listed]
        detail = self._detail(shown)
        if self._is_large:
            return Scroll("page", Column(which, detail, *rows, gap=GAP))
        left = Sized(
            Column(which, Scroll("list", Column(*rows, gap=TIGHT)), gap=GAP, grow=1), width=600 * self._grown, grow=0
        )
        return Row(left, Scroll("page", detail), gap=WIDE, grow=1)

    def _take_which(self, which: str) -> None:
        self._shows_all = which == "every"
        self.attention.offsets.pop("list", None)
        self.refresh()

    def _row(self, one: PastDecision, is_shown: bool) -> Element:
        mark = one.weighed.mark if one.weighed is not None else ""
        words = Column(
            Text(f"{one.when} · {one.who}", SMALL, "soft"),
            Text(one.chosen, STRONG),
            Text(mark, SMALL, "accent") if mark else None,
            gap=0,
        )
        return CardButton(
            f"decision.{one.step}",
            words,
            functools.partial(self._look_at, one.step),
            ground="raised",
            pad=SMALL_GAP,
            is_chosen=is_shown,
        )

    def _look_at(self, step: int) -> None:
        self._at = step
        self.attention.offsets.pop("page", None)
        self.refresh()

    def _detail(self, one: PastDecision) -> Element:
        said, weighed = self.words, one.weighed
        parts: list[Element | None] = [
            Text(f"{one.when} · {one.who}", BODY, "soft"),
            Text(one.chosen, CARD_TITLE),
        ]
        if weighed is None:
            parts.append(Text(self._told.standing or said("what-if.waiting"), BODY, "soft"))
        else:
            parts += [Text(weighed.told, STRONG), *self._verdict(weighed), *self._options(weighed)]
        parts.append(Flow(self._play_on_button(one)))
        if weighed is not None:
            parts.append(Text(self._told.note, SMALL, "soft"))
        return Panel(Column(*parts, gap=GAP), "panel")

    def _verdict(self, weighed: WeighedDecision) -> list[Element]:
        lines = [one for one in (weighed.mark, weighed.later, weighed.difficulty) if one]
        return [*(Text(line, BODY, "soft") for line in lines), *(Text(flip, BODY, "accent") for flip in weighed.flips)]

    def _play_on_button(self, one: PastDecision) -> Button:
        said = self.words
        nobody = "" if self.session.humans else said("ending.nobody_played")
        only = said("attempts.only_watching") if self.session.watching else ""
        return Button(
            "play-on",
            said("what-if.play_on"),
            functools.partial(self._play_on, one),
            icon="git-branch",
            letter="g",
            kind="main",
            tip=said("what-if.play_on_tip"),
            why_not=nobody or only,
        )

    def _options(self, weighed: WeighedDecision) -> list[Element]:
        axis = option_axis(weighed, WHOLE)
        rows: list[Element] = [Rule()]
        for option in weighed.options:
            rows += [self._option(option, axis), Rule()]
        return [*rows, Text(weighed.more, SMALL, "soft")] if weighed.more else rows

    def _option(self, option: OptionLine, axis: Axis) -> Element:
        said = self.words
        runs = [Run(option.label, "bold")]
        runs += [Run(f"   ◀ {said('review.chosen')}", "bold", "accent")] if option.is_chosen else []
        tag = "best" if option.is_best else "alike" if option.is_alike else ""
        runs += [Run(f"   {said(f'review.{tag}')}", "text", "soft")] if tag else []
        return Column(
            Text(runs, BODY),
            self._figure(said("review.as_known"), option.as_known, axis, is_full=True),
            self._figure(said("review.in_hindsight"), option.in_hindsight, axis, is_full=False),
            gap=HAIR,
        )

    def _figure(self, name: str, figure: FigureRange, axis: Axis, *, is_full: bool) -> Element:
        lane = range_lane(axis, figure, is_full=is_full)
        runs = [Run(figure.text, "bold" if is_full else "text")]
        runs += [Run(f" {figure.give}", "text", "soft")] if figure.give else []
        text = Text(runs, BODY, across=1.0, wraps=False)
        if self._is_large:
            return Column(Row(Column(Text(name, SMALL, "soft"), grow=1), text, gap=GAP), lane, gap=0)
        grown = self._grown
        named = Sized(Text(name, SMALL, "soft"), width=190 * grown)
        return Row(named, lane, Sized(text, width=150 * grown), gap=GAP, align="middle")

    # Playing on

    def _play_on(self, one: PastDecision) -> None:
        app, session = self.app, self.session
        base = self.words("ending.branch", when=one.when)
        if attempt(app, lambda: play_on_from(session, one.step, base, one.seat)):
            app.home()
            app.open("table", session=session)


def _moment(one: AccountMoment) -> str:
    return f"{one.who}: {one.what}" if one.who else one.what


def _example_at(page: str) -> ScreenEntry:
    def example(app: App, given: Example) -> Screen:
        session = ended(given)
        look = look_back(session)
        screen = WhatIfScreen(app, session, Weighing.of(look, example_figures(look)))
        screen._shown, screen._shows_all = page, True
        return screen

    return ScreenEntry(open=WhatIfScreen, example=example)


ENTRIES = {("what-if" if page == "account" else f"what-if-{page}"): _example_at(page) for page in PAGES}
