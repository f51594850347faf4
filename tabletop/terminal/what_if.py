"""What if, at a terminal: what a finished game turned on, its decisions by number, and playing on from one of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.presentation.review.alternatives import OptionLine, WeighedDecision
from tabletop.presentation.review.charts import bar_axis, option_axis
from tabletop.presentation.review.turning import AccountBar, AccountStory
from tabletop.presentation.weighing import Weighing
from tabletop.presentation.what_if import PastDecision, WhatIf
from tabletop.session.branch_points import play_on_from
from tabletop.session.look_back import look_back
from tabletop.session.public_screen import everything_is_told
from tabletop.terminal.rows import folded, padded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.screen import Screen

#: What is typed for it where an ending is read, beside its name.
LETTER = "w"
#: Seconds between two looks at whether there are figures.
_LOOK = 0.2
_MOST_MOMENTS, _MOST_DECISIONS = 6, 10


def asks_for_it(scene: Scene, line: str) -> bool:
    """Whether a line typed at an ending asks what if."""
    name = scene.words("what-if.title").rstrip("…?").casefold()
    return line.casefold().rstrip("…?. ") in (LETTER, "what if", name)


def what_if(scene: Scene, screen: Screen, weighing: Weighing | None = None) -> bool:
    """Shows what a finished game turned on until the person leaves it; True if they play on from somewhere on a branch
    of its own, where the session stands then. Raises Leave."""
    pages = _Pages(scene, screen, weighing)
    try:
        return pages.run()
    finally:
        pages.weighing.stop()


class _Pages:
    """The pages of one look back. Figures are worked out beside them; each Enter shows those that are there then."""

    def __init__(self, scene: Scene, screen: Screen, weighing: Weighing | None) -> None:
        self.scene, self.screen = scene, screen
        self.is_told = everything_is_told(scene.session)
        self.weighing = weighing or Weighing(look_back(scene.session))
        self.note: list[Text] = []

    def run(self) -> bool:
        if self.is_told:
            self.weighing.begin()
            self._wait_for_figures()
        page = ""
        while True:
            found = self._told()
            rows = self._page(found, page)
            line = self._ask(rows, bool(page)).strip().lower()
            page, was = "", page
            self.note = []
            if line in ("q", "quit", "exit"):
                return False
            if not line:
                if not was and not self.weighing.is_working:
                    return False
                self._take_in()
                continue
            if line.startswith("from"):
                one = self._decision(found, line.removeprefix("from").strip())
                if one is not None and self._play_on(one):
                    return True
            elif line == "all" or self._decision(found, line) is not None:
                page = line

    def _told(self) -> WhatIf:
        return self.weighing.told(self.scene.names, self.scene.words, is_told=self.is_told)

    def _take_in(self) -> None:
        while self.weighing.wait(0):
            pass

    def _wait_for_figures(self) -> None:
        """Says how far it is until the first figures are there; Ctrl-C stops the work."""
        out, said = self.screen.console.file, self.scene.words
        try:
            while self.weighing.is_working and self.weighing.figures.table is None:
                share = self.weighing.figures.share
                standing = said("what-if.begun") if not share else said("what-if.progress", percent=round(100 * share))
                out.write(f"\r {standing}  ({said('what-if.ctrl_c')}) \x1b[K")
                out.flush()
                self.weighing.wait(_LOOK)
        except KeyboardInterrupt:
            self.weighing.stop()
        out.write("\r\x1b[K")
        out.flush()

    def _ask(self, rows: Sequence[Text], is_page: bool) -> str:
        said, screen = self.scene.words, self.screen
        key = "what-if.prompt_back" if is_page else "what-if.prompt" if self.weighing.is_working else ""
        prompt = said(key or "what-if.prompt_final")
        hint = folded(Text(prompt, style="dim"), screen.width, " ")
        parts = screen.parts([*rows, *self.note, Text(), *hint])
        for at, part in enumerate(parts):
            screen.clear()
            screen.write(part)
            has_more = at + 1 < len(parts)
            more = said("terminal.enter_more", page=at + 1, pages=len(parts)) if has_more else ""
            line = screen.ask(f"\n {more}> ")
            if line or not has_more:
                return line
        return ""

    # What is typed

    def _decision(self, found: WhatIf, typed: str) -> PastDecision | None:
        if typed.isdecimal() and 1 <= int(typed) <= len(found.decisions):
            return found.decisions[int(typed) - 1]
        words = self.scene.words("what-if.not_there", typed=typed[:20] or "?", count=len(found.decisions))
        self.note = [Text(), *folded(Text(words, style="italic"), self.scene.width, " ")]
        return None

    def _play_on(self, one: PastDecision) -> bool:
        session = self.scene.session
        if session.watching or not session.humans:
            key = "attempts.only_watching" if session.watching else "ending.nobody_played"
            self.note = [Text(), *folded(Text(self.scene.words(key), style="italic"), self.scene.width, " ")]
            return False
        base = self.scene.words("ending.branch", when=one.when)
        name = play_on_from(session, one.step, base, one.seat)
        said = self.scene.words("what-if.played_on", when=one.when, name=name)
        self.screen.clear()
        self.screen.write([Text(), *folded(said, self.scene.width, " ")])
        return True

    # What is shown

    def _page(self, found: WhatIf, page: str) -> list[Text]:
        if page.isdecimal():
            return self._one(found, int(page))
        if page == "all":
            return [self._title(self.scene.words("what-if.decisions")), *self._list(found, len(found.decisions))]
        return self._first(found)

    def _title(self, words: str) -> Text:
        return ruled(self.scene.marks, self.scene.width, words, heavy=True)

    def _first(self, found: WhatIf) -> list[Text]:
        wide, said = self.scene.width, self.scene.words
        rows = [self._title(found.title)]
        if found.untold:
            return [*rows, *folded(found.untold, wide, " ")]
        rows += [*folded(Text(found.standing, style="cyan"), wide, " "), Text()]
        for place, story in enumerate(found.accounts):
            rows += [*account_rows(self.scene, story, 0 if place else _MOST_MOMENTS), Text()]
        rows.append(text((f" {said('what-if.decisions')}", "bold underline")))
        telling = [one for one in found.decisions if one.is_telling] or list(found.decisions)
        rows += self._list(found, _MOST_DECISIONS, telling)
        left = len(found.decisions) - min(len(telling), _MOST_DECISIONS)
        if not found.decisions:
            rows.append(Text(f" {said('what-if.none')}", style="dim"))
        elif left:
            rows += folded(Text(said("what-if.more", count=left), style="dim"), wide, " ")
        return [*rows, Text(), *folded(Text(found.about, style="dim"), wide, " ")]

    def _list(self, found: WhatIf, most: int, some: Sequence[PastDecision] | None = None) -> list[Text]:
        rows: list[Text] = []
        for number, one in enumerate(found.decisions, 1):
            if some is None or one in some[:most]:
                line = text((f"{one.when} {self.scene.marks.dot} {one.who}: ", "dim"), (one.chosen, "bold"))
                told = f"  {one.weighed.mark}" if one.weighed is not None and one.weighed.mark else ""
                rows += folded(text(line, (told, "cyan")), self.scene.width, f" {number:>3}  ")
        return rows

    def _one(self, found: WhatIf, number: int) -> list[Text]:
        wide, one = self.scene.width, found.decisions[number - 1]
        rows = [self._title(f"{number}  {one.when} {self.scene.marks.dot} {one.who}: {one.chosen}")]
        weighed = one.weighed
        if weighed is None:
            return [*rows, *folded(found.standing, wide, " ")]
        rows += folded(text((weighed.told, "bold")), wide, " ")
        for line in (weighed.mark, weighed.later, weighed.difficulty):
            rows += folded(Text(line, style="dim"), wide, " ") if line else []
        rows.append(Text())
        rows += self._options(weighed)
        rows += folded(Text(weighed.more, style="dim"), wide, " ") if weighed.more else []
        for flip in weighed.flips:
            rows += [*folded(Text(flip, style="yellow"), wide, f" {self.scene.marks.lead} ", hang=3)]
        return [*rows, Text(), *folded(Text(found.note, style="dim"), wide, " ")]

    def _options(self, weighed: WeighedDecision) -> list[Text]:
        """Every option with a dot in its interval, as known then and in hindsight, on one axis."""
        wide, said, marks = self.scene.width, self.scene.words, self.scene.marks
        axis = option_axis(weighed, 1000)
        names = [said("review.as_known"), said("review.in_hindsight")]
        name = max(Text(each).cell_len for each in names) + 2
        room = max(10, wide - name - 20)
        rows: list[Text] = []
        for option in weighed.options:
            rows += folded(self._label(option), wide, " ")
            for each, figure in zip(names, (option.as_known, option.in_hindsight), strict=True):
                at, low, high = (
                    round(axis.at(value) / 1000 * (room - 1)) for value in (figure.mean, figure.low, figure.high)
                )
                signs = (marks.coin if x == at else marks.line if low <= x <= high else " " for x in range(room))
                label = padded(Text(each, style="dim"), name)
                rows.append(
                    text("   ", label, ("".join(signs), "cyan"), f"{figure.text:>8} ", (f"{figure.give:<7}", "dim"))
                )
        return rows

    def _label(self, option: OptionLine) -> Text:
        said, marks = self.scene.words, self.scene.marks
        line = text((option.label, "bold"))
        if option.is_chosen:
            line = text(line, (f"  {marks.lead} {said('review.chosen')}", "cyan"))
        tag = "best" if option.is_best else "alike" if option.is_alike else ""
        return text(line, (f"  {said(f'review.{tag}')}", "dim")) if tag else line


def account_rows(scene: Scene, story: AccountStory, most: int) -> list[Text]:
    """The account of a figure: a sentence, a bar for whoever moved it, and so many moments that moved it most."""
    rows = [text((f" {story.title}", "bold underline")), *folded(story.text, scene.width, " ")]
    rows += [_bar(scene, story, bar) for bar in story.bars]
    moments = sorted(story.moments, key=lambda one: -abs(one.value))[:most]
    if moments:
        rows += [Text(), text((f" {scene.words('review.moments')}", "bold"))]
    for one in (one for one in story.moments if one in moments):
        lead = text((f"{one.short:>8}  ", "green" if one.value > 0 else "red"))
        what = f"{one.who}: {one.what}" if one.who else one.what
        within = one.text.removeprefix(one.short)
        rows += folded(text((f"{one.when}  ", "dim"), what, (within, "dim")), scene.width, lead)
    return rows


def _bar(scene: Scene, story: AccountStory, bar: AccountBar) -> Text:
    name = min(30, scene.width // 3)
    room = max(8, scene.width - name - 28)
    axis = bar_axis(story, 1000)
    left, right = sorted(round(axis.at(value) / 1000 * room) for value in (bar.start, bar.end))
    lane = "".join(scene.marks.full if left <= x < max(right, left + 1) else " " for x in range(room))
    style = "dim" if bar.kind == "total" else "green" if bar.value >= 0 else "red"
    label = padded(Text(bar.label, style="bold" if bar.kind == "total" else ""), name)
    return text(" ", label, " ", (lane, style), " ", bar.text)
