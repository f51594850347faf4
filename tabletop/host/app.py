"""The web application: the addresses of the rooms' pages, and what answers a request that cannot be carried out."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import quote

import attrs
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from tabletop.host.access import language_of
from tabletop.host.device_pages import DevicePages, client
from tabletop.host.export_pages import ExportPages
from tabletop.host.facilitator_pages import FacilitatorPages
from tabletop.host.forms import read_form
from tabletop.host.limits import WRONG, Buckets
from tabletop.host.looking_back import LookingBack
from tabletop.host.looking_back_pages import LookingBackPages
from tabletop.host.refusals import NotFound, Refused, TooMany
from tabletop.host.rendering import Renderer, static_files
from tabletop.host.responses import LastResort, SecureHeaders, page, refused_json, wants_json
from tabletop.host.room import Room
from tabletop.host.rooms import Rooms
from tabletop.host.table_pages import TablePages
from tabletop.presentation.words import Words

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2", "png": "image/png"}


@attrs.frozen
class RoomPages:
    """All pages of one room."""

    device: DevicePages
    table: TablePages
    facilitator: FacilitatorPages
    looking_back: LookingBackPages
    exports: ExportPages


Handler = Callable[[Request], Awaitable[Response]]


class App:
    """The application over some rooms, which devices reach under an `address`."""

    def __init__(self, rooms: Rooms, address: str) -> None:
        self.rooms, self.address = rooms, address
        self.buckets = Buckets()
        self._pages: dict[str, RoomPages] = {}

    def asgi(self) -> ASGIApp:
        """The ASGI application."""
        starlette = Starlette(
            routes=self._routes(),
            exception_handlers={Refused: self._refused, HTTPException: self._unknown, Exception: self._failed},
            lifespan=self._lifespan,
        )
        return SecureHeaders(LastResort(starlette))

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        for pages in self._pages.values():
            pages.looking_back.back.stop()
        await self.rooms.close()

    def _routes(self) -> list[Route]:
        it = self._in
        return [
            # Those first that come most often: they are tried in order.
            _post("/{code}/vote", it(lambda pages: pages.device.vote)),
            _post("/{code}/here", it(lambda pages: pages.device.here)),
            _stream("/{code}/events", it(lambda pages: pages.device.events)),
            _get("/help", self._help),
            _get("/{code}/log", it(lambda pages: pages.device.log)),
            _get("/{code}", it(lambda pages: pages.device.look)),
            _post("/{code}/join", it(lambda pages: pages.device.join)),
            _get("/static/{name}", self._static),
            _post("/{code}/seat", it(lambda pages: pages.device.choose_seat)),
            _post("/{code}/answer", it(lambda pages: pages.device.answer)),
            _post("/{code}/belief", it(lambda pages: pages.device.believe)),
            _post("/{code}/take-back", it(lambda pages: pages.device.take_back)),
            _post("/{code}/language", it(lambda pages: pages.device.choose_language)),
            _post("/{code}/leave", it(lambda pages: pages.device.leave)),
            _get("/{code}/open", it(lambda pages: pages.facilitator.ask_key)),
            _post("/{code}/open", it(lambda pages: pages.facilitator.open)),
            _get("/{code}/table", it(lambda pages: pages.table.look)),
            _stream("/{code}/table/events", it(lambda pages: pages.table.events)),
            _get("/{code}/facilitator", it(lambda pages: pages.facilitator.look)),
            _stream("/{code}/facilitator/events", it(lambda pages: pages.facilitator.events)),
            _get("/{code}/facilitator/what-if", it(lambda pages: pages.looking_back.look)),
            _stream("/{code}/facilitator/what-if/events", it(lambda pages: pages.looking_back.events)),
            _post("/{code}/facilitator/what-if/{what}", it(lambda pages: pages.looking_back.act)),
            _post("/{code}/again", it(lambda pages: pages.looking_back.vote)),
            _post("/{code}/facilitator/{what}", it(lambda pages: pages.facilitator.act)),
            _get("/{code}/exports/{name}", it(lambda pages: pages.exports.download)),
            _get("/", self._enter_page),
            _post("/enter", self._enter),
            _get("/favicon.ico", self._no_icon),
        ]

    # Rooms

    def _in(self, handler: Callable[[RoomPages], Handler]) -> Handler:
        async def handle(request: Request) -> Response:
            try:
                room = self.rooms.find(request.path_params["code"])
            except NotFound:
                self._wrong(request)
                raise
            return await handler(self._pages_of(room))(request)

        return handle

    def _pages_of(self, room: Room) -> RoomPages:
        pages = self._pages.get(room.code)
        if pages is None:
            renderer, looking_back = Renderer(room.code), LookingBack(room)
            pages = self._pages[room.code] = RoomPages(
                device=DevicePages(room, renderer, self.buckets),
                table=TablePages(room, renderer, self.address, looking_back),
                facilitator=FacilitatorPages(room, renderer, self.buckets, self.address),
                looking_back=LookingBackPages(room, renderer, self.buckets, looking_back),
                exports=ExportPages(room),
            )
        return pages

    def _wrong(self, request: Request) -> None:
        """Counts a code that opens nothing. Raises TooMany."""
        sentence = "wrong-codes"
        self.buckets.take(WRONG, f"code {client(request)}", time.monotonic(), sentence)

    async def _enter_page(self, request: Request) -> Response:
        return page(Renderer().whole("enter.html", self._language()))

    async def _help(self, request: Request) -> Response:
        return page(Renderer().whole("help.html", self._language()))

    def _language(self) -> str:
        """The language of pages that are no room's: that of the first."""
        return next((room.ledger.settings.lang for room in self.rooms), "en")

    async def _enter(self, request: Request) -> Response:
        form = await read_form(request)
        try:
            room = self.rooms.find(form.text("code"))
        except NotFound:
            self._wrong(request)
            raise
        return RedirectResponse(f"/{quote(room.code)}", 303)

    # The rest

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        found = static_files().get(name)
        if found is None:
            raise NotFound("no-such-file")
        content, version = found
        kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        is_this = request.query_params.get("v") == version
        caching = "public, max-age=31536000, immutable" if is_this else "no-cache"
        return Response(content, media_type=kind, headers={"cache-control": caching})

    async def _no_icon(self, request: Request) -> Response:
        return Response(status_code=204)

    async def _refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        code = str(request.path_params.get("code", ""))[:40]
        room = next((room for room in self.rooms if room.code == code), None)
        words = Words(language_of(request, room) if room is not None else self._language())
        if wants_json(request):
            response = refused_json(error.sentence(words), error.status)
        else:
            back = f"/{quote(code)}" if room is not None else "/"
            if "/facilitator/" in request.url.path:
                back += "/facilitator"
            title = words("host.did_not_work") if error.status != 404 else words("host.not_found")
            places = {"title": title, "sentence": error.sentence(words), "back": back}
            response = page(Renderer(code).whole("message.html", words.language, **places), error.status)
        if isinstance(error, TooMany):
            response.headers["retry-after"] = str(error.seconds)
        return response

    async def _unknown(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        kinds = {404: "no-such-page", 405: "no-such-request"}
        return await self._refused(request, Refused(kinds.get(error.status_code, "did-not-work"), error.status_code))

    async def _failed(self, request: Request, error: Exception) -> Response:
        return PlainTextResponse(Words(self._language())("host.went_wrong"), 500)


def _get(path: str, handler: Handler) -> Route:
    """A page or a file, compressed for whoever can read that."""
    compressed = Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    return Route(path, handler, methods=["GET"], middleware=[compressed])


def _stream(path: str, handler: Handler) -> Route:
    return Route(path, handler, methods=["GET"])


def _post(path: str, handler: Handler) -> Route:
    return Route(path, handler, methods=["POST"])
