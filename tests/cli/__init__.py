"""The commands, as a planner and as a program call them."""
