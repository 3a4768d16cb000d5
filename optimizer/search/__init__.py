"""The ways to look for the best plan: the whole tree at once, or by parts."""
