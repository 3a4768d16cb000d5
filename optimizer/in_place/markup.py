"""XML as it is read and written here: namespaces kept with their prefixes, nothing fetched, nothing expanded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"

Node = Any
"""An element of lxml, which has no types of its own."""

TRUE = ("1", "true")


def parsed(content: bytes) -> Node:
    """The root of a part. Raises lxml.etree.XMLSyntaxError where it is not well formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=False)
    return etree.fromstring(content, parser)


def written(root: Node) -> bytes:
    """A part with this root, as programs write it."""
    content: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def main(tag: str) -> str:
    """The name of a tag of SpreadsheetML."""
    return f"{{{MAIN}}}{tag}"


def child(parent: Node, tag: str) -> Node | None:
    """The first child of SpreadsheetML with this tag."""
    return parent.find(main(tag))


def children(parent: Node | None, tag: str) -> list[Node]:
    """All children of SpreadsheetML with this tag; none where there is no parent."""
    return [] if parent is None else list(parent.findall(main(tag)))


def made(parent: Node, tag: str, before: Sequence[str], **attributes: str) -> Node:
    """A new child put in its place among its parent's children.

    Parameters
    ----------
    parent
        Element that gets the child.
    tag
        Local name of the child, in the main namespace.
    before
        Local names of the elements that have to stand before it.
    **attributes
        Attributes of the child.

    Returns
    -------
    Node
        The child, behind the last of those that have to stand before it.
    """
    names = {main(name) for name in before}
    place = max((i for i, each in enumerate(parent, 1) if each.tag in names), default=0)
    element = parent.makeelement(main(tag), attributes)
    parent.insert(place, element)
    return element


def child_made(parent: Node, tag: str, order: Sequence[str]) -> Node:
    """The child with this tag, made where it is missing.

    Parameters
    ----------
    parent
        Element that has the child, or gets it.
    tag
        Local name of the child, in the main namespace.
    order
        Local names of children in the order of the schema; ``tag`` is one of them.

    Returns
    -------
    Node
        The child that was there, or a new one in its place.
    """
    there = child(parent, tag)
    return made(parent, tag, order[: order.index(tag)]) if there is None else there


def elements(root: Node) -> Iterator[Node]:
    """Every element below and including the root, without comments and instructions."""
    return (each for each in root.iter() if isinstance(each.tag, str))


Key = tuple[str, tuple[tuple[str, str], ...], str, tuple["Key", ...]]


def key(element: Node) -> Key:
    """What an element says, whatever the prefixes: equal keys, equal meaning."""
    return (
        element.tag,
        tuple(sorted(element.attrib.items())),
        (element.text or "").strip(),
        tuple(key(each) for each in element if isinstance(each.tag, str)),
    )


def localname(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]
