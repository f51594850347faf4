"""The facilitator's page: the roster, the clock, the game whole, and everything that they can do."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import markupsafe
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tabletop.host import class_phases, keys, membership, qr
from tabletop.host.access import COOKIES, check_form, facilitator_of, language_of
from tabletop.host.device_pages import client, known_version
from tabletop.host.event_stream import EventStream
from tabletop.host.facilitator_actions import DOINGS, SAYINGS, hand_over
from tabletop.host.forms import Form, read_form
from tabletop.host.ledger import Ledger, Remark, settings_said
from tabletop.host.limits import FACILITATOR as RATE
from tabletop.host.limits import WRONG, WRONG_IN_ALL, Buckets
from tabletop.host.pages.facilitator_page import facilitator_page
from tabletop.host.refusals import NotFound, Refused, RefusedByGame
from tabletop.host.rendered import Rendered
from tabletop.host.rendering import Renderer, alone
from tabletop.host.responses import done, page, wants_json, with_cookie
from tabletop.host.room import FACILITATOR, Room
from tabletop.host.tokens import form_token
from tabletop.players import PlayerFailed, UnknownPlayer
from tabletop.presentation.names import names_in
from tabletop.presentation.words import Words
from tabletop.scenario.problems import PackError
from tabletop.session import Facilitator, IllegalAction, NotKept, Session
from tabletop.session.recorded_game import CannotGo

_GATHER = 0.15
#: What the engine and the session say in a sentence when something may not be done.
_REFUSALS = (IllegalAction, CannotGo, PlayerFailed, UnknownPlayer, PackError, NotKept, ValueError)
#: What a facilitator can have shown: a key for another device, by its address.
_KEYS = {"rejoin": "rejoin", "open-projector": "projector-key", "open-facilitator": "facilitator-key"}


class FacilitatorPages:
    """What a room shows to its facilitator, and takes from them."""

    def __init__(self, room: Room, renderer: Renderer, buckets: Buckets, address: str) -> None:
        self.room, self.renderer, self.buckets, self.address = room, renderer, buckets, address

    # Opening

    async def ask_key(self, request: Request) -> Response:
        """The page on which a key is used: looking at it uses none up."""
        key = request.query_params.get("key", "")[:64]
        return page(self.renderer.whole("open.html", language_of(request, self.room), key=key))

    async def open(self, request: Request) -> Response:
        """Opens the facilitator's page, the room's screen, or a person's seat on this device, by a key."""
        form = await read_form(request)
        now, code = time.monotonic(), self.room.code
        wait = "wrong-keys"
        if (
            self.buckets.left(WRONG, f"{code} {client(request)}", now) < 1
            or self.buckets.left(WRONG_IN_ALL, code, now) < 1
        ):
            self.buckets.take(WRONG, f"{code} {client(request)}", now, wait)
            self.buckets.take(WRONG_IN_ALL, code, now, wait)
        try:
            role, token = await keys.opened(self.room, form.text("key"))
        except Refused:
            self.buckets.take(WRONG, f"{code} {client(request)}", now, wait)
            self.buckets.take(WRONG_IN_ALL, code, now, wait)
            raise
        to = {"facilitator": f"/{code}/facilitator", "projector": f"/{code}/table"}.get(role, f"/{code}")
        return with_cookie(done(request, to), request, COOKIES[role], token, f"/{code}")

    # Looking

    async def look(self, request: Request) -> Response:
        """The page."""
        token = facilitator_of(request, self.room)
        language = language_of(request, self.room)
        main = await self._rendered(token, language)
        html = self.renderer.whole(
            "facilitator.html",
            language,
            main=markupsafe.Markup(main.html),
            version=main.version,
            form_token=form_token(token),
            icons=self.room.snapshot.games[""].icons,
        )
        return page(html)

    async def events(self, request: Request) -> Response:
        """The stream of the page."""
        token = facilitator_of(request, self.room)
        mailbox = self.room.mailboxes.open(FACILITATOR)
        stream = EventStream(
            mailbox,
            lambda: self._rendered(token, language_of(request, self.room)),
            known_version(request),
            lambda: _GATHER,
            lambda: self.room.mailboxes.drop(mailbox),
            self.room.clock.since_1970,
        )
        return stream  # type: ignore[return-value]

    async def _rendered(self, token: str, language: str) -> Rendered:
        room = self.room
        if language != room.ledger.settings.lang:
            await room.speak(language)
        snapshot, words = room.snapshot.told_in(language), Words(language)
        values = await room.read(lambda writer: facilitator_page(writer, snapshot, room.clock.moment(), words))
        places = {"page": values, "form": form_token(token), "address": f"{self.address}/{room.code}"}
        return alone(self.renderer.whole("facilitator_main.html", language, **places))

    # Doing

    async def act(self, request: Request) -> Response:
        """Does what a form of the page asks for."""
        token = facilitator_of(request, self.room)
        self.buckets.take(RATE, f"facilitator {self.room.code}", time.monotonic())
        form = await read_form(request)
        check_form(form, token)
        what = request.path_params["what"]
        if what in _KEYS:
            return await self._show_key(request, form, what)
        try:
            await self._do(what, form)
        except _REFUSALS as error:
            raise RefusedByGame(error, names_in(self.room.session.game.program)) from error
        return done(request, f"/{self.room.code}/facilitator")

    async def _do(self, what: str, form: Form) -> None:
        room = self.room
        if what in SAYINGS:
            saying = SAYINGS[what]
            await room.say(lambda ledger: saying(form, ledger), settled=True)
            if what in ("seat", "fill", "approve") and room.ledger.settings.started:
                await room.do(lambda session: self._hand_over_taken(session))
            self._let_go(what, form)
        elif what in DOINGS:
            doing = DOINGS[what]
            await room.do(lambda session: doing(form, Facilitator(session)))
        elif what == "part":
            await self._begin_part(form.text("part"))
        elif what == "start":
            await self._start()
        elif what == "practice":
            await self._practise()
        elif what == "practice-over":
            await room.say(lambda ledger: ([settings_said({"practice": False})], None), settled=True)
        elif what == "end-phase":
            present = room.present()
            await room.do(lambda session: room.writer.end_phase(present))
        elif what == "close-ballot":
            present, seats = room.present(), form.texts("seat")
            left = await room.do(lambda session: room.writer.close(present, seats))
            if seats and left:
                raise Refused("nobody-voted")
        else:
            raise NotFound("no-such-deed")

    async def _practise(self) -> None:
        """Has everybody vote once on what is of no consequence, on their teams where the program gives them out."""

        def begun(ledger: Ledger) -> tuple[list[Remark], None]:
            if ledger.settings.started:
                raise Refused("begun-already")
            seated = membership.fill(ledger)[0] if ledger.roster.seating == "even" else []
            return [*seated, settings_said({"practice": True})], None

        if not self.room.ledger.roster.here:
            raise Refused("nobody-joined")
        await self.room.say(begun, settled=True)

    async def _start(self) -> None:
        """Begins the game: whoever waits is seated, and seats without a team go to bots."""
        room = self.room

        def seated(ledger: Ledger) -> tuple[Sequence[Remark], Any]:
            if ledger.settings.started:
                raise Refused("begun-already")
            return membership.fill(ledger) if ledger.roster.seating == "even" else ([], None)

        def begun(ledger: Ledger) -> tuple[list[Remark], None]:
            over: dict[str, bool | str] = {"practice": False} if ledger.settings.practice else {}
            return [settings_said({"started": True, **over})], None

        if not room.ledger.roster.here:
            raise Refused("nobody-joined")
        await room.say(seated)
        await room.do(lambda session: hand_over(Facilitator(session), room.writer.ledger))
        await room.say(begun, settled=True)

    async def _begin_part(self, part: str) -> None:
        """Goes on to a phase of the class. After the first, people sit on their teams, since they read their briefs;
        with the first in which turns are played, the game begins; it stands while none are, from then on."""
        scenario = self.room.session.scenario
        phase = class_phases.phase_named(scenario, part)
        is_first = any(plan.phases[0] is phase for plan in scenario.classroom)
        if not is_first and not self.room.ledger.settings.started and self.room.ledger.roster.seating == "even":
            await self.room.say(membership.fill)
        if phase.turns and not self.room.ledger.settings.started:
            await self._start()
        at = self.room.clock.moment()
        await self.room.say(lambda ledger: (class_phases.begun(part, phase, at), None))

        def takes_up(session: Session) -> None:
            class_phases.set_clocks(Facilitator(session), phase)
            if started:
                class_phases.takes_up(Facilitator(session), phase)

        started = self.room.ledger.settings.started
        await self.room.do(takes_up)

    def _hand_over_taken(self, session: Session) -> None:
        """Gives people the seats that a team has come to, which a bot has played."""
        facilitator, roster = Facilitator(session), self.room.writer.ledger.roster
        for seat in roster.seats:
            if roster.team(seat) and session.position.players[seat]:
                facilitator.hand(seat, "", "A team plays it.")

    def _let_go(self, what: str, form: Form) -> None:
        if what == "remove":
            self.room.presence.forget(form.text("person"))
            self.room.mailboxes.close(form.text("person"), "you were taken out of the room")

    async def _show_key(self, request: Request, form: Form, what: str) -> Response:
        role: Any = _KEYS[what]
        person = form.text("person") if role == "rejoin" else ""
        key = await keys.new_key(self.room, role, person)
        address = f"{self.address}/{self.room.code}/open?key={key}"
        if wants_json(request):
            return JSONResponse({"ok": True, "key": key, "address": address, "qr": qr.as_svg(address)})
        language, drawn = language_of(request, self.room), markupsafe.Markup(qr.as_svg(address))
        return page(self.renderer.whole("key.html", language, key=key, address=address, qr=drawn, what=what))
