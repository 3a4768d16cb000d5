"""The page of formulas: every citation leads somewhere, every file it names is there, its numbers stand in order."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "formulation.md"
CITING = ("models", "optimizer", "friendshore", "tests", "benchmarks")
MATHEMATICS = ("models/core", "models/clauses", "models/rules")
DECLARING = ("constrain", "cost")
"""What a node is asked to take in, each with a name as its first word."""
HANDLES = ("Variable", "Port")
"""What is declared beside the mathematics, with a name as its only word."""

HEADING = re.compile(r"^#{2,6} (?:(?P<number>\d+)\. )?(?P<title>.+)$")
TAG = re.compile(r"\\tag\{([^}]*)\}")
CITATION = re.compile(r"(?P<bracket>\(?)\bformulation,\s+(?P<cited>[^):;\"]*)|\b[Ee]quations?\s+(?P<equation>\d[\d.]*)")
FILE = re.compile(r"`((?:models|optimizer|friendshore|tests|docs|inputs|benchmarks)/[\w./-]*)`")


@dataclass(frozen=True)
class Page:
    """The page, cut into its lines outside fences of formulas and the equations inside."""

    text: str

    @cached_property
    def prose(self) -> str:
        """Everything but formulas on lines of their own."""
        return re.sub(r"^```math\n.*?^```$", "", self.text, flags=re.DOTALL | re.MULTILINE)

    @cached_property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """Number (or nothing) and title of every heading below that of the page."""
        found = (HEADING.match(line) for line in self.prose.splitlines())
        return tuple((match["number"] or "", match["title"]) for match in found if match)

    @cached_property
    def equations(self) -> tuple[tuple[str, str], ...]:
        """Number of the section and number of every equation, in their order."""
        found, section = [], ""
        for line in self.text.splitlines():
            heading = HEADING.match(line)
            if heading and line.startswith(("## ", "### ")):
                section = heading["number"] or ""
            found += [(section, tag) for tag in TAG.findall(line)]
        return tuple(found)

    def leads_to(self, cited: str) -> bool:
        """Whether a heading or an equation is called so."""
        numbers = {number for number, _ in self.headings} | {tag for _, tag in self.equations}
        return cited in numbers - {""} or cited.casefold() in {title.casefold() for _, title in self.headings}


PAGE_OF_FORMULAS = Page(PAGE.read_text(encoding="utf-8"))


def citations(text: str) -> Iterator[tuple[int, str]]:
    """Line and name of all that a source cites of the page: "(formulation, 2, 4 and Cost)" cites three."""
    for match in CITATION.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["equation"]:
            yield line, match["equation"].rstrip(".")
        elif match["bracket"] or re.match(r"[A-Z0-9]", match["cited"]):
            sentence = re.split(r"\.(?:\s|$)", match["cited"])[0]
            for name in re.split(r",|\band\b|\bto\b|(?<=[a-z])\s+(?=\d)", " ".join(sentence.split())):
                if name.strip():
                    yield line, name.strip().strip("`")


def sources() -> Iterator[Path]:
    """Files that may cite the page; this one only speaks of citations."""
    for folder in CITING:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if path != Path(__file__))


def test_every_citation_leads_somewhere() -> None:
    """A section that is renamed, or an equation that is numbered anew, would leave the code pointing at nothing."""
    found = [(path, line, name) for path in sources() for line, name in citations(path.read_text(encoding="utf-8"))]
    lost = [
        f"{path.relative_to(ROOT)}:{line} cites {name!r}"
        for path, line, name in found if not PAGE_OF_FORMULAS.leads_to(name)
    ]  # fmt: skip
    assert lost == []
    assert len(found) > 30


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        ("x ≤ y (formulation, 7).", ["7"]),
        ("lanes (formulation, 1, 2, 4 and 5).", ["1", "2", "4", "5"]),
        ("one onset (formulation,\nDecisions: such a branch builds it).", ["Decisions"]),
        ("(formulation, Constraints 3 to 5). Limits", ["Constraints", "3", "5"]),
        ("(formulation, 7, max_hhi) and (formulation, 7.6)", ["7", "max_hhi", "7.6"]),
        ("as in formulation, Cost. Then", ["Cost"]),
        ("Equation 7, max_hhi: a cone. Equation 3.2.", ["7", "3.2"]),
        ("a second formulation, written from the page alone", []),
    ],
)
def test_how_citations_are_read(source: str, cited: list[str]) -> None:
    """Lists, ranges and line breaks; what merely says the word is no citation."""
    assert [name for _, name in citations(source)] == cited


def test_a_citation_that_leads_nowhere_is_seen() -> None:
    """By number, by heading, and of an equation."""
    assert [PAGE_OF_FORMULAS.leads_to(name) for name in ("7", "Time", "max_share", "3.2")] == [True] * 4
    assert [PAGE_OF_FORMULAS.leads_to(name) for name in ("77", "Weather", "", "3.99")] == [False] * 4


def test_equations_are_numbered_in_order() -> None:
    """1, 2, 3 … within a section, each number once, no section in two places, and (3.2) under the heading of 3."""
    tags = [tag for _, tag in PAGE_OF_FORMULAS.equations]
    prefixes = []
    for prefix, run in groupby(tags, lambda tag: tag.split(".")[0]):
        numbers = [tag.split(".")[1] for tag in run]
        assert numbers == [str(i) for i in range(1, len(numbers) + 1)], prefix
        prefixes.append(prefix)
    assert len(set(prefixes)) == len(prefixes)
    counted = [prefix for prefix in prefixes if prefix.isdigit()]
    assert counted == [number for number, _ in PAGE_OF_FORMULAS.headings if number]
    assert counted == sorted(counted, key=int)
    counted_tags = [(section, tag) for section, tag in PAGE_OF_FORMULAS.equations if tag[0].isdigit()]
    assert [tag for section, tag in counted_tags if not tag.startswith(f"{section}.")] == []


def test_every_formula_on_a_line_of_its_own_has_a_number() -> None:
    """One number each: what cannot be cited cannot be tested."""
    formulas = re.findall(r"^```math\n(.*?)^```$", PAGE_OF_FORMULAS.text, flags=re.DOTALL | re.MULTILINE)
    assert [formula for formula in formulas if len(TAG.findall(formula)) != 1] == []


def test_the_page_cites_itself_rightly() -> None:
    """Every "(3.2)" on the page is one of its equations, and every link one of its headings."""
    tags = {tag for _, tag in PAGE_OF_FORMULAS.equations}
    cited = re.findall(r"\(((?:[A-Z]|\d)\.\d+(?:(?:, | and )(?:[A-Z]|\d)\.\d+)*)\)", PAGE_OF_FORMULAS.text)
    named = {name for group in cited for name in re.split(r", | and ", group)}
    assert named - tags == set()
    assert len(named) > 30
    anchors = {slug(f"{number}. {title}" if number else title) for number, title in PAGE_OF_FORMULAS.headings}
    links = set(re.findall(r"\]\(#([^)]*)\)", PAGE_OF_FORMULAS.prose))
    assert links - anchors == set()
    assert len(links) > 10


def slug(heading: str) -> str:
    """The anchor that a heading gets where the repository is read."""
    return re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-")


def test_every_file_it_names_is_there() -> None:
    """A file that moves takes its name on the page along."""
    named = set(FILE.findall(PAGE_OF_FORMULAS.text))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    assert len(named) > 30


def test_every_file_of_the_mathematics_is_named() -> None:
    """No family of decisions and no rule that the page does not know."""
    there = {
        str(path.relative_to(ROOT).as_posix())
        for folder in MATHEMATICS for path in (ROOT / folder).glob("*.py") if path.stem != "__init__"
    }  # fmt: skip
    assert there - set(FILE.findall(PAGE_OF_FORMULAS.text)) == set()
    assert len(there) > 10


def declared() -> Iterator[tuple[str, str]]:
    """Where and how a node's variables, ports, rows and costs are called."""
    for folder in MATHEMATICS:
        for path in sorted((ROOT / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args and _declares(node.func):
                    name = node.args[0]
                    if isinstance(name, ast.Constant) and isinstance(name.value, str):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", name.value


def _declares(called: ast.expr) -> bool:
    """``node.constrain`` and the like, or ``Variable[Shipment]``."""
    if isinstance(called, ast.Subscript):
        return isinstance(called.value, ast.Name) and called.value.id in HANDLES
    return isinstance(called, ast.Attribute) and called.attr in DECLARING


def test_every_family_is_named() -> None:
    """Each family of variables and of rows, and each kind of cost, stands on the page by its name in the code."""
    names = set(re.findall(r"`(\w+)`", PAGE_OF_FORMULAS.prose))
    found = list(declared())
    assert [f"{where}: {name}" for where, name in found if name not in names] == []
    assert {"supply", "shipped", "production", "clean_use"} <= {name for _, name in found}
