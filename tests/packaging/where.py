"""Run by the tests in a process of its own: which friendshore it imports."""

import friendshore

if __name__ == "__main__":
    print(friendshore.__file__)  # noqa: T201
