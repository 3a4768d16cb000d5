"""clean_origin follows what it names: an input left out, which the suppliers make, counts as clean and is told."""

from tests.parsing.valid import expect, silent, valid


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
