"""A plant runs a recipe or makes one commodity, never both and never neither."""

from tests.parsing.valid import expect, valid


def test_both_and_neither():
    sheets = valid()
    sheets["Plants"][0]["recipe"] = "smelt"
    expect(sheets, "FS306", "Plants!C2", "recipe 'smelt' and commodity 'ore'")
    sheets["Plants"][0].update(recipe=None, commodity=None)
    expect(sheets, "FS306", "Plants!C2", "neither")
