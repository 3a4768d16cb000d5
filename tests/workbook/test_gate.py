"""What is no workbook, or no safe one, is refused before any reader sees it, each with its reason."""

import contextlib
import random
import zipfile

import pytest

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.read import read_workbook
from tests.workbook.books import book, rebuilt

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def refused(path, code, *said):
    with pytest.raises(FileFault) as fault:
        read_workbook(path)
    assert fault.value.code == code
    assert fault.value.path == path
    for text in said:
        assert text in fault.value.message


def test_a_good_workbook_passes(tmp_path):
    package = inspect(book(tmp_path / "a.xlsx"))
    assert package.sheets[0].title == "Settings"
    assert package.sheets[0].part == "xl/worksheets/sheet1.xml"
    assert package.recalculates  # openpyxl stores no results


def test_missing_files_name_the_nearest(tmp_path):
    book(tmp_path / "magnets.xlsx")
    refused(tmp_path / "magnet.xlsx", "FS001", "the nearest is 'magnets.xlsx'")
    refused(tmp_path / "no" / "a.xlsx", "FS001", "does not exist either")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "an empty file"),
        ("a.csv", b"plant,country\nmine,Conc\n", "a text file (.csv)"),
        ("a.pdf", b"%PDF-1.7", "a PDF"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "another type"),
        ("a.xls", OLE + b"\0" * 4000, "an old .xls"),
    ],
)
def test_wrong_file_types(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    refused(path, "FS002", said)


def test_a_folder(tmp_path):
    refused(tmp_path, "FS002", "a folder")


def test_password_protected(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLE + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000)
    refused(path, "FS003", "password")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}, "OpenDocument"),
        ({"[Content_Types].xml": b"<x/>", "_rels/.rels": b"<x/>", "xl/workbook.bin": b"1"}, "binary workbook"),
        ({"notes.txt": b"hello"}, "a zip archive"),
        ({"[Content_Types].xml": b"<x/>", "_rels/.rels": b"<x/>", "word/document.xml": b"<x/>"}, "without a workbook"),
    ],
)
def test_other_archives(tmp_path, parts, said):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    refused(path, "FS002", said)


def test_strict_workbooks_are_refused(tmp_path):
    def strict(name, content):
        return content.replace(b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml/spreadsheetml")

    refused(rebuilt(book(tmp_path / "a.xlsx"), strict), "FS002", "Strict")


def test_bombs_are_refused_by_the_directory_alone(tmp_path):
    path = rebuilt(book(tmp_path / "a.xlsx"), lambda name, content: content, {"xl/media/x.bin": b"\0" * (1 << 26)})
    refused(path, "FS005", "times its size")


def test_too_many_parts_and_sheets(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx")
    monkeypatch.setattr("friendshore.optimizer.workbook.gate.MOST_SHEETS", 3)
    refused(path, "FS005", "16 sheets")
    monkeypatch.setattr("friendshore.optimizer.workbook.gate.MOST_PARTS", 3)
    refused(path, "FS005", "parts")
    monkeypatch.setattr("friendshore.optimizer.workbook.gate.MOST_PARTS", 3000)
    monkeypatch.setattr("friendshore.optimizer.workbook.gate.MOST_UNPACKED", 1000)
    refused(path, "FS005", "MB")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path, encoding):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    path = rebuilt(
        book(tmp_path / "a.xlsx"),
        lambda name, content: bomb.encode(encoding) if name.endswith("sheet1.xml") else content,
    )
    refused(path, "FS005", "entities")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice(tmp_path):
    path = book(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
    refused(path, "FS004", "twice")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_missing_and_broken_parts(tmp_path, part):
    whole = book(tmp_path / "a.xlsx").read_bytes()
    for change in (None, b"", b"<a><b></a>"):
        path = tmp_path / "b.xlsx"
        path.write_bytes(whole)
        rebuilt(path, lambda name, content, change=change: change if name == part else content)
        with pytest.raises(FileFault) as fault:
            read_workbook(path)
        assert fault.value.code in ("FS002", "FS004")


def test_truncated_files(tmp_path):
    path = book(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-500])
    refused(path, "FS004", "damaged")


def test_damaged_bytes_never_raise_anything_else(tmp_path):
    whole = book(tmp_path / "a.xlsx").read_bytes()
    path, chance = tmp_path / "b.xlsx", random.Random(7)  # noqa: S311 - not for secrets
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken)
        with contextlib.suppress(FileFault, InvalidProblem):
            read_workbook(path)


def test_damaged_markup_never_raises_anything_else(tmp_path):
    whole = book(tmp_path / "a.xlsx").read_bytes()
    path, chance = tmp_path / "b.xlsx", random.Random(11)  # noqa: S311 - not for secrets

    def damage(name, content):
        if chance.random() < 0.7 or not content:
            return content
        start = chance.randrange(len(content))
        return content[:start] + chance.choice([b"", b"0", b"<v/>", b"9" * 20, b'"', b"\xff"]) + content[start + 3 :]

    for _ in range(100):
        path.write_bytes(whole)
        rebuilt(path, damage)
        with contextlib.suppress(FileFault, InvalidProblem):
            read_workbook(path)
