"""Looking back in a room: a finished game is weighed beside the pages, and the room votes on what it would do again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import attrs

from tabletop.host.ballots import Vote
from tabletop.host.ledger import Ledger, Remark, settings_said, vote_again_said
from tabletop.host.looked_at import LookedAt
from tabletop.host.refusals import Refused
from tabletop.host.room import TABLE, Room
from tabletop.presentation.names import names_in
from tabletop.presentation.weighing import Weighing
from tabletop.presentation.what_if import AskedAgain, WhatIf, asked_again, options_again
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tabletop.session.branch_points import play_on_from
from tabletop.session.look_back import LookBack, look_back
from tabletop.session.public_screen import everything_is_told

#: The key of the mailboxes of the facilitator's page that looks back.
LOOKING_BACK = "looking back"
#: Seconds between two looks at whether there are sharper figures.
_LOOK = 0.5


class LookingBack:
    """The look back of one room. It begins when the facilitator opens its page, and is begun anew when the game that
    is over is another one, as on a branch."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._weighing: Weighing | None = None
        self._of: object = None
        self._task: asyncio.Task[None] | None = None
        self._told: dict[tuple[str, bool], WhatIf] = {}

    @property
    def look(self) -> LookBack | None:
        """What was played, once the page was opened."""
        return self._weighing.look if self._weighing is not None else None

    async def begin(self) -> None:
        """Has the game weighed that is over; nothing where it is not, or is weighed already."""
        room = self._room
        if not room.snapshot.finished or self._of == self._line():
            return
        of = self._of = self._line()
        self.stop()
        look = await room.read(lambda writer: look_back(writer.session))
        if of != self._of:
            return
        self._weighing = weighing = Weighing(look)
        self._told = {}
        weighing.begin()
        self._task = asyncio.get_running_loop().create_task(self._follow(weighing))

    def _line(self) -> object:
        return self._room.session.course.at.number

    async def _follow(self, weighing: Weighing) -> None:
        loop = asyncio.get_running_loop()
        while weighing.is_working:
            if await loop.run_in_executor(None, weighing.wait, _LOOK):
                self._told = {}
                self._room.mailboxes.put((LOOKING_BACK, TABLE), urgent=False)

    def stop(self) -> None:
        """Has it stop; the figures so far stay."""
        if self._weighing is not None:
            self._weighing.stop()
            self._told = {}
            self._room.mailboxes.put((LOOKING_BACK, TABLE))

    def is_told(self) -> bool:
        """Whether everybody may know what was hidden."""
        return everything_is_told(self._room.session)

    def looked_at(self, language: str, *, for_facilitator: bool) -> LookedAt | None:
        """What there is to be seen, by the facilitator or by everybody; None before it was begun, or while the game
        goes on, and for everybody before the hidden truths are told."""
        weighing, room = self._weighing, self._room
        is_told = self.is_told()
        if weighing is None or not room.snapshot.finished or not (is_told or for_facilitator):
            return None
        words, ledger = Words(language), room.ledger
        told = self._in_words(weighing, words, is_told or for_facilitator)
        names = names_in(room.session.told_in(language).game.program)
        asked = _step(ledger.settings.asked_again)
        place = ledger.settings.looks_back
        shown = _step(place)
        found = LookedAt(told=told, is_told=is_told, place=place)
        if asked is not None:
            votes = ledger.again.get(asked, {})
            found = attrs.evolve(found, asked=asked_again(names, words, weighing.look, asked), voted=len(votes))
        if shown is not None and shown != asked:
            again = asked_again(names, words, weighing.look, shown)
            past = told.decision(shown)
            results = options_again(again, votes_of(ledger, shown), past) if again is not None else ()
            found = attrs.evolve(found, decision=past, results=results)
        return found

    def _in_words(self, weighing: Weighing, words: Words, is_told: bool) -> WhatIf:
        key = (words.language, is_told)
        if key not in self._told:
            names = names_in(self._room.session.told_in(words.language).game.program)
            self._told[key] = weighing.told(names, words, is_told=is_told)
        return self._told[key]

    # What the facilitator does

    async def do(self, what: str, step: str) -> None:
        """Does what the facilitator's page asks for. Raises Refused for what cannot be."""
        if what == "what-if-stop":
            self.stop()
            return
        if what == "play-on":
            await self._play_on(step)
            return
        if what == "tell-truth":
            await self._room.do(lambda session: Facilitator(session).tell_truth())
            self._told = {}
            self._room.mailboxes.put((LOOKING_BACK, TABLE))
            return
        if what != "screen-off" and not self.is_told():
            raise Refused("tell-first")
        if what == "screen-account":
            values = {"looks_back": "account", "asked_again": ""}
        elif what == "screen-off":
            values = {"looks_back": "", "asked_again": ""}
        else:
            self._decided(step)
            values = {"looks_back": step, "asked_again": step if what == "ask-again" else ""}
        await self._room.say(lambda ledger: ([settings_said(values)], None), settled=True)
        self._room.mailboxes.put((LOOKING_BACK, TABLE))

    def _decided(self, step: str) -> int:
        look, number = self.look, _step(step)
        one = look.told.get(number) if look is not None and number is not None else None
        if number is None or one is None or len(one.options) < 2:
            raise Refused("no-such-decision", 404)
        return number

    async def _play_on(self, step: str) -> None:
        number, look = self._decided(step), self.look
        assert look is not None
        words = Words(self._room.ledger.settings.lang)
        told = asked_again(
            names_in(self._room.session.game.program), Words(self._room.ledger.settings.lang), look, number
        )
        base = words("ending.branch", when=told.when if told is not None else "")
        values = {"looks_back": "", "asked_again": ""}
        await self._room.say(lambda ledger: ([settings_said(values)], None))
        self.stop()
        self._of = None  # whoever comes back to this game has it weighed anew
        await self._room.do(lambda session: play_on(session, number, base))


ACTIONS = ("what-if-stop", "tell-truth", "play-on", "screen-account", "screen-off", "ask-again", "show-votes")


def play_on(session: Session, step: int, base: str) -> str:
    """Goes back to before a step on a branch of its own; its name."""
    return play_on_from(session, step, base, "facilitator")


def _step(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def votes_of(ledger: Ledger, step: int) -> Mapping[str, int]:
    """How many would take each option of a decision now, by key."""
    counts: dict[str, int] = {}
    for vote in ledger.again.get(step, {}).values():
        counts[vote.moves[0]] = counts.get(vote.moves[0], 0) + 1
    return counts


def voted_again(ledger: Ledger, asked: AskedAgain | None, step: str, vote: Vote) -> tuple[list[Remark], bool]:
    """What is written of a vote on what somebody would do now, and whether it is new. Raises Refused where it is not on
    what the room is asked."""
    ledger.roster.person(vote.person)
    number = _step(ledger.settings.asked_again)
    if asked is None or number is None or number != asked.step or step != ledger.settings.asked_again:
        raise Refused("again-over")
    if len(vote.moves) != 1 or vote.moves[0] not in dict(asked.options):
        raise Refused("one-option", 422)
    before = ledger.again.get(number, {}).get(vote.person)
    if before is not None and vote.serial <= before.serial:
        if (before.moves, before.why) == (vote.moves, vote.why):
            return [], False  # the network sent it twice
        raise Refused("later-vote")
    if not 1 <= vote.serial <= (before.serial if before is not None else 0) + 100:
        raise Refused("reload", 422)
    return [vote_again_said(number, vote)], True
