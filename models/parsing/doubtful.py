"""What a cell that is no number may have meant to be: asked about, never guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from friendshore.models.parsing.folding import fold

_CORE = re.compile(r"[-+]?\d[\d.,' ]*|[-+]?[.,]\d+")
_POWER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+")
_THREES = re.compile(r"[-+]?\d{1,3}([.,' ]\d{3})+")
_NOTHING = frozenset(
    {"n/a", "na", "n.a.", "none", "nil", "tbd", "tbc", "unknown", "-", "--", "–", "—", "?", ".", "k.a.", "x"}
)


_MEASURED = re.compile(r"(?P<number>.*[\d.,])\s*(?P<unit>[a-z]+)\.?", re.IGNORECASE)
_A_YEAR = {
    **dict.fromkeys(("year", "years", "yr", "yrs", "y", "a"), 1.0),
    **dict.fromkeys(("quarter", "quarters"), 4.0),
    **dict.fromkeys(("month", "months", "mo", "mos"), 12.0),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), 52.0),
    **dict.fromkeys(("day", "days", "d"), 365.0),
}
_IN = {"years": 1.0, "months": 12.0, "days": 365.0}


def not_a_number(value: object, shown: str, unit: str = "") -> str:
    """What was found where a number is wanted, and what to do.

    Parameters
    ----------
    value
        What the cell holds.
    shown
        How messages quote it.
    unit
        Of the column: a time in it is told as it would be there.

    Returns
    -------
    str
        The middle of a sentence.
    """
    if isinstance(value, datetime.date):
        return (
            f"the date {shown}, which is no number; Excel makes dates of what is typed like 3/1 or 3-1: format the "
            "cell as Number and type the number again"
        )
    if isinstance(value, datetime.time | datetime.timedelta):
        return f"{shown}, which is a time and not a number"
    if isinstance(value, bool):
        return f"{shown}, which is yes/no and not a number"
    if not isinstance(value, str):
        return f"{shown}, which is no number"
    return f"the text {shown}{_advice(fold(value), unit)}"


def shares_meant(text: str) -> str:
    """A list of shares as it is wanted, from one with percent signs or semicolons; empty where it is no such list.

    Examples
    --------
    >>> shares_meant("30%, 60 %"), shares_meant("0,3; 0,6"), shares_meant("slow")
    ('0.3, 0.6', '0.3, 0.6', '')
    """
    parts = [part.strip() for part in text.split(";" if ";" in text else ",")]
    found = [(readings(part.removesuffix("%").strip()), part.endswith("%")) for part in parts]
    if not all(len(numbers) == 1 for numbers, _ in found):
        return ""
    shares = [numbers[0] / 100 if percent else numbers[0] for numbers, percent in found]
    return ", ".join(f"{share:.6g}" for share in shares) if all(0 <= share <= 1 for share in shares) else ""


def _advice(text: str, unit: str) -> str:
    if text.casefold() in _NOTHING:
        return "; leave the cell blank where there is nothing to say: blank is the default of the column"
    percent = text.endswith("%")
    possible = readings(text.removesuffix("%").strip())
    if possible:
        return _typed([number / 100 if percent else number for number in possible], percent)
    times = _times(text, unit)
    if times:
        return _typed(times, True)
    inside = _CORE.findall(text)
    if len(inside) == 1 and readings(inside[0].strip(" .,'")):
        return "; wanted the number alone, in the unit of its column"
    return ""


def _typed(numbers: Sequence[float], converted: bool) -> str:
    """What to enter in place of a text: the number that it may be, or both of them."""
    if len(numbers) > 1:
        return f", which may be {numbers[0]:.15g} or {numbers[1]:.15g}: enter the one that is meant as a number"
    if converted:
        return f": write {numbers[0]:.6g}, as a number"
    return f", which looks like the number {numbers[0]:.15g}: enter it as a number"


def _times(text: str, unit: str) -> list[float]:
    """The numbers that a time may be in the unit of a column, such as 1.5 for ``18 months`` in years."""
    measured = _MEASURED.fullmatch(text)
    if unit not in _IN or measured is None or measured["unit"].casefold() not in _A_YEAR:
        return []
    factor = _IN[unit] / _A_YEAR[measured["unit"].casefold()]
    return [number * factor for number in readings(measured["number"].strip())]


def readings(text: str) -> list[float]:
    """The numbers that a text may be: with points or commas as decimal sign, or between thousands.

    >>> readings("1.234")
    [1.234, 1234.0]
    >>> readings("1.234,5")
    [1234.5]
    """
    if _POWER.fullmatch(text):
        return [float(text)]
    if not _CORE.fullmatch(text):
        return []
    bare = text.replace("'", " ")
    if " " not in bare:
        return _separated(bare)
    whole, _, part = bare.replace(",", ".").partition(".")
    return _joined(whole, " ", part)


def _separated(text: str) -> list[float]:
    """The readings of digits with points and commas."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return [float(text)]
    sign, other = text[last], "," if text[last] == "." else "."
    if other in text:  # the last one is the decimal sign
        return _joined(text[:last], other, text[last + 1 :]) if sign not in text[:last] else []
    if text.count(sign) > 1:
        return _joined(text, sign, "")
    decimal = float(text.replace(",", "."))
    if _THREES.fullmatch(text) and text.lstrip("+-")[0] != "0":
        return [decimal, float(text.replace(sign, ""))]
    return [decimal]


def _joined(whole: str, sign: str, part: str) -> list[float]:
    """The number whose thousands are set apart by ``sign``; none where they are not in threes."""
    if not _THREES.fullmatch(whole) or not (part or "0").isdigit():
        return []
    return [float(f"{whole.replace(sign, '')}.{part or 0}")]
