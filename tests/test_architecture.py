"""Who may import whom, read from the files themselves, in one order from the ground up, and never back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOOR = "friendshore"
FILES = sorted(path for folder in (DOOR, "models", "optimizer") for path in (ROOT / folder).rglob("*.py"))

MODELS = (
    "schema findings lane codes tables glance problem plan parsing tree node core clauses rules checks examine "
    "formulation"
)
"""The rooms of models, each above those that stand before it."""
OPTIMIZER = (
    "system wording engines certify program solver search answer solve workbook in_place reporting saved page mpisppy "
    "studies commands cli"
)
"""The rooms of optimizer, likewise; all of models stand between wording and engines."""

GROUND, UPPER = OPTIMIZER.split()[:2], OPTIMIZER.split()[2:]
ORDER = (
    *(f"optimizer.{room}" for room in GROUND),
    *(f"models.{room}" for room in MODELS.split()),
    "models",
    *(f"optimizer.{room}" for room in UPPER),
    "optimizer",
    DOOR,
)

KNOW_A_LIBRARY = {
    "highspy": ("optimizer.solver",),
    "pyomo": ("models", "optimizer.program.compile"),
    "pandas": ("models.plan", "optimizer", DOOR),
    "dask": ("optimizer.engines",),
    "distributed": ("optimizer.engines",),
    "mpisppy": ("optimizer.mpisppy",),
    "mpi4py": ("optimizer.mpisppy",),
    "lxml": ("optimizer.workbook", "optimizer.in_place", "optimizer.saved"),
    "openpyxl": ("optimizer.workbook", "optimizer.in_place", "optimizer.saved", "optimizer.reporting"),
    "python_calamine": ("optimizer.workbook",),
    "xlsxwriter": ("optimizer.workbook", "optimizer.in_place", "optimizer.reporting", "optimizer.studies"),
}
"""The only rooms that know a library; whoever needs what it does asks them."""


def module_of(path: Path) -> str:
    """models/clauses/rule.py is models.clauses.rule; a package goes by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(path: Path) -> frozenset[str]:
    """Modules a file imports, wherever in the file, ours without the name they are installed under."""
    return frozenset(_imports(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (_ours(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError("imports are written in full")
            for alias in node.names:
                full = _ours(f"{node.module}.{alias.name}")
                yield full if _is_module(full) else _ours(str(node.module))


def _ours(name: str) -> str:
    """``friendshore.models.rules`` is models.rules."""
    rest = name.removeprefix(f"{DOOR}.")
    return rest if rest.split(".")[0] in ("models", "optimizer") else name


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def within(name: str, place: str) -> bool:
    """Whether a module is a package or lies in it."""
    return name == place or name.startswith(place + ".")


def floor(module: str) -> int:
    """The place of a module's room in the order; KeyError for a room that has none."""
    known = [room for room in ORDER if within(module, room)]
    if not known or (max(known, key=len) in ("models", "optimizer") and "." in module):
        raise KeyError(f"{module} lies in no room of the order")
    return ORDER.index(max(known, key=len))


def test_there_is_something_to_read() -> None:
    """The files are found, and imports are: a misplaced root would make all that follows hold of nothing."""
    assert len(FILES) > 60
    assert "models.formulation.model_data" in imports(ROOT / "optimizer" / "solve.py")
    assert "models.rules" in imports(ROOT / "models" / "formulation" / "node.py")
    assert "pyomo.environ" in imports(ROOT / "models" / "node" / "block.py")
    assert "optimizer.system.files" in imports(ROOT / DOOR / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_run_downwards(path: Path) -> None:
    """A file imports from its own room and from rooms below it."""
    mine = floor(module_of(path))
    for name in imports(path):
        if name.split(".")[0] in ("models", "optimizer") or name == DOOR:
            assert floor(name) <= mine, f"{module_of(path)} ({ORDER[mine]}) imports {name} ({ORDER[floor(name)]})"


def test_no_file_imports_itself_in_a_circle() -> None:
    """Also within a room: TopologicalSorter raises where files import each other in a loop."""
    modules = {module_of(path) for path in FILES}
    TopologicalSorter({module_of(p): [m for m in imports(p) if m in modules and m != DOOR] for p in FILES}).prepare()


@pytest.mark.parametrize("path", sorted((ROOT / "models" / "rules").glob("*.py")), ids=module_of)
def test_rules_know_nothing_of_each_other(path: Path) -> None:
    """A rule imports what rules are made of, but no other rule; the package finds them."""
    assert not {name for name in imports(path) if within(name, "models.rules")}


@pytest.mark.parametrize("library", KNOW_A_LIBRARY)
def test_libraries_stay_in_their_rooms(library: str) -> None:
    """Solver, spreadsheets, engines and mathematics are each known in few rooms."""
    for path in FILES:
        if not any(within(module_of(path), room) for room in KNOW_A_LIBRARY[library]):
            assert library not in {name.split(".")[0] for name in imports(path)}, f"{module_of(path)} imports {library}"


def test_the_certificate_trusts_nobody() -> None:
    """It recomputes everything from the problem and the plan: nothing of the tree, the rules or the solver."""
    trusted = ("models.problem", "models.lane", "models.tables", "models.plan", "models.findings", "models.schema")
    for path in (ROOT / "optimizer" / "certify").rglob("*.py"):
        ours = [name for name in imports(path) if name.split(".")[0] in ("models", "optimizer")]
        strangers = [n for n in ours if not any(within(n, place) for place in (*trusted, "optimizer.certify"))]
        assert not strangers, f"{module_of(path)} imports {strangers}"


def test_engines_know_no_work() -> None:
    """What is worked out is brought to them as a task: of ours they know the system alone."""
    for path in (ROOT / "optimizer" / "engines").rglob("*.py"):
        ours = [name for name in imports(path) if name.split(".")[0] in ("models", "optimizer")]
        assert all(within(n, "optimizer.engines") or within(n, "optimizer.system") for n in ours), module_of(path)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    """One idea a file: none has more than 300 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
