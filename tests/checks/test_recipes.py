"""Recipes make something, and circles of recipes do not make it from nothing."""

from tests.parsing.valid import expect, silent, valid


def with_recipes(*lines):
    sheets = valid()
    sheets["Recipes"] += [
        {"recipe": recipe, "commodity": commodity, "role": role, "amount": amount}
        for recipe, commodity, role, amount in lines
    ]
    return sheets


def test_a_recipe_without_output():
    expect(with_recipes(("burn", "ore", "input", 1)), "FS307", "Recipes!C4", "'burn'")


def test_a_circle_that_gains():
    sheets = with_recipes(("back", "metal", "input", 1), ("back", "ore", "output", 2.1))
    expect(sheets, "FS308", "Recipes!D2", "'back', 'smelt' together make")


def test_a_circle_that_only_just_closes_or_loses():
    silent(with_recipes(("back", "metal", "input", 1), ("back", "ore", "output", 2)), "FS308")
    silent(with_recipes(("back", "metal", "input", 1), ("back", "ore", "output", 1.2)), "FS308")


def test_one_recipe_that_gives_back_more_than_it_takes():
    expect(
        with_recipes(("breed", "ore", "input", 1), ("breed", "ore", "output", 1.01)), "FS308", "Recipes!D4", "'breed'"
    )


def test_a_circle_that_gains_a_by_product():
    lines = [("back", "metal", "input", 1), ("back", "ore", "output", 2), ("back", "slag", "output", 0.001)]
    sheets = with_recipes(*lines)
    sheets["Commodities"].append({"commodity": "slag", "unit": "t"})
    expect(sheets, "FS308", "Recipes!D2", "'slag' from nothing")


def test_a_recipe_without_inputs_is_a_source_and_no_fault():
    silent(with_recipes(("dig", "ore", "output", 1)), "FS307", "FS308")
