"""A report as a DOCX in the layout that it asks for: pages, head, text, foot, annexes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from reports.documents import docx_xml as xml
from reports.documents.chart_bars import SHADES, shares
from reports.documents.layouts import (
    PAGE,
    Lines,
    head_lines,
    measures_of,
    recipient_lines,
    signature_lines,
    title_lines,
)
from reports.documents.report_value import Block, Chart, Heading, Paragraph, Report, Table, printed

MARK_SIZE = 9.0
ADDRESS_COLUMNS, SIDE_OF_ADDRESS = (55.0, 110.0), 1.5


def render_docx(report: Report) -> bytes:
    """Return the file."""
    return DocxFile(report).to_bytes()


class DocxFile:
    """Puts a report into python-docx's package: its styles and sections, and the body as XML written in one go."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.measures = measures_of(report)
        self.docx = Document()

    def to_bytes(self) -> bytes:
        """Return the file."""
        self._set_styles()
        self._set_properties()
        self._set_page(self.docx.sections[0], landscape=False)
        self._put(self._head(), *self._title(), *self._text(), self._foot())
        if self.report.annexes:
            landscape = self.report.annexes_in_landscape
            self._set_page(self.docx.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)
            self._put(
                *(part for place, table in enumerate(self.report.annexes, 1) for part in self._annex(place, table))
            )
        out = io.BytesIO()
        self.docx.save(out)
        return out.getvalue()

    def _put(self, *parts: str) -> None:
        """Set what comes next in the body."""
        end = self.docx.element.body.sectPr
        for element in xml.parsed("".join(parts)):
            end.addprevious(element)

    def _set_styles(self) -> None:
        """Give every style that is used the one font; the template's own colours and fonts go."""
        styles = self.docx.styles
        size = self.measures.size
        for name in ("Normal", "Header", "Footer"):
            _replace(styles[name].element, parse_xml(xml.look(size)))
        for level, name in enumerate(("Heading 1", "Heading 2", "Heading 3"), start=1):
            element = styles[name].element
            _replace(element, parse_xml(xml.look(size, bold=True, italic=level == 3)))
            outline = f'<w:outlineLvl w:val="{level - 1}"/>'
            form = (
                xml.spacing(before=self.measures.gap, after=self.measures.gap, exactly=self.measures.line)
                + f'<w:ind w:firstLine="{xml.twips(self.measures.first_line)}"/><w:jc w:val="left"/>{outline}'
            )
            _replace(element, parse_xml(f"<w:pPr {nsdecls('w')}><w:keepNext/>{form}</w:pPr>"))
        normal = f"<w:pPr {nsdecls('w')}>{xml.spacing()}</w:pPr>"
        _replace(styles["Normal"].element, parse_xml(normal))

    def _set_properties(self) -> None:
        """Say in the file who made it and when, in place of the template's own words."""
        properties, report = self.docx.core_properties, self.report
        properties.title, properties.author = xml.plain(report.title)[:250], xml.plain(report.author)[:250]
        properties.last_modified_by, properties.comments, properties.language = "", "", "vi-VN"
        properties.created = properties.modified = datetime.combine(report.on, time(), tzinfo=UTC)

    def _set_page(self, section: Any, *, landscape: bool) -> None:
        """Set size, margins, and the page number that the first page does not show."""
        width, height = reversed(PAGE) if landscape else PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        margins = self.measures.landscape_margins if landscape else self.measures.margins
        for side, size in zip(("top", "bottom", "left", "right"), margins, strict=True):
            setattr(section, f"{side}_margin", Mm(size))
        section.header_distance = section.footer_distance = Mm(self.measures.number_from_edge)
        section.gutter = 0
        section.different_first_page_header_footer = True
        _number_pages_from_one(section)
        marks = [
            xml.paragraph(xml.run(line, MARK_SIZE), align=xml.CENTRE, space=xml.spacing(exactly=11))
            for line in (self.report.page_mark,)
            if line
        ]
        size = self.measures.size
        number = xml.paragraph(xml.page_field(size), align=xml.CENTRE, space=xml.spacing(exactly=16))
        for header, lines in ((section.first_page_header, marks or ["<w:p/>"]), (section.header, [number, *marks])):
            header.is_linked_to_previous = False
            for old in list(header._element):
                header._element.remove(old)
            for element in xml.parsed("".join(lines)):
                header._element.append(element)

    def _columns(self, widths: tuple[float, float], left: Lines, right: Lines, left_align: str) -> str:
        """Return two columns without lines."""
        cells = "".join(
            xml.cell("".join(xml.line_of_type(line, width=width, align=align) for line in lines), width)
            for width, lines, align in zip(widths, (left, right), (left_align, xml.CENTRE), strict=True)
        )
        return xml.table([xml.row(cells)], widths, ruled=False)

    def _head(self) -> str:
        """Return the head: who issues and the number left; the Party's or the nation's name, place and day right."""
        left, right = head_lines(self.report.head, self.report.layout)
        return self._columns(self.measures.head_columns, left, right, xml.CENTRE)

    def _title(self) -> list[str]:
        """Return the name of the type, what the document is about, and what closes the title."""
        width = PAGE[0] - self.measures.margins[2] - self.measures.margins[3]
        if len(self.report.to) > 1:
            return [self._addressed()]
        return [xml.line_of_type(line, width=width) for line in title_lines(self.report)]

    def _addressed(self) -> str:
        """Return “Kính gửi:” with the list of those whom a letter goes to beside it."""
        word, *names = title_lines(self.report)
        names = [replace(names[0], before=word.before), *names[1:]]
        left = xml.line_of_type(word, width=ADDRESS_COLUMNS[0], align=xml.RIGHT)
        right = "".join(xml.line_of_type(line, width=ADDRESS_COLUMNS[1], align=xml.LEFT) for line in names)
        cells = xml.cell(left, ADDRESS_COLUMNS[0]) + xml.cell(right, ADDRESS_COLUMNS[1])
        return xml.table([xml.row(cells)], ADDRESS_COLUMNS, ruled=False, side=SIDE_OF_ADDRESS)

    def _text(self) -> list[str]:
        """Return headings and paragraphs; the last line of text stays with the foot."""
        parts = [self._block(block) for block in self.report.blocks[:-1]]
        return parts + [self._block(block, keep_next=True) for block in self.report.blocks[-1:]]

    def _block(self, block: Block, *, keep_next: bool = False) -> str:
        """Return one block of the text."""
        if isinstance(block, Heading):
            return f'<w:p><w:pPr><w:pStyle w:val="Heading{block.level}"/></w:pPr>{_bare_run(block.text)}</w:p>'
        return self._chart(block) if isinstance(block, Chart) else self._paragraph(block, keep_next=keep_next)

    def _paragraph(self, block: Paragraph, *, keep_next: bool) -> str:
        """Return a paragraph of body text, in the internal copy with its sources under it."""
        size, gap = self.measures.size, self.measures.gap
        start = xml.run(block.start, size, bold=True) if block.start else ""
        sources = "; ".join(block.sources) if self.report.is_internal else ""
        text = xml.paragraph(
            start + xml.run(block.text, size),
            align=xml.JUSTIFIED,
            space=xml.spacing(after=2 if sources else gap, exactly=self.measures.line),
            indent=(0, 0, self.measures.first_line),
            keep_next=keep_next or bool(sources),
        )
        if not sources:
            return text
        note = xml.run(f"[Nguồn: {sources}]", self.measures.note_size, italic=True)
        side = (self.measures.first_line, 0.0, 0.0)
        return text + xml.paragraph(note, space=xml.spacing(after=gap, exactly=13), indent=side, keep_next=keep_next)

    def _chart(self, chart: Chart) -> str:
        """Return a stacked bar: a row of shaded cells as wide as the counts, with its words under it."""
        width = PAGE[0] - sum(self.measures.margins[2:]) - self.measures.first_line
        size = self.measures.note_size
        widths = [share * width for share in shares(chart)]
        bar = "".join(
            xml.cell(
                xml.paragraph(xml.run(str(number), size), align=xml.CENTRE, space=xml.spacing(exactly=13)),
                part,
                shade=SHADES[place % len(SHADES)].lstrip("#"),
            )
            for place, ((_label, number), part) in enumerate(zip(chart.bars, widths, strict=True))
        )
        words = xml.run(", ".join(f"{label}: {number}" for label, number in chart.bars), size, italic=True)
        title = xml.paragraph(xml.run(chart.title, size, italic=True), space=xml.spacing(exactly=13), keep_next=True)
        below = xml.paragraph(words, space=xml.spacing(before=2, after=self.measures.gap, exactly=13))
        return title + xml.table([xml.row(bar)], widths, ruled=True) + below

    def _foot(self) -> str:
        """Return who receives the document and who signs it, side by side, on one page with the last line of text."""
        space = xml.paragraph("", space=xml.spacing(exactly=self.measures.gap), keep_next=True)
        signed = signature_lines(self.report.signature, self.report.layout)
        return space + self._columns(self.measures.foot_columns, recipient_lines(self.report), signed, xml.LEFT)

    def _annex(self, place: int, table: Table) -> list[str]:
        """Return “Phụ lục 1”, what it shows, and its table."""
        size, line = self.measures.size, self.measures.line
        number = xml.paragraph(
            xml.run(self.report.annex_number(place), size, bold=True),
            align=xml.CENTRE,
            space=xml.spacing(exactly=line),
            keep_next=True,
            new_page=place > 1,
        )
        subject = xml.paragraph(
            xml.run(table.subject, size, bold=True),
            align=xml.CENTRE,
            space=xml.spacing(after=self.measures.gap, exactly=line),
            keep_next=True,
        )
        rows = ([printed(cell) for cell in row] for row in table.rows)
        return [number, subject, xml.data_table(table.columns, rows, self.measures.table_size)]


def _bare_run(text: str) -> str:
    """Return a run that looks as its style says."""
    content = xml.run(text, 14)
    before, _mark, after = content.partition("<w:rPr>")
    return before + after.partition("</w:rPr>")[2]


def _replace(style: Any, properties: Any) -> None:
    """Put run or paragraph properties into a style, in place of those of the template."""
    for old in style.findall(properties.tag):
        style.remove(old)
    look = style.find(qn("w:rPr"))
    if properties.tag == qn("w:pPr") and look is not None:
        look.addprevious(properties)
    else:
        style.append(properties)


def _number_pages_from_one(section: Any) -> None:
    """Start the page numbers of a section anew."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    numbers = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    properties.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
