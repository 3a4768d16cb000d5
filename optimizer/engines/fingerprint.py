"""A digest of data by its content: the same for equal data in another process, on another day.

Pickles will not do: they depend on which parts of the data are one object. Told apart are types, lengths and order;
sets count without order.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence, Set
from typing import Any, Protocol

import numpy as np
from scipy import sparse


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


def fingerprint(value: Any) -> str:
    """SHA-256 of plain data, dataclasses (fields left out of comparisons apart), arrays and sparse matrices.

    Raises
    ------
    TypeError
        For anything else, of which it could not be said that equal content gives the same digest.
    """
    digest = hashlib.sha256()
    _add(digest, value)
    return digest.hexdigest()


def _add(digest: _Hash, value: Any) -> None:
    if value is None or isinstance(value, bool | int | float | str | bytes):
        _tell(digest, type(value).__name__, repr(value).encode())
    elif isinstance(value, np.ndarray | np.generic):
        array = np.ascontiguousarray(value)
        if array.dtype.hasobject:
            raise TypeError("an array of objects has no digest")
        _tell(digest, f"array {array.dtype.str} {array.shape}", array.tobytes())
    elif sparse.issparse(value):
        parts = sparse.csr_array(value)
        parts.sort_indices()
        _parts(digest, f"sparse {parts.shape}", (parts.indptr, parts.indices, parts.data))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [vars(value)[field.name] for field in dataclasses.fields(value) if field.compare]
        _parts(digest, type(value).__qualname__, fields)
    elif isinstance(value, Mapping):
        _parts(digest, "mapping", [item for pair in value.items() for item in pair])
    elif isinstance(value, Set):
        _parts(digest, "set", sorted(fingerprint(each) for each in value))
    elif isinstance(value, Sequence):
        _parts(digest, "sequence", value)
    else:
        raise TypeError(f"{type(value).__name__} has no digest")


def _parts(digest: _Hash, kind: str, parts: Sequence[Any]) -> None:
    _tell(digest, f"{kind} {len(parts)}", b"")
    for part in parts:
        _add(digest, part)


def _tell(digest: _Hash, kind: str, content: bytes) -> None:
    digest.update(f"{kind} {len(content)}:".encode())
    digest.update(content)
