"""Plans read back from their workbooks."""
