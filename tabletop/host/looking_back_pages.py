"""The facilitator's page that looks back on a finished game, and the vote of everybody on what they would do again."""

from __future__ import annotations

import time

import markupsafe
from starlette.requests import Request
from starlette.responses import Response

from tabletop.host.access import check_form, facilitator_of, language_of, person_of
from tabletop.host.ballots import Vote
from tabletop.host.device_pages import known_version
from tabletop.host.event_stream import EventStream
from tabletop.host.forms import read_form
from tabletop.host.free_text import LONGEST_REASON, one_line
from tabletop.host.limits import DEVICE, Buckets
from tabletop.host.limits import FACILITATOR as RATE
from tabletop.host.looking_back import ACTIONS, LOOKING_BACK, LookingBack, voted_again
from tabletop.host.pages.lanes import Lanes
from tabletop.host.refusals import NotFound, Refused
from tabletop.host.rendered import Rendered
from tabletop.host.rendering import Renderer, alone
from tabletop.host.responses import done, page, wants_json
from tabletop.host.room import Room
from tabletop.host.tokens import form_token
from tabletop.session import NotKept
from tabletop.session.recorded_game import CannotGo

#: Seconds in which sharper figures are gathered.
_GATHER = 1.0


class LookingBackPages:
    """What a room shows of the look back to its facilitator, and takes from them and from everybody."""

    def __init__(self, room: Room, renderer: Renderer, buckets: Buckets, back: LookingBack) -> None:
        self.room, self.renderer, self.buckets, self.back = room, renderer, buckets, back

    async def look(self, request: Request) -> Response:
        """The page: whoever opens it has the figures worked out."""
        token = facilitator_of(request, self.room)
        await self.back.begin()
        language = language_of(request, self.room)
        main = self._rendered(token, language)
        html = self.renderer.whole(
            "looking_back.html",
            language,
            main=markupsafe.Markup(main.html),
            version=main.version,
            icons=self.room.snapshot.games[""].icons,
        )
        return page(html)

    async def events(self, request: Request) -> Response:
        """The stream of the page."""
        token = facilitator_of(request, self.room)
        mailbox = self.room.mailboxes.open(LOOKING_BACK)
        language = language_of(request, self.room)

        async def rendered() -> Rendered:
            await self.back.begin()
            return self._rendered(token, language)

        stream = EventStream(
            mailbox,
            rendered,
            known_version(request),
            lambda: _GATHER,
            lambda: self.room.mailboxes.drop(mailbox),
            self.room.clock.since_1970,
        )
        return stream  # type: ignore[return-value]

    def _rendered(self, token: str, language: str) -> Rendered:
        snapshot = self.room.snapshot.told_in(language)
        return alone(
            self.renderer.whole(
                "looking_back_main.html",
                language,
                back=self.back.looked_at(language, for_facilitator=True),
                again=self.room.ledger.again,
                game=snapshot.games[""],
                lanes=Lanes(),
                form=form_token(token),
            )
        )

    async def act(self, request: Request) -> Response:
        """Does what a form of the page asks for."""
        token = facilitator_of(request, self.room)
        self.buckets.take(RATE, f"facilitator {self.room.code}", time.monotonic())
        form = await read_form(request)
        check_form(form, token)
        what = request.path_params["what"]
        if what not in ACTIONS:
            raise NotFound("There is nothing of this name to be done.")
        try:
            await self.back.do(what, form.text("step"))
        except (CannotGo, NotKept) as error:
            raise Refused(str(error)) from error
        where = "" if what == "play-on" else "/what-if"
        return done(request, f"/{self.room.code}/facilitator{where}")

    async def vote(self, request: Request) -> Response:
        """Takes a vote on what somebody would do now; when it is answered, it is on the disk."""
        person, token = person_of(request, self.room)
        self.buckets.take(DEVICE, f"form {person.id}", time.monotonic())
        form = await read_form(request)
        check_form(form, token)
        why = one_line(form.text("why"), LONGEST_REASON, "a reason")
        vote = Vote(person=person.id, moves=form.texts("move"), why=why, serial=form.number("serial", otherwise=1))
        self.room.heard(person.id, plain=not wants_json(request))
        asked, step = self.room.snapshot.again, form.text("step")
        await self.room.say(lambda ledger: voted_again(ledger, asked, step, vote), settled=not wants_json(request))
        self.room.mailboxes.put((LOOKING_BACK,), urgent=False)
        return done(request, f"/{self.room.code}")
