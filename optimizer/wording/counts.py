"""Things counted, and things named one after the other."""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, one: str, many: str = "") -> str:
    """How many there are of something.

    Parameters
    ----------
    count
        How many.
    one
        What one of them is called.
    many
        What several are called; blank: ``one`` with an s.

    Returns
    -------
    str
        The count with thousands separated, and the word that goes with it.

    Examples
    --------
    >>> counted(1, "path"), counted(3, "path"), counted(1_200, "policy", "policies")
    ('1 path', '3 paths', '1,200 policies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def measured(amount: float, one: str, many: str = "") -> str:
    """A number that need not be whole, and its unit in words.

    Parameters
    ----------
    amount
        The number.
    one
        The unit of 1.
    many
        That of any other number; blank: ``one`` with an s.

    Returns
    -------
    str
        The number in its shortest form, and the word that goes with it.

    Examples
    --------
    >>> measured(1.0, "year"), measured(0.5, "year"), measured(12, "month")
    ('1 year', '0.5 years', '12 months')
    """
    said = f"{amount:g}"
    return f"{said} {one if said == '1' else many or one + 's'}"


def verb(count: int, one: str, many: str) -> str:
    """The form of a verb that goes with a count.

    Parameters
    ----------
    count
        How many.
    one
        The form for one of them.
    many
        The form for any other number.

    Returns
    -------
    str
        One of the two.

    Examples
    --------
    >>> verb(1, "takes", "take"), verb(0, "takes", "take")
    ('takes', 'take')
    """
    return one if count == 1 else many


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names in a row, semicolons between them where one has a comma in it; beyond ``most`` the others are counted.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b", "c", "d", "e"])
    ('a', 'a, b and c', 'a, b, c and 2 more')
    >>> listed(["clay", "clay, a step", "metal"]), listed(["clay, a step", "metal"])
    ('clay; clay, a step; and metal', 'clay, a step; and metal')
    """
    apart, before = ("; ", "; and ") if any(", " in name for name in names) else (", ", " and ")
    if len(names) > most:
        return f"{apart.join(names[: most - 1])}{before}{len(names) - most + 1} more"
    return before.join([apart.join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
