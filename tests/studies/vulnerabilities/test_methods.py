"""The account of the methods."""

from friendshore.optimizer.studies.vulnerabilities.methods import METHODS


def test_every_method_says_how_and_none_twice():
    assert all(method.measure and method.how for method in METHODS)
    assert len({method.measure for method in METHODS}) == len(METHODS)
    assert any("Herfindahl" in method.source for method in METHODS)
    assert any("Interfaces" in method.source for method in METHODS)
