"""Belief: the sheet on which a player says what they hold of a hidden truth, beside what they have seen of it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from tabletop.presentation.belief_shares import first_shares, moved
from tabletop.presentation.error_words import error_words
from tabletop.presentation.evidence import Dossier, dossiers_of
from tabletop.presentation.perspective import Perspective
from tabletop.session.stated_beliefs import BeliefRefused, believe, latest_of, stated_beliefs
from tabletop.window.board.evidence import draw_shares, pieces
from tabletop.window.controls import Button
from tabletop.window.dialogs import Sheet
from tabletop.window.entering import tell
from tabletop.window.fields import Slider
from tabletop.window.frames import Pad
from tabletop.window.layout import Column, Element, Grid
from tabletop.window.parts import Picture, Text
from tabletop.window.registry import Entry, Example
from tabletop.window.text import Run
from tabletop.window.theme import GAP, HAIR, HEADING, LEAD, PAGE, SMALL, SMALL_GAP, TIGHT

if TYPE_CHECKING:
    from tabletop.session import Session
    from tabletop.window.app import App
    from tabletop.window.screen import Screen


class Belief(Sheet):
    """Sliders over the values of a hidden truth, which always add up to 100; what is kept is the player's alone."""

    width: ClassVar[float] = 1400.0

    def __init__(self, app: App, session: Session, seat: str, hidden: str = "") -> None:
        """`hidden` is what it is about; by default the first that there is a dossier of."""
        super().__init__(app)
        self.session, self.seat = session, seat
        self._outlook = Perspective.of(session, seat)
        found = dossiers_of(self._outlook, app.words)
        self._dossier: Dossier | None = next((one for one in found if hidden in ("", one.hidden)), None)
        self.shares: dict[str, int] = {}
        self._prior: dict[str, int] = {}
        self._is_first = True
        if self._dossier is not None:
            last = latest_of(stated_beliefs(session, seat), self._dossier.hidden)
            self._prior = first_shares(self._outlook, self._dossier.hidden)
            self._is_first = last is None
            self.shares = dict(last.shares) if last is not None else dict(self._prior)

    @property
    def title(self) -> str:
        asks = self._dossier.asks if self._dossier is not None else ""
        return asks or self.words("belief.title")

    @property
    def first(self) -> str:
        return f"share.{next(iter(self.shares), '')}"

    def body(self) -> Element:
        dossier, grown = self._dossier, self.app.settings.text_size / 100
        if dossier is None:
            return Text(self.words("evidence.none"), LEAD)
        bar = Picture(lambda canvas, box: draw_shares(canvas, box, list(self.shares.values())), 200, 26 * grown)
        rows: list[Element] = [bar]
        if self._is_first:
            rows.insert(0, Text(self.words("belief.starts"), SMALL, "soft"))
        for one in dossier.values:
            slider = Slider(
                f"share.{one.value}",
                one.name,
                self.shares[one.value],
                (0, 100),
                functools.partial(self._give, one.value),
                step=5,
                shown=lambda share: f"{share}%",
            )
            prior = self.words("belief.prior", share=self._prior[one.value])
            about = [Run(prior, "bold", "soft"), Run(f"  {one.text}", "text", "soft")]
            rows.append(Column(slider, Pad(Text(about, SMALL), SMALL_GAP, 0), gap=HAIR))
        rows.append(Text(self.words("belief.private"), SMALL, "soft"))
        seen = Column(Text(self.words("belief.evidence"), HEADING), pieces(dossier, self.words, grown), gap=TIGHT)
        held = Column(*rows, gap=GAP)
        if self.app.settings.text_size > 125:
            return Column(held, seen, gap=GAP)
        return Grid(held, seen, columns=2, gap=PAGE)

    def _give(self, value: str, to: int) -> None:
        self.shares = moved(self.shares, value, to)
        self.refresh()

    def answers(self) -> Sequence[Button]:
        keep = Button("keep", self.words("belief.keep"), self._keep, icon="check", letter="b", kind="main")
        later = Button("close", self.words("belief.not_now"), lambda: self.app.close(self), letter="n", key="Esc")
        return [keep, later] if self._dossier is not None else [later]

    def _keep(self) -> None:
        from tabletop.session.errors import NotKept

        assert self._dossier is not None
        self.app.close(self)
        try:
            believe(self.session, self.seat, self._dossier.hidden, self.shares)
        except (BeliefRefused, NotKept) as error:
            tell(self.app, self.title, error_words(self.words, error))


def _example(app: App, given: Example) -> Screen:
    from tabletop.window.examples import acting_phase, begun, go_on

    session = begun(given)
    go_on(session, 9, acting_phase(session.scenario))
    return Belief(app, session, session.humans[0])


ENTRIES = {"belief": Entry(open=Belief, example=_example, below="table")}
