"""The pages of the room's own screen: what everybody may know, on a projector."""

from __future__ import annotations

from typing import Any

import attrs
import markupsafe
from starlette.requests import Request
from starlette.responses import Response

from tabletop.host import qr
from tabletop.host.access import check_table, language_of
from tabletop.host.device_pages import known_version
from tabletop.host.event_stream import EventStream
from tabletop.host.looked_at import LookedAt
from tabletop.host.looking_back import LookingBack
from tabletop.host.pages.lanes import Lanes
from tabletop.host.pages.table_page import TablePage
from tabletop.host.practice import label
from tabletop.host.questions import questions_of, summary
from tabletop.host.rendered import Rendered
from tabletop.host.rendering import Renderer, alone
from tabletop.host.responses import page
from tabletop.host.room import TABLE, Room
from tabletop.host.roster import Roster
from tabletop.presentation.words import Words

_GATHER = 0.05
#: How many names the room's screen has place for.
MOST_NAMES = 36


class TablePages:
    """What a room shows to everybody. `address` is that under which devices reach the room."""

    def __init__(self, room: Room, renderer: Renderer, address: str, back: LookingBack | None = None) -> None:
        self.room, self.renderer, self.address, self._back = room, renderer, address, back
        self._qr = qr.as_svg(f"{address}/{room.code}")

    async def look(self, request: Request) -> Response:
        """The page."""
        check_table(request, self.room)
        language = await self._language(request)
        main = self.rendered(language)
        page_now, safe = self.page(language), markupsafe.Markup(main.html)
        return page(self.renderer.whole("table.html", language, page=page_now, main=safe, version=main.version))

    async def _language(self, request: Request) -> str:
        language = language_of(request, self.room)
        if language != self.room.ledger.settings.lang:
            await self.room.speak(language)
        return language

    async def events(self, request: Request) -> Response:
        """The stream of the page."""
        check_table(request, self.room)
        room = self.room
        await self._language(request)
        mailbox = room.mailboxes.open(TABLE)
        known, now = known_version(request), room.clock.since_1970
        stream = EventStream(
            mailbox,
            lambda: self.rendered(language_of(request, room)),
            known,
            lambda: _GATHER,
            lambda: room.mailboxes.drop(mailbox),
            now,
        )
        return stream  # type: ignore[return-value]

    def rendered(self, language: str = "") -> Rendered:
        """The main part of the page, by default in the room's language, with its version."""
        language = language or self.room.ledger.settings.lang
        return alone(self.renderer.whole("table_main.html", language, page=self.page(language), lanes=Lanes()))

    def page(self, language: str = "") -> TablePage:
        """What everybody may know now."""
        snapshot = self.room.snapshot.told_in(language)
        ledger, roster = snapshot.ledger, snapshot.ledger.roster
        names = {
            seat.id: seat.name
            for seat in self.room.session.told_in(language or snapshot.ledger.settings.lang).scenario.seats
        }
        settings, words = ledger.settings, Words(language or ledger.settings.lang)
        back = self._looked_at(language or settings.lang)
        summed = self._summary(words) or self._practice(words) or (self._asked(words) if back is None else None)
        return TablePage(
            game=snapshot.games[""],
            clock=snapshot.clock,
            code=self.room.code,
            address=f"{self.address}/{self.room.code}",
            qr=markupsafe.Markup(self._qr) if not roster.locked else "",
            may_join=not roster.locked,
            shows_code=settings.projector == "code" or (not settings.started and summed is None),
            large=settings.letters == "large",
            started=settings.started,
            paused=snapshot.paused,
            teams={names[seat]: len(roster.team(seat)) for seat in roster.seats},
            waiting=len(roster.standing("waiting")),
            arrived=() if settings.started else _names(roster),
            summary=summed,
            back=back,
            rehearsal=settings.rehearsal,
            practises=snapshot.practice is not None and self._summary(words) is None,
            dark=settings.projector == "off",
        )

    def _looked_at(self, language: str) -> LookedAt | None:
        """What the screen shows of the look back; None for nothing."""
        if self._back is None or not self.room.ledger.settings.looks_back:
            return None
        return self._back.looked_at(language, for_facilitator=False)

    def _practice(self, words: Words) -> dict[str, Any] | None:
        """How the practice vote stands, as answers to a question would be summed up."""
        practice = self.room.snapshot.practice
        if practice is None:
            return None
        bars = [(label(words, move), number) for move, number in practice.counts().items()]
        told = words("host.practice_told", count=len(practice.votes))
        return {"text": words("host.practice_asks"), "told": told, "bars": bars, "texts": (), "kind": "choice"}

    def _asked(self, words: Words) -> dict[str, Any] | None:
        """What everybody is asked while the game stands, and how many have answered."""
        snapshot = self.room.snapshot
        asked, answers = snapshot.told_in(words.language).questions, snapshot.ledger.answers
        if not asked or (snapshot.ledger.settings.started and not snapshot.paused and not snapshot.finished):
            return None
        people = [one.id for one in snapshot.ledger.roster.here if one.standing != "unapproved"]
        number = sum(all((id, one.id) in answers for one in asked) for id in people)
        told = words("host.asked_told", count=number, of=len(people))
        texts = tuple(one.text for one in asked)
        return {"text": words("host.asked"), "told": told, "bars": (), "texts": texts, "kind": "asked"}

    def _summary(self, words: Words) -> dict[str, Any] | None:
        ledger = self.room.snapshot.ledger
        scenario = self.room.session.told_in(words.language).scenario
        found = next((one for one in questions_of(scenario) if one.id == ledger.settings.summary), None)
        if found is None:
            return None
        values = [one.value for (_, question), one in ledger.answers.items() if question == found.id]
        return {**attrs.asdict(summary(found, values, words)), "kind": found.kind}


def _names(roster: Roster) -> tuple[str, ...]:
    """Who has come in, the latest first, of many the latest; none whose name has not been approved."""
    return tuple(one.name for one in roster.here if one.standing in ("waiting", "seated"))[::-1][:MOST_NAMES]
