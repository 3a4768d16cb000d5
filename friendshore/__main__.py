"""``python -m friendshore`` is ``friendshore``."""

from friendshore.optimizer.cli import main

if __name__ == "__main__":
    main()
