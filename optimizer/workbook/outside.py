"""What a workbook reads from elsewhere: other workbooks, other programs (DDE), the web and data connections."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from friendshore.optimizer.workbook.gate import Package
from friendshore.optimizer.workbook.links import Link, links, links_in
from friendshore.optimizer.workbook.markup import MAIN, RELATIONSHIP, feed, parser, walk

ANOTHER_PROGRAM = "another program (DDE)"
ANOTHER_WORKBOOK = "another workbook"
CONNECTION = "a data connection"

_FOLLOWED_BY_HAND = frozenset({"hyperlink"})
_OF_A_LINK = frozenset({"externalLinkPath", "externalLinkLongPath", "externalLinkAlternatePath", "xlPathMissing"})

_TEXT = re.compile(r'"[^"]*"')
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_BOOK = re.compile(r"(?<![\w\])])\[([^\[\]]{1,255})\][^\[\]!]{0,255}!")
_DDE = re.compile(r"[\w.]\|")
_CALL = re.compile(
    r"\b(?:_xlfn\.|_xlws\.){0,2}(RTD|WEBSERVICE|STOCKHISTORY|IMAGE|CALL|SQL\.REQUEST|CUBE[A-Z]+)\s*\(", re.IGNORECASE
)
_CALLED = frozenset({"f", "formula", "formula1", "formula2"})
"""Local names of the elements that hold formulas, in worksheets, charts and their extensions."""

_NAME = re.compile(r"[^\W\d][\w.]*(?![\w.(\[!])")


@dataclass(frozen=True)
class Outside:
    """The links of a workbook: what each leads to by its number in formulas, and defined names that read them."""

    books: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def sources(self, formula: str) -> tuple[str, ...]:
        """What a formula reads from outside its workbook, as one would call it, each once."""
        return tuple(dict.fromkeys(self._sources(formula)))

    def _sources(self, formula: str) -> Iterator[str]:
        plain = _TEXT.sub('""', formula)
        for number in _BOOK.findall(plain):
            if number != "0":  # the workbook itself
                yield self.books.get(number, ANOTHER_WORKBOOK if number.isdigit() else _shown(number))
        unquoted = _QUOTED.sub("''", plain)
        if _DDE.search(unquoted):
            yield ANOTHER_PROGRAM
        for function in _CALL.findall(unquoted):
            yield f"what {function.upper()}() fetches"
        if self.names:
            for name in _NAME.findall(unquoted):
                yield from self.names.get(name.casefold(), ())


def outside(archive: zipfile.ZipFile, workbook: str) -> Outside:
    """The links of the workbook whose list of sheets is the part ``workbook``."""
    targets = {link.id: link.target for link in links(archive, workbook) if link.kind == "externalLink"}
    order: list[str] = []
    formulas: dict[str, list[str]] = {}
    name, text = "", list[str]()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if tag == f"{MAIN}externalReference":
            order.append(targets.get(attributes.get(f"{RELATIONSHIP}id", ""), ""))
        elif tag == f"{MAIN}definedName":
            name = attributes.get("name", "").casefold()
            text.clear()

    def end(tag: str) -> None:
        nonlocal name
        if tag == f"{MAIN}definedName":
            formulas.setdefault(name, []).append("".join(text))
            name = ""

    made = parser()
    made.StartElementHandler, made.EndElementHandler = start, end
    made.CharacterDataHandler = lambda data: text.append(data) if name else None
    with archive.open(workbook) as stream:
        feed(stream, made)
    books = {str(number): _leads_to(archive, part) for number, part in enumerate(order, start=1)}
    return Outside(books, _names(books, formulas))


def _names(books: Mapping[str, str], formulas: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """What each defined name reads from outside, itself or through other names; those that read nothing left out.

    Sheets may have names of their own that are called alike: what any of them reads counts.
    """
    names: dict[str, tuple[str, ...]] = {}
    while True:
        known = Outside(books, names)
        read = {name: known.sources("+".join(texts)) for name, texts in formulas.items()}
        found = {name: sources for name, sources in read.items() if sources}
        if found.keys() == names.keys():
            return found
        names = found


def reaches_out(archive: zipfile.ZipFile, package: Package, known: Collection[str] = ()) -> tuple[str, ...]:
    """What leads out of a workbook and is followed unasked: other workbooks and programs, connections, linked pictures.

    Formulas count wherever they stand: in cells, names, charts, rules of formats and of what may be entered.
    Hyperlinks are not among them, which are followed by whoever clicks on them.

    Parameters
    ----------
    archive
        The workbook.
    package
        The same as the gate let it through.
    known
        Parts that are known to hold no formulas, which are not looked through.

    Returns
    -------
    tuple of str
        What it leads to, as one would call it, each once.
    """
    own = outside(archive, package.workbook)
    found = [*own.books.values(), *(source for sources in own.names.values() for source in sources)]
    for name in archive.namelist():
        if name.casefold().endswith(".xml") and name not in known:
            found += [source for formula in _formulas(archive, name) for source in own.sources(formula)]
        elif name.casefold().endswith(".rels"):
            found += [told for link in links_in(archive, name) if (told := _followed(link, bool(own.books)))]
    return tuple(dict.fromkeys(found))


def _formulas(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The texts of all elements of a part that are called like formulas, whatever their namespace."""
    found, text = list[str](), list[str]()
    made = parser()

    def start(tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] in _CALLED:
            text.clear()
            made.CharacterDataHandler = text.append

    def end(tag: str) -> None:
        if tag.rpartition(" ")[2] in _CALLED:
            made.CharacterDataHandler = None
            found.append("".join(text))

    made.StartElementHandler, made.EndElementHandler = start, end
    with archive.open(part) as stream:
        feed(stream, made)
    return found


def _followed(link: Link, named: bool) -> str:
    """What a relation leads to outside, if it does; links to workbooks that formulas have numbers for are ``named``."""
    if link.kind == "connections":
        return CONNECTION
    if link.kind == "externalLink" or link.kind in _OF_A_LINK:
        return "" if named else ANOTHER_WORKBOOK
    return f"{link.kind} {_shown(link.target)}" if link.outside and link.kind not in _FOLLOWED_BY_HAND else ""


def _leads_to(archive: zipfile.ZipFile, part: str) -> str:
    """What a link leads to: the name of a workbook, or that it is another program."""
    tags: set[str] = set()
    if part not in archive.NameToInfo:
        return ANOTHER_WORKBOOK
    with archive.open(part) as stream:
        walk(stream, lambda tag, _: tags.add(tag))
    if f"{MAIN}ddeLink" in tags:
        return ANOTHER_PROGRAM
    return next((_shown(link.target) for link in links(archive, part) if link.outside), ANOTHER_WORKBOOK)


def _shown(target: str) -> str:
    """The last part of an address, short enough for a sentence."""
    name = unquote(target).replace("\\", "/").rstrip("/").rpartition("/")[2]
    return repr(name if len(name) <= 60 else f"{name[:57]}…")
