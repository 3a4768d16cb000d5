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


def test_a_budget_of_those_who_pay_nothing():
    expect(policy(kind="max_capex", consumers="Alia"), "FS513", "Policies!D2", "no expansion")
    silent(policy(kind="max_capex", consumers="Berg"), "FS513")


def test_cover_without_a_stockpile():
    sheets = policy(kind="stock_cover", commodity="metal")
    silent(sheets, "FS516")
    sheets["Stockpiles"][0]["commodity"] = "ore"
    expect(sheets, "FS516", "Policies!D2", "'metal'")
