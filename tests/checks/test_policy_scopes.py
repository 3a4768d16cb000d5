"""Policies have something to be about."""

from tests.parsing.valid import expect, silent, valid


def policy(**values):
    sheets = valid()
    sheets["Policies"] = [{"policy": "p", "limit": 0.5, **values}]
    return sheets


def test_shortage_of_what_nobody_needs():
    expect(policy(kind="max_shortage", commodity="ore"), "FS513", "Policies!C2", "no demand")
    expect(policy(kind="max_shortage", consumers="Conc"), "FS513", "Policies!C2", "no demand")
    silent(policy(kind="max_shortage", commodity="metal"), "FS513")
