"""What our answers can be trusted with: the long forms of tests that the suite holds in short."""
