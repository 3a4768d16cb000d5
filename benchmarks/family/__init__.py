"""A family of problems to cite: thirty workbooks made from the sectors, with the best plan known and a proven bound."""
