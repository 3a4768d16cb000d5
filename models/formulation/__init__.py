"""The complete model: one node, what ties nodes together, and both as plain Pyomo."""
