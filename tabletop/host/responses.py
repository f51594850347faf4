"""Responses: pages, redirects and refusals, each with the headers that keep other sites and caches out."""

from __future__ import annotations

import logging
import traceback

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
#: A referrer goes to no other site. To our own it must: browsers that send none say "null" for the origin of a form.
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_RAW = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_log = logging.getLogger(__name__)
_NO_STORE = (b"cache-control", b"no-store")


class SecureHeaders:
    """Adds the headers to every response that has a body; what says nothing of caches may not be kept by any."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                secured = _RAW if message["status"] != 204 else ()
                headers = message["headers"] = [*message.get("headers", ()), *secured]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(_NO_STORE)
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


class LastResort:
    """Keeps a fault of the program to the request that it befell: one line in the log, and the class goes on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            if scope["type"] != "http":
                raise
            where = traceback.extract_tb(error.__traceback__)[-1]
            told = (scope["method"], scope["path"], type(error).__name__, error, where.filename, where.lineno)
            _log.error("%s %.80s failed: %s: %.200s (%s:%d)", *told)
            _log.debug("the fault in full", exc_info=error)


def wants_json(request: Request) -> bool:
    """Whether a script of our pages has sent the request; otherwise a plain form has."""
    return request.headers.get("x-requested-with") == "tabletop"


def page(html: str, status: int = 200) -> Response:
    """A page."""
    return HTMLResponse(html, status)


def done(request: Request, to: str) -> Response:
    """What answers a form that was carried out: the page again, or for a script that it was, and where to go."""
    if wants_json(request):
        return Response(status_code=204, headers={"x-to": to})
    return RedirectResponse(to, 303)


def refused_json(sentence: str, status: int) -> Response:
    """A refusal for a script."""
    return JSONResponse({"ok": False, "error": sentence}, status)


def with_cookie(response: Response, request: Request, name: str, value: str, path: str) -> Response:
    """Sets a cookie that no script reads and no other site's form brings along."""
    response.set_cookie(
        name,
        value,
        max_age=30 * 24 * 3600,
        path=path,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response
