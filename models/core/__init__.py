"""What every node has, one family of decisions a file."""
