"""Planning again from what has happened: the past held, the rest solved anew, the change told by cause."""
