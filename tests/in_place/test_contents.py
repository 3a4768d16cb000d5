"""The list of sheets, the sheet that is open, and names: counted anew where plan sheets come between."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter

from friendshore.optimizer.in_place.contents import Contents, arranged
from friendshore.optimizer.in_place.graft import Graft
from friendshore.optimizer.in_place.names import MARK
from friendshore.optimizer.in_place.parts import Parts
from tests.in_place.joined import PLAN, copied, in_place, small_plan
from tests.workbook.books import book, rebuilt


def _book(path: Path) -> Path:
    """Three sheets, the second open, with a name of its own each and one of all."""
    workbook = xlsxwriter.Workbook(path)
    for name in ("A", "B", "C"):
        workbook.add_worksheet(name).write(0, 0, name)
        workbook.define_name(f"{name}!own", f"={name}!$A$1")
    workbook.define_name("everywhere", "=C!$A$1")
    workbook.get_worksheet_by_name("B").activate()
    workbook.close()
    return path


def _titles(path: Path) -> list[str]:
    return openpyxl.load_workbook(path).sheetnames


def _selected(path: Path) -> list[str]:
    return [sheet.title for sheet in openpyxl.load_workbook(path) if sheet.sheet_view.tabSelected]


def test_where_sheets_stand() -> None:
    assert arranged(["A", "B"], ["Plan X", "Plan Y"], [], first=False) == ["A", "B", "Plan X", "Plan Y"]
    assert arranged(["A", "B"], ["Plan X", "Plan Y"], [], first=True) == ["Plan X", "Plan Y", "A", "B"]
    moved = ["Plan Y", "A", "Plan X", "B"]
    assert arranged(moved, ["Plan X", "Plan Y"], ["Plan X", "Plan Y"], first=False) == moved
    old = ["A", "Plan Old", "Plan Y", "B"]
    assert arranged(old, ["Plan X", "Plan Y", "Plan Z"], ["Plan Old", "Plan Y"], first=False) == [
        "A",
        "Plan X",
        "Plan Y",
        "Plan Z",
        "B",
    ]


def test_in_place_the_open_sheet_stays_open_and_is_the_only_one_selected(tmp_path: Path) -> None:
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Summary=[["s"]], Costs=[[1]]))
    result = openpyxl.load_workbook(path)
    assert result.sheetnames == ["A", "B", "C", "Plan Summary", "Plan Costs"]
    assert result.active is not None
    assert result.active.title == "B"
    assert _selected(path) == ["B"]


def test_a_copy_opens_at_the_summary_alone(tmp_path: Path) -> None:
    """Two selected sheets would be a group: what is typed into one would go into the other."""
    path = copied(_book(tmp_path / "book.xlsx"), tmp_path / "copy.xlsx", small_plan(Summary=[["s"]], Costs=[[1]]))
    result = openpyxl.load_workbook(path)
    assert result.sheetnames == ["Plan Summary", "Plan Costs", "A", "B", "C"]
    assert result.active is not None
    assert result.active.title == "Plan Summary"
    assert _selected(path) == ["Plan Summary"]


def test_a_plan_sheet_left_open_is_open_again(tmp_path: Path) -> None:
    """Saved while looking at the plan: the new sheet is shown and selected in place of the old."""
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Summary=[["s"]], Costs=[[1]]))
    workbook = openpyxl.load_workbook(path)
    workbook.active = 4
    for sheet in workbook:
        sheet.sheet_view.tabSelected = sheet.title == "Plan Costs"
    workbook.save(path)
    in_place(path, small_plan(Summary=[["t"]], Costs=[[2]]))
    result = openpyxl.load_workbook(path)
    assert result.active is not None
    assert result.active.title == "Plan Costs"
    assert _selected(path) == ["Plan Costs"]
    assert result["Plan Costs"]["A1"].value == 2


def test_plan_sheets_stay_where_the_planner_moved_them(tmp_path: Path) -> None:
    """Moved and hidden by the planner with another program, which keeps the marks; names follow their sheets."""
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Summary=[["s"]], Costs=[[1]]))
    workbook = openpyxl.load_workbook(path)
    workbook.move_sheet("Plan Costs", -4)
    workbook["Plan Summary"].sheet_state = "hidden"
    workbook.save(path)
    in_place(path, small_plan(Summary=[["t"]], Costs=[[2]], Log=[["l"]]))
    result = openpyxl.load_workbook(path)
    assert result.sheetnames == ["Plan Costs", "Plan Log", "A", "B", "C", "Plan Summary"]
    assert result["Plan Summary"].sheet_state == "hidden"
    for name in ("A", "B", "C"):
        assert result[name].defined_names["own"].attr_text == f"{name}!$A$1"
    assert result["Plan Costs"]["A1"].value == 2


def test_names_follow_their_sheets_when_plan_sheets_come_first(tmp_path: Path) -> None:
    path = copied(_book(tmp_path / "book.xlsx"), tmp_path / "copy.xlsx", small_plan(Summary=[["s"]], Costs=[[1]]))
    result = openpyxl.load_workbook(path)
    for name in ("A", "B", "C"):
        assert result[name].defined_names["own"].attr_text == f"{name}!$A$1"
    assert list(result.defined_names) == ["everywhere"]


def test_sheets_that_a_new_plan_lacks_go(tmp_path: Path) -> None:
    """And their parts with them: as if the first plan had never been there."""
    one = in_place(_book(tmp_path / "one.xlsx"), small_plan(Summary=[["s"]], Old=[["o"]], Costs=[[1]]))
    in_place(one, small_plan(Summary=[["s"]], Costs=[[1]]))
    two = in_place(_book(tmp_path / "two.xlsx"), small_plan(Summary=[["s"]], Costs=[[1]]))
    assert _titles(one) == _titles(two)
    assert set(zipfile.ZipFile(one).namelist()) == set(zipfile.ZipFile(two).namelist())


def test_each_plan_sheet_carries_a_hidden_mark_with_its_title(tmp_path: Path) -> None:
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Summary=[["s"]]))
    mark = openpyxl.load_workbook(path)["Plan Summary"].defined_names[MARK]
    assert (mark.hidden, mark.attr_text) == (True, '"Plan Summary"')


def test_a_name_of_the_planners_on_a_plan_sheet_survives_its_replacement(tmp_path: Path) -> None:
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Summary=[["s"]]))
    place = b'<definedName name="mine" localSheetId="3">\'Plan Summary\'!$A$1</definedName>'
    rebuilt(
        path,
        lambda name, content: (
            content.replace(b"</definedNames>", place + b"</definedNames>") if name == "xl/workbook.xml" else content
        ),
    )
    in_place(path, small_plan(Summary=[["t"]]))
    assert openpyxl.load_workbook(path)["Plan Summary"].defined_names["mine"].attr_text == "'Plan Summary'!$A$1"


def test_titles_are_listed_for_file_managers(tmp_path: Path) -> None:
    """docProps/app.xml lists sheets, then names; the sheets are listed anew, the names as they were."""
    path = in_place(_book(tmp_path / "book.xlsx"), small_plan(Summary=[["s"]], Costs=[[1]]))
    text = zipfile.ZipFile(path).read("docProps/app.xml").decode()
    listed = ["A", "B", "C", "Plan Summary", "Plan Costs"]
    assert "".join(f"<vt:lpstr>{title}</vt:lpstr>" for title in listed) in text
    assert "<vt:i4>5</vt:i4>" in text
    assert '<vt:vector size="9" baseType="lpstr">' in text  # five sheets, four names


def test_a_list_of_titles_that_fits_nothing_is_left_as_it_is(tmp_path: Path) -> None:
    """Some programs count more titles than they list; a list that is not understood is not mended."""
    path = _book(tmp_path / "book.xlsx")
    rebuilt(path, lambda name, content: content.replace(b"<vt:i4>3<", b"<vt:i4>9<") if "app.xml" in name else content)
    before = zipfile.ZipFile(path).read("docProps/app.xml")
    assert b"<vt:i4>9<" in before
    in_place(path, small_plan(Summary=[["s"]]))
    assert zipfile.ZipFile(path).read("docProps/app.xml") == before


def test_a_workbook_of_few_parts(tmp_path: Path) -> None:
    """Programs that write no properties, styles, views or names: what is needed is made."""
    path = book(tmp_path / "book.xlsx")

    def spare(name: str, content: bytes) -> bytes | None:
        if name.startswith("docProps") or name in ("xl/styles.xml", "xl/theme/theme1.xml"):
            return None
        text = content.decode("utf-8", "replace")
        if name.endswith(".rels"):
            for word in ("styles", "theme", "extended-properties", "core-properties"):
                text = _without(text, "<Relationship ", word)
        if name == "[Content_Types].xml":
            for word in ("styles", "theme", "app.xml", "core.xml"):
                text = _without(text, "<Override ", word)
        if name == "xl/workbook.xml":
            text = text[: text.index("<bookViews")] + text[text.index("<sheets") :]
        return text.encode()

    rebuilt(path, spare)
    for result in (in_place(path), copied(path, tmp_path / "copy.xlsx")):
        assert openpyxl.load_workbook(result)["Plan Costs"]["A1"].font.sz == 18


def _without(text: str, begins: str, word: str) -> str:
    """The text without the elements that begin so and hold the word."""
    pieces = text.split(begins)
    kept = [pieces[0]]
    for piece in pieces[1:]:
        element, end, rest = piece.partition("/>")
        kept.append(rest if word in element else begins + element + end + rest)
    return "".join(kept)


def test_names_in_the_archive_with_other_slashes_and_letters(tmp_path: Path) -> None:
    """Some programs write xl\\Styles.xml: parts are found, changed in their place, and never there twice."""
    path = book(tmp_path / "book.xlsx")
    spelled = {"xl/styles.xml": "xl/Styles.xml", "docProps/app.xml": "docProps\\app.xml"}
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in content.items():
            entry = zipfile.ZipInfo("x")
            entry.filename = spelled.get(name, name)
            archive.writestr(entry, part)
    parts, plan = Parts.of(path, stream.getvalue()), Parts.of(path, PLAN)
    Graft(parts, Contents.of(parts), plan, Contents.of(plan), ()).join(first=False)
    result = io.BytesIO()
    parts.write(result)
    names = [entry.orig_filename for entry in zipfile.ZipFile(result).infolist()]
    assert len({name.casefold().replace("\\", "/") for name in names}) == len(names)
    assert set(spelled.values()) <= set(names)
    assert b'sz val="18"' in zipfile.ZipFile(result).read("xl/Styles.xml")
