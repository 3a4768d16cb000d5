"""What the checks of policies have in common: one requirement for each constraint, and what it is about."""
