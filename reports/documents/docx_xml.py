"""The XML of a DOCX written as text: python-docx sets a paragraph property by property, which takes far longer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plan_tracker.lib.text import nfc
from reports.documents.layouts import Line
from reports.documents.report_value import Column

FONT = "Times New Roman"
# XML 1.0 has no place for these; a pasted text may still hold them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Between the number and the symbol of a document: 43-NQ/TW never breaks at its hyphen.
_IN_A_SYMBOL = re.compile(r"(?<=\d)-(?=[A-ZĐ])")
_UNBROKEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
LEFT, CENTRE, RIGHT, JUSTIFIED = "left", "center", "right", "both"
SIDE = 1.5
_FONTS = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))


def twips(millimetres: float) -> int:
    """Return the length in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def plain(text: str) -> str:
    """Return a text composed, without the characters that a file cannot hold."""
    return _UNPRINTABLE.sub("", nfc(text))


def run(text: str, size: float, *, bold: bool = False, italic: bool = False, underline: bool = False) -> str:
    """Return a run of plain characters."""
    words = _IN_A_SYMBOL.sub(_UNBROKEN, escape(plain(text), quote=False))
    half = round(size * 2)
    marks = f'<w:b w:val="{bold:d}"/><w:i w:val="{italic:d}"/>'
    line = f'<w:u w:val="{"single" if underline else "none"}"/>'
    look = f'<w:rPr>{marks}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{line}</w:rPr>'
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def spacing(*, before: float = 0, after: float = 0, exactly: float | None = None) -> str:
    """Return the space above and below a paragraph, and the exact height of its lines."""
    line = f'w:line="{round(exactly * 20)}" w:lineRule="exact"' if exactly else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" {line}/>'


def paragraph(  # noqa: PLR0913 - each is one property of a paragraph
    runs: str,
    *,
    align: str = LEFT,
    space: str = "",
    style: str = "",
    indent: tuple[float, float, float] = (0, 0, 0),
    keep_next: bool = False,
    keep_lines: bool = False,
    new_page: bool = False,
    border: str = "",
) -> str:
    """Return a paragraph; `indent` is left, right and first line in millimetres."""
    left, right, first = (twips(size) for size in indent)
    parts = (
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep_next else "",
        "<w:keepLines/>" if keep_lines else "",
        "<w:pageBreakBefore/>" if new_page else "",
        border,
        space,
        f'<w:ind w:left="{left}" w:right="{right}" w:firstLine="{first}"/>' if left or right or first else "",
        f'<w:jc w:val="{align}"/>',
    )
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{runs}</w:p>"


def line_of_type(line: Line, *, width: float, align: str = CENTRE, keep_next: bool = False) -> str:
    """Return a line of head, title or foot; a rule is the upper border of an empty paragraph."""
    space = spacing(before=line.before, after=line.after, exactly=line.height)
    if line.rule:
        side = (width - line.rule) / 2
        top = '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        border = f"<w:pBdr>{top}</w:pBdr>"
        return paragraph("", align=align, space=space, indent=(side, side, 0), border=border, keep_next=keep_next)
    runs = run(line.text, line.size, bold=line.bold, italic=line.italic, underline=line.underline)
    return paragraph(runs, align=align, space=space, keep_next=keep_next, keep_lines=True)


def cell(content: str, width: float, *, spans: int = 1, shade: str = "") -> str:
    """Return a cell of a table."""
    span = f'<w:gridSpan w:val="{spans}"/>' if spans > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{fill}</w:tcPr>{content}</w:tc>'


def row(cells: str, *, is_head: bool = False) -> str:
    """Return a row that no page break falls into; a head row comes again on every page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[float], *, ruled: bool, side: float = 0) -> str:
    """Return a table of fixed widths, with thin black lines or none at all."""
    kind = "single" if ruled else "nil"
    edges = "".join(
        f'<w:{edge} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = "".join(f'<w:{edge} w:w="{twips(side)}" w:type="dxa"/>' for edge in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    total = sum(twips(width) for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def cell_text(text: str, size: float, *, bold: bool = False, align: str = LEFT) -> str:
    """Return the text of a cell of figures, a paragraph for each line."""
    space = spacing(before=2, after=2)
    return "".join(
        paragraph(run(line, size, bold=bold), align=align, space=space) for line in text.splitlines() or [""]
    )


def alignment_of(column: Column) -> str:
    """Return figures right, marks such as a running number in the middle, texts left."""
    if column.is_mark:
        return CENTRE
    return RIGHT if column.is_number else LEFT


def data_table(columns: Sequence[Column], rows: Iterable[Sequence[str]], size: float) -> str:
    """Return a table of figures; a row of one text runs over the whole width, as the heading of those below it."""
    widths = [column.width for column in columns]
    aligns = [alignment_of(column) for column in columns]
    head = "".join(cell(cell_text(column.head, size, bold=True, align=CENTRE), column.width) for column in columns)
    body = [row(head, is_head=True)]
    for values in rows:
        if len(values) == 1:
            wide = cell(cell_text(values[0], size, bold=True), sum(widths), spans=len(widths))
            body.append(row(wide))
            continue
        texts = zip(values, aligns, widths, strict=True)
        body.append(row("".join(cell(cell_text(text, size, align=align), width) for text, align, width in texts)))
    return table(body, widths, ruled=True, side=SIDE)


def page_field(size: float) -> str:
    """Return the number of the page, in Arabic figures."""
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    asked = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    return f"{marks['begin']}{asked}{marks['separate']}{run('2', size)}{marks['end']}"


def look(size: float, *, bold: bool = False, italic: bool = False) -> str:
    """Return the run properties of a style: one font for all scripts, black, Vietnamese."""
    half = round(size * 2)
    marks = f'<w:b w:val="{bold:d}"/><w:i w:val="{italic:d}"/>'
    return (
        f'<w:rPr {nsdecls("w")}><w:rFonts {_FONTS}/>{marks}<w:color w:val="000000"/><w:sz w:val="{half}"/>'
        f'<w:szCs w:val="{half}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr>'
    )


def parsed(content: str) -> list[Any]:
    """Return the elements of a piece of XML."""
    return list(parse_xml(f"<w:body {nsdecls('w')}>{content}</w:body>"))
