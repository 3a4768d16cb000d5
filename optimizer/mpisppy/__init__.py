"""A workbook as a two-stage problem for mpi-sppy."""
