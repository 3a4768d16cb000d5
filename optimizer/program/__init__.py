"""The node compiled once and placed on the whole tree: a linear programme of arrays."""
