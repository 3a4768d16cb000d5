"""Every check file has a test of its own name; every code is catalogued, used and asserted by a test."""

import re
from pathlib import Path

from friendshore.models.checks import CHECKS
from friendshore.models.checks.policy_rules import RULE_CHECKS
from friendshore.models.codes import CODES, explain, make_finding
from friendshore.models.rules import RULES
from friendshore.optimizer.workbook.messages import messages
from tests.places import INPUTS

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"FS\d{3}")


def codes_in(*folders, leave_out):
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    read = [file for file in files if leave_out not in (file, *file.parents)]
    return {code for file in read for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_check_file_has_a_test_of_its_own_name():
    for file in (ROOT / "models" / "checks").glob("*.py"):
        if file.name != "__init__.py":
            assert (ROOT / "tests" / "checks" / f"test_{file.name}").exists(), file.name


def test_every_parsing_file_has_a_test_of_its_own_name():
    for file in (ROOT / "models" / "parsing").glob("*.py"):
        if file.name not in ("__init__.py", "grids.py"):  # grids are what all the other tests are written in
            assert (ROOT / "tests" / "parsing" / f"test_{file.name}").exists(), file.name


def test_every_check_is_listed():
    declared = sum(
        file.read_text(encoding="utf-8").count("\n@reads(") for file in (ROOT / "models" / "checks").glob("*.py")
    )
    assert len(CHECKS) == len(set(map(id, CHECKS))) == declared + len(RULE_CHECKS)
    assert len(RULE_CHECKS) == sum(len(rule.checks) for rule in RULES.values()) > 0


def test_codes_used_and_codes_catalogued_are_the_same():
    catalogue = ROOT / "models" / "codes"
    assert codes_in("models", "optimizer", leave_out=catalogue) == set(CODES)


def test_every_code_is_asserted_by_a_test():
    assert set(CODES) <= codes_in("tests", leave_out=ROOT / "tests" / "checks" / "test_completeness.py")


def test_every_code_explains_itself():
    for code, entry in CODES.items():
        assert entry.code == code
        assert entry.severity == ("warning" if "FS500" <= code < "FS600" or "FS150" < code < "FS200" else "error")
        assert entry.cause in explain(code)
        assert entry.cure in explain(code.lower())
        assert make_finding(code, "Plants", "x").severity == entry.severity


def test_the_page_of_messages_is_current():
    """The list in the docs is what the catalogue says: each code with its cause and cure."""
    page = messages()
    assert (INPUTS / "MESSAGES.md").read_text(encoding="utf-8") == page, (
        "run python -m friendshore.optimizer.workbook.messages"
    )
    for code, entry in CODES.items():
        line = next(line for line in page.splitlines() if line.startswith(f"| `{code}` "))
        assert entry.title in line and entry.severity in line
