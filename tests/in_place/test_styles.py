"""Formats of two stylesheets in one: looks are kept on both sides, none is there twice, none of the planner's moves."""
# ruff: noqa: E501 - XML as it stands in a file

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from friendshore.optimizer.in_place import styles
from tests.in_place.corpus import BOOKS
from tests.in_place.joined import PLAN, in_place, small_plan

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of what it does not know

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _looks(path: Path | io.BytesIO, titles: list[str] | None = None) -> dict[tuple[str, str], tuple[object, ...]]:
    """What every cell looks like, as openpyxl resolves it: font, fill, border, number format, alignment."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (
            cell.font.name,
            cell.font.sz,
            cell.font.b,
            cell.font.color and cell.font.color.rgb,
            cell.fill.fgColor.rgb,
            cell.border.bottom.style,
            cell.number_format,
            cell.alignment.horizontal,
            cell.alignment.indent,
        )
        for sheet in book.worksheets
        if titles is None or sheet.title in titles
        for row in sheet
        for cell in row
        if cell.has_style or cell.value is not None
    }


@pytest.mark.parametrize("kind", BOOKS)
def test_every_cell_looks_as_it_did(kind: str, tmp_path: Path) -> None:
    """Planner's cells as before, cells of the plan as in the plan sheets by themselves."""
    ending, write = BOOKS[kind]
    path = write(tmp_path / f"book{ending}")
    before, plan = _looks(path), _looks(io.BytesIO(PLAN))
    after = _looks(in_place(path))
    assert {place: after[place] for place in before} == before
    styled = {place: look for place, look in plan.items() if look[1] != 11}  # 11 points: cells without a format
    assert len(styled) > 300
    assert {place: after[place] for place in styled} == styled


def _sheet(**more: str) -> bytes:
    """A stylesheet by hand: one custom number, two fonts, three cell formats."""
    words = {"numFmts": '<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0"/></numFmts>', "dxfs": "", **more}
    return (
        f'<styleSheet xmlns="{MAIN[1:-1]}">{words["numFmts"]}<fonts count="2"><font><sz val="11"/></font><font><b/></font>'
        '</fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="2">'
        '<xf numFmtId="9"/><xf numFmtId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" '
        'borderId="0" xfId="0"/><xf numFmtId="164" fontId="1" fillId="0" borderId="0" xfId="0"/><xf numFmtId="10" '
        'fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="2"><cellStyle name="Percent" xfId="0" '
        f'builtinId="5"/><cellStyle name="Normal" xfId="1" builtinId="0"/></cellStyles>{words["dxfs"]}</styleSheet>'
    ).encode()


def test_by_hand() -> None:
    """Number 164 is theirs for another code, so ours becomes 165; the font is there already; the base is Normal's."""
    theirs = _sheet(numFmts='<numFmts count="1"><numFmt numFmtId="164" formatCode="0.000"/></numFmts>')
    content, places = styles.merge(theirs, _sheet())
    root = etree.fromstring(content)
    assert [(n.get("numFmtId"), n.get("formatCode")) for n in root.iter(f"{MAIN}numFmt")] == [
        ("164", "0.000"),
        ("165", "0.0"),
    ]
    assert len(root.find(f"{MAIN}fonts")) == 2
    formats = root.find(f"{MAIN}cellXfs")
    assert places.cells == {0: 0, 1: 3, 2: 4}
    assert dict(formats[3].attrib) == {"numFmtId": "165", "fontId": "1", "fillId": "0", "borderId": "0", "xfId": "1"}
    assert formats.get("count") == "5"


def test_merged_again_nothing_grows() -> None:
    once, places = styles.merge(_sheet(), _sheet())
    twice, again = styles.merge(once, _sheet())
    assert (twice, again) == (once, places)


def test_differential_formats_are_placed_once() -> None:
    ours = _sheet(dxfs='<dxfs count="2"><dxf><font><b/></font></dxf><dxf><font><i/></font></dxf></dxfs>')
    theirs = _sheet(dxfs='<dxfs count="1"><dxf><font><i/></font></dxf></dxfs>')
    content, places = styles.merge(theirs, ours)
    assert places.differences == {0: 1, 1: 0}
    assert len(etree.fromstring(content).find(f"{MAIN}dxfs")) == 2


def test_more_formats_than_excel_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "MOST_FORMATS", 4)
    with pytest.raises(styles.TooManyFormats):
        styles.merge(
            _sheet(numFmts='<numFmts count="1"><numFmt numFmtId="164" formatCode="0.000"/></numFmts>'), _sheet()
        )


def test_a_conditional_format_and_a_table_of_the_plan_keep_their_looks(tmp_path: Path) -> None:
    """Their formats are named by number in the sheet and in the table: the numbers follow."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Plan Summary")
    red, bold = book.add_format({"font_color": "#FF0000"}), book.add_format({"bold": True, "num_format": "0.000"})
    sheet.add_table("A1:B3", {"name": "Plan_X", "columns": [{"header": "a"}, {"header": "b", "format": bold}]})
    sheet.conditional_format("A1:A3", {"type": "cell", "criteria": ">", "value": 1, "format": red})
    book.close()
    ending, write = BOOKS["by hand"]
    path = in_place(write(tmp_path / f"book{ending}"), stream.getvalue())
    result = openpyxl.load_workbook(path)
    plan = result["Plan Summary"]
    rule = next(iter(plan.conditional_formatting)).rules[0]
    assert rule.dxf.font.color.rgb == "FFFF0000"
    column = plan.tables["Plan_X"].tableColumns[1]
    assert result._differential_styles[column.dataDxfId].font.b  # type: ignore[attr-defined]
    assert in_place(path, small_plan(Summary=[["s"]])).exists()
