"""Names of the workbook as one reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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


def path_words(path: str, called: Callable[[str], str] = label, named: Callable[[str], str] = label) -> str:
    """A path of the scenario tree as one says it, from its name.

    Parameters
    ----------
    path
        ``base``, a scenario, a danger with its onset, a sequel with what it follows, or a stop that a policy tests.
    called
        What the members of a tested stop are called.
    named
        What scenarios, and policies that test a stop, are called.

    Returns
    -------
    str
        Words for a sentence.

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
        begun = named(name) + (f" from {onset}" if dated else "")
        return f"{begun} after {path_words(rest, called, named)}" if follows else begun
    members, dated, onset = rest.partition("@")
    stopped = [called(member) for member in members.split("+")]
    stop = "stop" if len(stopped) > 1 or members == "all" else "stops"
    return f"{named(name)} ({' and '.join(stopped)} {stop}{f' from {onset}' if dated else ''})"


@dataclass(frozen=True)
class Names:
    """What the things of a problem are called: by the name that the workbook gives them, else by their id.

    ``given`` has the names by sheet and id, as ``Problem.names`` has them.
    """

    given: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, sheet: str, id: str) -> str:
        """The name of a row of a sheet; its id as it is where it has none.

        Examples
        --------
        >>> names = Names({"Plants": {"kor_magnet_lines": "Magnet lines at Changwon"}})
        >>> names.of("Plants", "kor_magnet_lines"), names.of("Plants", "usa_mine")
        ('Magnet lines at Changwon', 'usa_mine')
        """
        return self.given.get(sheet, {}).get(id) or id

    def words(self, sheet: str, id: str) -> str:
        """The name of a row of a sheet; its id with blanks in place of underscores where it has none."""
        return self.given.get(sheet, {}).get(id) or label(id)

    def listed(self, sheet: str, ids: str) -> str:
        """A list of ids, separated by commas, by name."""
        return ", ".join(self.of(sheet, id.strip()) for id in ids.split(","))

    def with_id(self, sheet: str, id: str) -> str:
        """The name of a row with its id behind it, where one may have to type it; the id alone where it has none."""
        name = self.given.get(sheet, {}).get(id)
        return f"{name} ({id})" if name else id

    def path(self, path: str, called: Callable[[str], str] | None = None) -> str:
        """A path of the scenario tree as one says it, its scenario or policy by name.

        Parameters
        ----------
        path
            As of ``path_words``.
        called
            What the members of a tested stop are called; by default plants by name.

        Returns
        -------
        str
            ``base plan``, ``Embargo of magnets from 2028``.
        """
        return path_words(path, called or self.member, self._begun)

    def has(self, path: str) -> bool:
        """Whether anything in a path of the scenario tree has a name of its own."""
        parts = [part.partition("@")[0] for part in path.split("/")]
        return any(part in self.given.get(sheet, {}) for part in parts for sheet in ("Scenarios", "Policies"))

    def member(self, id: str) -> str:
        """A member of a tested stop, which is a country or a plant."""
        return self.given.get("Plants", {}).get(id) or label(id)

    def _begun(self, id: str) -> str:
        return self.given.get("Scenarios", {}).get(id) or self.given.get("Policies", {}).get(id) or label(id)
