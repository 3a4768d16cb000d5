"""Which cell styles show a number as a date or time."""

from __future__ import annotations

import zipfile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from friendshore.optimizer.workbook.markup import MAIN, walk

_FORMATS = f"{MAIN}numFmts"
_STYLES = f"{MAIN}cellXfs"
_KNOWN = {str(number) for number, code in BUILTIN_FORMATS.items() if is_date_format(code)}


def date_styles(archive: zipfile.ZipFile, part: str) -> frozenset[str]:
    """Numbers of the cell styles (the ``s`` of a cell) whose format is that of a date or a time."""
    dates, styles, inside, count = set(_KNOWN), set[str](), "", 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, count
        if tag == f"{MAIN}xf":
            if inside == _STYLES:
                if attributes.get("numFmtId") in dates:
                    styles.add(str(count))
                count += 1
        elif tag == f"{MAIN}numFmt":
            if inside == _FORMATS and is_date_format(attributes.get("formatCode")):
                dates.add(attributes.get("numFmtId", ""))
        elif tag.startswith(MAIN) and tag.endswith("s"):
            inside = tag

    if part:
        with archive.open(part) as stream:
            walk(stream, start)
    return frozenset(styles)
