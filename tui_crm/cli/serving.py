"""`crm serve`: the program in a browser, for those who cannot install a terminal program. On this computer only, unless it is
said twice that others are to come in."""

from __future__ import annotations

import asyncio
import shlex
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from ..desktop import opened
from ..domain.messages import N_, Problem
from ..i18n import _, language
from . import output
from .arguments import Arguments
from .unlocking import unlock_file

if TYPE_CHECKING:
    from . import Outside
    from .web_server import BookServer

_MISSING = N_(
    "crm serve needs a part that is not installed: textual-serve. With pipx: pipx inject tui-crm textual-serve; with uv: "
    "uv tool install --with textual-serve tui-crm; else: pip install textual-serve."
)


def serve(outside: Outside, asked: Arguments) -> int:
    """Serve until Ctrl+C. Returns the exit code; raises Problem where it cannot."""
    if outside.unreadable:
        raise outside.unreadable
    try:
        from .web_server import BookServer, Door, is_loopback
    except ModuleNotFoundError as missing:
        raise Problem(_MISSING) from missing
    if not is_loopback(asked.host) and not asked.expose:
        raise Problem(
            N_(
                "{host} lets other computers in: whoever gets the address first can read and change the book, and nothing is encrypted on the way. If that is meant, add --expose."
            ),
            host=asked.host,
        )
    passphrase = _passphrase(outside, asked)
    listening = _bound(asked.host, asked.port)
    door = Door(asked.host, listening.getsockname()[1])
    server = BookServer(_command(asked, passphrase is not None), door, passphrase)
    if not is_loopback(asked.host):
        output.complain(
            _("Other computers can come in, and nothing is encrypted on the way. Use this in a network you trust.")
        )
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(server, listening, not asked.no_browser))
    return 0


def _passphrase(outside: Outside, asked: Arguments) -> str | None:
    """What opens the book, asked for once and not for every tab; None where nothing is needed."""
    from ..usecases.session import is_encrypted

    if asked.demo or outside.settings.encryption.keyring or not is_encrypted(outside.book):
        return None
    return unlock_file(outside.book, asked.passphrase_stdin)


def _bound(host: str, port: int) -> socket.socket:
    """The socket to listen on. Raises Problem where the address is taken or not ours."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise Problem(
            N_("{host}:{port} cannot be used: {why}. Choose another with --port."),
            host=host, port=port, why=error.strerror or error,
        ) from error  # fmt: skip


def _command(asked: Arguments, passphrase: bool) -> str:
    """The line that starts the program for a tab."""
    words = [sys.executable, "-m", "tui_crm", "--lang", language()]
    for option in ("db", "today"):
        if getattr(asked, option) is not None:
            words.append(f"--{option}={getattr(asked, option)}")
    words += ["--demo"] * asked.demo + ["--passphrase-stdin"] * passphrase
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


async def _run(server: BookServer, listening: socket.socket, show: bool) -> None:
    from aiohttp.web import AppRunner, SockSite

    runner = AppRunner(await server.application(), access_log=None, shutdown_timeout=10)
    await runner.setup()
    stop = asyncio.Event()
    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await SockSite(runner, listening).start()
        address = server.door.address()
        output.say(_("crm is at this address, for the first browser that opens it; Ctrl+C ends it:"))
        output.say(f"  {address}")
        sys.stdout.flush()
        if show:
            await asyncio.to_thread(opened, address)
        await stop.wait()
    finally:
        await runner.cleanup()
