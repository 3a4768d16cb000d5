"""XML walked from start to end in bounded memory, for parts that nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat
from zipfile import ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships "
DEEPEST = 100
_BLOCK = 1 << 18

Start = Callable[[str, dict[str, str]], None]


class Suspicious(Exception):
    """Markup that no spreadsheet program writes: a document type, or elements nested without end."""


def parser() -> Any:
    """An expat parser that refuses document types, and with them every entity.

    Names come as namespace, blank, name (see ``MAIN``).
    """
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _declared
    return made


def _declared(*_: object) -> None:
    raise Suspicious("it declares entities")


def walk(stream: IO[bytes], start: Start) -> None:
    """Call ``start`` with name and attributes of each element of a part.

    Raises Suspicious where elements are nested beyond ``DEEPEST``, ``expat.ExpatError`` where the part is no
    well-formed XML.
    """
    made, depth = parser(), 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Suspicious(f"it nests elements more than {DEEPEST} deep")
        start(name, attributes)

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    made.StartElementHandler, made.EndElementHandler = opened, closed
    feed(stream, made)


def count(archive: ZipFile, part: str, name: str) -> int:
    """Count elements of the main namespace.

    Parameters
    ----------
    archive
        The workbook.
    part
        Name of the part to walk.
    name
        Local name of the elements.

    Returns
    -------
    int
        How many there are.
    """
    wanted, found = MAIN + name, 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal found
        found += tag == wanted

    with archive.open(part) as stream:
        walk(stream, start)
    return found


def feed(stream: IO[bytes], made: Any) -> None:
    """Give a part to a parser, block by block."""
    while block := stream.read(_BLOCK):
        made.Parse(block, False)
    made.Parse(b"", True)
