"""Damaged workbooks end in a Problem, an InvalidProblem or a FileFault, and in nothing else."""

import os
from collections import Counter

import pytest

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.child import read_apart
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.read import read_workbook
from friendshore.optimizer.workbook.template import write_sheets
from tests.parsing.valid import valid
from tests.workbook.books import book
from tests.workbook.mutants import mutant

MANY = int(os.environ.get("FRIENDSHORE_MUTANTS", "120"))  # thousands, by hand


@pytest.mark.parametrize("writer", [book, write_sheets], ids=["openpyxl", "xlsxwriter"])
def test_mutants(tmp_path, writer):
    path, ends = tmp_path / "a.xlsx", Counter()
    writer(path, valid())
    whole = path.read_bytes()
    for seed in range(MANY):
        path.write_bytes(mutant(whole, seed))
        try:
            read_workbook(path)
            ends["problem"] += 1
        except InvalidProblem:
            ends["invalid"] += 1
        except FileFault as fault:
            ends[fault.code] += 1
    assert ends["problem"] + ends["invalid"] > 0  # some get past the gate, and some do not
    assert ends["FS004"] > 0
    assert sum(ends.values()) == MANY


def test_mutants_in_the_other_process(tmp_path):
    path = tmp_path / "a.xlsx"
    write_sheets(path, valid())
    whole = path.read_bytes()
    for seed in range(1000, 1000 + max(3, MANY // 50)):
        path.write_bytes(mutant(whole, seed))
        try:
            package = inspect(path)
        except FileFault:
            continue
        try:
            read_apart(package)
        except FileFault as fault:
            assert fault.code in ("FS004", "FS005")
