"""Workbooks read, written and explained: the only rooms that know Excel."""
