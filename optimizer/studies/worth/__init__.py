"""What planning for dangers is worth: the stochastic solution, perfect information, and the regret of simpler plans."""
