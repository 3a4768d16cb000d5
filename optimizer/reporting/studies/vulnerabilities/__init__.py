"""The vulnerabilities study as a workbook: one sheet a file."""

from optimizer.reporting.studies.vulnerabilities.book import write_vulnerabilities

__all__ = ["write_vulnerabilities"]
