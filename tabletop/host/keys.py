"""Keys: what opens a page once on another device, as a facilitator shows it or the terminal prints it."""

from __future__ import annotations

from tabletop.host.ledger import Ledger, Remark, token_said
from tabletop.host.refusals import Refused
from tabletop.host.room import Room
from tabletop.host.tokens import KEY_LETTERS, OPENS, Role, hashed, new_code, new_token, typed_code


async def new_key(room: Room, role: Role, person: str = "", *, typed: bool = True) -> str:
    """A key that opens a role's page once; of a "rejoin" key, that of a person. One to be `typed` is short.

    It is on the disk when this returns. A person's older keys open nothing any more.
    """
    key = new_code(KEY_LETTERS) if typed else new_token()
    if role not in OPENS:
        raise Refused("no-such-key", 422)

    def said(ledger: Ledger) -> tuple[list[Remark], None]:
        if role == "rejoin":
            ledger.roster.person(person)
        return [token_said(hashed(key), role, person, instead=bool(person))], None

    await room.say(said)
    return key


async def opened(room: Room, key: str) -> tuple[Role, str]:
    """Uses a key up: the role that it opens, and a token for it. Raises Refused for a key that opens nothing."""
    token = new_token()
    hash = hashed(typed_code(key))

    def said(ledger: Ledger) -> tuple[list[Remark], Role]:
        found = ledger.tokens.get(hash)
        if found is None or found.role not in OPENS:
            raise Refused("wrong-key", 403)
        role = OPENS[found.role]
        if role == "device":
            ledger.roster.person(found.person)
        given = token_said(hashed(token), role, found.person, instead=role == "device")
        return [token_said(hash, "none"), given], role

    role: Role = await room.say(said, settled=True)
    return role, token
