"""Rendering: from the values of pages to HTML, with what a whole team sees worked out once for all of it."""

from __future__ import annotations

import functools
import hashlib
import pathlib
import re
from collections.abc import Mapping
from typing import Any

import attrs
import jinja2
import markupsafe
from markupsafe import escape

from tabletop.host.event_stream import Rendered
from tabletop.host.pages.seat_page import SeatPage
from tabletop.presentation.words import LANGUAGES, Words
from tabletop.storage.shipped_data import shelf

HERE = pathlib.Path(__file__).parent
STATIC = HERE / "static"
#: Stand in what is worked out once for a team, where each person has their own.
_FORM, _SERIAL, _NAME = "\x00form\x00", "\x00serial\x00", "\x00name\x00"
#: How many pieces of pages are remembered.
_MOST = 400


@attrs.frozen(eq=False)
class _Piece:
    """A piece of a page and its hash. It holds the object that it was made `of`, so that its id is not another's."""

    html: str
    digest: bytes
    of: object


_NOTHING = _Piece("", b"", None)


class Renderer:
    """The pages of a room with a code, and the pieces that were made of them."""

    def __init__(self, code: str = "") -> None:
        self.code = code
        self._pieces: dict[tuple[Any, ...], _Piece] = {}

    def whole(self, template: str, language: str = "en", **values: Any) -> str:
        """A whole page in a language."""
        return _templates(language).get_template(template).render(code=self.code, **values)

    def seat(self, page: SeatPage, form_token: str, language: str = "en") -> Rendered:
        """The main part of a seat's page with its version: what is happening, where we stand, what we can do, the rest,
        and the dock.

        A whole class is sent its pages in the same instant. So what a team sees alike is made once for all of it, and
        the version is a hash of the hashes of its pieces.
        """
        piece = functools.partial(self._piece, language)
        shared = (page.clock, page.team, page.notice, page.person.standing, page.tie)
        nobody = attrs.evolve(page, person=attrs.evolve(page.person, name=_NAME))
        top = piece("seat_top.html", page.game, page.clock, page=page)
        above = piece("seat_above.html", page.game, shared, page=nobody)
        below = piece("seat_below.html", page.game, page.team, page=page)
        mine = page.mine
        told: tuple[object, ...] = (
            page.notice,
            page.may_take_back,
            page.person.standing,
            id(page.game),
            page.leads,
            page.clock,
        )
        told += () if mine is None else (mine.moves, mine.why)
        # The box is another object whenever anybody has voted; who has voted alike sees alike.
        ballot = piece("ballot.html", page.box, told, page=page, form=_FORM, serial=_SERIAL)
        answers = tuple((one["id"], one["answer"]) for one in page.asking)
        asked = piece("questions.html", self, answers, page=page, form=_FORM) if page.asking else _NOTHING
        held = tuple((box.is_said, box.is_asked, box.count, box.parts) for box in page.beliefs)
        belief = piece("belief.html", page.game, held, page=page, form=_FORM) if held else _NOTHING
        bar = piece("bar.html", page.box, (*told, answers), page=page)
        again = page.mine_again
        told_again = (page.person.standing, again.moves, again.why) if again is not None else (page.person.standing,)
        serial_again = str((again.serial if again is not None else 0) + 1)
        asked_again = _NOTHING
        if page.again is not None:
            asked_again = piece("again.html", page.again, (told_again, serial_again), page=page, form=_FORM)
        # What somebody is asked and has not answered comes first.
        before, after = (asked, _NOTHING) if page.unanswered else (_NOTHING, asked)
        own = {_FORM: form_token, _SERIAL: str((mine.serial if mine else 0) + 1), _NAME: escape(page.person.name)}
        pieces = (top, asked_again, before, above, ballot, after, belief, below, bar)
        version = _hash(b"".join(one.digest for one in pieces), *own.values())
        columns = f"{asked_again.html}{before.html}{above.html}{ballot.html}{after.html}{belief.html}"
        for place, value in own.items():
            columns = columns.replace(place, value)
        return f'{top.html}<div class="columns">{columns}{below.html}</div>{bar.html}', version

    def _piece(self, language: str, template: str, of: Any, told: object, **values: Any) -> _Piece:
        """A piece of a page that depends on an object and on a few values; made once for each."""
        key = (language, template, id(of), told)
        found = self._pieces.get(key)
        if found is not None and found.of is of:
            return found
        html = self.whole(template, language, **values)
        while len(self._pieces) >= _MOST:
            del self._pieces[next(iter(self._pieces))]
        made = self._pieces[key] = _Piece(html, hashlib.blake2b(html.encode(), digest_size=9).digest(), of)
        return made


@functools.cache
def _templates(language: str) -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    templates.globals["asset"] = _asset
    templates.globals["symbols"] = symbols
    templates.globals["say"] = Words(language)
    templates.globals["languages"] = LANGUAGES
    return templates


def versioned(html: str) -> Rendered:
    """HTML with its version: the same for the same page, so that it counts nothing and tells nothing."""
    return html, _hash(html.encode())


def _hash(*parts: bytes | str) -> str:
    found = hashlib.blake2b(digest_size=9)
    for part in parts:
        found.update(part if isinstance(part, bytes) else f"\0{part}".encode())
    return found.hexdigest()


def _asset(name: str) -> markupsafe.Markup:
    """The address of a file of the pages, another one whenever it has changed."""
    return markupsafe.Markup(f"/static/{name}?v={static_files()[name][1]}")


@functools.lru_cache(maxsize=64)
def symbols(names: tuple[str, ...]) -> markupsafe.Markup:
    """Icons as symbols, which a page has once and refers to by "i-" and the name. Raises KeyError for unknown ones."""
    folder = shelf("assets") / "icons"
    found = []
    for name in names:
        drawn = re.fullmatch(
            r"<svg [^>]*viewBox=\"([^\"]*)\"[^>]*>(.*)</svg>\s*", (folder / f"{name}.svg").read_text(), re.S
        )
        if drawn is None:
            raise KeyError(name)
        found.append(f'<symbol id="i-{name}" viewBox="{drawn[1]}">{drawn[2]}</symbol>')
    return markupsafe.Markup(f'<svg class="symbols" aria-hidden="true">{"".join(found)}</svg>')


@functools.cache
def static_files() -> Mapping[str, tuple[bytes, str]]:
    """The files that the pages load, by name, with a hash of each."""
    found = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.is_file()}
    return {name: (content, hashlib.blake2b(content, digest_size=6).hexdigest()) for name, content in found.items()}
