"""What rules are made of: clauses with their rows, and the expressions and scopes that several rules speak of."""
