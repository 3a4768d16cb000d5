"""Studies: questions beside the main one, each answered from a problem or a plan by a function of its own."""
