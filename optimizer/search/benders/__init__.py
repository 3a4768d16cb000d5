"""Benders decomposition over the scenario tree: the base path and what is decided once, then every branch by itself."""
