"""A name looked up in the table; what is not in it, to the letter, is not known."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from friendshore.models.parsing.folding import fold

_PACKAGE = "friendshore.models.parsing.country_names"
_SIGNS = str.maketrans({"’": "'", "‘": "'", "`": "'", "ʻ": "'", "&": " and ", **dict.fromkeys(".,()[]-–—·", " ")})


@dataclass(frozen=True)
class Match:
    """The ISO 3166-1 alpha-3 codes that a name may stand for; ``sure`` where it can only stand for that one."""

    codes: tuple[str, ...]
    sure: bool


def look_up(text: str) -> Match | None:
    """What a name or code stands for; None where the table does not have it. Nothing is ever guessed at.

    Codes of three letters are sure, those of two are not (CH is Switzerland, and often meant for China).

    >>> look_up("Republic of Korea")
    Match(codes=('KOR',), sure=True)
    >>> look_up("Korea").sure
    False
    >>> look_up("Corea") is None
    True
    """
    word = fold(text)
    three, two = _codes()
    if word in three:
        return Match((word,), True)
    match = _names().get(name_key(word))
    if match is not None:
        return match
    return Match((two[word],), False) if word in two else None


def english(code: str) -> str:
    """The English name of an alpha-3 code; the code itself where it is none."""
    return _codes()[0].get(code, code)


def name_key(text: str) -> str:
    """A name as it is compared: case, accents of Latin letters, dots, dashes and a leading ``the`` do not matter.

    >>> name_key("The Côte d’Ivoire")
    "cote d'ivoire"
    """
    plain = unicodedata.normalize("NFD", fold(text).translate(_SIGNS).casefold())
    plain = "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", " ".join(plain.split())).removeprefix("the ")


@lru_cache(maxsize=1)
def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """English names by alpha-3 code; alpha-3 codes by alpha-2 code."""
    rows = list(_rows("codes.csv"))
    return {row["alpha3"]: row["name"] for row in rows}, {row["alpha2"]: row["alpha3"] for row in rows}


@lru_cache(maxsize=1)
def _names() -> dict[str, Match]:
    """Matches by key. What was written by hand goes before what was gathered.

    A name that is also the code of another country is not sure: Nga is Vietnamese for Russia, and NGA is Nigeria.
    """
    by_key: dict[str, set[str]] = {}
    for row in _rows("names.csv"):
        by_key.setdefault(name_key(row["name"]), set()).add(row["iso3"])
    three, two = _codes()
    for key, codes in by_key.items():
        word = key.upper()
        codes.update([word] if word in three else [two[word]] if word in two else [])
    matches = {key: Match(tuple(sorted(codes)), len(codes) == 1) for key, codes in by_key.items()}
    for row in _rows("aliases.csv"):
        matches[name_key(row["name"])] = Match(tuple(row["iso3"].split()), row["sure"] == "yes")
    return matches


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((files(_PACKAGE) / name).read_text(encoding="utf-8").splitlines())
