"""The page as a strict reader sees it: its elements, its tables by caption, the data its charts get."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "input", "hr"}
RAW = {"script", "style"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    within: tuple[str, ...]
    text: str = ""


@dataclass
class Read(HTMLParser):
    """Elements in order; whatever is not well formed is a fault."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"{tag} has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(e.tag for e in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1].tag if self._open else 'nothing'} at {self.getpos()}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def of(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def words(self) -> str:
        """All that is read, without scripts and styles."""
        return " ".join(" ".join(e.text for e in self.of("main")).split())

    def data(self) -> dict[str, object]:
        """What the charts draw."""
        (script,) = [e for e in self.of("script") if e.attributes.get("type") == "application/json"]
        found = json.loads(script.text)
        assert isinstance(found, dict)
        return found

    def table(self, caption: str) -> list[list[str]]:
        """Rows of the table under a caption, its header first; the text of each cell without small words."""
        rows: list[list[str]] = []
        inside = False
        for element in self.elements:
            if element.tag == "caption":
                inside = element.text == caption
            elif inside and element.tag == "tr":
                rows.append([])
            elif inside and element.tag in ("th", "td"):
                rows[-1].append(" ".join(element.text.split()))
            elif inside and element.tag == "small":
                rows[-1][-1] = rows[-1][-1].removesuffix(" ".join(element.text.split())).strip()
        # the header row stands before the caption's rows in no page, so nothing found is a fault of the caller
        assert rows, caption
        return rows


def read(text: str) -> Read:
    found = Read()
    found.feed(text)
    found.close()
    if found._open:
        found.faults.append(f"never closed: {[e.tag for e in found._open]}")
    return found
