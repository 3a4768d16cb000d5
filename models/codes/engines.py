"""FS7xx: engines that cannot be had, and work that was lost with them."""

from friendshore.models.codes.entry import error

ENGINES = (
    error(
        "FS701",
        "The engine is not installed",
        "Dask and mpi-sppy come as extras.",
        "pip install 'friendshore[scale]' for Dask, 'friendshore[mpi]' for mpi-sppy; friendshore doctor tells more.",
    ),
    error(
        "FS702",
        "The cluster cannot be reached",
        "No Dask scheduler answered at the address, it refused the certificate, it has no workers, or it went away.",
        "Check address, firewall and TLS files, start the workers, or leave --engine out to work on this machine.",
    ),
    error(
        "FS703",
        "The cluster's workers are not like this machine",
        "A worker lacks friendshore or has another version of it, of Python or of what makes its numbers.",
        "Install the same versions everywhere, by the same constraints file or in one container image.",
    ),
    error(
        "FS704",
        "A unit of work ends every worker that takes it on",
        "The system ended the worker process again and again, last with this unit alone: mostly for want of memory.",
        "Use fewer workers (-j), or a machine with more memory; what the other units gave is kept in the ledger.",
    ),
    error(
        "FS705",
        "The ledger cannot be used",
        "The file is of another program, damaged, or in a place where it cannot be written or locked.",
        "Name another file with --ledger; a ledger holds nothing that cannot be worked out again.",
    ),
)
