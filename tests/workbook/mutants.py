"""Damaged copies of workbooks, by a seed: bytes, markup, parts and numbers changed at random."""

from __future__ import annotations

import io
import random
import re
import zipfile

PIECES = (
    b"",
    b"0",
    b"<v/>",
    b"9" * 30,
    b'"',
    b"\xff",
    b"<",
    b">",
    b"</row>",
    b"<row>",
    b'<c r="ZZZ9">',
    b't="e"',
    b't="s"',
    b"&#0;",
    b"&amp;",
    b"&x;",
    b"-1",
    b"1e999",
    b"<!--",
    b"]]>",
    b"\x00",
    b' r="1"',
    b' s="99999"',
    b"NaN",
    b"<f/>",
    b'<c r="A1" t="d"><v>x</v></c>',
    b'<mergeCell ref="A:A"/>',
    b'<col min="0" max="-1" hidden="1"/>',
    b"../../",
    b' hidden="1"',
    b' ref="A1"',
    b"http://127.0.0.1/",
    b' state="hidden"',
    b"%",
    b"\xef\xbb\xbf",
    b"utf-16",
)

VALUE = re.compile(rb'="([^"<>]*)"|>([^<>]+)<')
VALUES = (
    b"",
    b"0",
    b"1",
    b"-1",
    b"1e999",
    b"1e308",
    b"nan",
    b"99999999999999999999",
    b"2.5",
    b"x",
    b"e",
    b"s",
    b"str",
    b"b",
    b"d",
    b"n",
    b"A1",
    b"A:A",
    b"1:1",
    b"A1:XFD1048576",
    b"XFD1048576",
    b"#N/A",
    b"true",
    b"../..",
    b"/etc/passwd",
    b"hidden",
    b"rId1",
    b"External",
    b"2026-01-01",
    b"yyyy-mm-dd",
    b"0%",
    b"=1+1",
    b" ",
    b"&#10;",
    b"\xe6\x97\xa5",
)


def mutant(whole: bytes, seed: int) -> bytes:
    """One mutant of a workbook; the same seed gives the same."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    return _bytes(whole, chance) if chance.random() < 0.3 else _parts(whole, chance)


def _bytes(whole: bytes, chance: random.Random) -> bytes:
    """The archive itself damaged: bytes changed, cut off or doubled."""
    broken = bytearray(whole)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(broken))
        broken[at] = chance.randrange(256)
    if chance.random() < 0.2:
        del broken[chance.randrange(len(broken)) :]
    if chance.random() < 0.1:
        broken += broken[-chance.randrange(1, 500) :]
    return bytes(broken)


def _parts(whole: bytes, chance: random.Random) -> bytes:
    """A sound archive with damaged parts."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    read = [name for name in names if re.search(r"worksheets/sheet|Strings|xl/workbook|styles", name)]
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(read if chance.random() < 0.7 else names)
        action = chance.random()
        if action < 0.05:
            parts[name] = b""
        elif action < 0.1:
            parts[name] = parts[chance.choice(names)]
        elif parts[name]:
            parts[name] = _markup(parts[name], chance)
    left_out = chance.choice(names) if chance.random() < 0.05 else ""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            if name != left_out:
                archive.writestr(name, content)
    return stream.getvalue()


def _markup(content: bytes, chance: random.Random) -> bytes:
    """A piece put into the markup: mostly a value in place of another, so that the markup stays sound."""
    at = chance.randrange(len(content))
    if chance.random() < 0.6:
        values = list(VALUE.finditer(content, at, at + 3000))
        if values:
            one = chance.choice(values)
            start, end = one.span(1 if one[1] is not None else 2)
            return content[:start] + chance.choice(VALUES) + content[end:]
    if chance.random() < 0.5:
        at = max(content.find(b"<", at), 0)
    return content[:at] + chance.choice(PIECES) + content[at + chance.choice((0, 0, 0, 1, 3)) :]
