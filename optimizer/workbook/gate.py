"""The gate before any reader: what is not a workbook, or not a safe one, is refused by the standard library alone."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from friendshore.models.parsing.nearest import nearest
from friendshore.optimizer.system.files import FileFault, reason
from friendshore.optimizer.workbook.links import links
from friendshore.optimizer.workbook.markup import MAIN, RELATIONSHIP, Suspicious, walk

MOST_PARTS = 5_000
MOST_SHEETS = 500
MOST_UNPACKED = 1 << 30
MOST_PART = 1 << 29
MOST_RATIO = 400
_SMALL = 1 << 24
_HEAD = 4096
_OLE_LOOKED_AT = 1 << 26

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE = "open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx)"
_UNSAFE = "the workbook cannot be read safely"


@dataclass(frozen=True)
class SheetPart:
    """A worksheet: its title, the part of the package that holds it, and whether it is hidden."""

    title: str
    part: str
    hidden: bool = False


@dataclass(frozen=True)
class Package:
    """What the gate let through.

    ``recalculates`` is true where no program has stored results yet, by its own word; ``markup`` is the size of all
    XML in it, unpacked, in bytes; ``styles`` and ``texts`` are the parts that hold the cell styles and the texts that
    cells share, empty where there is none; ``workbook`` is the part that lists the sheets.
    """

    path: Path
    sheets: tuple[SheetPart, ...]
    recalculates: bool
    markup: int = 0
    styles: str = ""
    texts: str = ""
    workbook: str = ""


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
    except Suspicious as error:
        raise FileFault("FS005", path, f"{_UNSAFE}: {error}") from error
    except OSError as error:
        raise FileFault("FS007", path, f"could not be read: {reason(error)}") from error
    except Exception as error:  # whatever a damaged archive makes the library raise
        raise FileFault(
            "FS004", path, f"the workbook is damaged ({error}); open it in Excel and let it repair"
        ) from error


def _head(path: Path) -> bytes:
    try:
        kind = path.stat().st_mode  # before it is opened: opening a pipe waits for ever
        if stat.S_ISDIR(kind):
            raise FileFault("FS002", path, "this is a folder; wanted an Excel workbook (.xlsx)")
        if not stat.S_ISREG(kind):
            raise FileFault("FS002", path, "this is a device or a pipe, not a file; wanted an Excel workbook (.xlsx)")
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except FileNotFoundError as error:
        raise FileFault("FS001", path, f"there is no such file{_similar(path)}") from error
    except OSError as error:
        raise FileFault("FS007", path, f"could not be read: {reason(error)}") from error
    except ValueError as error:  # a NUL in the name
        raise FileFault("FS001", path, f"no file can have this name: {error}") from error


def _similar(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix in {".xlsx", ".xlsm"}]
    except OSError:
        return f"; the folder {path.parent} does not exist either"
    close = nearest(path.name, names)
    return f"; the nearest is {close!r}" if close else ""


def _ole(path: Path) -> FileFault:
    """A compound file: an encrypted workbook, or one of the old format."""
    try:
        with path.open("rb") as stream:
            encrypted = _ENCRYPTED in stream.read(_OLE_LOOKED_AT)
    except OSError as error:
        return FileFault("FS007", path, f"could not be read: {reason(error)}")
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
    _part_names(path, entries)
    names = {entry.filename for entry in entries}
    if "mimetype" in names:
        raise FileFault("FS002", path, f"this is an OpenDocument file; {_SAVE}")
    if any(name.endswith("workbook.bin") for name in names):
        raise FileFault("FS002", path, f"this is a binary workbook (.xlsb); {_SAVE}")
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise FileFault("FS002", path, f"this is a zip archive, not an Excel workbook; {_SAVE}")
    for entry in entries:
        _no_entities(path, archive, entry)
    workbook = next((target for _, kind, target in relations(archive, "") if kind.endswith("/officeDocument")), "")
    if not workbook or workbook not in names:
        raise FileFault("FS002", path, f"this is an Office file without a workbook in it; {_SAVE}")
    return _contents(path, archive, workbook)


def _sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse by the directory alone, before anything is unpacked."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, path.stat().st_size)  # entries may overlap, and count the same bytes again and again
    reason = ""
    if len(entries) > MOST_PARTS:
        reason = f"it has {len(entries)} parts (at most {MOST_PARTS})"
    elif unpacked > MOST_UNPACKED or any(entry.file_size > MOST_PART for entry in entries):
        reason = f"it unpacks to {unpacked / 1e6:.0f} MB"
    elif unpacked > _SMALL and unpacked > MOST_RATIO * packed:
        reason = f"it unpacks to {unpacked // packed} times its size"
    if reason:
        raise FileFault("FS005", path, f"{_UNSAFE}: {reason}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileFault("FS003", path, "the archive is protected by a password; save a copy without one")


def _part_names(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Nothing is ever unpacked to disk; names that lead elsewhere are refused all the same."""
    names = [entry.orig_filename for entry in entries]
    for name in names:
        if name.startswith(("/", "\\")) or ":" in name.split("/")[0] or ".." in name.replace("\\", "/").split("/"):
            raise FileFault("FS005", path, f"{_UNSAFE}: a part is named {name[:60]!r}, which leads out of it")
    if len({name.casefold() for name in names}) != len(names):  # part names are compared case-blind
        raise FileFault("FS004", path, "the workbook is damaged: a part is there twice")
    if any("\\" in name for name in names):
        raise FileFault("FS004", path, f"the workbook is damaged: its parts are named with backslashes; {_SAVE}")


def _no_entities(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No part of a workbook declares a document type; one that does is an attack."""
    if entry.filename.endswith((".xml", ".rels")):
        with archive.open(entry) as stream:
            head = stream.read(_HEAD).replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise FileFault("FS005", path, f"{_UNSAFE}: {entry.filename} declares entities")


def relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Relations of a part to parts of the package: id, type, target; none where it has no relations.

    What lies outside the package (links to other files, to the web) is left out: it is never followed.
    """
    return [(link.id, link.type, link.target) for link in links(archive, part) if not link.outside]


def _contents(path: Path, archive: zipfile.ZipFile, workbook: str) -> Package:
    related = {name: (kind, target) for name, kind, target in relations(archive, workbook)}
    sheets: list[SheetPart] = []
    roots: list[str] = []
    pending = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal pending
        roots.append(tag) if not roots else None
        if tag == f"{MAIN}sheet":
            kind, target = related.get(attributes.get(f"{RELATIONSHIP}id", ""), ("", ""))
            if kind.endswith("/worksheet"):
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetPart(attributes.get("name", ""), target, hidden))
        elif tag == f"{MAIN}calcPr":
            pending = attributes.get("fullCalcOnLoad") in ("1", "true")

    with archive.open(workbook) as stream:
        walk(stream, start)
    if roots != [f"{MAIN}workbook"]:
        raise FileFault("FS002", path, f"this is a Strict Open XML workbook or another document; {_SAVE}")
    _sheets(path, archive, sheets)
    parts = {kind.rpartition("/")[2]: target for kind, target in related.values() if target in archive.NameToInfo}
    stored = any(kind.endswith("/calcChain") for kind, _ in related.values())
    markup = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels", ".vml")))
    return Package(
        path,
        tuple(sheets),
        pending and not stored,
        markup,
        styles=parts.get("styles", ""),
        texts=parts.get("sharedStrings", ""),
        workbook=workbook,
    )


def _sheets(path: Path, archive: zipfile.ZipFile, sheets: list[SheetPart]) -> None:
    if not sheets:
        raise FileFault("FS004", path, "the workbook is damaged: it has no worksheet")
    if len(sheets) > MOST_SHEETS:
        raise FileFault("FS005", path, f"{_UNSAFE}: it has {len(sheets)} sheets")
    if len({sheet.title.casefold() for sheet in sheets}) != len(sheets):
        raise FileFault("FS004", path, "the workbook is damaged: two sheets have the same name")
    lost = next((sheet for sheet in sheets if sheet.part not in archive.NameToInfo), None)
    if lost:
        raise FileFault("FS004", path, f"the workbook is damaged: the sheet {lost.title!r} is missing from it")
