"""The program in a browser: who is let in, and that a tab has a program of its own that ends with it."""

import asyncio
import shlex
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from .conftest import Crm

pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")
aiohttp = pytest.importorskip("aiohttp")

from aiohttp.test_utils import TestServer, unused_port  # noqa: E402

from tui_crm.cli.web_server import BookServer, Door  # noqa: E402

PATIENCE = 20.0


class Visitor:
    """A browser without a face: it follows no redirect and keeps no cookie by itself."""

    def __init__(self, session: Any, door: Door) -> None:
        self.session, self.door = session, door
        self.url = f"http://127.0.0.1:{door.port}"

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Any:
        response = await self.session.get(self.url + path, headers=headers, allow_redirects=False)
        await response.read()
        return response

    async def let_in(self) -> dict[str, str]:
        """Use the token; returns the header with the cookie."""
        response = await self.get(f"/?token={self.door.token}")
        assert (response.status, response.headers["Location"]) == (303, "/")
        told = response.headers["Set-Cookie"]
        assert "HttpOnly" in told and "SameSite=Strict" in told
        return {"Cookie": told.partition(";")[0]}


@pytest.fixture
async def visitor(home: Path) -> AsyncIterator[Visitor]:
    door = Door("127.0.0.1", unused_port())
    server = BookServer(shlex.join([sys.executable, "-m", "tui_crm", "--lang", "en"]), door, None)
    running = TestServer(await server.application(), host="127.0.0.1", port=door.port)
    await running.start_server()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield Visitor(session, door)
    await running.close()


async def test_the_token_lets_in_one_browser_once(visitor: Visitor) -> None:
    for path in ("/", "/ws", "/download/x", "/static/js/textual.js", "/page.js", "/?token=wrong"):
        assert (await visitor.get(path)).status == 403, path
    token = visitor.door.token
    cookie = await visitor.let_in()
    assert (await visitor.get(f"/?token={token}")).status == 403
    page = await visitor.get("/", cookie)
    assert page.status == 200
    text = await page.text()
    assert "http://" not in text and "https://" not in text and token not in text  # nothing from anywhere else
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert (await visitor.get("/static/js/textual.js", cookie)).status == 200
    assert (await visitor.get("/", {"Cookie": cookie["Cookie"] + "x"})).status == 403


async def test_a_page_of_somebody_else_is_kept_out(visitor: Visitor) -> None:
    cookie = await visitor.let_in()
    port = visitor.door.port
    for host in (f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", f"127.0.0.1.evil.example:{port}", ""):
        assert (await visitor.get("/", {**cookie, "Host": host})).status == 403, host
    assert (await visitor.get("/", {**cookie, "Host": f"localhost:{port}"})).status == 200
    for origin in ("http://evil.example", f"http://127.0.0.1:{port + 1}", "null", ""):
        assert (await visitor.get("/ws", {**cookie, "Origin": origin})).status == 403, origin


async def test_a_tab_has_a_program_that_ends_with_it(visitor: Visitor, home: Path) -> None:
    cookie = await visitor.let_in()
    headers = {**cookie, "Origin": visitor.url}
    async with visitor.session.ws_connect(f"{visitor.url}/ws?width=90&height=20", headers=headers) as tab:
        drawn = b""
        async with asyncio.timeout(PATIENCE):
            while b"crm" not in drawn:
                drawn += (await tab.receive()).data
    assert (home / "book.db").exists()
    async with asyncio.timeout(PATIENCE):
        while (home / "book.db-wal").exists():  # which a book closed in order does not leave behind
            await asyncio.sleep(0.05)


def test_other_computers_only_come_in_where_that_was_said(crm: Crm) -> None:
    answer = crm("serve", "--host", "0.0.0.0", "--no-browser")
    assert answer.code == 2
    assert "--expose" in answer.err


def test_without_the_extra_it_says_what_to_install(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tui_crm.cli.web_server", None)
    answer = crm("serve", "--no-browser")
    assert answer.code == 2
    assert "textual-serve" in answer.err


@pytest.mark.parametrize(
    ("listening", "asked", "known"),
    [
        ("127.0.0.1", "127.0.0.1:80", True),
        ("127.0.0.1", "[::1]:80", True),
        ("127.0.0.1", "192.168.1.5:80", False),
        ("0.0.0.0", "192.168.1.5:80", True),
        ("0.0.0.0", "evil.example:80", False),
        ("::", "[fe80::1]:80", True),
    ],
)
def test_names_that_may_lead_here(listening: str, asked: str, known: bool) -> None:
    assert Door(listening, 80).knows(asked) is known
