"""A name is surely a row of Countries where nothing else can be meant; everything else becomes a question."""

import pytest

from friendshore.models.parsing.countries import Countries, Known, stands_for
from friendshore.models.parsing.country_names import Match

ALLIES = Countries(
    (
        Known("USA", "United States", ("USA",)),
        Known("KOR", "", ("KOR",)),
        Known("JPN"),
        Known("Burma"),
        Known("EU", "European Union", ("DEU", "FRA", "EST")),
        Known("Gulf", "The Gulf", ("ARE", "SAU")),
        Known("CHE", "Chemistan"),
        Known("Alia", "Great Alia"),
    )
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("South Korea", "KOR"),  # the table, then iso3
        ("대한민국", "KOR"),
        ("Japan", "JPN"),  # the table, then the id, which is a code
        ("Myanmar", "Burma"),  # the table on both sides
        ("U.S.", "USA"),
        ("great  ALIA", "Alia"),  # its name on Countries, of which the table knows nothing
        ("European Union", "EU"),
        ("The European Union", "EU"),
    ],
)
def test_sure_names(text, name):
    resolved = ALLIES.resolve(text)
    assert resolved.id == name
    assert not resolved.question


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Korea", "may be South Korea (KOR) or North Korea (PRK): did you mean 'KOR'?"),
        ("Germany", "is Germany (DEU), a part of 'EU': did you mean 'EU'?"),
        ("Peru", "is Peru (PER), and is not on Countries"),
        ("JP", "may be Japan (JPN): did you mean 'JPN'?"),
        ("Switzerland", "is Switzerland (CHE): did you mean 'CHE'?"),  # its name says otherwise
    ],
)
def test_questions(text, said):
    resolved = ALLIES.resolve(text)
    assert not resolved.id
    assert said in resolved.question


def test_what_nobody_knows_is_left_to_others():
    assert ALLIES.resolve("Beria") is None
    assert ALLIES.resolve("Corea") is None


def test_two_rows_of_one_country_or_name_are_a_question():
    twice = Countries((Known("North", "Home", ("KOR",)), Known("South", "Home", ("KOR",))))
    assert twice.resolve("South Korea").question.endswith("did you mean 'North' or 'South'?")
    assert "the name of 'North' or 'South'" in twice.resolve("home").question
    union = Countries((Known("EU", "", ("DEU", "FRA")), Known("DEU", "", ("DEU",))))
    assert "did you mean 'EU' or 'DEU'?" in union.resolve("Germany").question


@pytest.mark.parametrize(
    ("row", "match"),
    [
        (Known("KR", "", ("kor",)), Match(("KOR",), True)),
        (Known("Seoul", "South Korea"), Match(("KOR",), True)),
        (Known("KOR", "Korea"), Match(("KOR",), True)),  # the id settles which Korea
        (Known("PER", "South Korea"), Match(("KOR", "PER"), False)),
        (Known("Home", "Korea"), Match(("KOR", "PRK"), False)),
        (Known("Home", "Somewhere"), None),
        (Known("US", ""), Match(("USA",), True)),
    ],
)
def test_what_a_row_stands_for(row, match):
    assert stands_for(row) == match
