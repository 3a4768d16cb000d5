"""The mathematics of one node: index sets, parameters, the block they are written in."""
