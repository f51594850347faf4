"""The files that a facilitator takes away: votes, answers, a gradebook, and the game on paper as it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from tabletop.host.access import facilitator_of
from tabletop.host.exports import EXPORTS
from tabletop.host.refusals import NotFound
from tabletop.host.room import Room
from tabletop.presentation.paper.kit import kit_as_it_stands
from tabletop.presentation.paper.values import Kit
from tabletop.presentation.words import Words
from tabletop.report.kit.document import KitOptions
from tabletop.report.kit.job import Printing
from tabletop.scenario import Scenario


class ExportPages:
    """The downloads of a room."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def download(self, request: Request) -> Response:
        """A file by its name."""
        facilitator_of(request, self.room)
        name = request.path_params["name"]
        if name in DOCUMENTS:
            return await self._document(name)
        export = EXPORTS.get(name)
        if export is None:
            raise NotFound("no-such-export", names=", ".join((*EXPORTS, *DOCUMENTS)))
        text = await self.room.read(lambda writer: export(writer.session, writer.ledger))
        headers = {"content-disposition": f'attachment; filename="{self.room.session.id}-{name}"'}
        return Response(text.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)

    async def _document(self, name: str) -> Response:
        """A page to print, in the room's language."""
        words = Words(self.room.ledger.settings.lang)
        kit = await self.room.read(lambda writer: kit_as_it_stands(writer.session, words))
        # Laid out beside the room, which goes on meanwhile.
        page = await asyncio.to_thread(DOCUMENTS[name], kit, self.room.session.scenario, words)
        headers = {"content-disposition": f'inline; filename="{self.room.session.id}-{name}"'}
        return Response(page.encode("utf-8"), media_type="text/html; charset=utf-8", headers=headers)


def paper_kit(kit: Kit, scenario: Scenario, words: Words) -> str:
    """A kit as a page to print."""
    return Printing(kit=kit, scenario=scenario, words=words, options=KitOptions()).html()


DOCUMENTS: Mapping[str, Callable[[Kit, Scenario, Words], str]] = {"paper-kit.html": paper_kit}
