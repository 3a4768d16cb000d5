"""Vulnerabilities Method: what each measure means and whose it is."""

from __future__ import annotations

from friendshore.optimizer.reporting.content import Block, Content, Field
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.studies.vulnerabilities.methods import METHODS
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities

FIELDS = (Field("measure", "Measure"), Field("source", "After"))
OWN = "a choice of this study"


def content(study: Vulnerabilities) -> Content:
    """What the sheet says: each method a paragraph, the sources a table."""
    rows = [{"measure": method.measure, "source": method.source or OWN} for method in METHODS]
    finding = "How each measure is worked out, and after whom."
    notes = tuple(f"{method.measure}: {method.how}" for method in METHODS)
    return Content(finding, notes, (Block("Method", "", table(rows, FIELDS, study.currency), FIELDS),))
