"""From the columns of an answer to a plan, its scorecard, or why there is none."""
