"""What is fragile before any plan: reliance, concentration, single points of failure."""
