"""What cannot take plan sheets is refused with the reason and a code, and not a byte of it changes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from friendshore.optimizer.reporting import refuse_plan_in_place
from friendshore.optimizer.system.files import FileFault
from tests.in_place.corpus import by_openpyxl
from tests.in_place.joined import copied, digest, in_place, small_plan
from tests.workbook.books import book, rebuilt

WORKBOOK, LINKS, ROOT, KINDS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _replaced(part: str, old: str, new: str) -> Callable[[Path], object]:
    def change(path: Path) -> None:
        def swap(name: str, content: bytes) -> bytes:
            assert name != part or old.encode() in content
            return content.replace(old.encode(), new.encode(), 1) if name == part else content

        rebuilt(path, swap)

    return change


def _linked(part: str, kind: str, target: str) -> Callable[[Path], object]:
    return _replaced(
        part, "</Relationships>", f'<Relationship Id="z1" Type="{kind}" Target="{target}"/></Relationships>'
    )


def _twice(name: str) -> Callable[[Path], None]:
    def add(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, b"again")

    return add


def _protected(attributes: str) -> Callable[[Path], object]:
    return _replaced(WORKBOOK, "<bookViews", f"<workbookProtection {attributes}/><bookViews")


def _broken(path: Path) -> None:
    """One byte of a stored picture turned over: the checksum tells."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image9.png", b"0123456789" * 9, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"0123456789", b"0123456780", 1))


REFUSED: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "a password": (
        "FS003",
        "password",
        lambda path: path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le")),
    ),
    "a signature": (
        "FS009",
        "signed",
        _linked(ROOT, f"{PACKAGE}/digital-signature/origin", "_xmlsignatures/origin.sigs"),
    ),
    "protected structure": ("FS009", "structure is protected", _protected('lockStructure="1"')),
    "protected structure, in words": ("FS009", "structure is protected", _protected('lockStructure="true"')),
    "changes by password": (
        "FS009",
        "reserved by a password",
        _replaced(WORKBOOK, "<workbookPr", '<fileSharing userName="a" reservationPassword="DEAD"/><workbookPr'),
    ),
    "shared in the old way": (
        "FS009",
        "shared in the old way",
        _linked(LINKS, f"{OFFICE}/revisionHeaders", "revisions/revisionHeaders.xml"),
    ),
    "strict": (
        "FS002",
        "Strict",
        _replaced(
            WORKBOOK,
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    ),
    "a part twice": ("FS004", "twice", _twice(WORKBOOK)),
    "a part twice in other letters": ("FS004", "twice", _twice("XL/Workbook.xml")),
    "a part twice by other slashes": ("FS00", "twice|backslash", _twice("xl\\workbook.xml")),
    "a broken part": ("FS004", "image9", _broken),
    "words that are not XML": ("FS004", "damaged", _replaced(WORKBOOK, "<sheets>", "<sheets><sheets>")),
    "styles that are not XML": ("FS004", "damaged", _replaced("xl/styles.xml", "<fonts", "<<fonts")),
    "a sheet without a part": ("FS004", "has no part", _replaced(WORKBOOK, 'r:id="rId2"', 'r:id="none"')),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("reason", REFUSED)
def test_refused_with_its_reason_and_left_as_it_was(reason: str, tmp_path: Path) -> None:
    code, words, spoil = REFUSED[reason]
    path = book(tmp_path / "book.xlsx")
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(FileFault, match=words) as caught:
        in_place(path)
    assert caught.value.code.startswith(code)
    assert path.read_bytes() == before
    with pytest.raises(FileFault):
        copied(path, tmp_path / "copy.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["book.xlsx"] or (tmp_path / "copy.xlsx").stat().st_size == 0


@pytest.mark.parametrize("reason", ["a password", "a signature", "protected structure", "a broken part"])
def test_it_is_found_out_before_the_search(reason: str, tmp_path: Path) -> None:
    """The search may take minutes; what can be known before is told before."""
    code, words, spoil = REFUSED[reason]
    path = book(tmp_path / "book.xlsx")
    refuse_plan_in_place(path)
    spoil(path)
    with pytest.raises(FileFault, match=words) as caught:
        refuse_plan_in_place(path)
    assert caught.value.code == code


def test_a_window_layout_under_lock_is_no_reason(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    _protected('lockWindows="1"')(path)
    in_place(path)


def test_open_elsewhere_tells_who_holds_it(tmp_path: Path) -> None:
    """Excel's owner file holds the length of the name and the name; LibreOffice's a line of words with commas."""
    path = book(tmp_path / "book.xlsx")
    before = path.read_bytes()
    for owner, content in (
        ("~$book.xlsx", b"\x05Maria" + b" " * 49),
        (".~lock.book.xlsx#", b",Maria,pc,01.01.2026 10:00,file:///x;"),
    ):
        (tmp_path / owner).write_bytes(content)
        for attempt in (in_place, refuse_plan_in_place):
            with pytest.raises(FileFault, match="held by Maria") as caught:
                attempt(path)
            assert caught.value.code == "FS006"
        assert path.read_bytes() == before
        copied(path, tmp_path / "copy.xlsx")  # a copy disturbs nobody
        (tmp_path / owner).unlink()


def test_a_sheet_of_the_planners_with_our_title_is_refused(tmp_path: Path) -> None:
    """A title alone says nothing: without the mark the sheet is the planner's, in whatever letters."""
    path = by_openpyxl(tmp_path / "book.xlsx")
    _replaced(WORKBOOK, 'name="Notes"', 'name="PLAN costs"')(path)
    before = path.read_bytes()
    for attempt in (in_place, refuse_plan_in_place):
        with pytest.raises(FileFault, match="PLAN costs") as caught:
            attempt(path)
        assert caught.value.code == "FS010"
    assert path.read_bytes() == before


@pytest.mark.parametrize("title", ["Costs 2026", "Plan Costs (2)"])
def test_a_plan_sheet_the_planner_renamed_or_copied_is_the_planners(title: str, tmp_path: Path) -> None:
    """The mark holds the title it was written for. A renamed plan sheet is kept, and its table's name is taken."""
    path = in_place(book(tmp_path / "book.xlsx"))
    _replaced(WORKBOOK, 'name="Plan Costs"', f'name="{title}"')(path)
    with pytest.raises(FileFault, match="'Plan_Cost") as caught:
        in_place(path)
    assert caught.value.code == "FS010"
    assert title.encode() in zipfile.ZipFile(in_place(path, small_plan(Costs=[[1]]))).read(WORKBOOK)


def test_a_name_of_the_planners_like_a_table_of_ours_is_refused(tmp_path: Path) -> None:
    path = by_openpyxl(tmp_path / "book.xlsx")
    _replaced(WORKBOOK, 'name="Fives"', 'name="plan_costs"')(path)
    with pytest.raises(FileFault, match="Plan_Costs") as caught:
        in_place(path)
    assert caught.value.code == "FS010"


def test_a_pivot_table_put_on_a_plan_sheet_is_not_thrown_away(tmp_path: Path) -> None:
    """What a slicer or a cache leans on would be gone: the planner is asked to move it."""
    path = in_place(book(tmp_path / "book.xlsx"))
    with zipfile.ZipFile(path) as archive:
        sheet = next(n for n in archive.namelist() if n.startswith("xl/worksheets/_rels/"))
    rebuilt(path, lambda name, content: content, {"xl/pivotTables/pivotTable1.xml": b"<pivotTableDefinition/>"})
    _linked(sheet, f"{OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml")(path)
    with pytest.raises(FileFault, match=r"holds a pivot table.*pivottable1") as caught:
        in_place(path)
    assert caught.value.code == "FS009"


def test_a_file_that_may_only_be_read_is_refused_before_the_search(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    path.chmod(0o444)
    with pytest.raises(FileFault, match="only be read") as caught:
        refuse_plan_in_place(path)
    assert caught.value.code == "FS007"


def test_a_copy_bears_the_ending_of_its_content(tmp_path: Path) -> None:
    """Excel does not open macros under .xlsx, nor a plain workbook under .xlsm."""
    path = book(tmp_path / "book.xlsx")
    with pytest.raises(FileFault, match=r"only be a \.xlsx file"):
        copied(path, tmp_path / "copy.xlsm")
    _replaced(KINDS, "officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")(path)
    with pytest.raises(FileFault, match=r"only be a \.xlsm file"):
        copied(path, tmp_path / "copy.xlsx")


def test_changed_since_it_was_read(tmp_path: Path) -> None:
    """The digest of what was read no longer fits: nothing is written, in place or as a copy."""
    from friendshore.optimizer.in_place import join_in_place  # noqa: PLC0415

    path = book(tmp_path / "book.xlsx")
    read = digest(path)
    by_openpyxl(path)
    before = path.read_bytes()
    with pytest.raises(FileFault) as caught:
        join_in_place(path, read, small_plan(Costs=[[1]]))
    assert caught.value.code == "FS011"
    assert path.read_bytes() == before
