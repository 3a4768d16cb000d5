"""The data dictionary in inputs/README.md is the declarations' own words."""

from friendshore.models.tables import TABLES
from friendshore.optimizer.workbook.dictionary import dictionary
from tests.places import INPUTS


def test_it_is_up_to_date():
    assert (INPUTS / "README.md").read_text(encoding="utf-8") == dictionary(), (
        "run python -m friendshore.optimizer.workbook.dictionary"
    )


def test_it_has_every_sheet_and_column():
    text = dictionary()
    for table in TABLES:
        assert f"## {table.sheet}\n" in text
        for declared in table.columns:
            assert declared.by_period or f"`{declared.name}`" in text
            assert declared.name in ("note", "source_id") or declared.help.replace("*", "\\*") in text


def test_every_line_of_a_table_has_as_many_cells():
    sheets, shortage = dictionary().split("## What number for the damage of a shortage?")
    for text, bars in ((sheets, 7), (shortage, 5)):
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert {line.replace("\\|", "").count("|") for line in rows} == {bars}
