"""What resilience costs: a frontier of certified plans over a limit, months survived or the weight of risk."""
