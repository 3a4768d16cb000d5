"""A sheet with all that hangs on it – drawings, charts, tables – copied from one package into another."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from friendshore.optimizer.in_place.kinds import kind_of
from friendshore.optimizer.in_place.markup import LINKS, parsed, written
from friendshore.optimizer.in_place.parts import Parts
from friendshore.optimizer.in_place.relations import pointing, relations, relations_part

Change = Callable[[str, bytes], Iterable[bytes]]
"""What becomes of a part on its way, in blocks, by its content type and its content."""


@dataclass
class Branch:
    """Parts on their way from one package into another, below the folder of its workbook part."""

    source: Parts
    target: Parts
    folder: str
    kinds: dict[str, str] = field(default_factory=dict)
    copied: dict[str, str] = field(default_factory=dict)

    def copy(self, part: str, change: Change) -> str:
        """Copy a part and what it points to, each changed on its way; the name that the part has there."""
        if part in self.copied:
            return self.copied[part]
        kind = kind_of(self.source, part)
        name = self.target.free(posixpath.join(self.folder, *part.split("/")[1:]))
        self.copied[part], self.kinds[name] = name, kind
        self.target.put_blocks(name, change(kind, self.source.read(part)))
        place = relations_part(part)
        if self.source.has(place):
            targets = {relation.id: self.copy(relation.target, change) for relation in relations(self.source, part)}
            self.target.put(relations_part(name), self._pointing(self.source.read(place), name, targets))
        return name

    @staticmethod
    def _pointing(content: bytes, part: str, targets: dict[str, str]) -> bytes:
        root = parsed(content)
        for relation in root.iter(f"{{{LINKS}}}Relationship"):
            if relation.get("Id") in targets:
                relation.set("Target", pointing(part, targets[relation.get("Id")]))
        return written(root)
