"""The sourcing problem and its mathematics: no spreadsheet, no solver, no files."""
