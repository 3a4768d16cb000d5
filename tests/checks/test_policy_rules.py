"""What rules themselves ask of the sheets: budgets of those who pay, cover of what is stocked, origins in sight."""

from tests.parsing.valid import expect, silent, valid


def policy(**values):
    sheets = valid()
    sheets["Policies"] = [{"policy": "p", "limit": 0.5, **values}]
    return sheets


def test_a_budget_of_those_who_pay_nothing():
    expect(policy(kind="max_capex", consumers="Alia"), "FS513", "Policies!D2", "no expansion")
    silent(policy(kind="max_capex", consumers="Berg"), "FS513")


def test_cover_without_a_stockpile():
    sheets = policy(kind="stock_cover", commodity="metal")
    silent(sheets, "FS516")
    sheets["Stockpiles"][0]["commodity"] = "ore"
    expect(sheets, "FS516", "Policies!D2", "'metal'")


def test_cover_needs_a_stockpile_where_the_consumers_are_and_of_what_they_demand():
    """Nobody demands ore, so that no stockpile of it is asked for; one of metal in Conc is none of the allies'."""
    sheets = policy(kind="stock_cover", commodity="*")
    silent(sheets, "FS516")
    sheets["Stockpiles"][0]["country"] = "Conc"
    expect(sheets, "FS516", "Policies!D2", "'metal'", alone=False)


def test_stock_in_a_third_country_serves_the_consumers():
    """A supplier cap sees the country a delivery comes from, so a stockpile elsewhere may hide the origin."""
    sheets = valid()
    sheets["Stockpiles"][0].update(country="Berg", commodity="ore", serves="@ally")
    expect(sheets, "FS503", "Policies!D2", "counts for 'Berg'")
    sheets["Stockpiles"][0]["serves"] = "own"
    silent(sheets, "FS503")
    sheets["Stockpiles"][0].update(country="Conc", serves="@ally")  # the capped country itself
    silent(sheets, "FS503")
    sheets["Stockpiles"][0].update(country="Berg", commodity="metal", serves="@ally")  # another commodity
    silent(sheets, "FS503")


def tracing(commodity, suppliers="@concern"):
    sheets = valid()
    sheets["Policies"] = [
        {"policy": "clean", "kind": "clean_origin", "limit": 0.5, "suppliers": suppliers, "commodity": commodity}
    ]
    return sheets


def test_an_untracked_input_that_the_suppliers_make():
    """Conc mines the ore that goes into the metal: tracked by itself the metal is always clean."""
    expect(tracing("metal"), "FS518", "Policies!E2", "'ore'", "'metal'", "counts as clean")
    silent(tracing("metal, ore"))
    silent(tracing("*"))


def test_an_input_that_only_others_make_need_not_be_tracked():
    """Berg makes no ore: what is smelted elsewhere from it can only be clean of Berg."""
    silent(tracing("metal", suppliers="Berg"))


def test_demand_that_is_not_tracked_leaves_nothing_to_hold():
    """Alia needs metal; a policy that tracks the ore alone has no clause at all."""
    expect(tracing("ore"), "FS513", "Policies!B2", "holds by itself")
