"""Files made to hurt whoever opens them, built by hand; each by the name of what it tries."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import xlsxwriter

Parts = dict[str, str | bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">' for n in range(8))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'
VALUES = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>%s</t></si></sst>'
CELL = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'


def workbook_parts(sheet: str = CELL, strings: str = VALUES % "a", doctype: str = "", *, sheets: int = 1) -> Parts:
    """Return the members of the smallest workbook, with this sheet and these strings."""
    names = range(1, sheets + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>' for n in names
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in names
    )
    parts: Parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>{kinds}'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEET_TYPE}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in names)
        + "</sheets></workbook>",
        "xl/sharedStrings.xml": HEAD + doctype + strings,
    }
    for n in names:
        parts[f"xl/worksheets/sheet{n}.xml"] = f'{HEAD}<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return parts


def packed(parts: Parts, more: Callable[[zipfile.ZipFile], Any] = lambda archive: None) -> bytes:
    """Return an archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        more(archive)
    return out.getvalue()


def swollen(name: str, megabytes: int, before: bytes = b"", after: bytes = b"", filler: bytes = b"a") -> bytes:
    """Return a workbook one of whose members unpacks to so many megabytes."""
    parts = workbook_parts()
    parts.pop(name, None)

    def write(archive: zipfile.ZipFile) -> None:
        with archive.open(name, "w", force_zip64=True) as member:
            member.write(before)
            for _megabyte in range(megabytes):
                member.write(filler * (1024 * 1024 // len(filler)))
            member.write(after)

    return packed(parts, write)


def written(fill: Callable[[Any, Any], Any]) -> bytes:
    """Return a workbook that xlsxwriter writes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book, book.add_worksheet())
    return out.getvalue()


def with_member(name: str, content: str | bytes = b"x", **replaced: str) -> bytes:
    """Return a workbook with one more member."""
    parts = workbook_parts()
    for part, text in replaced.items():
        parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace(part, text)
    return packed(parts | {name: content})


def doubled() -> bytes:
    """Return an archive in which two members bear one name."""
    parts = workbook_parts()
    data = packed(parts | {"xl/worksheets/sheet2.xml": b"<x/>"})
    return data.replace(b"sheet2.xml", b"sheet1.xml")


def encrypted_flag() -> bytes:
    """Return an archive whose members say that they are encrypted."""
    data = bytearray(packed(workbook_parts()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def lying_count() -> bytes:
    """Return a workbook whose strings say that there are four thousand million of them."""
    return packed(workbook_parts(strings=(VALUES % "a").replace('count="1"', 'count="4294967295"')))


def ole(marker: str) -> bytes:
    """Return a file of an old Office with a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + marker.encode("utf-16-le") + b"\0" * 2000


def pdf(text: str = "", extra: str = "") -> bytes:
    """Return a whole PDF with one page and perhaps a line of text, in ASCII."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra}>>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").encode()


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
MERGES = '<mergeCells count="1000000">' + '<mergeCell ref="A1:B2"/>' * 1_000_000 + "</mergeCells>"
FAR = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
DDE = '<sheetData><row r="1"><c r="A1"><f>cmd|\'/C calc\'!A0</f><v>0</v></c></row></sheetData>'


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Yield each file with the name of what it tries."""
    yield from _hostile_inside()
    yield from _other_kinds()


def _hostile_inside() -> Iterator[tuple[str, bytes]]:
    """Yield workbooks and archives that hide something."""
    inner = packed({"a.txt": b"0" * 60_000_000})
    yield "bomb by size", swollen("xl/worksheets/sheet1.xml", 400)
    yield "bomb by ratio", swollen("xl/media/image1.bin", 30)
    yield "bomb by entries", packed({f"x/{n}": b"" for n in range(5000)})
    yield "far cell", packed(workbook_parts(FAR))
    yield "600 MB cell", swollen("xl/sharedStrings.xml", 600, b'<sst xmlns="x"><si><t>', b"</t></si></sst>")
    yield "nested archive", with_member("xl/embeddings/inner.zip", inner)
    yield "billion laughs", packed(workbook_parts(strings=VALUES % "&j;", doctype=LAUGHS))
    yield "outside entity", packed(workbook_parts(strings=VALUES % "&xxe;", doctype=OUTSIDE))
    yield "external link", with_member("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{MAIN}"/>')
    yield "dde", packed(workbook_parts(DDE))
    yield "macros by name", with_member("xl/vbaProject.bin")
    yield "macros by type", with_member("x", **{"sheet.main+xml": "sheet.macroEnabled.main+xml"})
    yield "macro sheet", with_member("xl/macrosheets/sheet1.xml")
    yield "control", with_member("xl/activeX/activeX1.bin")
    yield "path upwards", with_member("../../etc/cron.d/x")
    yield "absolute path", with_member("/etc/passwd")
    yield "long name", with_member("x" * 300)
    yield "right-to-left name", with_member("xl/\u202etxt.exe")
    yield "a program", with_member("xl/media/setup.exe")
    yield "two of one name", doubled()
    yield "10000 sheets", packed(workbook_parts(sheets=10_000))
    yield "a million merges", packed(workbook_parts(CELL + MERGES))
    yield "lying count", lying_count()
    yield "string out of range", packed(workbook_parts(CELL.replace("<v>0", "<v>999999")))
    yield "no such sheet", packed({k: v for k, v in workbook_parts().items() if "sheet1" not in k})
    yield "deep nesting", packed(workbook_parts("<a>" * 200_000 + "</a>" * 200_000))


def _other_kinds() -> Iterator[tuple[str, bytes]]:
    """Yield what is something else than its name says, or only a part of it."""
    plain = packed(workbook_parts())
    yield "old workbook", ole("Workbook")
    yield "encrypted workbook", ole("EncryptedPackage")
    yield "encrypted members", encrypted_flag()
    yield "web page", b"<html><table><tr><td>=1+1</td></tr></table></html>"
    yield "open document", packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})
    yield "binary workbook", with_member("xl/workbook.bin")
    yield "plain archive", packed({"bao-cao.docx": b"x"})
    yield "empty", b""
    yield "only zeros", b"\0" * 5000
    yield "truncated head", plain[:100]
    yield "random", bytes((n * 7919) % 251 for n in range(60_000))
    yield "encrypted pdf", pdf(extra="/Encrypt 5 0 R ")
    yield "scripted pdf", pdf(extra="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> ")
    yield "truncated pdf", pdf("a")[:150]
    yield "svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    for place in range(1024, len(plain), 1024):
        yield f"truncated at {place}", plain[:place]
