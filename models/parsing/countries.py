"""Names of countries where ids of Countries are wanted: which of them are sure, and what to ask about the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from friendshore.models.parsing.country_names import Match, english, look_up, name_key


@dataclass(frozen=True)
class Known:
    """A row of Countries: its id, its name and its ISO codes as they were given."""

    id: str
    name: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resolved:
    """What a name stands for: ``id`` where that is sure, else a ``question`` to put to the planner.

    ``reason`` says in words how it was found.
    """

    id: str = ""
    reason: str = ""
    question: str = ""


class Countries:
    """The rows of Countries, by which names are resolved."""

    def __init__(self, rows: Iterable[Known]) -> None:
        self._rows = tuple(rows)

    @cached_property
    def _meant(self) -> list[tuple[str, Match]]:
        """The ids whose country the table knows, with what they stand for."""
        return [(row.id, match) for row in self._rows if (match := stands_for(row)) is not None]

    def resolve(self, text: str) -> Resolved | None:
        """What a text that is no id stands for; None where nothing is known of it.

        A text is surely a country where it is its name on Countries, or where the table of names has it for one country
        alone and one row of Countries surely stands for that country and no other. All else is a question.
        """
        return self._by_name(text) or self._by_table(text)

    def _by_name(self, text: str) -> Resolved | None:
        key = name_key(text)
        matching = [row.id for row in self._rows if row.name and name_key(row.name) == key]
        if len(matching) == 1:
            return Resolved(matching[0], "that is its name on Countries")
        return Resolved(question=f"which is the name of {_either(matching)}: which is meant?") if matching else None

    def _by_table(self, text: str) -> Resolved | None:
        match = look_up(text)
        if match is None:
            return None
        meant = " or ".join(f"{english(code)} ({code})" for code in match.codes)
        candidates = [(name, held) for name, held in self._meant if set(held.codes) & set(match.codes)]
        if match.sure and len(candidates) == 1 and candidates[0][1].sure:
            return Resolved(candidates[0][0], f"that is {meant}")
        verb = "is" if match.sure else "may be"
        if not candidates:
            return Resolved(question=f"which {verb} {meant}, and is not on Countries")
        names = _either([name for name, _ in candidates])
        part = f", a part of {names}" if match.sure and all(len(held.codes) > 1 for _, held in candidates) else ""
        return Resolved(question=f"which {verb} {meant}{part}: did you mean {names}?")


def stands_for(row: Known) -> Match | None:
    """The countries that a row of Countries stands for: by its ISO codes, else by its name and its id."""
    if row.codes:
        return Match(tuple(code.upper() for code in row.codes), len(row.codes) == 1)
    by_id, named = look_up(row.id), look_up(row.name) if row.name else None
    if not row.name:
        return by_id
    if named is None:
        return by_id and Match(by_id.codes, False)
    if by_id is None or not by_id.sure or by_id == named:
        return named
    if set(by_id.codes) <= set(named.codes):
        return by_id
    return Match((*named.codes, *by_id.codes), False)  # the name says one thing and the id another


def _either(names: Sequence[str]) -> str:
    return " or ".join(repr(name) for name in dict.fromkeys(names))
