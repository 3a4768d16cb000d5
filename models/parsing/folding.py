"""Names and headers made comparable: blanks, full-width and invisible characters do not tell two names apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SEPARATORS = re.compile(r"[\s_]+")
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
