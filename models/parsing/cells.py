"""One cell: a raw value made into what its column declares, or a fault that says what is wanted."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from math import isfinite
from typing import Any

from friendshore.models.parsing.doubtful import not_a_number, shares_meant
from friendshore.models.parsing.folding import fold, label
from friendshore.models.parsing.nearest import same_but_case, suggestion
from friendshore.models.parsing.quoted import shown
from friendshore.models.parsing.reserved import refusal
from friendshore.models.parsing.wanted import wanted
from friendshore.models.schema import (
    Choice,
    CommoditySelection,
    Flag,
    Group,
    Identifier,
    Kind,
    Label,
    Number,
    Reference,
    References,
    Shares,
    Tags,
    Text,
    Whole,
    Word,
)

# At and beyond this, solvers drop a number without a word.
TOO_GREAT = 1e15

# Below this a number can be neither divided by nor scaled; what arithmetic leaves of 0 is greater.
TOO_SMALL = 1e-20


EXCEL_ERRORS = frozenset(
    {
        "#N/A",
        "#REF!",
        "#DIV/0!",
        "#VALUE!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#UNKNOWN!",
        "#CONNECT!",
        "#BUSY!",
        "#GETTING_DATA",
        "#EXTERNAL!",
        "#PYTHON!",
    }
)

SHARE = Number(maximum=1)

_YES = frozenset({"yes", "true"})
_NO = frozenset({"no", "false"})


class Uncalculated:
    """Stands in a grid for a formula whose result the file does not hold."""

    def __repr__(self) -> str:
        return "a formula without a result"

    def __reduce__(self) -> str:
        return "UNCALCULATED"  # there is only this one, also after a journey between processes


UNCALCULATED = Uncalculated()


class CellFault(Exception):
    """A cell that cannot be read: the code and what to say."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def read_cell(kind: Kind, value: object, unit: str = "") -> Any:
    """The typed value of a filled cell.

    Parameters
    ----------
    kind
        What its column may hold.
    value
        What the cell holds.
    unit
        Of the numbers of its column, for what to enter in place of a time.

    Returns
    -------
    Any
        The value; CellFault where the cell is not what ``kind`` wants.
    """
    if value is UNCALCULATED:
        raise CellFault(
            "FS108",
            "found a formula without a result; open the file in Excel or LibreOffice, let it calculate, and save it",
        )
    if isinstance(value, str) and fold(value).upper() in EXCEL_ERRORS:
        raise CellFault("FS107", f"found the Excel error {fold(value)}; wanted {wanted(kind)}")
    if isinstance(kind, Number | Whole):
        return _number(kind, value, unit) if isinstance(kind, Number) else _whole(kind, value, unit)
    return _READERS[type(kind)](kind, value)


def placeholder(kind: Kind) -> Any:
    """A harmless value in place of a faulty cell, so that the other cells can still be checked."""
    if isinstance(kind, Number):
        return 1.0 if kind.above else max(kind.minimum, 0.0)
    if isinstance(kind, Whole):
        return kind.minimum
    if isinstance(kind, Choice):
        return next(iter(kind.words))
    return () if isinstance(kind, Tags | Shares) else False if isinstance(kind, Flag) else ""


# -- text ------------------------------------------------------------------------------------------------------------


def _text(kind: Kind, value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return shown(value) if isinstance(value, bool) else label(value)


def _name(kind: Kind, value: object) -> str:
    if isinstance(value, datetime.date) and (isinstance(kind, Label) or kind == Reference("Periods")):
        raise CellFault(
            "FS112",
            f"found the date {shown(value)}; did you mean {value.year}? wanted {wanted(kind)}: format it as Text, and "
            "type the label",
        )
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise CellFault("FS112", f"found {shown(value)}, which is no text; wanted {wanted(kind)}: format it as Text")
    if isinstance(value, float) and not isfinite(value):
        raise CellFault("FS106", f"found {value}; wanted {wanted(kind)}")
    return label(value)


def _identifier(kind: Identifier, value: object) -> str:
    name = _name(kind, value)
    message = refusal(name, "name")
    if message:
        raise CellFault("FS113", message)
    return name


def _items(kind: Kind, value: object) -> str:
    text = _name(kind, value)
    return listed(text) or text


def _references(kind: References, value: object) -> str:
    text = listed(_name(kind, value))
    if not text:
        raise CellFault("FS111", f"found {shown(value)}, in which there is no name; wanted {wanted(kind)}")
    return text


def listed(text: str) -> str:
    """A list of names in one form.

    >>> listed("a ,b,")
    'a, b'
    """
    return ", ".join(item for item in (part.strip() for part in text.split(",")) if item)


def _tags(kind: Tags, value: object) -> tuple[str, ...]:
    parts = (part.strip() for part in _name(kind, value).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _choice(kind: Choice, value: object) -> str:
    word = _name(kind, value)
    if word in kind.words:
        return word
    known = [known for known in kind.words if known]
    same = same_but_case(word, known)
    if same:
        raise CellFault("FS202", f"found {shown(word)}, which differs only in case from {same!r}; write {same!r}")
    raise CellFault("FS111", f"found {shown(word)}; wanted {wanted(kind)}{suggestion(word, known)}")


def _flag(kind: Flag, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(kind, value).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    raise CellFault("FS110", f"found {shown(value)}; wanted yes or no")


# -- numbers ---------------------------------------------------------------------------------------------------------


def _finite(kind: Number | Whole, value: object, unit: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CellFault("FS103", f"found {not_a_number(value, shown(value), unit)}; wanted {wanted(kind)}")
    try:
        number = float(value)
    except OverflowError:
        number = TOO_GREAT
    if not isfinite(number):
        raise CellFault("FS106", f"found {value}; wanted {wanted(kind)}")
    if abs(number) >= TOO_GREAT:
        raise CellFault(
            "FS119",
            f"found {number:g}; wanted a number below {TOO_GREAT:g}: leave it blank where it means 'without end'",
        )
    if 0.0 < abs(number) < TOO_SMALL:
        raise CellFault("FS119", f"found {number:g}; wanted 0, or a number of at least {TOO_SMALL:g}")
    return number


def _number(kind: Number, value: object, unit: str) -> float:
    number = _finite(kind, value, unit)
    low = number <= kind.minimum if kind.above else number < kind.minimum
    high = number >= kind.maximum if kind.below else number > kind.maximum
    if low or high:
        hint = ""
        if kind.maximum == 1 and 1 < number <= 100:
            hint = f"; shares are fractions: did you mean {number / 100:g}?"
        raise CellFault("FS104", f"found {shown(value)}; wanted {wanted(kind)}{hint}")
    return number


def _whole(kind: Whole, value: object, unit: str) -> int:
    number = _finite(kind, value, unit)
    if not number.is_integer():
        raise CellFault("FS109", f"found {shown(value)}; wanted {wanted(kind)}")
    if not kind.minimum <= number <= kind.maximum:
        raise CellFault("FS104", f"found {shown(value)}; wanted {wanted(kind)}")
    return int(number)


def _shares(kind: Shares, value: object) -> tuple[float, ...]:
    """The numbers of a list; a cell that Excel holds as one number is a list of one."""
    if not isinstance(value, str):
        return (_number(SHARE, value, ""),)
    shares = []
    for part in (each.strip() for each in value.split(",")):
        try:
            shares.append(_number(SHARE, float(part), ""))
        except ValueError:
            meant = shares_meant(value)
            hint = f": write {meant}" if meant else ""
            raise CellFault("FS103", f"found {shown(value)}{hint}; wanted {wanted(kind)}") from None
    return tuple(shares)


_READERS: dict[type[Kind], Callable[[Any, object], Any]] = {
    Text: _text,
    Word: _name,
    Identifier: _identifier,
    Label: _name,
    Reference: _name,
    References: _references,
    Group: _items,
    CommoditySelection: _items,
    Tags: _tags,
    Shares: _shares,
    Flag: _flag,
    Choice: _choice,
}
