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

from tabletop.host.ballots import Vote
from tabletop.host.pages.seat_page import SeatPage
from tabletop.host.rendered import Part, Rendered, Shared, part_of, place
from tabletop.host.roster import Person
from tabletop.presentation.words import LANGUAGES, Words
from tabletop.storage.shipped_data import shelf

HERE = pathlib.Path(__file__).parent
STATIC = HERE / "static"
#: How many parts of pages are remembered.
_MOST = 400
_NAME = place("name")
_PLACES = {name: place(name) for name in ("form", "serial", "why")}
_OPENED, _CLOSED = part_of('<div class="columns">'), part_of("</div>")


class Renderer:
    """The pages of a room with a code, and the parts that were made of them."""

    def __init__(self, code: str = "") -> None:
        self.code = code
        self._parts: dict[tuple[Any, ...], Part] = {}

    def whole(self, template: str, language: str = "en", **values: Any) -> str:
        """A whole page in a language."""
        return _templates(language).get_template(template).render(code=self.code, **values)

    def seat(self, page: SeatPage, form_token: str, language: str = "en") -> Rendered:
        """The main part of a seat's page: what is happening, where we stand, what we can do, the rest, and the dock."""
        return self.shared(page, language).with_own(own_of(page.person, page.mine, form_token))

    def shared(self, page: SeatPage, language: str = "en") -> Shared:
        """The same, with places for what each person has for themselves (see `own_of`).

        What a team sees alike is made once for all of it. Whoever has voted alike has the same ballot.
        """
        part = functools.partial(self._part, language)
        who, mine = page.person.standing, page.mine
        may = (page.practises, page.notice, page.may_take_back, who, id(page.game), page.leads, page.clock)
        top = part("seat_top.html", page.game, page.clock, page)
        above = part(
            "seat_above.html", page.game, (page.practises, page.clock, page.team, page.notice, who, page.tie), page
        )
        below = part("seat_below.html", page.game, page.team, page)
        rest = part("seat_rest.html", page.game.glossary, (page.game.introduction, page.game.assumptions), page)
        # The box is another object whenever anybody has voted.
        ballot = part("ballot.html", page.box, (may, mine and mine.moves), page)
        answers = tuple((one["id"], one["answer"]) for one in page.asking)
        asked = [part("questions.html", self, answers, page)] if page.asking else []
        held = tuple((box.is_said, box.is_asked, box.count, box.parts) for box in page.beliefs)
        belief = [part("belief.html", page.game, held, page)] if held else []
        bar = part("bar.html", page.box, (may, mine and mine.moves, answers), page)
        again = []
        if page.again is not None:
            voted = page.mine_again
            told = (who, voted and (voted.moves, voted.why, voted.serial))
            again = [part("again.html", page.again, told, page)]
        # What somebody is asked and has not answered comes first.
        columns = [*asked, above, ballot] if page.unanswered else [above, ballot, *asked]
        return Shared([top, _OPENED, *again, *columns, *belief, below, rest, _CLOSED, bar])

    def _part(self, language: str, template: str, of: Any, told: object, page: SeatPage) -> Part:
        """A part of a page that depends on an object and on a few values; made once for each."""
        key = (language, template, id(of), told)
        found = self._parts.get(key)
        if found is not None and found.of is of:
            return found
        nobody = attrs.evolve(page, person=attrs.evolve(page.person, name=_NAME))
        html = self.whole(template, language, page=nobody, **_PLACES)
        while len(self._parts) >= _MOST:
            del self._parts[next(iter(self._parts))]
        made = self._parts[key] = part_of(html, of)
        return made


def own_of(person: Person, mine: Vote | None, form_token: str) -> dict[str, str]:
    """What only one person's page has, by its place, as HTML: what their forms carry, their name, and what they have
    given as the reason of their vote."""
    return {
        "form": form_token,
        "serial": str((mine.serial if mine else 0) + 1),
        "name": str(escape(person.name)),
        "why": str(escape(mine.why)) if mine else "",
    }


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


def alone(html: str) -> Rendered:
    """A page that nobody else is sent."""
    return Shared([part_of(html)]).with_own()


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
