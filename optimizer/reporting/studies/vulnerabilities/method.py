"""Vulnerabilities Method: what each measure means and whose it is."""

from __future__ import annotations

from optimizer.reporting.content import Block, Content, Field
from optimizer.reporting.studies.vulnerabilities.rows import table
from optimizer.studies.methods import METHODS
from optimizer.studies.vulnerabilities import Vulnerabilities

FIELDS = (Field("measure", "Measure"), Field("source", "After"), Field("how", "How it is worked out"))


def content(study: Vulnerabilities) -> Content:
    """What the sheet says."""
    rows = [dict(vars(method)) for method in METHODS]
    finding = "How each measure is worked out, and after whom."
    return Content(finding, (), (Block("Method", "", table(study, rows, FIELDS), FIELDS),))
