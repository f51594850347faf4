"""Forms: reading what was posted, and refusing what another site or a flood has sent."""

from __future__ import annotations

import asyncio
import urllib.parse
from collections.abc import Mapping

from starlette.requests import ClientDisconnect, Request

from tabletop.host.limits import LARGEST_FORM, MOST_FIELDS, SLOWEST_FORM
from tabletop.host.refusals import NotAllowed, Refused

FORM = "application/x-www-form-urlencoded"


class Form:
    """The fields of a form that was posted."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """The value of a field, "" where it is missing."""
        found = self._fields.get(name, [""])
        return found[-1]

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return tuple(self._fields.get(name, ()))

    def number(self, name: str, *, otherwise: int = 0) -> int:
        """A whole number. Raises Refused for what is none."""
        typed = self.text(name).strip()
        if not typed:
            return otherwise
        if len(typed) > 9 or not typed.lstrip("-").isascii() or not typed.lstrip("-").isdigit():
            raise Refused("no-number", 422, typed=typed[:20])
        return int(typed)

    def __contains__(self, name: str) -> bool:
        return name in self._fields


async def read_form(request: Request) -> Form:
    """The form of a request. Raises Refused for what is none, too large, too slow, or sent by another site."""
    check_origin(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Refused("not-a-form", 415)
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > LARGEST_FORM:
        raise Refused("form-too-long", 413, most=LARGEST_FORM)
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_FORM):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST_FORM:
                    raise Refused("form-too-long", 413, most=LARGEST_FORM)
    except TimeoutError:
        raise Refused("form-slow", 408) from None
    except ClientDisconnect:
        raise Refused("form-in-part", 400) from None
    try:
        text = body.decode("utf-8", "replace")
        fields = urllib.parse.parse_qs(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Refused("form-fields", 413, most=MOST_FIELDS) from None
    return Form(fields)


def check_origin(request: Request) -> None:
    """Raises NotAllowed where a page of another site has sent the request."""
    refused = NotAllowed("from-another-page")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise refused
    origin = request.headers.get("origin")
    if origin is not None:
        parts = urllib.parse.urlsplit(origin)
        if parts.scheme not in ("http", "https") or parts.netloc.lower() != request.headers.get("host", "").lower():
            raise refused
