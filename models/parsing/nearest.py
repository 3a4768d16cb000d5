"""The nearest known name: suggested, never applied."""

from __future__ import annotations

from collections.abc import Iterable

_SHOWN = 8
_ALIKE = 60.0


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name most like ``word``, or an empty string where none is alike."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a faulty workbook needs it

    best = process.extractOne(
        word.casefold(), {name: name.casefold() for name in known}, scorer=fuzz.WRatio, score_cutoff=_ALIKE
    )
    return str(best[2]) if best else ""


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
