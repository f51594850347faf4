"""The pages of people's devices: joining, the page of a seat, voting, answering, leaving."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tabletop.host import membership, practice
from tabletop.host.access import COOKIES, LANGUAGE, check_form, language_of, person_of, visitor
from tabletop.host.ballots import Vote
from tabletop.host.event_stream import EventStream
from tabletop.host.forms import Form, check_origin, read_form
from tabletop.host.free_text import LONGEST_REASON, one_line
from tabletop.host.ledger import Ledger, Remark, vote_said
from tabletop.host.limits import DEVICE, JOINING, Buckets
from tabletop.host.pages.game import whole_log
from tabletop.host.pages.seat_page import SeatPage, notice_of, seat_page
from tabletop.host.practice import takes_part
from tabletop.host.refusals import Refused, RefusedByGame
from tabletop.host.rendered import Rendered, Shared
from tabletop.host.rendering import Renderer, own_of
from tabletop.host.responses import done, page, wants_json, with_cookie
from tabletop.host.room import Room
from tabletop.host.roster import Person
from tabletop.host.snapshot import Snapshot
from tabletop.host.tokens import form_token, hashed, new_token
from tabletop.presentation.belief_shares import rounded
from tabletop.presentation.names import names_in
from tabletop.presentation.words import LANGUAGES, Words
from tabletop.session import RulingRefused, Session
from tabletop.session.commands import Retract
from tabletop.session.stated_beliefs import BeliefRefused, believe

#: Seconds in which votes of the team are gathered into one event, and as many more for each page that is open.
_GATHER, _GATHER_EACH = 0.06, 0.001
_TICKET = re.compile(r"[0-9a-f]{32}")


class DevicePages:
    """What a room shows to devices, and takes from them."""

    def __init__(self, room: Room, renderer: Renderer, buckets: Buckets) -> None:
        self.room, self.renderer, self.buckets = room, renderer, buckets
        # What was made of a snapshot, by language and by what is the same for all who are shown it.
        self._made_of, self._made = room.snapshot, dict[tuple[str, object], Shared]()

    # Looking

    async def look(self, request: Request) -> Response:
        """The page of the person's seat; for whoever has not joined, the page to join by."""
        found, language = visitor(request, self.room), await self._language(request)
        if found.person is None:
            return page(self._join_page(language))
        self.room.heard(found.person.id, plain=True)
        main = self.rendered(found.person.id, found.token, language)
        html = self.renderer.whole(
            "seat.html",
            language,
            page=self.page_of(found.person, language),
            main=_safe(main.html),
            version=main.version,
            form_token=form_token(found.token),
        )
        return page(html)

    async def _language(self, request: Request) -> str:
        """The language of a device's pages, which can be had when this returns."""
        language = language_of(request, self.room)
        if language != self.room.ledger.settings.lang:
            await self.room.speak(language)
        return language

    def _join_page(self, language: str) -> str:
        snapshot = self.room.snapshot.told_in(language)
        roster = snapshot.ledger.roster
        seats = []
        if roster.seating == "choice":
            names = {seat.id: seat.name for seat in self.room.session.told_in(language).scenario.seats}
            seats = [{"id": id, "name": names[id], "people": len(roster.team(id))} for id in roster.seats]
        return self.renderer.whole(
            "join.html",
            language,
            game=snapshot.games[""],
            ticket=new_token(),
            numbers=snapshot.ledger.settings.numbers,
            rehearsal=snapshot.ledger.settings.rehearsal,
            seats=seats,
        )

    def page_of(self, person: Person, language: str = "") -> SeatPage:
        """What a person sees now."""
        snapshot = self.room.snapshot.told_in(language)
        settings = snapshot.ledger.settings
        seat = person.seat if person.standing == "seated" else ""
        team = snapshot.teams.get(seat, ())
        practises = snapshot.practice is not None and takes_part(person)
        notice = notice_of(started=settings.started, paused=snapshot.paused, standing=person.standing)
        box = snapshot.boxes.get(seat) if seat or practises else None
        asking = snapshot.asked(person.id)
        return seat_page(
            snapshot.games[seat],
            box,
            person,
            snapshot.clock,
            team=team,
            notice="" if practises else notice,
            asking=asking,
            practises=practises,
            may_take_back=bool(seat) and snapshot.undo != "never",
            tie=snapshot.ties.get(seat) if seat else None,
            beliefs=snapshot.belief_boxes(person.id, seat) if settings.started else (),
            again=snapshot.again,
            mine_again=snapshot.ledger.again.get(snapshot.again.step, {}).get(person.id) if snapshot.again else None,
        )

    def rendered(self, id: str, token: str, language: str = "") -> Rendered:
        """The main part of a person's page, by default in the room's language, with its version."""
        snapshot = self.room.snapshot
        person, language = snapshot.ledger.roster.people[id], language or snapshot.ledger.settings.lang
        if self._made_of is not snapshot:
            self._made_of, self._made = snapshot, {}
        mine, alike = _told_alike(snapshot, person)
        shared = self._made.get((language, alike))
        if shared is None:
            shared = self._made[language, alike] = self.renderer.shared(self.page_of(person, language), language)
        return shared.with_own(own_of(person, mine, form_token(token)))

    async def events(self, request: Request) -> Response:
        """The stream of a person's page."""
        person, token = person_of(request, self.room)
        room = self.room
        await self._language(request)
        mailbox = room.mailboxes.open(person.id)
        room.heard(person.id)
        stream = EventStream(
            mailbox,
            lambda: self.rendered(person.id, token, language_of(request, room)),
            known_version(request),
            lambda: _GATHER + _GATHER_EACH * len(room.mailboxes),
            lambda: room.mailboxes.drop(mailbox),
            room.clock.since_1970,
        )
        return stream  # type: ignore[return-value]  # an ASGI application, as a response is

    async def log(self, request: Request) -> Response:
        """All that has happened, as the person's seat has learned of it."""
        person, _ = person_of(request, self.room)
        seat = person.seat if person.standing == "seated" else ""
        language = await self._language(request)
        turns = await self.room.read(lambda writer: whole_log(writer.session.told_in(language), seat, Words(language)))
        game = self.room.snapshot.told_in(language).games[seat]
        return page(self.renderer.whole("log.html", language, game=game, turns=turns))

    # Doing

    async def join(self, request: Request) -> Response:
        """Lets somebody in. Whoever is in already stays who they are."""
        form = await read_form(request)
        self.buckets.take(JOINING, f"{self.room.code} {client(request)}", time.monotonic())
        found = visitor(request, self.room)
        if found.person is not None:
            return done(request, f"/{self.room.code}")
        ticket = form.text("ticket")
        if not _TICKET.fullmatch(ticket):
            raise Refused("open-again", 422)
        person = membership.newcomer(form.text("name"), form.text("number"))
        wish = membership.WATCHING if form.text("watch") else form.text("seat")
        joined: str = await self.room.say(
            lambda ledger: membership.join(ledger, person, hashed(ticket), wish), settled=True
        )
        self.room.heard(joined, plain=not wants_json(request))
        response = done(request, f"/{self.room.code}")
        return with_cookie(response, request, COOKIES["device"], ticket, f"/{self.room.code}")

    async def vote(self, request: Request) -> Response:
        """Takes a vote; when it is answered, it is on the disk."""
        form, person, _ = await self._form(request)
        why = one_line(form.text("why"), LONGEST_REASON, "reason")
        vote = Vote(person=person.id, moves=form.texts("move"), why=why, serial=form.number("serial", otherwise=1))
        ballot = form.text("ballot")
        self.room.heard(person.id, plain=not wants_json(request))
        if ballot == practice.KEY:
            await self.room.do(lambda session: self.room.writer.practise(vote))
            return done(request, f"/{self.room.code}")
        if self.room.snapshot.paused:
            raise Refused("paused")
        self._check_meant(person, vote, form.texts("sure"))
        await self.room.say(lambda ledger: voted(ledger, ballot, vote), settled=not wants_json(request))
        return done(request, f"/{self.room.code}")

    def _check_meant(self, person: Person, vote: Vote, sure: Sequence[str]) -> None:
        """Raises Refused for a vote for what nothing takes back, where its question was not answered."""
        moves = self.room.snapshot.games[person.seat].moves if person.seat in self.room.snapshot.games else {}
        asked = [moves[key].asks for key in vote.moves if key in moves and moves[key].asks and key not in sure]
        if asked:
            raise Refused("tick-sure", 422, asks=asked[0])

    async def choose_seat(self, request: Request) -> Response:
        """Puts a person on a seat that they choose, where people may."""
        form, person, _ = await self._form(request)
        seat = form.text("seat")
        await self.room.say(lambda ledger: membership.choose(ledger, person.id, seat), settled=True)
        return done(request, f"/{self.room.code}")

    async def take_back(self, request: Request) -> Response:
        """Takes back what the person's team has chosen face down, where the facilitator lets teams do that."""
        _, person, _ = await self._form(request)
        page = self.page_of(person)
        if not page.may_take_back:
            raise Refused("no-taking-back")
        chosen = page.game.picked

        def taken_back(session: Session) -> None:
            if session.paused or tuple(one.label for one in session.view(person.seat).picked) != chosen:
                raise Refused("turned-over")
            session.step(Retract(seat=person.seat), person.seat)

        try:
            await self.room.do(taken_back)
        except RulingRefused as error:
            raise RefusedByGame(error, names_in(self.room.session.game.program)) from error
        return done(request, f"/{self.room.code}")

    async def leave(self, request: Request) -> Response:
        """Takes a person out of the room, as they wish."""
        _, person, _ = await self._form(request)
        await self.room.say(lambda ledger: membership.leave(ledger, person.id), settled=True)
        self.room.presence.forget(person.id)
        self.room.mailboxes.close(person.id, "you have left the room")
        return done(request, f"/{self.room.code}")

    async def choose_language(self, request: Request) -> Response:
        """Has this device's pages in a language of its own from now on, or in the room's again ("")."""
        form = await read_form(request)
        chosen = form.text("language")
        if chosen and chosen not in LANGUAGES:
            raise Refused("no-such-language", 422)
        back = {"table": "/table", "facilitator": "/facilitator"}.get(form.text("page"), "")
        response = done(request, f"/{self.room.code}{back}")
        return with_cookie(response, request, LANGUAGE, chosen, f"/{self.room.code}")

    async def here(self, request: Request) -> Response:
        """A sign of life from a page that is open."""
        check_origin(request)
        person, _ = person_of(request, self.room)
        self.buckets.take(DEVICE, f"here {person.id}", time.monotonic())
        self.room.heard(person.id)
        return Response(status_code=204)

    async def answer(self, request: Request) -> Response:
        """Takes answers to the questions that are asked now."""
        form, person, _ = await self._form(request)
        asked = self.room.snapshot.questions
        fields = {question.id: form.text(question.id) for question in asked if question.id in form}
        await self.room.say(lambda ledger: membership.answer(ledger, person.id, asked, fields), settled=True)
        return done(request, f"/{self.room.code}")

    async def believe(self, request: Request) -> Response:
        """Keeps what a person holds of a hidden truth; the parts count in proportion, whatever they add up to."""
        form, person, _ = await self._form(request)
        if person.standing != "seated":
            raise Refused("belief-of-team")
        hidden = form.text("hidden")

        def said(session: Session) -> None:
            noun = next((one for one in session.scenario.hidden if one.id == hidden), None)
            parts = {value: max(0, min(100, form.number(f"s-{value}"))) for value in (noun.values if noun else ())}
            if session.is_over or not any(parts.values()):
                raise Refused("belief-empty", 422)
            believe(session, person.seat, hidden, rounded(parts), person.id)

        try:
            await self.room.do(said)
        except BeliefRefused as error:
            raise RefusedByGame(error, names_in(self.room.session.game.program), 422) from error
        return done(request, f"/{self.room.code}")

    async def _form(self, request: Request) -> tuple[Form, Person, str]:
        """A form that one of the room's people has sent."""
        person, token = person_of(request, self.room)
        self.buckets.take(DEVICE, f"form {person.id}", time.monotonic())
        form = await read_form(request)
        check_form(form, token)
        return form, person, token


def _told_alike(snapshot: Snapshot, person: Person) -> tuple[Vote | None, object]:
    """A person's vote in the ballot that is open, and all of them and of what they have done that their page is made of
    beside the snapshot, but for their own values (see `own_of`): for whom it is equal, the page is."""
    is_seated, id = person.standing == "seated", person.id
    box = snapshot.boxes.get(person.seat if is_seated else "")
    mine = box.votes.get(id) if box is not None else None
    answers = snapshot.ledger.answers
    answered = tuple(answer and answer.value for answer in (answers.get((id, one.id)) for one in snapshot.questions))
    again = snapshot.ledger.again.get(snapshot.again.step, {}).get(id) if snapshot.again else None
    return mine, (
        person.seat if is_seated else "",
        person.standing,
        mine and mine.moves,
        box is not None and box.captain_id == id,
        answered,
        again and (again.moves, again.why, again.serial),
        snapshot.stated_by.get(id, ()),
    )


def voted(ledger: Ledger, key: str, vote: Vote) -> tuple[list[Remark], bool]:
    """What is written of a vote, and whether it is new. Raises Refused where it is not for the team's open ballot."""
    person = ledger.roster.person(vote.person)
    ballot = ledger.ballots.get(person.seat) if person.standing == "seated" else None
    if ballot is None:
        raise Refused("nothing-to-vote")
    if ballot.key != key:
        raise Refused("vote-over")
    if not ballot.is_new(vote):
        if ballot.repeats(vote):
            return [], False  # the network sent it twice
        raise Refused("later-vote")
    if ledger.settings.reasons == "required" and not vote.why:
        raise Refused("give-reason", 422)
    if vote.serial > ballot.next_serial(vote.person) + 100 or vote.serial < 1:
        raise Refused("reload", 422)
    ballot.with_vote(vote)
    return [vote_said(person.seat, key, vote)], True


def known_version(request: Request) -> str:
    """The version of the page that a browser has."""
    return request.headers.get("last-event-id", "") or request.query_params.get("version", "")


def client(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""


def _safe(html: str) -> Any:
    import markupsafe

    return markupsafe.Markup(html)
