"""Gather the names of countries from the Unicode CLDR: ``python -m friendshore.models.parsing.country_names.build``.

Needs Babel, which carries the data (``pip install babel``); nothing else of friendshore does. Writes ``codes.csv`` and
``names.csv``. What CLDR does not have (official names, old names, names that may mean several countries) is written by
hand in ``aliases.csv``, which goes before.
"""

from __future__ import annotations

import csv
from pathlib import Path

from friendshore.models.parsing.country_names.lookup import name_key

LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "sv",
    "da",
    "nb",
    "fi",
    "et",
    "tr",
    "uk",
    "ru",
    "ja",
    "ko",
    "zh",
    "zh_Hant",
    "vi",
    "id",
    "ms",
    "th",
    "hi",
)
HERE = Path(__file__).parent

# Regions of CLDR that are no countries; old codes that it still knows.
_NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
_OLD = frozenset({"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"})
_OWN = {"XK": "XKX"}  # in use, though not of ISO 3166


def codes() -> dict[str, str]:
    """Alpha-3 codes by alpha-2 code."""
    from babel import Locale  # noqa: PLC0415 - needed here alone
    from babel.core import get_global  # noqa: PLC0415

    regions = map(str, Locale("en").territories)
    countries = {code for code in regions if len(code) == 2 and code.isalpha()} - _NOT_COUNTRIES
    alpha3 = {
        new[0]: old
        for old, new in get_global("territory_aliases").items()
        if len(old) == 3 and old.isalpha() and old not in _OLD and len(new) == 1 and new[0] in countries
    }
    return dict(sorted({**alpha3, **_OWN}.items()))


def write() -> None:
    """Write both tables."""
    from babel import Locale  # noqa: PLC0415

    known = codes()
    english = Locale("en").territories
    _write("codes.csv", ("alpha2", "alpha3", "name"), [(two, three, english[two]) for two, three in known.items()])
    seen: dict[tuple[str, str], tuple[str, str, str]] = {}
    for language in LANGUAGES:
        names = Locale.parse(language).territories
        for two, three in known.items():
            if two in names:
                seen.setdefault((name_key(names[two]), three), (names[two], three, language))
    _write("names.csv", ("name", "iso3", "language"), sorted(seen.values(), key=lambda row: (row[1], row[2], row[0])))


def _write(name: str, head: tuple[str, ...], rows: list[tuple[str, str, str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    write()
