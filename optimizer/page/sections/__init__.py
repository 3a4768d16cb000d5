"""The sections of the page, one a file, each read off the tables of a plan."""
