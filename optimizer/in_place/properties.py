"""docProps/app.xml: the titles that file managers show."""

from __future__ import annotations

from collections.abc import Sequence

from friendshore.optimizer.in_place.markup import Node, localname, parsed, written
from friendshore.optimizer.in_place.parts import Parts
from friendshore.optimizer.in_place.relations import ROOT, related


def retitle(parts: Parts, before: Sequence[str], after: Sequence[str]) -> None:
    """List the sheets in their new order; what lists something else, or is not there, is left alone.

    Parameters
    ----------
    parts
        Parts of the workbook; that of the properties is written anew.
    before
        Titles of the sheets as they were.
    after
        Titles of the sheets in their new order.
    """
    part = related(parts, ROOT, "extended-properties")
    if not part or not parts.has(part):
        return
    root = parsed(parts.read(part))
    counts, titles = _vector(root, "HeadingPairs"), _vector(root, "TitlesOfParts")
    if counts is None or titles is None:
        return
    words = [each.text or "" for each in titles]
    start = 0
    for count in _counts(counts):
        if not (count.text or "").strip().isdecimal():
            return
        size = int(count.text)
        section = words[start : start + size]
        if size and len(section) == size and set(section) <= set(before):
            _replace(titles, start, size, [title for title in after if title in section or title not in before])
            count.text = str(len(titles) - len(words) + size)
            titles.set("size", str(len(titles)))
            parts.put(part, written(root))
            return
        start += size


def _vector(root: Node, name: str) -> Node | None:
    return next((each[0] for each in root if localname(str(each.tag)) == name and len(each)), None)


def _counts(pairs: Node) -> list[Node]:
    return [each for each in pairs.iter() if localname(str(each.tag)) == "i4"]


def _replace(titles: Node, start: int, size: int, words: Sequence[str]) -> None:
    tag = titles[start].tag
    for element in list(titles)[start : start + size]:
        titles.remove(element)
    for offset, word in enumerate(words):
        element = titles.makeelement(tag, {})
        element.text = word
        titles.insert(start + offset, element)
