"""Protections answer a hazard that strikes, and cover a plant."""

from tests.parsing.valid import expect, silent, valid


def test_a_hazard_that_never_strikes():
    sheets = valid()
    sheets["Protections"][0]["hazard"] = "cibre"
    expect(sheets, "FS512", "Protections!B2", "the nearest is 'cyber'")


def test_a_protection_that_covers_nothing():
    sheets = valid()
    sheets["Protections"][0]["country"] = "Alia"
    expect(sheets, "FS508", "Protections!2", "no plant")
    sheets["Protections"][0]["country"] = "@ally"
    silent(sheets, "FS508")
