"""The examples in the docstrings of this room hold, and every function has one."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

from friendshore.optimizer import wording

MODULES = [
    importlib.import_module(f"{wording.__name__}.{each.name}") for each in pkgutil.iter_modules(wording.__path__)
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_examples(module):
    """Every public function of the room shows what it says, and says it."""
    own = [f for _, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__]
    assert all(">>>" in (function.__doc__ or "") for function in own if not function.__name__.startswith("_"))
    failed, tried = doctest.testmod(module)
    assert tried and not failed
