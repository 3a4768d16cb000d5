"""What every plan within a limit on cost has in common: bounds that are proven, plans that are certified."""
