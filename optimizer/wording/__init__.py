"""How numbers, money, times, names and outcomes are said: the one place for each, below everything else.

Nothing here knows a plan or a problem: what is said comes in as plain numbers and texts. What a kind of policy is
called stands with the kind itself.
"""
