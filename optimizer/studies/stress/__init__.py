"""A plan broken by every country, plant and route, and by every scenario at every onset."""
