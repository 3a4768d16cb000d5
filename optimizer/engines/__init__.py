"""Where units of work are done: here, in processes of this machine, on a Dask cluster; and models for mpi-sppy.

``task`` says what a task and an engine are, ``choose.open_engine`` gives the engine of a name, ``runner.Runner`` puts
units through it in order, with a ``ledger.Ledger`` of what is done. Dask and mpi-sppy are extras and imported in this
room alone, where their engine is chosen.
"""
