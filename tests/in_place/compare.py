"""What joining plan sheets may change in a workbook, and that it changed nothing else: written without our own code."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
KINDS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SHELVES = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
PLAN = "Plan "
MARK = "_friendshore_plan"


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part by the name that the archive gives it, in its order."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {entry.orig_filename: archive.read(entry) for entry in archive.infolist()}


def raw_of(path: Path) -> dict[str, bytes]:
    """The compressed bytes of every part."""
    compressed = {}
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            at = entry.header_offset
            begins = at + 30 + int.from_bytes(content[at + 26 : at + 28], "little")
            begins += int.from_bytes(content[at + 28 : at + 30], "little")
            compressed[entry.orig_filename] = content[begins : begins + entry.compress_size]
    return compressed


def canonical(element: Any) -> bytes:
    text: bytes = etree.tostring(element, method="c14n")
    return text


def lost(before: Path, after: Path) -> list[str]:
    """What is not as it was but for the plan sheets; empty where nothing is lost."""
    return list(_lost(parts_of(before), parts_of(after), raw_of(before), raw_of(after)))


def _lost(
    old: Mapping[str, bytes], new: Mapping[str, bytes], old_raw: Mapping[str, bytes], new_raw: Mapping[str, bytes]
) -> Iterator[str]:
    workbook = _workbook(old)
    links = posixpath.join(posixpath.dirname(workbook), "_rels", posixpath.basename(workbook) + ".rels")
    checks = {"[content_types].xml": _kinds, workbook: _contents, links: _links}
    for name, content in old.items():
        plain = name.replace("\\", "/").casefold()
        if name not in new:
            yield f"{name} is gone"
        elif content == new[name]:
            if old_raw[name] != new_raw[name]:
                yield f"{name} was packed again"
        elif plain in checks:
            yield from (
                f"{name}: {difference}"
                for difference in checks[plain](etree.fromstring(content), etree.fromstring(new[name]))
            )
        elif plain.endswith("styles.xml"):
            yield from (
                f"{name}: {difference}"
                for difference in _styles(etree.fromstring(content), etree.fromstring(new[name]))
            )
        elif plain.endswith("app.xml"):
            yield from (
                f"{name}: {difference}"
                for difference in _titles(etree.fromstring(content), etree.fromstring(new[name]))
            )
        else:
            yield f"{name} has changed"


def _workbook(parts: Mapping[str, bytes]) -> str:
    names = {name.replace("\\", "/").casefold(): content for name, content in parts.items()}
    for link in etree.fromstring(names["_rels/.rels"]):
        if link.get("Type", "").endswith("/officeDocument"):
            return str(link.get("Target")).lstrip("/").casefold()
    raise AssertionError("there is no workbook part")


def _kinds(old: Any, new: Any) -> Iterator[str]:
    there = {(each.tag, tuple(sorted(each.attrib.items()))) for each in new}
    yield from (f"{each.attrib} is gone" for each in old if (each.tag, tuple(sorted(each.attrib.items()))) not in there)


def _links(old: Any, new: Any) -> Iterator[str]:
    there = [tuple(sorted(each.attrib.items())) for each in new]
    yield from (f"{each.attrib} is gone" for each in old if tuple(sorted(each.attrib.items())) not in there)
    if len({each.get("Id") for each in new}) != len(new):
        yield "an id is there twice"


def _contents(old: Any, new: Any) -> Iterator[str]:
    """Without the plan sheets and their names the workbook part says what it said."""
    shelf = new.find(f"{MAIN}sheets")
    titles = [each.get("name") for each in shelf]
    kept = [place for place, title in enumerate(titles) if not title.startswith(PLAN)]
    for each in list(shelf):
        if each.get("name").startswith(PLAN):
            shelf.remove(each)
    names = new.find(f"{MAIN}definedNames")
    for each in list(names):
        place = each.get("localSheetId")
        if place is not None and int(place) not in kept:
            names.remove(each)
        elif place is not None:
            each.set("localSheetId", str(kept.index(int(place))))
    if not len(names) and old.find(f"{MAIN}definedNames") is None:
        new.remove(names)
    calculation = new.find(f"{MAIN}calcPr")
    if calculation is not None and old.find(f"{MAIN}calcPr") is None:
        new.remove(calculation)
    elif calculation is not None and "fullCalcOnLoad" not in old.find(f"{MAIN}calcPr").attrib:
        calculation.attrib.pop("fullCalcOnLoad", None)
    if canonical(old) != canonical(new):
        yield "it says something else"


def _styles(old: Any, new: Any) -> Iterator[str]:
    """Every list begins with what it held; nothing of it has moved."""
    for name in SHELVES:
        before, after = old.find(MAIN + name), new.find(MAIN + name)
        if before is None:
            continue
        for one, other in zip(before, after, strict=False):
            if canonical(one) != canonical(other):
                yield f"{name} has moved"
        if len(after) < len(before) or (name != "cellStyles" and int(after.get("count", len(after))) != len(after)):
            yield f"{name} is not counted right"
    for root in (old, new):
        for each in list(root):
            if each.tag in [MAIN + name for name in SHELVES]:
                root.remove(each)
    if canonical(old) != canonical(new):
        yield "it says something else"


def _titles(old: Any, new: Any) -> Iterator[str]:
    def words(root: Any) -> list[str]:
        return [each.text or "" for each in root.iter() if not len(each)]

    before, after = words(old), [word for word in words(new) if not word.startswith(PLAN)]
    changed = [(one, other) for one, other in zip(before, after, strict=False) if one != other]
    if len(before) != len(after) or any(not one.isdecimal() for one, _ in changed) or len(changed) > 1:
        yield "it says something else"
