"""Which figures matter: what each moves the cost by, and which of them would change a decision."""
