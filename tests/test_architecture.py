"""Who may import whom, read from the files themselves: optimizer → models → pyomo, and never back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("models", "optimizer")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
RULE_HELPERS = ("models.rules.clause", "models.rules.shares")
BUILDS_ON = {("models.rules.survive_any", "models.rules.survive")}  # the same rule, for every choice of k
ENGINES = {"dask", "distributed", "mpisppy", "mpi4py"}
SPREADSHEETS = {"lxml", "openpyxl", "python_calamine", "xlsxwriter"}

# The layers of models, from the bottom up; a file imports from its own layer and those below.
LAYERS = (
    ("schema", ("models.schema", "models.findings", "models.codes")),
    ("tables", ("models.tables",)),
    ("problem", ("models.problem", "models.numbers", "models.plan", "models.parsing", "models.checks")),
    ("core", ("models.tree", "models.sets", "models.investment", "models.block", "models.port_terms", "models.core")),
    ("rules", ("models.rules",)),
    (
        "whole",
        (
            "models.node",
            "models.ports",
            "models.linking",
            "models.statement",
            "models.formulation",
            "models.families",
            "models.scenario_model",
        ),
    ),
    ("door", ("models",)),
)

# What asks a higher layer a single question: which kinds of policies are built.
ASKS = {("models.checks.policies", "models.rules")}


def module_of(path: Path) -> str:
    """models/rules/clause.py is models.rules.clause; a package goes by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Modules a file imports, wherever in the file; ``from models import rules`` is models.rules."""
    return set(_imports(ast.parse(path.read_text(encoding="utf-8")), module_of(path), path.stem == "__init__"))


def _imports(tree: ast.AST, module: str, is_package: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                kept = parts[: len(parts) - node.level + is_package]
                base = ".".join([*kept, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield full if _is_module(full) else base


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def within(name: str, package: str) -> bool:
    """Whether a module is a package or lies in it."""
    return name == package or name.startswith(package + ".")


def layer(module: str) -> int:
    """Number of the layer of a module of models: the longest name that fits counts."""
    fits = [(len(name), number) for number, (_, names) in enumerate(LAYERS) for name in names if within(module, name)]
    return max(fits)[1]


def offenders(allowed: tuple[str, ...], forbidden: set[str]) -> list[str]:
    """Files outside ``allowed`` that import one of the top-level packages ``forbidden``."""
    return [
        f"{module_of(path)} imports {name}"
        for path in FILES if not any(within(module_of(path), place) for place in allowed)
        for name in sorted(imports(path)) if name.split(".")[0] in forbidden
    ]  # fmt: skip


def test_there_is_something_to_read() -> None:
    """The files are found, and imports are: a misplaced root would make all that follows hold of nothing."""
    assert len(FILES) > 60
    assert "models.statement" in imports(ROOT / "optimizer" / "pipeline.py")
    assert "models.rules" in imports(ROOT / "models" / "node.py")
    assert "pyomo.environ" in imports(ROOT / "models" / "block.py")


def test_relative_imports_are_understood() -> None:
    """A dot counts from the package of the file."""
    tree = ast.parse(
        "from . import clause\nfrom .shares import share_clauses\nfrom ..block import NodeBlock\nimport a.b"
    )
    assert set(_imports(tree, "models.rules.survive", False)) == {
        "models.rules.clause", "models.rules.shares", "models.block", "a.b"
    }  # fmt: skip
    assert set(_imports(ast.parse("from . import clause"), "models.rules", True)) == {"models.rules.clause"}


@pytest.mark.parametrize("path", [path for path in FILES if module_of(path).startswith("models")], ids=module_of)
def test_models_know_nothing_above_them(path: Path) -> None:
    """models imports no optimizer, and no file of a lower layer one of a higher."""
    mine = layer(module_of(path))
    for name in imports(path):
        assert not within(name, "optimizer"), f"{module_of(path)} imports {name}"
        if within(name, "models") and name != "models" and (module_of(path), name) not in ASKS:
            assert layer(name) <= mine, (
                f"{module_of(path)} ({LAYERS[mine][0]}) imports {name} ({LAYERS[layer(name)][0]})"
            )


@pytest.mark.parametrize("path", sorted((ROOT / "models" / "rules").glob("*.py")), ids=module_of)
def test_rules_know_nothing_of_each_other(path: Path) -> None:
    """A rule imports what rules have in common, but no other rule; the package gathers them."""
    if path.stem == "__init__":
        return
    known = {
        name for name in imports(path) if within(name, "models.rules") and (module_of(path), name) not in BUILDS_ON
    }
    assert known <= set(RULE_HELPERS), f"{module_of(path)} imports {known - set(RULE_HELPERS)}"


@pytest.mark.parametrize("path", sorted((ROOT / "models" / "core").glob("*.py")), ids=module_of)
def test_core_knows_no_rules(path: Path) -> None:
    """The families of decisions stand without the policies."""
    assert not [name for name in imports(path) if within(name, "models.rules")]


def test_tables_know_the_schema_alone() -> None:
    """A table is a declaration: of models it imports the schema and its fellows."""
    for path in (ROOT / "models" / "tables").glob("*.py"):
        known = {name for name in imports(path) if within(name, "models")}
        assert all(within(name, "models.schema") or within(name, "models.tables") for name in known), module_of(path)


def test_spreadsheets_stay_at_the_edge() -> None:
    """Only the reader of workbooks and the writer of reports know Excel files."""
    assert offenders(("optimizer.workbook", "optimizer.reporting"), SPREADSHEETS) == []


def test_only_the_solver_knows_the_solver() -> None:
    """highspy is imported in one place."""
    assert offenders(("optimizer.solver",), {"highspy"}) == []


def test_only_the_engines_know_the_engines() -> None:
    """Dask and MPI are extras, imported in one place."""
    assert offenders(("optimizer.engines",), ENGINES) == []


def test_engines_know_no_work() -> None:
    """The seam does not know what is worked out: studies bring their tasks, never the other way round."""
    known = ("optimizer.engines", "optimizer.version", "models")
    for path in (ROOT / "optimizer" / "engines").glob("*.py"):
        names = {name for name in imports(path) if within(name, "optimizer") or within(name, "models")}
        if path.stem == "mpi":  # loaded by mpi-sppy's own driver in place of a command: it reads the workbook
            names -= {"optimizer.workbook.read"}
        assert all(any(within(name, place) for place in known) for name in names), module_of(path)


def test_models_know_no_frames_but_the_plan() -> None:
    """pandas is for the plan's tables."""
    allowed = ("models.plan", "optimizer")
    assert offenders(allowed, {"pandas"}) == []


def test_pyomo_is_for_models_and_the_compiler() -> None:
    """The mathematics is written in Pyomo and compiled in one place."""
    outside = ("models", "optimizer.compile")
    assert offenders(outside, {"pyomo"}) == []


def test_the_certificate_trusts_nobody() -> None:
    """It recomputes everything from the problem and the plan: nothing of the tree, the rules or the solver."""
    allowed = (
        "models.problem",
        "models.tables",
        "models.plan",
        "models.findings",
        "models.schema",
        "optimizer.certify",
    )
    for path in (ROOT / "optimizer" / "certify").rglob("*.py"):
        for name in imports(path):
            if within(name, "models") or within(name, "optimizer"):
                assert any(within(name, place) for place in allowed), f"{module_of(path)} imports {name}"
