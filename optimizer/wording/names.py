"""Names of the workbook as one reads them."""

from __future__ import annotations

from collections.abc import Callable

BASE = "base"
BASE_PLAN = "base plan"


def label(name: str) -> str:
    """A name with blanks in place of underscores; as it is where nothing else is in it.

    Examples
    --------
    >>> label("mountain_pass__ramp"), label("___")
    ('mountain pass ramp', '___')
    """
    return " ".join(name.replace("_", " ").split()) or name


def capital(text: str) -> str:
    """Text with its first letter large, as a sentence begins.

    Examples
    --------
    >>> capital("rare earths"), capital("")
    ('Rare earths', '')
    """
    return text[:1].upper() + text[1:]


def path_words(path: str, called: Callable[[str], str] = label) -> str:
    """A path of the scenario tree as one says it, from its name.

    Parameters
    ----------
    path
        ``base``, a scenario, a danger with its onset, a sequel with what it follows, or a stop that a policy tests.
    called
        What the members of a tested stop are called.

    Examples
    --------
    >>> path_words("base"), path_words("port_strike"), path_words("embargo@2028")
    ('base plan', 'port strike', 'embargo from 2028')
    >>> path_words("ban@2031/embargo@2028"), path_words("embargo@2028/port_strike")
    ('ban from 2031 after embargo from 2028', 'embargo from 2028 after port strike')
    >>> path_words("a_year/CHN+MMR@2028"), path_words("a_year/all@2028")
    ('a year (CHN and MMR stop from 2028)', 'a year (all stop from 2028)')
    """
    if path == BASE:
        return BASE_PLAN
    first, follows, rest = path.partition("/")
    name, dated, onset = first.partition("@")
    if dated or not follows:
        begun = label(name) + (f" from {onset}" if dated else "")
        return f"{begun} after {path_words(rest, called)}" if follows else begun
    members, dated, onset = rest.partition("@")
    stopped = [called(member) for member in members.split("+")]
    stop = "stop" if len(stopped) > 1 or members == "all" else "stops"
    return f"{label(name)} ({' and '.join(stopped)} {stop}{f' from {onset}' if dated else ''})"
