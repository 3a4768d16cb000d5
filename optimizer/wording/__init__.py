"""How numbers and money are said."""
