"""Parts that only Excel writes, as it writes them, put into a package as plain text, without our own code."""
# ruff: noqa: E501 - XML as it stands in a file

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MS = "http://schemas.microsoft.com/office"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_VND = "application/vnd.openxmlformats-officedocument"

PIVOT_CACHE = (
    f'<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_OFFICE}" r:id="rId1" refreshedBy="planner" recordCount="2">'
    '<cacheSource type="worksheet"><worksheetSource ref="A1:B3" sheet="Periods"/></cacheSource><cacheFields count="2">'
    '<cacheField name="period" numFmtId="0"><sharedItems count="2"><s v="2026"/><s v="2027"/></sharedItems></cacheField>'
    '<cacheField name="years" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" '
    'containsNumber="1" containsInteger="1" minValue="1" maxValue="1"/></cacheField></cacheFields></pivotCacheDefinition>'
)
PIVOT_RECORDS = f'<pivotCacheRecords xmlns="{_MAIN}" count="2"><r><x v="0"/><n v="1"/></r><r><x v="1"/><n v="1"/></r></pivotCacheRecords>'
PIVOT = (
    f'<pivotTableDefinition xmlns="{_MAIN}" name="Pivot1" cacheId="7" dataCaption="Values" updatedVersion="6">'
    '<location ref="M1:N4" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2">'
    '<pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/><item x="1"/><item t="default"/></items>'
    '</pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields>'
    '<rowItems count="3"><i><x/></i><i><x v="1"/></i><i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems>'
    '<dataFields count="1"><dataField name="Sum of years" fld="1" baseField="0" baseItem="0"/></dataFields>'
    "</pivotTableDefinition>"
)
SLICER_CACHE = (
    f'<slicerCacheDefinition xmlns="{_MS}/spreadsheetml/2009/9/main" name="Slicer_period" sourceName="period">'
    '<pivotTables><pivotTable tabId="11" name="Pivot1"/></pivotTables><data><tabular pivotCacheId="7"><items count="2">'
    '<i x="0" s="1"/><i x="1" s="1"/></items></tabular></data></slicerCacheDefinition>'
)
SLICERS = (
    f'<slicers xmlns="{_MS}/spreadsheetml/2009/9/main"><slicer name="period" cache="Slicer_period" caption="period" '
    'rowHeight="241300"/></slicers>'
)
PERSONS = (
    f'<personList xmlns="{_MS}/spreadsheetml/2018/threadedcomments"><person displayName="A planner" '
    'id="{A0000000-0000-0000-0000-000000000001}" userId="1" providerId="None"/></personList>'
)
THREAD = (
    f'<ThreadedComments xmlns="{_MS}/spreadsheetml/2018/threadedcomments"><threadedComment ref="A1" '
    'dT="2026-01-01T00:00:00.00" personId="{A0000000-0000-0000-0000-000000000001}" '
    'id="{B0000000-0000-0000-0000-000000000001}"><text>Is that so?</text></threadedComment></ThreadedComments>'
)
EXTERNAL = (
    f'<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_OFFICE}" r:id="rId1"><sheetNames><sheetName val="Prices"/>'
    '</sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>7</v></cell></row></sheetData>'
    "</sheetDataSet></externalBook></externalLink>"
)
CONNECTIONS = (
    f'<connections xmlns="{_MAIN}"><connection id="1" name="Query" type="5" refreshedVersion="6"/></connections>'
)
CHAIN = f'<calcChain xmlns="{_MAIN}"><c r="B1" i="11"/><c r="B2"/></calcChain>'
CUSTOM = "<planning xmlns='urn:planning'><who>ministry</who></planning>"
CONTROL = f'<formControlPr xmlns="{_MS}/spreadsheetml/2009/9/main" objectType="CheckBox" checked="Checked" val="0"/>'


@dataclass
class _Package:
    """The parts of a package as text, to be added to."""

    parts: dict[str, bytes]
    overrides: list[str] = field(default_factory=list)

    def part(self, name: str, content: str | bytes, kind: str = "") -> None:
        self.parts[name] = content if isinstance(content, bytes) else (_XML + content).encode()
        if kind:
            self.overrides.append(f'<Override PartName="/{name}" ContentType="{kind}"/>')

    def relate(self, part: str, name: str, kind: str, target: str, mode: str = "") -> None:
        folder, _, last = part.rpartition("/")
        place = f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"
        empty = f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        text = self.parts.get(place, empty.encode()).decode()
        kind = kind if "/" in kind else f"{_OFFICE}/{kind}"
        link = f'<Relationship Id="{name}" Type="{kind}" Target="{target}"{mode}/>'
        self.parts[place] = text.replace("</Relationships>", f"{link}</Relationships>").encode()

    def insert(self, part: str, before: str, text: str) -> None:
        content = self.parts[part].decode()
        assert before in content, (part, before)
        self.parts[part] = content.replace(before, text + before, 1).encode()

    def save(self, path: Path) -> None:
        self.insert("[Content_Types].xml", "</Types>", "".join(self.overrides))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)


def with_handmade_parts(path: Path, *, macros: bool = False, links: bool = True) -> Path:
    """A pivot table with a slicer, threaded comments, custom XML and newer words; links and a connection."""
    with zipfile.ZipFile(path) as archive:
        package = _Package({name: archive.read(name) for name in archive.namelist()})
    _pivot_and_slicer(package)
    _threads(package)
    _custom(package)
    if links:
        _links(package)
    _newer_words(package)
    if macros:
        _macros(package)
    package.save(path)
    return path


def _pivot_and_slicer(package: _Package) -> None:
    package.part(
        "xl/pivotCache/pivotCacheDefinition1.xml", PIVOT_CACHE, f"{_VND}.spreadsheetml.pivotCacheDefinition+xml"
    )
    package.part("xl/pivotCache/pivotCacheRecords1.xml", PIVOT_RECORDS, f"{_VND}.spreadsheetml.pivotCacheRecords+xml")
    package.part("xl/pivotTables/pivotTable1.xml", PIVOT, f"{_VND}.spreadsheetml.pivotTable+xml")
    package.relate("xl/workbook.xml", "rId901", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    package.relate("xl/pivotCache/pivotCacheDefinition1.xml", "rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
    package.relate("xl/worksheets/sheet11.xml", "rId901", "pivotTable", "../pivotTables/pivotTable1.xml")
    package.relate(
        "xl/pivotTables/pivotTable1.xml", "rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"
    )
    package.part("xl/slicerCaches/slicerCache1.xml", SLICER_CACHE, "application/vnd.ms-excel.slicerCache+xml")
    package.part("xl/slicers/slicer1.xml", SLICERS, "application/vnd.ms-excel.slicer+xml")
    package.relate(
        "xl/workbook.xml", "rId902", f"{_MS}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml"
    )
    package.relate("xl/worksheets/sheet11.xml", "rId902", f"{_MS}/2007/relationships/slicer", "../slicers/slicer1.xml")
    package.insert(
        "xl/workbook.xml",
        "</workbook>",
        '<pivotCaches><pivotCache cacheId="7" r:id="rId901" '
        f'xmlns:r="{_OFFICE}"/></pivotCaches><extLst><ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" '
        f'xmlns:x14="{_MS}/spreadsheetml/2009/9/main"><x14:slicerCaches><x14:slicerCache r:id="rId902" '
        f'xmlns:r="{_OFFICE}"/></x14:slicerCaches></ext></extLst>',
    )


def _threads(package: _Package) -> None:
    package.part("xl/persons/person.xml", PERSONS, "application/vnd.ms-excel.person+xml")
    package.part("xl/threadedComments/threadedComment1.xml", THREAD, "application/vnd.ms-excel.threadedcomments+xml")
    package.relate("xl/workbook.xml", "rId903", f"{_MS}/2017/10/relationships/person", "persons/person.xml")
    package.relate(
        "xl/worksheets/sheet2.xml",
        "rId903",
        f"{_MS}/2017/10/relationships/threadedComment",
        "../threadedComments/threadedComment1.xml",
    )


def _links(package: _Package) -> None:
    package.part("xl/externalLinks/externalLink1.xml", EXTERNAL, f"{_VND}.spreadsheetml.externalLink+xml")
    package.relate("xl/workbook.xml", "rId904", "externalLink", "externalLinks/externalLink1.xml")
    package.relate(
        "xl/externalLinks/externalLink1.xml", "rId1", "externalLinkPath", "prices.xlsx", ' TargetMode="External"'
    )
    reference = f'<externalReferences><externalReference r:id="rId904" xmlns:r="{_OFFICE}"/></externalReferences>'
    package.insert("xl/workbook.xml", "<definedNames>", reference)
    package.part("xl/connections.xml", CONNECTIONS, f"{_VND}.spreadsheetml.connections+xml")
    package.relate("xl/workbook.xml", "rId905", "connections", "connections.xml")


def _custom(package: _Package) -> None:
    package.part("customXml/item1.xml", CUSTOM)
    package.relate("", "rId906", "customXml", "customXml/item1.xml")
    package.part("xl/calcChain.xml", CHAIN, f"{_VND}.spreadsheetml.calcChain+xml")
    package.relate("xl/workbook.xml", "rId907", "calcChain", "calcChain.xml")


def _newer_words(package: _Package) -> None:
    """Prefixes that mc:Ignorable names: a part that loses their declarations is damaged for Excel."""
    words = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
        f'xmlns:x14ac="{_MS}/spreadsheetml/2009/9/ac" xmlns:xr="{_MS}/spreadsheetml/2014/revision"'
    )
    for part, tag in (("xl/styles.xml", "styleSheet"), ("xl/workbook.xml", "workbook")):
        text = package.parts[part].decode()
        package.parts[part] = re.sub(f"<{tag} ", f"<{tag}{words} ", text, count=1).encode()


def _macros(package: _Package) -> None:
    text = package.parts["[Content_Types].xml"].decode()
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    package.parts["[Content_Types].xml"] = text.replace(f"{_VND}.spreadsheetml.sheet.main+xml", macro).encode()
    package.part("xl/vbaProject.bin", bytes(range(256)) * 4, "application/vnd.ms-office.vbaProject")
    package.relate("xl/workbook.xml", "rId908", f"{_MS}/2006/relationships/vbaProject", "vbaProject.bin")
    package.part("xl/ctrlProps/ctrlProp1.xml", CONTROL, "application/vnd.ms-excel.controlproperties+xml")
    package.relate("xl/worksheets/sheet3.xml", "rId908", "ctrlProp", "../ctrlProps/ctrlProp1.xml")
    package.part("xl/printerSettings/printerSettings1.bin", b"\0printer\1", f"{_VND}.spreadsheetml.printerSettings")
    package.relate("xl/worksheets/sheet3.xml", "rId909", "printerSettings", "../printerSettings/printerSettings1.bin")
