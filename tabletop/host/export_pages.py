"""The files that a facilitator takes away: votes, answers, and a gradebook."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from tabletop.host.access import facilitator_of
from tabletop.host.exports import EXPORTS
from tabletop.host.refusals import NotFound
from tabletop.host.room import Room


class ExportPages:
    """The downloads of a room."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def download(self, request: Request) -> Response:
        """A file by its name."""
        facilitator_of(request, self.room)
        name = request.path_params["name"]
        export = EXPORTS.get(name)
        if export is None:
            raise NotFound(f"There is no such file: there are {', '.join(EXPORTS)}.")
        text = await self.room.read(lambda writer: export(writer.session, writer.ledger))
        headers = {"content-disposition": f'attachment; filename="{self.room.session.id}-{name}"'}
        return Response(text.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)
