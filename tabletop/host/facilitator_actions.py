"""What a facilitator can do from their page: each by its name in the address of a form, with the form's fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tabletop.host import membership
from tabletop.host.forms import Form
from tabletop.host.free_text import person_name
from tabletop.host.ledger import Ledger, Remark, person_said, settings_said, token_said
from tabletop.host.refusals import Refused
from tabletop.host.settings import CHOICES, NOT_CHOSEN, SWITCHES, checked
from tabletop.players.player_factory import players_for
from tabletop.session import Facilitator
from tabletop.session.facilitation import Vote
from tabletop.session.room_commands import CaptainNamed
from tabletop.session.schedule import schedules_at_hand

Saying = Callable[[Form, Ledger], tuple[Sequence[Remark], Any]]
Doing = Callable[[Form, Facilitator], Any]

#: Settings that a form of the page may choose.
CHOSEN = (*CHOICES, *(name for name in SWITCHES if name not in NOT_CHOSEN), "asking", "summary")


# The room: what is only said


def _settings(form: Form, ledger: Ledger) -> tuple[list[Remark], None]:
    values = {name: checked(name, form.text(name)) for name in CHOSEN if name in form}
    if not values:
        raise Refused("nothing-to-set", 422)
    return [settings_said(values)], None


def _seat(form: Form, ledger: Ledger) -> tuple[list[Remark], None]:
    person = form.text("person")
    if form.text("seat") == "watching":
        return [person_said(ledger.roster.watching(person).people[person])], None
    return [person_said(ledger.roster.seated(person, form.text("seat")).people[person])], None


def _rename(form: Form, ledger: Ledger) -> tuple[list[Remark], None]:
    person = form.text("person")
    return [person_said(ledger.roster.renamed(person, person_name(form.text("name"))).people[person])], None


def _captain(form: Form, ledger: Ledger) -> tuple[list[Remark], None]:
    seat, person = form.text("seat"), form.text("person")
    ledger.roster.led_by(seat, person)
    return [(CaptainNamed(seat=seat, person=person), "")], None


def _out(form: Form, ledger: Ledger) -> tuple[list[Remark], None]:
    """Ends what other facilitators' pages, or the room's screens, were opened with."""
    role = form.text("role")
    if role not in ("projector", "rejoin", "facilitator-key", "projector-key"):
        raise Refused("say-what-to-close", 422)
    return [token_said(hash, "none") for hash, one in ledger.tokens.items() if one.role == role], None


SAYINGS: Mapping[str, Saying] = {
    "settings": _settings,
    "seat": _seat,
    "fill": lambda form, ledger: membership.fill(ledger),
    "approve": lambda form, ledger: membership.approve(ledger, form.text("person")),
    "remove": lambda form, ledger: membership.leave(ledger, form.text("person")),
    "rename": _rename,
    "captain": _captain,
    "close-screens": _out,
}


# The game: what a facilitator does in the session


def hand_over(facilitator: Facilitator, ledger: Ledger) -> None:
    """Gives the seats that have a team to people, and the others to bots, where that is not so already."""
    session = facilitator.session
    for seat in ledger.roster.seats:
        is_bot, has_team = bool(session.position.players[seat]), bool(ledger.roster.team(seat))
        if has_team and is_bot:
            facilitator.hand(seat, "", "A team plays it.")
        elif not has_team and not is_bot:
            facilitator.hand(seat, players_for(session.scenario, seat)[0], "Nobody plays it.")


def _message(form: Form, facilitator: Facilitator) -> None:
    seats = form.texts("seat") or tuple(seat.id for seat in facilitator.session.scenario.seats)
    facilitator.message(seats, form.text("text"))


def _note(form: Form, facilitator: Facilitator) -> None:
    tags = [tag for tag in form.texts("tag") if tag]
    facilitator.note(form.text("text"), tags, _is_on(form, "shown"))


def _clock(form: Form, facilitator: Facilitator) -> None:
    then = "skip" if form.text("then") == "skip" else ""
    facilitator.set_clock(form.number("seconds"), form.text("phase"), then=then)


def _set(form: Form, facilitator: Facilitator) -> None:
    typed = form.text("value").strip()
    value: int | bool | str = typed
    if typed in ("true", "false"):
        value = typed == "true"
    elif typed.lstrip("+-").isascii() and typed.lstrip("+-").isdigit() and len(typed) < 10:
        value = int(typed)
    facilitator.set(form.text("name"), value, form.text("why"), _is_on(form, "shown"))


def _overrule(form: Form, facilitator: Facilitator) -> None:
    facilitator.overrule(
        form.number("step"), form.number("place"), form.text("outcome"), form.text("why"), _is_on(form, "shown")
    )


def _back(form: Form, facilitator: Facilitator) -> None:
    if not facilitator.session.back(form.number("steps", otherwise=1), facilitator.name, form.text("why")):
        raise Refused("at-the-beginning")


def _forward(form: Form, facilitator: Facilitator) -> None:
    if not facilitator.session.forward(form.number("steps", otherwise=1), facilitator.name, form.text("why")):
        raise Refused("nothing-taken-back")


def _is_on(form: Form, name: str) -> bool:
    return form.text(name) in ("on", "yes", "true")


def _write_card(form: Form, facilitator: Facilitator) -> None:
    """Brings in a card that was written on the spot: in the fields of the form, or as YAML in one."""
    card: str | dict[str, Any] = form.text("card")
    if not card:
        targets, amounts = form.texts("target"), form.texts("by")
        effects = [
            {"change": target, "by": _amount(by), "why": form.text("reason").strip()}
            for target, by in zip(targets, amounts, strict=False)
            if target
        ]
        if effects and not form.text("reason").strip():
            raise Refused("say-why", 422)
        card = {"title": form.text("title").strip(), "text": form.text("text").strip(), "effects": effects}
    facilitator.write_card(card, form.text("why"), _is_on(form, "shown"))


def _amount(typed: str) -> int:
    text = typed.strip().replace("\u2212", "-")
    if not text.lstrip("+-").isascii() or not text.lstrip("+-").isdigit() or len(text) > 9 or not int(text):
        raise Refused("say-how-much", 422)
    return int(text)


def _decide_all(form: Form, facilitator: Facilitator) -> None:
    """Decides for every team of which something is ticked, as after votes on paper: all of it or nothing."""
    votes = [
        Vote(seat=seat, actions=moves, why=form.text(f"why-{seat}"))
        for seat in form.texts("seat")
        if (moves := form.texts(f"move-{seat}"))
    ]
    if not votes:
        raise Refused("tick-decided", 422)
    facilitator.decide_all(votes)


def _schedule(form: Form, facilitator: Facilitator) -> None:
    """Takes up a schedule of injects that ships with the scenario."""
    at_hand = schedules_at_hand(facilitator.session)
    if form.text("name") not in at_hand:
        raise Refused("no-such-schedule", 404, names=", ".join(at_hand) or "–")
    facilitator.load_schedule(at_hand[form.text("name")])


DOINGS: Mapping[str, Doing] = {
    "pause": lambda form, it: it.pause(form.text("why")),
    "continue": lambda form, it: it.go_on(form.text("why")),
    "clock": _clock,
    "more-time": lambda form, it: it.more_time(form.number("seconds", otherwise=60)),
    "message": _message,
    "note": _note,
    "withdraw": lambda form, it: it.withdraw(form.number("number"), form.text("why")),
    "decide": lambda form, it: it.decide(form.text("seat"), form.text("move"), form.text("why")),
    "decide-all": _decide_all,
    "take-back": lambda form, it: it.take_back(form.text("seat"), form.text("why")),
    "hand": lambda form, it: it.hand(form.text("seat"), form.text("player"), form.text("why")),
    "skip": lambda form, it: it.skip(form.text("why"), _is_on(form, "shown")),
    "extend": lambda form, it: it.extend(form.text("why"), _is_on(form, "shown")),
    "repeat": lambda form, it: it.repeat(form.text("phase"), form.text("why"), _is_on(form, "shown")),
    "inject": lambda form, it: it.inject(form.text("card"), form.text("why"), _is_on(form, "shown")),
    "write-card": _write_card,
    "set": _set,
    "overrule": _overrule,
    "schedule": _schedule,
    "take-up": lambda form, it: it.take_up(form.text("inject"), form.text("why")),
    "set-aside": lambda form, it: it.set_aside(form.text("inject"), form.text("why")),
    "allow-undo": lambda form, it: it.allow_undo(form.text("rule")),
    "truth": lambda form, it: it.tell_truth(form.texts("name")),
    "next": lambda form, it: it.go_to_next(),
    "back": _back,
    "forward": _forward,
    "go": lambda form, it: it.session.go(form.number("step"), it.name, form.text("why")),
    "branch": lambda form, it: it.session.begin_branch(form.text("name"), it.name, form.text("why")),
    "switch": lambda form, it: it.session.switch(form.text("name"), it.name, form.text("why")),
}
