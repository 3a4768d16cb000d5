"""The gate before any reader: what is not a workbook, or not a safe one, is refused by the standard library alone."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from models.parsing.nearest import nearest
from optimizer.files import FileFault

MOST_PARTS = 5_000
MOST_SHEETS = 500
MOST_UNPACKED = 1 << 30
MOST_PART = 1 << 29
MOST_RATIO = 400
_SMALL = 1 << 24
_HEAD = 4096

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SAVE = "open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx)"


@dataclass(frozen=True)
class SheetPart:
    """A worksheet: its title and the part of the package that holds it."""

    title: str
    part: str


@dataclass(frozen=True)
class Package:
    """What the gate let through. ``recalculates`` is true where no program has stored results yet, by its own word."""

    path: Path
    sheets: tuple[SheetPart, ...]
    recalculates: bool


def inspect(path: str | Path) -> Package:
    """Let a workbook through, or raise FileFault with the reason: missing, of another type, encrypted, damaged."""
    path = Path(path)
    head = _head(path)
    if head.startswith(_OLE):
        raise _ole(path)
    if not head.startswith(b"PK"):
        raise FileFault("FS002", path, f"this is {_what(path, head)}, not an Excel workbook; {_SAVE}")
    try:
        with zipfile.ZipFile(path) as archive:
            return _package(path, archive)
    except FileFault:
        raise
    except OSError as error:
        raise FileFault("FS007", path, f"could not be read: {error.strerror or error}") from error
    except Exception as error:  # whatever a damaged archive makes the library raise
        raise FileFault(
            "FS004", path, f"the workbook is damaged ({error}); open it in Excel and let it repair"
        ) from error


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except FileNotFoundError as error:
        raise FileFault("FS001", path, f"there is no such file{_similar(path)}") from error
    except IsADirectoryError as error:
        raise FileFault("FS002", path, "this is a folder; wanted an Excel workbook (.xlsx)") from error
    except OSError as error:
        raise FileFault("FS007", path, f"could not be read: {error.strerror or error}") from error


def _similar(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix in {".xlsx", ".xlsm"}]
    except OSError:
        return f"; the folder {path.parent} does not exist either"
    found = nearest(path.name, names)
    return f"; the nearest is {found!r}" if found else ""


def _ole(path: Path) -> FileFault:
    """A compound file: an encrypted workbook, or one of the old format."""
    try:
        encrypted = _ENCRYPTED in path.read_bytes()[: 1 << 26]
    except OSError as error:
        return FileFault("FS007", path, f"could not be read: {error.strerror or error}")
    if encrypted:
        return FileFault("FS003", path, "the workbook is protected by a password; save a copy without one")
    return FileFault("FS002", path, f"this is an old .xls file or another Office document; {_SAVE}")


def _what(path: Path, head: bytes) -> str:
    if not head:
        return "an empty file"
    if head.startswith(b"%PDF"):
        return "a PDF"
    if b"\0" not in head:
        return f"a text file ({path.suffix or 'no ending'})"
    return f"a file of another type ({path.suffix or 'no ending'})"


def _package(path: Path, archive: zipfile.ZipFile) -> Package:
    entries = archive.infolist()
    _sizes(path, entries)
    names = {entry.filename for entry in entries}
    if "mimetype" in names:
        raise FileFault("FS002", path, f"this is an OpenDocument file; {_SAVE}")
    if any(name.endswith("workbook.bin") for name in names):
        raise FileFault("FS002", path, f"this is a binary workbook (.xlsb); {_SAVE}")
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise FileFault("FS002", path, f"this is a zip archive, not an Excel workbook; {_SAVE}")
    for entry in entries:
        _no_entities(path, archive, entry)
    workbook = _workbook_part(archive)
    if not workbook or workbook not in names:
        raise FileFault("FS002", path, f"this is an Office file without a workbook in it; {_SAVE}")
    return _contents(path, archive, workbook)


def _sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse by the directory alone, before anything is unpacked."""
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    reason = ""
    if len(entries) > MOST_PARTS:
        reason = f"it has {len(entries)} parts (at most {MOST_PARTS})"
    elif unpacked > MOST_UNPACKED or any(entry.file_size > MOST_PART for entry in entries):
        reason = f"it unpacks to {unpacked / 1e6:.0f} MB"
    elif unpacked > _SMALL and unpacked > MOST_RATIO * packed:
        reason = f"it unpacks to {unpacked // packed} times its size"
    if reason:
        raise FileFault("FS005", path, f"the workbook cannot be read safely: {reason}")
    if len(set(names)) != len(names):
        raise FileFault("FS004", path, "the workbook is damaged: a part is there twice")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileFault("FS003", path, "the archive is protected by a password; save a copy without one")


def _no_entities(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No part of a workbook declares a document type; one that does is an attack."""
    if entry.filename.endswith((".xml", ".rels")):
        with archive.open(entry) as stream:
            head = stream.read(_HEAD).replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise FileFault("FS005", path, f"the workbook cannot be read safely: {entry.filename} declares entities")


def _xml(archive: zipfile.ZipFile, part: str) -> Element:
    root: Element = fromstring(archive.read(part))
    return root


def _relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Relations of a part: id, type, target as a part name."""
    folder, name = posixpath.split(part)
    found = []
    for relation in _xml(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        target = relation.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found.append((relation.get("Id", ""), relation.get("Type", ""), whole))
    return found


def _workbook_part(archive: zipfile.ZipFile) -> str:
    return next((target for _, kind, target in _relations(archive, "") if kind.endswith("/officeDocument")), "")


def _contents(path: Path, archive: zipfile.ZipFile, workbook: str) -> Package:
    root = _xml(archive, workbook)
    if root.tag != f"{_MAIN}workbook":
        raise FileFault("FS002", path, f"this is a Strict Open XML workbook or another document; {_SAVE}")
    parts = {name: (kind, target) for name, kind, target in _relations(archive, workbook)}
    sheets = []
    for sheet in root.iter(f"{_MAIN}sheet"):
        kind, target = parts.get(sheet.get(f"{_RELATION}id", ""), ("", ""))
        if kind.endswith("/worksheet"):
            sheets.append(SheetPart(sheet.get("name", ""), target))
    if not sheets:
        raise FileFault("FS004", path, "the workbook is damaged: it has no worksheet")
    if len(sheets) > MOST_SHEETS:
        raise FileFault("FS005", path, f"the workbook cannot be read safely: it has {len(sheets)} sheets")
    calculation = root.find(f"{_MAIN}calcPr")
    pending = calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true")
    stored = any(kind.endswith("/calcChain") for kind, _ in parts.values())
    return Package(path, tuple(sheets), pending and not stored)
