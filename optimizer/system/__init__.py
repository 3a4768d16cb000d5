"""Files, interrupts and versions: what the operating system has to do with."""
