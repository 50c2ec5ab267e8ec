"""Workbooks are ZIP archives: what is in one, and whether it is a bomb, told from its list of parts alone."""

from __future__ import annotations

import io
import zipfile
from typing import NoReturn

from tui_crm.domain.messages import N_, Problem

LARGEST_UNPACKED = 500_000_000
BOMB_SIZE, BOMB_RATIO = 10_000_000, 200
"""A part of a workbook is a bomb when it unpacks to more bytes than the one, and to more than the other times its size."""

_MAX_PARTS = 10_000
_DAMAGED = N_(
    "{file} is damaged or no proper workbook ({why}). Open it in Excel or WPS, save it as .xlsx, and try again."
)


def parts_of(data: bytes, file: str) -> frozenset[str]:
    """The names of the parts. Raises Problem for a damaged archive and for one that would unpack to far too much."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        refuse_damaged(file, error)
    bomb = any(p.file_size > BOMB_SIZE and p.file_size > BOMB_RATIO * max(p.compress_size, 1) for p in parts)
    if bomb or len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Problem(
            N_("{file} would unpack to far more than a customer list holds and was not opened. Save the sheet as CSV."),
            file=file,
        )
    return frozenset(part.filename for part in parts)


def refuse_damaged(file: str, error: Exception | str) -> NoReturn:
    """Raise the Problem of a workbook that cannot be read, with what the reader stumbled over."""
    why = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    raise Problem(_DAMAGED, file=file, why=why[:200]) from (error if isinstance(error, Exception) else None)
