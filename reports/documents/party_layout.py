"""The Party's document layout (HD 36-HD/VPTW, HD 05-HD/VPTW) in millimetres and points: pages, head, text, foot."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from plan_tracker.lib.text import nfc
from reports.documents import docx_xml as xml
from reports.documents.party_tables import Column, PartyTable

PAGE = (210.0, 297.0)
MARGINS = {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0}
# A page turned to landscape keeps its binding edge, which is then the upper one.
LANDSCAPE_MARGINS = {"top": 30.0, "bottom": 15.0, "left": 20.0, "right": 20.0}
NUMBER_FROM_EDGE = 10.0
HEAD_COLUMNS = (77.0, 88.0)
FOOT_COLUMNS = (80.0, 85.0)
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
PARTY_WIDTH = 72.9  # of that line at 15 pt bold, by the widths of Times New Roman
DEMO_LINE = "DỮ LIỆU MINH HOẠ – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC"
FIRST_LINE = 10.0
LINE = 20.0  # exactly; the rule allows 18 to 22 pt
GAP = 6.0
CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Head:
    """What stands above the name of the document. `superior` may be empty: the Tỉnh uỷ itself has none on paper."""

    superior: str
    issuer: str
    number: str
    place_and_day: str


@dataclass(frozen=True)
class Signature:
    """The block of the one who signs: lines of authority (T/M …, K/T …, T/L …), position, name; parts may be empty."""

    authority: tuple[str, ...]
    position: str
    name: str = ""


class PartyDocument:
    """A document that grows from top to bottom; every text that it is given is set as plain characters."""

    def __init__(self, *, is_demo: bool, title: str, author: str, on: date) -> None:
        self.is_demo = is_demo
        self.docx = Document()
        self._set_styles()
        self._set_properties(title, author, on)
        self._set_page(self.docx.sections[0], landscape=False)

    def _set_styles(self) -> None:
        """Give every style that is used the one font; the template's own colours and fonts go."""
        styles = self.docx.styles
        for old in styles.element.rPr_lst if hasattr(styles.element, "rPr_lst") else ():
            styles.element.remove(old)
        normal = styles["Normal"]
        xml.set_font(normal.element.get_or_add_rPr(), 14)
        for level, name in enumerate(("Heading 1", "Heading 2", "Heading 3"), start=1):
            style = styles[name]
            xml.set_font(style.element.get_or_add_rPr(), 14)
            style.font.bold, style.font.italic = True, level == 3
            _space(style.paragraph_format, before=GAP, after=GAP, exactly=LINE)
            style.paragraph_format.first_line_indent = Mm(FIRST_LINE)
            style.paragraph_format.alignment = JUSTIFY
            style.paragraph_format.keep_with_next = True
        _space(normal.paragraph_format, before=0, after=0)
        for name in ("Header", "Footer"):
            xml.set_font(styles[name].element.get_or_add_rPr(), 14)

    def _set_properties(self, title: str, author: str, on: date) -> None:
        """Say in the file who made it and when, in place of the template's own words."""
        properties = self.docx.core_properties
        properties.title, properties.author, properties.last_modified_by = nfc(title)[:250], nfc(author)[:250], ""
        properties.comments, properties.language = "", "vi-VN"
        properties.created = properties.modified = datetime.combine(on, time(), tzinfo=UTC)

    def _set_page(self, section: Any, *, landscape: bool) -> None:
        """Set size, margins, and the page number that the first page does not show."""
        width, height = reversed(PAGE) if landscape else PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        for side, size in (LANDSCAPE_MARGINS if landscape else MARGINS).items():
            setattr(section, f"{side}_margin", Mm(size))
        section.header_distance = section.footer_distance = Mm(NUMBER_FROM_EDGE)
        section.gutter = 0
        section.different_first_page_header_footer = True
        xml.number_pages_from(section, 1)
        for header, shows_number in ((section.first_page_header, False), (section.header, True)):
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0]
            if shows_number:
                paragraph.alignment = CENTRE
                _space(paragraph.paragraph_format, exactly=16)
                xml.add_page_field(paragraph)
                paragraph = header.add_paragraph() if self.is_demo else paragraph
            if self.is_demo:
                self._fill(paragraph, DEMO_LINE, size=9, alignment=CENTRE, exactly=11)

    def _fill(  # noqa: PLR0913 - each is one property of a line of type
        self,
        paragraph: Any,
        text: str,
        *,
        size: float = 14,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        alignment: Any = None,
        exactly: float | None = None,
    ) -> Any:
        """Write one run into a paragraph and set how its line stands."""
        run = xml.add_text(paragraph, text)
        run.bold, run.italic, run.underline = bold, italic, underline
        run.font.size = Pt(size)
        if alignment is not None:
            paragraph.alignment = alignment
        if exactly is not None:
            _space(paragraph.paragraph_format, exactly=exactly)
        return paragraph

    def _columns(self, widths: Sequence[float]) -> list[Any]:
        """Add a table of one row without lines and return its cells."""
        table = self.docx.add_table(rows=1, cols=len(widths))
        table.autofit = False
        cells = list(table.rows[0].cells)
        for column, cell, width in zip(table.columns, cells, widths, strict=True):
            column.width = cell.width = Mm(width)
        xml.set_table_frame(table, ruled=False, side_mm=0)
        xml.keep_row_whole(table.rows[0])
        return cells

    def head(self, head: Head) -> None:
        """Set the head: the superior body, the issuer, `*` and number left; the Party's name, place and day right."""
        left, right = self._columns(HEAD_COLUMNS)
        lines = [(head.superior, False), (head.issuer, True), ("*", False), (head.number, False)]
        for index, (text, bold) in enumerate(line for line in lines if line[0]):
            paragraph = left.paragraphs[0] if index == 0 else left.add_paragraph()
            self._fill(paragraph, text, bold=bold, alignment=CENTRE, exactly=18)
        self._fill(right.paragraphs[0], PARTY, size=15, bold=True, alignment=CENTRE, exactly=18)
        rule = right.add_paragraph()
        indent = Mm((HEAD_COLUMNS[1] - PARTY_WIDTH) / 2)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = indent
        _space(rule.paragraph_format, before=2, exactly=16)
        xml.draw_rule_above(rule)
        self._fill(right.add_paragraph(), head.place_and_day, italic=True, alignment=CENTRE, exactly=18)

    def title(self, type_name: str, subject: str) -> None:
        """Set the name of the type, what the document is about, and the five hyphens."""
        name = self._fill(self.docx.add_paragraph(), type_name, size=16, bold=True, alignment=CENTRE)
        _space(name.paragraph_format, before=18, exactly=LINE)
        lines = [line for line in subject.splitlines() if line]
        for line in lines:
            self._fill(self.docx.add_paragraph(), line, bold=True, alignment=CENTRE, exactly=LINE)
        rule = self._fill(self.docx.add_paragraph(), "-----", bold=False, alignment=CENTRE)
        _space(rule.paragraph_format, after=GAP, exactly=LINE)

    def heading(self, text: str, level: int = 1) -> None:
        """Set a heading; the caller writes its number."""
        paragraph = self.docx.add_paragraph(style=f"Heading {level}")
        xml.add_text(paragraph, text)

    def text(self, text: str, *, italic: bool = False, bold_start: str = "") -> None:
        """Set paragraphs of body text: one for each line that is not empty; `bold_start` goes before the first."""
        for index, line in enumerate(line.strip() for line in text.splitlines() if line.strip()):
            paragraph = self.docx.add_paragraph()
            if bold_start and index == 0:
                self._fill(paragraph, bold_start, bold=True)
            self._fill(paragraph, line, italic=italic, alignment=JUSTIFY)
            paragraph.paragraph_format.first_line_indent = Mm(FIRST_LINE)
            _space(paragraph.paragraph_format, after=GAP, exactly=LINE)

    def foot(self, recipients: Sequence[str], signature: Signature, *, ends_with: str = ";") -> None:
        """Set who receives the document and who signs it, side by side and on one page with the last line of text."""
        for paragraph in self.docx.paragraphs[-1:]:
            paragraph.paragraph_format.keep_with_next = True
        space = self.docx.add_paragraph()
        _space(space.paragraph_format, exactly=GAP)
        space.paragraph_format.keep_with_next = True
        left, right = self._columns(FOOT_COLUMNS)
        self._fill(left.paragraphs[0], "Nơi nhận:", underline=True, alignment=LEFT, exactly=18)
        for index, name in enumerate(recipients):
            end = "." if index == len(recipients) - 1 else ends_with
            self._fill(left.add_paragraph(), f"- {name}{end}", size=12, alignment=LEFT, exactly=16)
        self._sign(right, signature)
        for cell in (left, right):
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_together = True

    def _sign(self, cell: Any, signature: Signature) -> None:
        """Set the block of the signature: authority bold, position regular, four empty lines, name bold."""
        lines = [(line, True) for line in signature.authority] + [(signature.position, False)] * bool(
            signature.position
        )
        lines += [("", False)] * 4 + [(signature.name, True)]
        for index, (text, bold) in enumerate(lines):
            paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            self._fill(paragraph, text, bold=bold, alignment=CENTRE, exactly=18)

    def annex(self, *, landscape: bool) -> None:
        """Begin the annexes on a page of their own, with page numbers from 1."""
        section = self.docx.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section, landscape=landscape)

    def annex_title(self, number: str, subject: str, *, breaks: bool = False) -> None:
        """Set “Phụ lục 1” and what it shows; `breaks` begins a new page."""
        name = self._fill(self.docx.add_paragraph(), number, bold=True, alignment=CENTRE, exactly=LINE)
        name.paragraph_format.page_break_before = breaks
        name.paragraph_format.keep_with_next = True
        title = self._fill(self.docx.add_paragraph(), subject, bold=True, alignment=CENTRE)
        _space(title.paragraph_format, after=GAP, exactly=LINE)
        title.paragraph_format.keep_with_next = True

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Set a table with thin black lines whose head comes again on every page."""
        PartyTable(self.docx, columns).fill(rows)

    def to_bytes(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self.docx.save(out)
        return out.getvalue()


def _space(form: Any, *, before: float = 0, after: float = 0, exactly: float | None = None) -> None:
    """Set the space above and below a paragraph, and the exact height of its lines."""
    form.space_before, form.space_after = Pt(before), Pt(after)
    if exactly is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(exactly)
    else:
        form.line_spacing = 1.0
