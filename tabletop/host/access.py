"""Access: who a request comes from, by the tokens in its cookies, and whether it may do what it asks for."""

from __future__ import annotations

import attrs
from starlette.requests import Request

from tabletop.host.forms import Form
from tabletop.host.refusals import NotAllowed
from tabletop.host.room import Room
from tabletop.host.roster import Person
from tabletop.host.tokens import Role, form_token, hashed, same
from tabletop.presentation.words import LANGUAGES

COOKIES: dict[Role, str] = {
    "device": "tabletop_device",
    "facilitator": "tabletop_facilitator",
    "projector": "tabletop_projector",
}


#: What a device keeps of the language that it has chosen for itself.
LANGUAGE = "tabletop_language"


def language_of(request: Request, room: Room) -> str:
    """The language that a device has chosen, or else that of the room."""
    chosen = request.cookies.get(LANGUAGE, "")
    return chosen if chosen in LANGUAGES else room.ledger.settings.lang


@attrs.frozen
class Visitor:
    """Who has sent a request: a `person` by their device, a facilitator, a projector, or nobody that is known."""

    token: str = ""
    person: Person | None = None


def token_of(request: Request, room: Room, role: Role) -> str:
    """The token of a role that a request brings, if the room has given it out; else ""."""
    token = request.cookies.get(COOKIES[role], "")
    if not token or len(token) > 64:
        return ""
    known = room.ledger.tokens.get(hashed(token))
    return token if known is not None and known.role == role else ""


def visitor(request: Request, room: Room) -> Visitor:
    """The person whose device a request comes from; nobody where they have left or were removed."""
    token = token_of(request, room, "device")
    if not token:
        return Visitor()
    person = room.ledger.roster.people.get(room.ledger.tokens[hashed(token)].person)
    return Visitor(token, person) if person is not None and person.is_here else Visitor()


def person_of(request: Request, room: Room) -> tuple[Person, str]:
    """The person of a request and their token. Raises NotAllowed."""
    found = visitor(request, room)
    if found.person is None:
        raise NotAllowed("not-in-the-room")
    return found.person, found.token


def facilitator_of(request: Request, room: Room) -> str:
    """The facilitator's token of a request. Raises NotAllowed."""
    token = token_of(request, room, "facilitator")
    if not token:
        raise NotAllowed("facilitators-page")
    return token


def check_table(request: Request, room: Room) -> None:
    """Raises NotAllowed for a device that has nothing to do with the room."""
    if not any(token_of(request, room, role) for role in COOKIES):
        raise NotAllowed("rooms-screen")


def check_form(form: Form, token: str) -> None:
    """Raises NotAllowed for a form that was not on a page which this device was given."""
    if not same(form.text("form"), form_token(token)):
        raise NotAllowed("form-out-of-date")
