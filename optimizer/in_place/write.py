"""Plan sheets written into a copy of the planner's workbook, or into the workbook itself."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from friendshore.optimizer.in_place import names
from friendshore.optimizer.in_place.contents import Contents
from friendshore.optimizer.in_place.cut import cut_links, refuse_links
from friendshore.optimizer.in_place.graft import Graft
from friendshore.optimizer.in_place.kinds import kind_of
from friendshore.optimizer.in_place.long_rows import NO_ROWS, NumberedRows, part_of
from friendshore.optimizer.in_place.parts import Parts, folded
from friendshore.optimizer.in_place.refusals import refuse_package, refuse_titles, refuse_unfit_ending
from friendshore.optimizer.in_place.styles import TooManyFormats
from friendshore.optimizer.system.files import FileFault, reason, refuse_if_no_file, refuse_if_open, writing
from friendshore.optimizer.workbook.gate import inspect

BACKUP = ".bak"


def refuse_in_place(path: Path, titles: Sequence[str]) -> None:
    """FileFault where plan sheets of these titles cannot be written into a workbook, before there is a plan."""
    refuse_if_open(path)
    inspect(path)
    if not path.stat().st_mode & 0o222:
        raise FileFault("FS007", path, "the workbook may only be read; allow changes to it, or write a copy with -o")
    refuse_if_no_file(path.with_name(path.name + BACKUP))
    parts = Parts.of(path, _read(path))
    parts.verify()
    book = _contents(parts)
    refuse_package(parts, book)
    refuse_titles(parts, book, names.marked(book), titles)


def join_copy(source: Path, digest: str, plan: bytes, draft: Path, rows: NumberedRows = NO_ROWS) -> tuple[str, ...]:
    """Write a copy of a workbook with the plan sheets before its own, and its links to the outside cut.

    Parameters
    ----------
    source
        The workbook of the planner.
    digest
        SHA-256 that it has to have, in hexadecimal.
    plan
        A workbook that holds the plan sheets.
    draft
        Path of the file to write.
    rows
        Rows of its long tables that it lacks so far.

    Returns
    -------
    tuple[str, ...]
        The cells and names in which links were cut.

    Raises
    ------
    FileFault
        FS007 where a file cannot be read or written, FS011 where the source has changed, FS009 or FS010 where
        its sheets cannot be joined, FS012 where it has links that cannot be cut.
    """
    parts = _parts(source, digest)
    book = _contents(parts)
    refuse_unfit_ending(parts, kind_of(parts, book.part), draft.suffix)
    cut = cut_links(parts, book, inspect(source))
    ours = _join(parts, book, plan, draft, rows, first=True)
    refuse_links(source, draft, ours)
    return cut


def join_new(base: bytes, plan: bytes, draft: Path, rows: NumberedRows = NO_ROWS) -> None:
    """Write a workbook that friendshore made itself, with the plan sheets before its own.

    Parameters
    ----------
    base
        A workbook that friendshore made itself.
    plan
        A workbook that holds the plan sheets.
    draft
        Path of the file to write.
    rows
        Rows of its long tables that it lacks so far.
    """
    parts = Parts.of(draft, base)
    _join(parts, _contents(parts), plan, draft, rows, first=True)


def join_in_place(path: Path, digest: str, plan: bytes, rows: NumberedRows = NO_ROWS) -> None:
    """Write plan sheets into a workbook, replacing those of an earlier run.

    What was there before is kept once, as ``NAME.bak``. Until the new file has been checked the old one
    stays as it was.

    Parameters
    ----------
    path
        The workbook of the planner.
    digest
        SHA-256 that it has to have, in hexadecimal.
    plan
        A workbook that holds the plan sheets.
    rows
        Rows of its long tables that it lacks so far.

    Raises
    ------
    FileFault
        FS011 where another program changes the workbook meanwhile: it stays as that program left it; FS007,
        FS009 or FS010 where the sheets cannot be joined.
    """
    path = path.resolve()
    refuse_if_open(path)
    parts = _parts(path, digest)
    with writing(path) as draft:
        _join(parts, _contents(parts), plan, draft, rows, first=False)
        _back_up(path, digest)


def _parts(path: Path, digest: str) -> Parts:
    """The package of a file that is still the one that was read, and whole."""
    content = _read(path)
    _refuse_change(path, hashlib.sha256(content).hexdigest(), digest)
    inspect(path)
    parts = Parts.of(path, content)
    parts.verify()
    return parts


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileFault("FS007", path, f"could not be read: {reason(error)}") from error


def _refuse_change(path: Path, digest: str, wanted: str) -> None:
    if digest != wanted:
        raise FileFault("FS011", path, "the workbook was changed after it was read; solve it again")


def _contents(parts: Parts) -> Contents:
    try:
        return Contents.of(parts)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise _damaged(parts, error) from error


def _damaged(parts: Parts, error: Exception) -> FileFault:
    reason = str(error) if type(error) is LookupError else f"{type(error).__name__}: {error}"
    return FileFault("FS004", parts.path, f"the workbook is damaged ({reason}); open it in Excel, and save it")


def _join(
    parts: Parts, book: Contents, plan: bytes, draft: Path, rows: NumberedRows, *, first: bool
) -> tuple[str, ...]:
    """Write a workbook with the plan sheets; their titles."""
    own = Parts.of(parts.path, plan)
    ours = Contents.of(own)
    refuse_package(parts, book)
    old = names.marked(book)
    refuse_titles(parts, book, old, [sheet.title for sheet in ours.sheets])
    lacking = {folded(part_of(number)): those for number, those in rows.items()}
    try:
        Graft(parts, book, own, ours, old, lacking).join(first=first)
    except TooManyFormats as error:
        raise FileFault("FS009", parts.path, f"the plan sheets cannot be joined into this workbook: {error}") from error
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise _damaged(parts, error) from error
    with draft.open("wb") as stream:
        parts.write(stream)
    _check(parts, ours, draft)
    return tuple(sheet.title for sheet in ours.sheets)


def _check(parts: Parts, ours: Contents, draft: Path) -> None:
    """Read the new file again: every untouched part is there with its checksum and bytes, and so are the new sheets."""
    content = draft.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        broken = archive.testzip()
        there = {folded(entry.orig_filename): entry for entry in archive.infolist()}
    expected = set(parts.names())
    titles = {sheet.title for sheet in inspect(draft).sheets}
    same = all(
        (there[name].CRC, there[name].file_size) == (parts.entries[name].CRC, parts.entries[name].file_size)
        for name in expected
        if name in there and name not in parts.changed and name not in parts.added
    )
    if broken or not same or not expected <= set(there) or not {sheet.title for sheet in ours.sheets} <= titles:
        raise RuntimeError(f"the workbook with the plan sheets is not whole ({broken}); {parts.path} is as it was")


def _back_up(path: Path, digest: str) -> None:
    """Keep the workbook as it is as ``NAME.bak``, and make sure that it still is what was read."""
    with writing(path.with_name(path.name + BACKUP)) as kept:
        shutil.copyfile(path, kept)
        _refuse_change(path, hashlib.sha256(kept.read_bytes()).hexdigest(), digest)
