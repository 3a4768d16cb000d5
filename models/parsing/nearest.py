"""The nearest known name: suggested, never applied."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHOWN = 8
_MOST_SLIPS = 3
_LETTERS_A_SLIP = 3
_LONG_WORD = 4
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that ``word`` may have been meant for, or an empty string where none is really near.

    Near is a name a few slips away (letters left out, added, exchanged or changed: one for three letters, at most
    three), else one that begins alike, or has all words of the other, such as ``unit_cost`` for ``cost``.

    >>> nearest("Cost per unit", ["unit_cost", "capacity"]), nearest("capcity", ["unit_cost", "capacity"])
    ('unit_cost', 'capacity')
    >>> nearest("Notes", ["Commodities", "Lanes"])
    ''
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only a faulty workbook needs it

    names = list(dict.fromkeys(known))
    slips = {name: OSA.distance(word.casefold(), name.casefold()) for name in names}
    near = [name for name in names if slips[name] <= _allowed(word, name)]
    if not near:
        near = [name for name in names if _same_words(word, name) or _same_start(word, name)]
    return min(near, key=slips.__getitem__, default="")


def _allowed(word: str, name: str) -> int:
    """How many slips apart two names may be and still be near."""
    return min(_MOST_SLIPS, (max(len(word), len(name)) + 1) // _LETTERS_A_SLIP)


def _same_start(word: str, name: str) -> bool:
    """Whether two names begin alike, for at least half of the longer one: ``ally`` and ``allies``."""
    from rapidfuzz.distance import Prefix  # noqa: PLC0415

    start = Prefix.similarity(word.casefold(), name.casefold())
    return start >= _LETTERS_A_SLIP and 2 * start >= max(len(word), len(name))


def _same_words(word: str, name: str) -> bool:
    """Whether one of the two has all words of the other, a long one among them."""
    one, other = ({part for part in _BETWEEN_WORDS.split(text.casefold()) if part} for text in (word, name))
    shared = one & other
    return shared in (one, other) and any(len(part) >= _LONG_WORD for part in shared)


def suggestion(word: str, known: Iterable[str]) -> str:
    """The end of a message: the nearest known name, else all of them where they are few."""
    names = list(dict.fromkeys(known))
    close = nearest(word, names)
    if close:
        return f"; the nearest is {close!r}"
    if not names:
        return ""
    shown = ", ".join(repr(name) for name in names[:_SHOWN])
    return f"; known are {shown}" + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def same_but_case(word: str, known: Iterable[str]) -> str:
    """The known name that differs from ``word`` in case only, or an empty string."""
    folded = word.casefold()
    return next((name for name in known if name.casefold() == folded), "")
