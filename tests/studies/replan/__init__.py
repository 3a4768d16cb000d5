"""The study replan."""
