"""The scenario tree, and what is in service when."""
