"""Names that their own sheet refuses, where other sheets use them: told once, there, and known here."""

from __future__ import annotations

from collections.abc import Iterable

from friendshore.models.parsing.cells import listed


def without(text: str, refused: Iterable[str]) -> str:
    """A cell of names without those that are refused; as it is where it holds none of them.

    A name that holds a comma is taken out whole, before its halves can be mistaken for names.

    Parameters
    ----------
    text
        Names, separated by commas, ``each`` before them or not.
    refused
        Names that their own sheet refuses.

    Returns
    -------
    str
        The names that are left.

    Examples
    --------
    >>> without("Japan, Korea, Rep., Peru", ["Korea, Rep.", "Pb/Zn"])
    'Japan, Peru'
    >>> without("each Korea, Rep.", ["Korea, Rep."]), without("Japan ,Peru", ["Korea, Rep."])
    ('', 'Japan ,Peru')
    """
    each = "each " if text.startswith("each ") else ""
    before = framed = f", {listed(text.removeprefix(each))}, "
    for name in sorted(map(listed, refused), key=len, reverse=True):
        while f", {name}, " in framed:
            framed = framed.replace(f", {name}, ", ", ")
    if framed == before:
        return text
    left = framed.strip(", ")
    return each + left if left else ""
