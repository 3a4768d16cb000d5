"""The commands, one a file.

Each has a ``NAME``, a ``HELP`` and ``EXAMPLES`` for ``--help``, and a function ``run``, whose parameters are the
options: what an option means and in what unit stands in its annotation, which ``--help`` shows. ``run`` leaves by
``typer.Exit`` with the exit code (``guard.py``); what it prints with ``--json`` is declared in ``schema/``.
"""
