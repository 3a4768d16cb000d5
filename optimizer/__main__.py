"""``python -m optimizer`` is ``friendshore``."""

from optimizer.cli import main

if __name__ == "__main__":
    main()
