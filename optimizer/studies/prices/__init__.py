"""What a limit one step tighter costs, by solving again."""
