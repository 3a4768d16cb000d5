"""The commands, one a file; what they share is in output, guard and progress."""
