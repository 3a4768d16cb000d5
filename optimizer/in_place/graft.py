"""Plan sheets joined into a workbook: the whole of it on one page, every other part byte for byte as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, join

from friendshore.optimizer.in_place import calculation, names, properties, tables
from friendshore.optimizer.in_place.branch import Branch, Change
from friendshore.optimizer.in_place.contents import Contents, Sheet, arranged, relist, reopen
from friendshore.optimizer.in_place.kinds import declare
from friendshore.optimizer.in_place.long_rows import LongRows, put_in
from friendshore.optimizer.in_place.markup import Node, written
from friendshore.optimizer.in_place.parts import Parts, folded
from friendshore.optimizer.in_place.refusals import refuse_tables, refuse_working_plan_sheets
from friendshore.optimizer.in_place.relations import reached, relate, related, unrelate
from friendshore.optimizer.in_place.sheets import adapted, deselected, shared_texts
from friendshore.optimizer.in_place.styles import Styles, merge

_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True)
class Graft:
    """A workbook and the plan sheets that are to stand in it; ``old`` are those of an earlier run.

    ``rows`` are those of long tables that the plan sheets lack so far, by folded name of the part of their sheet.
    """

    parts: Parts
    book: Contents
    plan: Parts
    ours: Contents
    old: tuple[Sheet, ...]
    rows: Mapping[str, LongRows] = field(default_factory=dict)

    def join(self, *, first: bool) -> None:
        """Replace the plan sheets of an earlier run by those of the plan, and touch nothing else of the planner's.

        With ``first`` new plan sheets stand before the planner's and the first of them is open, for a copy that is
        handed on; without, they stand behind, and the sheet that was open stays open.
        """
        refuse_working_plan_sheets(self.parts, self.old)
        titles = [sheet.title for sheet in self.ours.sheets]
        order = arranged(
            [sheet.title for sheet in self.book.sheets], titles, [sheet.title for sheet in self.old], first=first
        )
        places = self._places(order)
        old_ids = self._table_ids(titles)
        said = names.texts(self.book, self._gone())
        self._remove_old()
        styles = self._styles()
        shown = reopen(self.book, places, order.index(titles[0]) if first and self._deselect() else None)
        new = self._copy(styles, old_ids, {order[place] for place in shown})
        kept = {sheet.title: sheet for sheet in self.book.sheets if sheet not in self.old}
        listed = [new[title] if title in new else kept[title] for title in order]
        relist(self.book, listed)
        names.rename(self.book, self.ours, places, order, self._gone())
        self._calculate(kept.values(), said, [*titles, *old_ids])
        self.parts.put(self.book.part, written(self.book.root))
        properties.retitle(self.parts, [sheet.title for sheet in self.book.sheets], order)

    # -- what was there -------------------------------------------------------------------------------------------

    def _places(self, order: Sequence[str]) -> dict[int, int]:
        """Where each sheet that stays, or is replaced by one of its title, now stands."""
        by_fold = {title.casefold(): place for place, title in enumerate(order)}
        new_places = ((i, by_fold.get(sheet.title.casefold())) for i, sheet in enumerate(self.book.sheets))
        return {i: place for i, place in new_places if place is not None}

    def _gone(self) -> set[int]:
        return {place for place, sheet in enumerate(self.book.sheets) if sheet in self.old}

    def _table_ids(self, titles: Sequence[str]) -> dict[str, int]:
        """An id for each of our tables by its name; a table of the planner's of that name is refused."""
        ours = {
            table.name.casefold(): table.name
            for sheet in self.ours.sheets
            for table in tables.tables_of(self.plan, sheet.part)
        }
        taken: dict[str, int] = {}
        old: dict[str, int] = {}
        for sheet in self.book.sheets:
            for table in tables.tables_of(self.parts, sheet.part):
                (old if sheet in self.old else taken)[table.name.casefold()] = table.id
        refuse_tables(self.parts, {*taken, *names.global_names(self.book)}, ours.values())
        return tables.numbered(ours, old, set(taken.values()))

    def _remove_old(self) -> None:
        """Drop the parts that only the old plan sheets lead to."""
        if not self.old:
            return
        calculation.unchain(self.parts, self.book.part, {sheet.number for sheet in self.old})
        before = reached(self.parts)
        unrelate(self.parts, self.book.part, (sheet.link for sheet in self.old))
        for name in before - reached(self.parts):
            self.parts.drop(name)

    def _deselect(self) -> bool:
        """Leave no sheet of the planner's selected; false where a sheet cannot be told, and all stay as they are."""
        heads = {
            sheet.part: deselected(self.parts.read(sheet.part)) for sheet in self.book.sheets if sheet not in self.old
        }
        if None in heads.values():
            return False
        for part, content in heads.items():
            if content is not None:
                self.parts.put(part, content)
        return True

    # -- what comes in --------------------------------------------------------------------------------------------

    def _styles(self) -> Styles:
        part = related(self.parts, self.book.part, "styles")
        own = self.plan.read(related(self.plan, self.ours.part, "styles"))
        if part and self.parts.has(part):
            content, styles = merge(self.parts.read(part), own)
            self.parts.put(part, content)
            return styles
        part = join(dirname(self.book.part), "styles.xml")
        content, styles = merge(own, own)
        self.parts.put(part, content)
        relate(self.parts, self.book.part, "styles", part)
        declare(self.parts, {part: _STYLES})
        return styles

    def _copy(self, styles: Styles, ids: dict[str, int], shown: set[str]) -> dict[str, Sheet]:
        """Copy each plan sheet with its branch; the new sheets by title."""
        texts = self._texts()
        numbers = {sheet.title.casefold(): sheet.number for sheet in self.old}
        free = max(sheet.number for sheet in self.book.sheets) + 1
        branch = Branch(self.plan, self.parts, dirname(self.book.part))
        new = {}
        for sheet in self.ours.sheets:
            rows = self.rows.get(folded(sheet.part))
            change = _changing(texts, styles, ids, rows, selected=sheet.title in shown)
            part = branch.copy(sheet.part, change)
            link = relate(self.parts, self.book.part, "worksheet", part)
            number = numbers.get(sheet.title.casefold(), free)
            free += number == free
            new[sheet.title] = Sheet(sheet.title, part, number, link)
        declare(self.parts, branch.kinds)
        return new

    def _texts(self) -> Sequence[Node]:
        part = related(self.plan, self.ours.part, "sharedStrings")
        return shared_texts(self.plan.read(part)) if part else ()

    def _calculate(self, kept: Iterable[Sheet], said: Sequence[str], words: Sequence[str]) -> None:
        """Ask for new results where formulas of the planner's speak of the plan."""
        sheets = [sheet.part for sheet in kept if self.parts.has(sheet.part)]
        if calculation.mentioned(self.parts, sheets, said, words):
            calculation.ask_for_results(self.book)


def _changing(
    texts: Sequence[Node], styles: Styles, ids: Mapping[str, int], rows: LongRows | None, *, selected: bool
) -> Change:
    """How the parts of a plan sheet change on their way into the workbook."""

    def change(kind: str, content: bytes) -> Iterable[bytes]:
        if kind.endswith(".worksheet+xml"):
            sheet = adapted(content, texts, styles, selected=selected)
            return (sheet,) if rows is None else put_in(sheet, rows)
        return (tables.adapted(content, ids, styles) if kind.endswith(".table+xml") else content,)

    return change
