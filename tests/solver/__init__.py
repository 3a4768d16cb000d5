"""The solver room against programs solved by hand."""
