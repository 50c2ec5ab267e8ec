"""The program in a browser, on textual-serve: a process for each tab. What is ours is who may come in, and a page that loads
nothing from anywhere else."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import secrets
import socket
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from ..i18n import _, language

_WEB = Path(__file__).parent / "web"
_PATIENCE = 5.0
"""Seconds that programs have to end in order."""
_FONT = 16
_DRIVER = "tui_crm.browser:BrowserDriver"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """Who may come in: the first who brings the token gets a cookie, and after that only the cookie counts."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.token: str | None = secrets.token_urlsafe(24)
        self.cookie = f"crm_{port}"
        self._pass = secrets.token_urlsafe(32)

    def address(self) -> str:
        """The address for the first visitor."""
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/?token={self.token}"

    def knows(self, host: str) -> bool:
        """Whether a request meant us by this `Host`. A page that has its own name lead to this computer must not get in by it."""
        name, _colon, port = host.rpartition(":")
        if port != str(self.port):
            return False
        name = name.strip("[]").lower()
        if is_loopback(self.host):
            return name == "localhost" or is_loopback(name)
        return name in (self.host.lower(), socket.gethostname().lower()) or _is_number(name)

    def admit(self, token: str) -> str | None:
        """The pass for whoever brings the token; it is of use only once."""
        if self.token is None or not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        self.token = None
        return self._pass

    def is_pass(self, shown: str) -> bool:
        """Whether this is the pass that was given out."""
        return self.token is None and hmac.compare_digest(shown.encode(), self._pass.encode())


def is_loopback(host: str) -> bool:
    """Whether an address leads to this computer only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class BookServer(Server):
    """Serves the program that `command` starts. `passphrase` is given to each as the first line of its input."""

    def __init__(self, command: str, door: Door, passphrase: str | None) -> None:
        super().__init__(command, door.host, door.port, title="crm")
        self.door = door
        self._passphrase = passphrase
        self._open: set[web.WebSocketResponse] = set()

    async def application(self) -> web.Application:
        """The web application, to be run by whoever asks."""
        app = await self._make_app()
        app.router.add_get("/page.js", _script)
        app.middlewares.append(self._guarded)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the command line does."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Have every program end in order."""
        for websocket in set(self._open):
            await websocket.close(code=WSCloseCode.GOING_AWAY)

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        door = self.door
        if not door.knows(request.headers.get("Host", "")):
            return _refused(_("This is not the address of crm."))
        token = request.query.get("token")
        if request.path == "/" and token is not None:
            given = door.admit(token)
            if given is None and not door.is_pass(request.cookies.get(door.cookie, "")):
                return _refused(
                    _("This address has been used, or is not the one that crm serve printed. Start crm serve again.")
                )
            response = web.Response(status=303, headers={"Location": "/", **_HEADERS})
            if given is not None:
                response.set_cookie(door.cookie, given, httponly=True, samesite="Strict", path="/")
            return response
        if not door.is_pass(request.cookies.get(door.cookie, "")):
            return _refused(_("Open the address that crm serve printed; it lets in one browser."))
        if request.path == "/ws" and request.headers.get("Origin") != f"http://{request.host}":
            return _refused(_("This is not the page of crm."))
        return await handler(request)

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page around the terminal."""
        words: Mapping[str, str] = {
            "language": language().replace("_", "-"),
            "title": "crm",
            "socket": f"ws://{request.host}/ws",
            "size": str(_FONT),
            "starting": _("crm is starting …"),
            "ended": _("crm has ended. What you typed is kept."),
            "again": _("Open it again"),
        }
        page = Template((_WEB / "index.html").read_text(encoding="utf-8"))
        text = page.substitute({name: escape(value) for name, value in words.items()})
        policy = f"{_POLICY}; connect-src 'self' ws://{request.host}"
        return web.Response(
            text=text, content_type="text/html", headers={**_HEADERS, "Content-Security-Policy": policy}
        )

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One tab: a program of its own, which ends in order when the tab is closed."""
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        self._open.add(websocket)
        program = _Program(
            self.command,
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=websocket.close,
            download_manager=self.download_manager,
        )
        program.passphrase = self._passphrase
        try:
            await program.start(_cells(request, "width", 80), _cells(request, "height", 24))
            await self._process_messages(websocket, program)
        except (AssertionError, IndexError, KeyError, TypeError, ValueError):  # no message of our page
            await websocket.close(code=WSCloseCode.UNSUPPORTED_DATA)
        finally:
            self._open.discard(websocket)
            await asyncio.shield(program.ended())
        return websocket


class _Program(AppService):
    """The process behind a tab."""

    passphrase: str | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._listening = asyncio.Event()

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {**super()._build_environment(width, height), "TEXTUAL_DRIVER": _DRIVER}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        process = await super()._open_app_process(width, height)
        if self.passphrase is not None:
            self.stdin.write(self.passphrase.encode("utf-8") + b"\n")
            await self.stdin.drain()
        return process

    async def run(self) -> None:
        """Run it, and close the tab when it ends by itself."""
        try:
            await super().run()
        finally:
            self._listening.set()
            with suppress(ConnectionError, RuntimeError):
                await self.remote_close()

    async def on_data(self, payload: bytes) -> None:
        """Pass on what it draws."""
        self._listening.set()
        with suppress(ConnectionError):  # the tab is closed
            await super().on_data(payload)

    async def send_bytes(self, data: bytes) -> bool:
        """Send keys, once it has read its passphrase and drawn something."""
        await self._listening.wait()
        return await super().send_bytes(data)

    async def send_meta(self, data: dict[str, str | int | bool | None]) -> bool:
        """Send a message, once it listens."""
        await self._listening.wait()
        return await super().send_meta(data)

    async def ended(self) -> None:
        """Have it end in order; one that does not is killed."""
        if self._process is None:
            return
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.stop()
                self.stdin.close()
                await self._process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def _script(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(_WEB / "page.js", headers=_HEADERS)


def _refused(why: str) -> web.Response:
    return web.Response(status=403, text=why + "\n", headers=_HEADERS)


def _cells(request: web.Request, name: str, usual: int) -> int:
    text = request.query.get(name, "")
    return min(max(int(text), 1), 1000) if text.isdecimal() and len(text) < 6 else usual
