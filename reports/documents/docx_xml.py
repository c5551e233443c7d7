"""The few things of a DOCX that python-docx has no words for: fonts of every script, fields, borders, row flags."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from plan_tracker.lib.text import nfc

FONT = "Times New Roman"
# XML 1.0 has no place for these; a pasted text may still hold them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Between the number and the symbol of a document.
_IN_A_SYMBOL = re.compile(r"(?<=\d)-(?=[A-ZĐ])")


def add_text(paragraph: Any, text: str) -> Any:
    """Write a run of plain characters, composed; a document's number such as 43-NQ/TW never breaks at its hyphen."""
    pieces = _IN_A_SYMBOL.split(_UNPRINTABLE.sub("", nfc(text)))
    run = paragraph.add_run(pieces[0])
    for piece in pieces[1:]:
        run._r.append(element("w:noBreakHyphen"))
        run.add_text(piece)
    return run


def element(tag: str, **attributes: str | int) -> Any:
    """Return an element such as `w:trHeight` with `w:` attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def child(parent: Any, tag: str) -> Any:
    """Return the first child of this tag, or a new one at the end."""
    found = parent.find(qn(tag))
    if found is None:
        found = element(tag)
        parent.append(found)
    return found


def set_font(run_properties: Any, points: float) -> None:
    """Set Times New Roman for Latin, Vietnamese, Asian and complex scripts, black, and the size for all of them."""
    fonts = run_properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    for tag in ("w:color", "w:sz", "w:szCs", "w:lang"):
        for old in run_properties.findall(qn(tag)):
            run_properties.remove(old)
    run_properties._insert_color(element("w:color", val="000000"))
    run_properties._insert_sz(element("w:sz", val=round(points * 2)))
    run_properties.insert_element_before(
        element("w:szCs", val=round(points * 2)), "w:highlight", "w:u", "w:effect", "w:vertAlign", "w:cs", "w:lang"
    )
    run_properties.append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))


def add_page_field(paragraph: Any) -> None:
    """Put the number of the page, in Arabic figures, at the end of the paragraph."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "2"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind in {"begin", "separate", "end"}:
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif not kind:
            instruction = element("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def draw_rule_above(paragraph: Any) -> None:
    """Draw a thin solid line over the paragraph, as wide as its indents leave it."""
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz=6, space=0, color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def set_table_frame(table: Any, *, ruled: bool, side_mm: float) -> None:
    """Set fixed column widths, the padding at both sides of a cell, and thin black lines or none at all."""
    properties = table._tbl.tblPr
    for tag in ("w:tblBorders", "w:tblCellMar", "w:tblStyle", "w:tblLook"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single" if ruled else "nil", sz=4, space=0, color="000000"))
    padding = element("w:tblCellMar")
    for side in ("left", "right"):
        padding.append(element(f"w:{side}", w=twips(side_mm), type="dxa"))
    width = child(properties, "w:tblW")
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(sum(int(column.width.twips) for column in table.columns)))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(padding, "w:tblLook")


def twips(millimetres: float) -> int:
    """Return the length in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def keep_row_whole(row: Any, *, is_head: bool = False) -> None:
    """Let no page break fall into the row; a head row comes again on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if is_head:
        properties.append(element("w:tblHeader"))


def number_pages_from(section: Any, first: int) -> None:
    """Start the page numbers of a section anew."""
    properties = section._sectPr
    numbers = element("w:pgNumType", start=first)
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
