"""Public functions that take three or more arguments say of each what it is, and what comes back.

A reader of a call sees names only; shapes, index sets and units stand in the sections ``Parameters`` and ``Returns``.
The options of commands explain themselves in ``--help``, so the functions behind commands need no second list.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(path for folder in ("friendshore", "models", "optimizer") for path in (ROOT / folder).rglob("*.py"))
MANY = 3


def public_functions(source: str) -> Iterator[ast.FunctionDef]:
    """Functions at the top of a module and in its classes whose names, and whose classes' names, are public.

    Of one that is overloaded the last alone, which says what all of them do.
    """
    bodies: list[list[ast.stmt]] = [ast.parse(source).body]
    for body in bodies:
        for statement in body:
            if isinstance(statement, ast.ClassDef) and not statement.name.startswith("_"):
                bodies.append(statement.body)
            elif isinstance(statement, ast.FunctionDef) and not statement.name.startswith("_"):
                yield from () if "overload" in map(ast.unparse, statement.decorator_list) else (statement,)


def arguments(function: ast.FunctionDef) -> list[ast.arg]:
    """What a caller hands over: all but ``self`` and ``cls``."""
    listed = function.args
    more = [each for each in (listed.vararg, listed.kwarg) if each is not None]
    every = [*listed.posonlyargs, *listed.args, *listed.kwonlyargs, *more]
    return [each for each in every if each.arg not in ("self", "cls")]


def lacking(function: ast.FunctionDef) -> list[str]:
    """Arguments that ``Parameters`` does not name, and ``Returns`` where something comes back unsaid."""
    sections = re.split(r"\n(\w[\w ]*)\n-{3,}\n", "\n" + (ast.get_docstring(function) or ""))
    texts = dict(zip(sections[1::2], sections[2::2], strict=True))
    heads = re.findall(r"^\S.*$", texts.get("Parameters", ""), re.MULTILINE)
    said = {name.strip().lstrip("*") for head in heads for name in head.partition(":")[0].split(",")}
    missing = [each.arg for each in arguments(function) if each.arg not in said]
    back = ast.unparse(function.returns) if function.returns else "None"
    unsaid = back not in ("None", "NoReturn") and not {"Returns", "Yields"} & set(texts)
    return missing + (["Returns"] if unsaid else [])


def of_a_command(path: Path, function: ast.FunctionDef) -> bool:
    """Whether its arguments are the options of a command, each with its help."""
    return path.parent.name == "commands" and function.name == "run"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_arguments_and_answers_are_explained(path: Path) -> None:
    """Every argument of a public function that has three or more is explained, and so is what it gives back."""
    unexplained = {
        function.name: names
        for function in public_functions(path.read_text(encoding="utf-8"))
        if len(arguments(function)) >= MANY and not of_a_command(path, function) and (names := lacking(function))
    }
    assert not unexplained


WELL_SAID = '''
def place(template: int, *, columns: int, width: int = 0, **more: int) -> int:
    """Place it.

    Parameters
    ----------
    template
        What is placed.
    columns, width
        Where.
    **more
        Anything else.

    Returns
    -------
    int
        How many.
    """
'''


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("", "", []),
        ("    columns, width\n", "    columns\n", ["width"]),
        ("    template\n        What is placed.\n", "", ["template"]),
        ("    **more\n        Anything else.\n", "", ["more"]),
        ("    Returns\n    -------\n    int\n        How many.\n", "", ["Returns"]),
        ("    Parameters\n    ----------\n", "", ["template", "columns", "width", "more"]),
    ],
)
def test_the_rule_sees_what_is_missing(old: str, new: str, missing: list[str]) -> None:
    """One argument, one section left out, and it is named; what is well said passes."""
    (function,) = public_functions(WELL_SAID.replace(old, new))
    assert lacking(function) == missing


def test_the_rule_looks_at_public_functions_alone() -> None:
    """Those of private classes, private ones and nested ones are their module's own business."""
    source = (
        "class A:\n def a(self): pass\n def _b(self): pass\nclass _B:\n def c(self): pass\ndef d():\n def e(): pass"
    )
    assert [function.name for function in public_functions(source)] == ["d", "a"]
