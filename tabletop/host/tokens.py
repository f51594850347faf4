"""Tokens: what a device shows to prove who it is. A session keeps only their hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Literal, TypeAlias

import attrs

Role: TypeAlias = Literal["device", "facilitator", "projector", "rejoin", "facilitator-key", "projector-key"]
ROLES: tuple[Role, ...] = ("device", "facilitator", "projector", "rejoin", "facilitator-key", "projector-key")
#: What a key opens, which is typed or opened once: the role that is given for it.
OPENS: dict[Role, Role] = {"rejoin": "device", "facilitator-key": "facilitator", "projector-key": "projector"}
#: Neither vowels, so that no word comes out, nor letters that look like digits.
_LETTERS = "bcdfghjkmnpqrstvwxz"
CODE_LETTERS = 5
KEY_LETTERS = 9


@attrs.frozen(kw_only=True)
class Token:
    """A token by its `hash`: what it opens, and for a device the person who holds it."""

    hash: str
    role: Role
    person: str = ""


def new_token() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def new_code(letters: int) -> str:
    """A code of so many letters that a person can read out and type."""
    return "".join(secrets.choice(_LETTERS) for _ in range(letters))


def typed_code(text: str) -> str:
    """A code as it was meant by whoever typed it, with capitals, spaces or hyphens.

    >>> typed_code(" BCD-fgh ")
    'bcdfgh'
    """
    return "".join(letter for letter in text.lower() if letter.isalnum())[:40]


def hashed(token: str) -> str:
    """The hash by which a token is known again."""
    return hashlib.blake2b(token.encode("utf-8", "replace"), digest_size=16, person=b"tabletop-host").hexdigest()


def form_token(token: str) -> str:
    """What the forms of a page carry, so that another site cannot post them with a device's cookie."""
    return hashlib.blake2b(b"form", key=token.encode("utf-8", "replace")[:64], digest_size=12).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
