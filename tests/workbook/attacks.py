"""Workbooks made to harm who opens them, each by its name."""

from __future__ import annotations

import shutil
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.workbook.books import rebuilt

SHEET = "xl/worksheets/sheet6.xml"  # Plants
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
WORKBOOK, TYPES = "xl/workbook.xml", "[Content_Types].xml"
DEEP = b"<a>" * 60_000 + b"</a>" * 60_000


def replacing(part: str, old: bytes, new: bytes) -> Callable[[Path], Path]:
    """The workbook with ``old`` in a part become ``new``."""

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert old in content, (part, old)
        return content.replace(old, new, 1)

    return lambda path: rebuilt(path, change)


def adding(parts: dict[str, bytes]) -> Callable[[Path], Path]:
    """The workbook with more parts."""
    return lambda path: rebuilt(path, lambda _, content: content, parts)


def doubled(path: Path) -> Path:
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, archive.read(SHEET))
    return path


def directory(path: Path, part: str, offset: int, value: int) -> Path:
    """A number in the central directory of the archive changed: 24 is the size unpacked, 42 the place of the part."""
    raw = bytearray(path.read_bytes())
    at = 0
    while True:
        at = raw.index(b"PK\x01\x02", at)
        (length,) = struct.unpack_from("<H", raw, at + 28)
        if raw[at + 46 : at + 46 + length] == part.encode():
            struct.pack_into("<I", raw, at + offset, value)
            path.write_bytes(raw)
            return path
        at += 4


def overlapping(path: Path) -> Path:
    """Thousands of entries that all unpack the same bytes."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"\0" * (1 << 23))
        big = archive.getinfo("xl/media/big.bin")
        for number in range(4_000):
            again = zipfile.ZipInfo(f"xl/media/{number}.bin")
            again.compress_type, again.CRC, again.header_offset = big.compress_type, big.CRC, big.header_offset
            again.compress_size, again.file_size = big.compress_size, big.file_size
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return path


def many_sheets(path: Path) -> Path:
    sheets = b"".join(
        b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="s%d" '
        b'sheetId="%d" r:id="rId1"/>' % (n, n + 100)
        for n in range(10_000)
    )

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheets>", sheets + b"</sheets>") if name == WORKBOOK else content

    return rebuilt(path, change)


def far_cells(path: Path) -> Path:
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(9, 60_000))
    return replacing(SHEET, b"</sheetData>", rows + b"</sheetData>")(path)


def outside(path: Path) -> Path:
    """The Plants sheet is said to lie on the web, another in a file of the system."""
    old = b'Target="/xl/worksheets/sheet6.xml"'
    new = b'Target="http://127.0.0.1:9/sheet.xml" TargetMode="External"'
    replacing("xl/_rels/workbook.xml.rels", old, new)(path)
    return replacing(
        "xl/_rels/workbook.xml.rels", b'Target="/xl/worksheets/sheet7.xml"', b'Target="../../../../etc/passwd"'
    )(path)


def inserted(part: str, content: bytes) -> Callable[[Path], Path]:
    """Content put in before the end of a part's last element."""

    def change(name: str, before: bytes) -> bytes:
        at = before.rindex(b"</")
        return before[:at] + content + before[at:] if name == part else before

    return lambda path: rebuilt(path, change)


def typed(part: str, content: bytes) -> Callable[[Path], Path]:
    """A document type put before a part."""

    def change(name: str, before: bytes) -> bytes:
        bare = before[before.index(b"?>") + 2 :] if before.startswith(b"<?xml") else before
        return content + bare if name == part else before

    return lambda path: rebuilt(path, change)


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (n, *[n - 1] * 8) for n in range(98, 112))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LATE = b"<!--" + b"x" * 9_000 + b"-->" + LAUGHS

# Refused, each with the code it must get.
REFUSED: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "zip bomb": ("FS005", adding({"xl/media/x.bin": b"\0" * (1 << 26)})),
    "overlapping entries": ("FS005", overlapping),
    "too many parts": ("FS005", adding({f"xl/media/{n}.bin": b"" for n in range(6_000)})),
    "10,000 sheets": ("FS005", many_sheets),
    "far cells": ("FS005", far_cells),
    "laughs in a sheet": ("FS005", typed(SHEET, LAUGHS)),
    "laughs in the strings": ("FS005", adding({STRINGS: LAUGHS + b"<sst>&o;</sst>"})),
    "laughs in the styles": ("FS005", typed(STYLES, LAUGHS)),
    "laughs in the workbook": ("FS005", typed(WORKBOOK, LAUGHS)),
    "laughs behind a comment": ("FS005", typed(SHEET, LATE)),
    "a file of the system": ("FS005", typed(SHEET, OUTSIDE)),
    "deep sheet": ("FS005", inserted(SHEET, DEEP)),
    "deep styles": ("FS005", inserted(STYLES, DEEP)),
    "deep workbook": ("FS005", inserted(WORKBOOK, DEEP)),
    "path upwards": ("FS005", adding({"../../evil.txt": b"x"})),
    "absolute path": ("FS005", adding({"/evil.txt": b"x"})),
    "drive": ("FS005", adding({"C:/evil.txt": b"x"})),
    "path with backslashes": ("FS005", adding({"..\\..\\evil.txt": b"x"})),
    "backslashes": ("FS004", adding({"xl\\evil.xml": b"<a/>"})),
    "a part twice": ("FS004", doubled),
    "a part twice but for case": ("FS004", adding({SHEET.upper(): b"<a/>"})),
    "size that lies low": ("FS004", lambda path: directory(path, SHEET, 24, 20)),
    "size that lies high": ("FS005", lambda path: directory(path, SHEET, 24, (1 << 32) - 2)),
    "a part that lies elsewhere": ("FS004", lambda path: directory(path, SHEET, 42, 7)),
    "sheets outside": ("FS004", outside),
    "rows out of order": ("FS004", replacing(SHEET, b"</sheetData>", b'<row r="1"/></sheetData>')),
    "two sheets of one name": ("FS004", replacing(WORKBOOK, b'name="Plants"', b'name="Periods"')),
    "a string that is not there": (
        "FS004",
        replacing(SHEET, b"</sheetData>", b'<row r="99"><c r="A99" t="s"><v>99999999</v></c></row></sheetData>'),
    ),
    "a number without end": (
        "FS004",
        replacing(SHEET, b"</sheetData>", b'<row r="99"><c r="A99"><v>' + b"9" * 5000 + b"</v></c></row></sheetData>"),
    ),
}

# Read as if nothing were the matter.
HARMLESS: dict[str, Callable[[Path], Path]] = {
    "a dimension of the whole sheet": lambda path: rebuilt(
        path,
        lambda name, content: (
            content.replace(
                content[content.index(b"<dimension") : content.index(b"/>", content.index(b"<dimension")) + 2],
                b'<dimension ref="A1:XFD1048576"/>',
            )
            if b"<dimension" in content
            else content
        ),
    ),
    "merged all over": inserted(SHEET, b'<mergeCells><mergeCell ref="H9:XFD1048576"/></mergeCells>'),
    "a picture of the web": adding(
        {
            "xl/externalLinks/externalLink1.xml": b"<a/>",
            "xl/externalLinks/_rels/"
            "externalLink1.xml.rels": b'<Relationships xmlns="x"><Relationship Target="http://127.0.0.1:9/"/></Relationships>',
        }
    ),
    "styles without end": inserted(STYLES, b"<dxfs>" + b"<dxf/>" * 50_000 + b"</dxfs>"),
}


def made(folder: Path, source: Path, attack: Callable[[Path], Path]) -> Path:
    """A copy of the workbook, turned into the attack."""
    return attack(Path(shutil.copy(source, folder / "attack.xlsx")))
