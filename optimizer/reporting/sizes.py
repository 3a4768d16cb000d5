"""The font, and how wide, high and long things are on a plan sheet: points, rows, and characters of a column."""

from __future__ import annotations

from friendshore.optimizer.reporting.palette import INK

FONT = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "vcenter"}
LINE_POINTS = 13.5
LONG_TABLE = 45  # rows; tables longer than this repeat their headers on every printed page
WORDS_WIDE = 0.88  # room that a letter of running text takes, in column widths
BAND_COLUMNS = 3  # tables on the left no wider than this have charts beside them
MANY_COLUMNS = 8  # a table on the right with more has headers of several lines
SLIM = 4.0
BRIEF_WIDEST = 23.0  # characters of a column of text on a sheet that is a page to be printed
OPENED_WIDEST = 18.0  # the same beneath a table that a sheet opens with, so that it is seen at first sight
