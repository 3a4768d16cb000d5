"""Benchmarks: ratios taken in one run, printed as tables and saved as CSV; see README.md beside this file."""
