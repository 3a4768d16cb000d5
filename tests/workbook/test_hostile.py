"""Hostile workbooks are refused, or read as if nothing were the matter: soon, in little memory, with no other effect.

Each is opened in one process whose memory is limited, and whose every attempt to reach the network, to start a program
or to write outside its folder is an error.
"""

import json
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import openpyxl
import pytest

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.saved.plan_tables import read_plan_tables
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.mark import mark
from friendshore.optimizer.workbook.read import read_workbook
from friendshore.optimizer.workbook.template import write_sheets
from tests.parsing.valid import valid
from tests.workbook.attacks import HARMLESS, LATE, REFUSED, STRINGS, made, typed
from tests.workbook.books import book, rebuilt

ROOT = Path(__file__).parents[2]
SECONDS = 30.0  # of a busy machine; on an idle one each takes less than two

WATCHED = textwrap.dedent("""
    import json, os, pathlib, resource, sys, tempfile
    allowed = pathlib.Path(sys.argv[1]).resolve()
    tempfile.tempdir = str(allowed / "out")  # where openpyxl puts together what it saves
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

    import encodings.idna, pickle
    from friendshore.models.findings import InvalidProblem
    from friendshore.optimizer.system.files import FileFault
    from friendshore.optimizer.workbook.mark import mark
    from friendshore.optimizer.workbook.read import check_workbook, read_workbook
    read_workbook(sys.argv[2])  # loads all there is to load

    def watch(event, details):
        if event.startswith(("socket.", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "os.fork", "ctypes.")):
            raise SystemExit(f"{event} {details}")
        if event == "subprocess.Popen":
            if list(details[1][:4]) != [sys.executable, "-P", "-m", "friendshore.optimizer.workbook.child"]:
                raise SystemExit(f"started {details}")
        if event == "open" and isinstance(details[0], (str, bytes, os.PathLike)):
            mode, flags = details[1] or "r", details[2]
            writes = any(sign in mode for sign in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            path = pathlib.Path(os.fsdecode(details[0])).resolve()
            if writes and path != pathlib.Path(os.devnull) and not path.is_relative_to(allowed):
                raise SystemExit(f"wrote {path}")
            if path == pathlib.Path("/etc/passwd"):
                raise SystemExit("read a file of the system")

    sys.addaudithook(watch)
    answers = {}
    for path in sorted(allowed.glob("*.xlsx")):
        try:
            findings = check_workbook(path)
            answers[path.stem] = "read"
            mark(path, findings, allowed / "out" / path.name)
        except FileFault as fault:
            answers.setdefault(path.stem, fault.code)
        except InvalidProblem:
            answers[path.stem] = "invalid"
    print(json.dumps(answers))
    """)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as on Linux")
def test_every_attack_in_a_watched_process(tmp_path):
    source, folder = book(tmp_path / "good.xlsx"), tmp_path / "attacks"
    (folder / "out").mkdir(parents=True)
    expected = {}
    for number, (code, attack) in enumerate(REFUSED.values()):
        made(folder, source, attack).rename(folder / f"r{number}.xlsx")
        expected[f"r{number}"] = code
    for number, attack in enumerate(HARMLESS.values()):
        made(folder, source, attack).rename(folder / f"h{number}.xlsx")
        expected[f"h{number}"] = "read"
    command = [sys.executable, "-c", WATCHED, str(folder), str(source)]
    threads = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # each takes memory for itself
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, env=threads)  # noqa: S603
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert json.loads(ended.stdout) == expected
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["attacks", "good.xlsx"]


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path, name):
    code, attack = REFUSED[name]
    path = made(tmp_path, book(tmp_path / "good.xlsx"), attack)
    start = time.monotonic()
    with pytest.raises(FileFault) as fault:
        read_workbook(path)
    assert (fault.value.code, fault.value.path) == (code, path), fault.value
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(tmp_path, name):
    source = book(tmp_path / "good.xlsx")
    assert read_workbook(made(tmp_path, source, HARMLESS[name])).tables == read_workbook(source).tables


def test_entities_far_into_the_strings(tmp_path):
    path = tmp_path / "a.xlsx"
    write_sheets(path, valid())  # by xlsxwriter, which has a part for strings
    typed(STRINGS, LATE)(path)
    with pytest.raises(FileFault, match="it declares entities") as fault:
        read_workbook(path)
    assert fault.value.code == "FS005"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX systems")
def test_pipes_devices_and_links(tmp_path):
    pipe, link, loop, device = (tmp_path / name for name in ("pipe.xlsx", "link.xlsx", "loop.xlsx", "device.xlsx"))
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    device.symlink_to("/dev/zero")
    for path, code in ((pipe, "FS002"), (Path("/dev/zero"), "FS002"), (device, "FS002"), (loop, "FS007")):
        with pytest.raises(FileFault) as fault:
            inspect(path)
        assert fault.value.code == code
    link.symlink_to(book(tmp_path / "good.xlsx"))
    assert read_workbook(link).name == "link"


@pytest.mark.parametrize("name", ["a\0b.xlsx", "x" * 5000, "a\nb.xlsx", "..", "", "\ud800.xlsx"])
def test_names_that_no_file_has(tmp_path, name):
    with pytest.raises(FileFault):
        inspect(tmp_path / name)


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|'/C calc'!A0", "+1", '=HYPERLINK("http://x")'])
def test_names_that_look_like_formulas_stay_text(tmp_path, name):
    """In messages, in the marked copy, and in the workbook that carries a plan."""
    sheets = valid()
    sheets["Plants"][0]["note"] = name
    sheets["Plants"][0]["country"] = name
    path = tmp_path / "a.xlsx"
    book(path, sheets)
    workbook = openpyxl.load_workbook(path)
    for row in workbook["Plants"].iter_rows(min_row=2, max_row=2):
        for cell in row:
            cell.data_type = "s" if cell.value == name else cell.data_type
    workbook.save(path)
    with pytest.raises(InvalidProblem) as invalid:
        read_workbook(path)
    copy = openpyxl.load_workbook(mark(path, invalid.value.findings, tmp_path / "b.xlsx"))
    cells = [cell for sheet in copy for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert name in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_copy_is_refused_where_it_would_fill_memory(tmp_path):
    path = made(tmp_path, book(tmp_path / "good.xlsx"), HARMLESS["merged all over"])
    with pytest.raises(FileFault, match="cannot be copied: with Plants") as fault:
        mark(path, [], tmp_path / "b.xlsx")
    assert fault.value.code == "FS005"
    assert not (tmp_path / "b.xlsx").exists()


def test_a_plan_table_that_claims_the_whole_sheet(tmp_path):
    path = tmp_path / "a.xlsx"
    write_sheets(path, valid())
    rebuilt(
        path,
        lambda name, content: (
            content
            if "tables/table1.xml" not in name
            else content.replace(b'displayName="Settings" ref="', b'displayName="Settings" ref="A1:XFD1048576" x="')
        ),
    )
    with pytest.raises(FileFault, match="claims over") as fault:
        read_plan_tables(path, ["Settings"])
    assert fault.value.code == "FS005"
