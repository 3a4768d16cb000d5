"""Nothing of the model without a test: every part is named by one, and every part matters.

Tests say what they prove by ``@proves("row:supply", …)`` (see cases.py). The parts are read from the model itself: row
families, cost kinds, ports, kinds of events and of policies, and rows across nodes. So that a name is no mere word,
every part is also taken away from one full problem, whose optimum must move.
"""

from __future__ import annotations

import ast
import dataclasses
import fnmatch
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from friendshore.models.clauses.clause import PolicyRow
from friendshore.models.clauses.tail import TailExcess
from friendshore.models.formulation.keys import Excess, NodeCost, ProtectedRow, RequiresRow, UnitsRow
from friendshore.models.formulation.model_data import ModelData
from friendshore.models.node.block import PORTS
from friendshore.models.node.costs import COST_KINDS, COUNTED, Cost
from friendshore.models.node.link import ExpressionAt, LinkKey
from friendshore.models.node.port_terms import Ports
from friendshore.models.rules import RULES
from friendshore.models.tables.events import EVENT_COLUMNS
from friendshore.optimizer.certify.policies import KINDS as CERTIFIED
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.compile import compile_node
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.solver import solve_program
from tests.mathematics import traced
from tests.mathematics.cases import Sheets, everything, whole

HERE = Path(__file__).parent
MODELS = HERE.parents[1] / "models"
LINKS: dict[str, type[LinkKey]] = {
    "units": UnitsRow,
    "requires": RequiresRow,
    "protected": ProtectedRow,
    "node_cost": NodeCost,
    "excess": Excess,
    "tail_excess": TailExcess,
}
"""Rows across nodes; those of ``PolicyRow`` are proved rule by rule."""


def row_families() -> set[str]:
    """Families of rows that a node of the full problem has, as the model declares them."""
    model_data = whole(everything())
    return {family for family, _ in compile_node(model_data).rows}


def declarations() -> Iterator[str]:
    """Patterns of the names of all families of rows in the source, whatever problem they stand in."""
    for path in sorted(path for room in ("core", "clauses", "rules") for path in (MODELS / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "constrain":
                parts = node.args[0].values if isinstance(node.args[0], ast.JoinedStr) else [node.args[0]]
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)


def port_names() -> set[str]:
    """Ports of the core, and those that rules add to the full problem."""
    ports = whole(everything()).ports
    return {*PORTS, *(term.port[0] for term in ports.terms), *(constant.port[0] for constant in ports.constants)}


ROW_FAMILIES = sorted(row_families())
PORT_NAMES = sorted(port_names())


def parts() -> set[str]:
    """All parts of the model that a test must name."""
    return {
        *(f"row:{name}" for name in ROW_FAMILIES),
        *(f"cost:{name}" for name in COST_KINDS),
        *(f"port:{name}" for name in PORT_NAMES),
        *(f"event:{name}" for name in EVENT_COLUMNS),
        *(f"rule:{name}" for name in RULES),
        *(f"link:{name}" for name in LINKS),
    }


@cache
def claims() -> tuple[tuple[str, str], ...]:
    """(part, test) for each name that a test function with an assertion, or its module, gives in ``proves``."""
    return tuple(_claims())


def _claims() -> Iterator[tuple[str, str]]:
    for path in sorted(HERE.glob("test_*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        tests = [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
        tests = [test for test in tests if any(isinstance(node, ast.Assert) for node in ast.walk(test))]
        assigned = [node for node in module.body if isinstance(node, ast.Assign)]
        whole = [node.value for node in assigned if ast.unparse(node.targets[0]) == "pytestmark"]
        for test in tests:
            for name in _named([*test.decorator_list, *whole]):
                yield name, f"{path.name}::{test.name}"


def _named(expressions: list[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        for node in ast.walk(expression):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "proves":
                yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def test_every_part_is_named_by_a_test() -> None:
    """Each row family, cost kind, port, event kind, rule and linking row has a test; no test names what is
    not there."""
    claimed = {part for part, _ in claims()}
    assert parts() - claimed == set(), "without a test"
    assert claimed - parts() == set(), "named by a test, but not in the model"


def test_a_part_without_a_test_would_be_seen() -> None:
    """The registry is read from code, not kept by hand: a name more in the model is a difference, and a marker on a
    function that asserts nothing does not count."""
    assert "row:no_such_row" not in {part for part, _ in claims()}
    module = ast.parse('@proves("row:no_such_row")\ndef test_nothing():\n    pass\n')
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(module))
    assert list(_named(module.body[0].decorator_list)) == ["row:no_such_row"]  # type: ignore[attr-defined]


def test_every_family_in_the_source_stands_in_the_full_problem() -> None:
    """A family that is declared somewhere, but not on a node of the full problem, would escape what follows."""
    patterns = set(declarations())
    assert len(patterns) > 10
    assert [pattern for pattern in patterns if not fnmatch.filter(ROW_FAMILIES, pattern)] == []
    assert [name for name in ROW_FAMILIES if not any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)] == []


@pytest.mark.parametrize(
    "kind", sorted(path.stem for path in (MODELS / "rules").glob("*.py") if path.stem != "__init__")
)
def test_every_rule_has_a_test_file_of_its_own_name(kind: str) -> None:
    """models/rules/<kind>.py goes with test_rule_<kind>.py, which names it."""
    assert RULES[kind].kind.name == kind, "a rule stands in the file of its name"
    assert any(part == f"rule:{kind}" and test.startswith(f"test_rule_{kind}.py") for part, test in claims())


@pytest.mark.parametrize("kind", sorted(EVENT_COLUMNS))
def test_every_kind_of_event_has_a_test_file_of_its_own_name(kind: str) -> None:
    """test_event_<kind>.py, which names it."""
    assert any(part == f"event:{kind}" and test.startswith(f"test_event_{kind}.py") for part, test in claims())


def test_every_rule_can_be_certified() -> None:
    """A plan under a rule that is built can be checked outside the solver: else no plan comes out at all."""
    assert set(RULES) == set(CERTIFIED)


# -- every part matters -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    """The full problem."""
    return everything()


@pytest.fixture(scope="module")
def model_data(sheets: Sheets) -> ModelData:
    """Laid out."""
    return whole(sheets)


@pytest.fixture(scope="module")
def full(model_data: ModelData) -> Assembled:
    """As arrays."""
    return assemble(model_data)


@pytest.fixture(scope="module")
def worth(full: Assembled) -> float:
    """Its optimum."""
    return optimum(full.program)


@pytest.fixture(scope="module")
def witnesses(full: Assembled, worth: float) -> list[tuple[Assembled, float]]:
    """The full problem, then those made for single rows of a rule, with their optima."""
    made = [assemble(whole(witness())) for witness in traced.WITNESSES]
    return [(full, worth), *((assembled, optimum(assembled.program)) for assembled in made)]


def optimum(program: LinearProgram) -> float:
    """The optimum of a program without its whole numbers, minus infinity where it is without bound.

    A part that moves the linear program stands and binds in it; searching for whole numbers takes ten times as long.
    """
    relaxed = dataclasses.replace(program, integer=np.zeros(program.columns, dtype=bool))
    found = solve_program(relaxed, gap=0.0, threads=1)
    if found.status == "unbounded":
        return -np.inf
    assert found.objective is not None
    return found.objective


def moved(program: LinearProgram, worth: float) -> float:
    """By how much the optimum is moved."""
    return optimum(program) - worth


@pytest.mark.parametrize("family", ROW_FAMILIES)
def test_every_row_family_binds(family: str, witnesses: list[tuple[Assembled, float]]) -> None:
    """Without the rows of the family some problem is cheaper: they stand, and they bind."""
    assert any(moved(without_rows(assembled, family), worth) < -1e-3 for assembled, worth in witnesses)


def without_rows(assembled: Assembled, family: str) -> LinearProgram:
    """The program with the rows of a family set free."""
    places = [i for i, (name, _) in enumerate(assembled.node.rows) if name == family]
    rows = assembled.node_rows[:, places]
    rows = rows[rows >= 0]
    lower, upper = assembled.program.row_lower.copy(), assembled.program.row_upper.copy()
    lower[rows], upper[rows] = -np.inf, np.inf
    return dataclasses.replace(assembled.program, row_lower=lower, row_upper=upper)


def without_kind(weights: Mapping[ExpressionAt, float], kind: str) -> dict[ExpressionAt, float]:
    """The weights of expressions, a kind of cost taken off wherever all that counts is weighed."""
    counted = [(n, weight) for (n, key), weight in weights.items() if key == COUNTED]
    return {**weights, **{(n, Cost(kind)): -weight for n, weight in counted}}


@pytest.mark.parametrize("kind", COST_KINDS)
def test_every_cost_kind_counts(kind: str, model_data: ModelData, worth: float) -> None:
    """Taken off what counts, the optimum is another."""
    linking = model_data.linking
    rows = tuple(dataclasses.replace(row, expressions=without_kind(row.expressions, kind)) for row in linking.rows)
    without = dataclasses.replace(linking, rows=rows, objective=without_kind(linking.objective, kind))
    assert abs(moved(assemble(dataclasses.replace(model_data, linking=without)).program, worth)) > 1e-3


@pytest.mark.parametrize("port", PORT_NAMES)
def test_every_port_carries(port: str, model_data: ModelData, worth: float) -> None:
    """Cut off from what is decided elsewhere, the optimum is another."""
    ports = Ports(
        tuple(
            dataclasses.replace(term, coefficients=term.coefficients * (term.port[0] != port))
            for term in model_data.ports.terms
        ),
        tuple(
            dataclasses.replace(constant, value=constant.value * (constant.port[0] != port))
            for constant in model_data.ports.constants
        ),
    )
    assert abs(moved(assemble(dataclasses.replace(model_data, ports=ports)).program, worth)) > 1e-3


@pytest.mark.parametrize("family", [*(row for row in LINKS.values() if row is not ProtectedRow), PolicyRow])
def test_every_linking_row_binds(family: type[LinkKey], model_data: ModelData, worth: float) -> None:
    """Without it the full problem is cheaper, or without bound.

    To buy a protection twice never pays, so that the row that forbids it does not bind; it has a test of its own.
    """
    rows = tuple(row for row in model_data.linking.rows if not isinstance(row.key, family))
    without = dataclasses.replace(model_data, linking=dataclasses.replace(model_data.linking, rows=rows))
    assert moved(assemble(without).program, worth) < -1e-3


def test_linking_rows_are_those_known_here(model_data: ModelData) -> None:
    """A new family of rows across nodes must be named in LINKS, and so by a test."""
    assert {type(row.key) for row in model_data.linking.rows} == {*LINKS.values(), PolicyRow}


@pytest.mark.parametrize("kind", sorted(EVENT_COLUMNS))
def test_every_kind_of_event_strikes(kind: str, sheets: Sheets, worth: float) -> None:
    """Without events of the kind the optimum is another."""
    events = [event for event in sheets["Events"] if event["kind"] != kind]
    assert abs(moved(assemble(whole(sheets | {"Events": events})).program, worth)) > 1e-3


@pytest.mark.parametrize("kind", sorted(RULES))
def test_every_rule_binds(kind: str, sheets: Sheets, worth: float) -> None:
    """Without policies of the kind the full problem is cheaper."""
    policies = [policy for policy in sheets["Policies"] if policy["kind"] != kind]
    assert moved(assemble(whole(sheets | {"Policies": policies})).program, worth) < -1e-3
