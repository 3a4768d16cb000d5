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


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names in a row; beyond ``most`` the others are counted.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b", "c", "d", "e"])
    ('a', 'a, b and c', 'a, b, c and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
