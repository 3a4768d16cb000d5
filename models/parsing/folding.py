"""Names and headers made comparable: blanks, full-width and invisible characters do not tell two names apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SEPARATORS = re.compile(r"[\s_]+")
_UNIT = re.compile(r"\s*[(\[](?P<unit>.*)[)\]]")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-"})  # hyphens, and the sign of minus


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    r"""A name as it is compared: NFKC, invisible characters dropped, blanks trimmed and collapsed, one kind of hyphen.

    >>> fold("  Port\u00a0 Klang\u200b ")
    'Port Klang'
    """
    if text.isascii():
        return " ".join(text.split())
    plain = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    return " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Cf").split())


@lru_cache(maxsize=4096)
def fold_header(text: str) -> str:
    """A header or sheet name as it is compared: ``Unit cost`` and ``unit_cost`` are the same.

    >>> fold_header(" Unit  cost ")
    'unit_cost'
    """
    return _SEPARATORS.sub("_", fold(text).casefold()).strip("_")


def header_and_unit(text: str) -> tuple[str, str]:
    """A header without what stands in brackets behind it, and that: its unit.

    >>> header_and_unit("Capacity (t/yr)"), header_and_unit("Unit cost [USD/t]"), header_and_unit("capacity")
    (('Capacity', 't/yr'), ('Unit cost', 'USD/t'), ('capacity', ''))
    """
    folded = fold(text)
    bracket = min((place for sign in "([" if (place := folded.find(sign)) > 0), default=0)
    unit = _UNIT.fullmatch(folded, max(bracket - 1, 0)) if bracket else None
    return (folded[:bracket].strip(), unit["unit"].strip()) if unit else (folded, "")


def label(value: object) -> str:
    """A cell as a label: the numbers 2026 and 2026.0 are the label ``2026``.

    >>> label(2026.0)
    '2026'
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return fold(str(value))


def is_blank(value: object) -> bool:
    """Whether a cell is empty, or holds nothing but blanks and invisible characters."""
    return value is None or (isinstance(value, str) and not fold(value))
