"""Workbooks whose formulas read another workbook or another program."""

from __future__ import annotations

import re
from pathlib import Path

from friendshore.models.parsing import grids_of
from tests.parsing.valid import valid
from tests.workbook.books import book, rebuilt

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK = f'<externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName val="Prices"/></sheetNames></externalBook>'
DDE = '<ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems><ddeItem name="A0"/></ddeItems></ddeLink>'


def linked(path: Path, link: str = BOOK, cells: dict[str, str] | None = None, names: str = "") -> Path:
    """A workbook with one link, and formulas on Plants in place of values (as ``B`` of ``<c><f>A</f><v>B</v></c>``)."""
    book(path)
    sheet = f"xl/worksheets/sheet{list(grids_of(valid())).index('Plants') + 1}.xml"

    def change(name: str, content: bytes) -> bytes:
        text = content.decode()
        if name == sheet:
            for address, formula in (cells or {}).items():
                text, count = re.subn(rf'(<c r="{address}"[^>]*>)<v', rf"\g<1>{formula}<v", text)
                assert count == 1
        elif name == "xl/_rels/workbook.xml.rels":
            relation = (
                f'<Relationship Id="link" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
            )
            text = text.replace("</Relationships>", f"{relation}</Relationships>")
        elif name == "xl/workbook.xml":
            more = f'<externalReferences><externalReference xmlns:r="{OFFICE}" r:id="link"/></externalReferences>'
            more += f"<definedNames>{names}</definedNames>" if names else ""
            text = text.replace("</sheets>", f"</sheets>{more}").replace("<definedNames />", "")
        elif name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
            override = f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{kind}"/>'
            text = text.replace("</Types>", f"{override}</Types>")
        return text.encode()

    place = 'Target="prices%20of%20May.xlsx" TargetMode="External"'
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" {place}/>'
    return rebuilt(
        path,
        change,
        {
            "xl/externalLinks/externalLink1.xml": f'{HEAD}<externalLink xmlns="{MAIN}">{link}</externalLink>'.encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
                f'{HEAD}<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
            ).encode(),
        },
    )
