"""The vulnerabilities study as a workbook: one sheet a file."""

from friendshore.optimizer.studies.vulnerabilities.sheets.book import write_vulnerabilities

__all__ = ["write_vulnerabilities"]
