"""Reports for the tests of documents, and PDF files opened again."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from reports.documents.report_value import (
    Chart,
    Column,
    Figure,
    Head,
    Heading,
    Report,
    Signature,
    Table,
    paragraphs,
)

DAY = date(2024, 7, 5)
BODY = "Thực hiện Kế hoạch của Ban Thường vụ Tỉnh uỷ, các cấp uỷ đã ban hành 06 văn bản để lãnh đạo, chỉ đạo."
SOURCES = ("Huyện uỷ A, nhóm 1",)
CHART = Chart("Tình hình nhóm 1", (("Triển khai có kết quả", 12), ("Đang triển khai", 5)))


def make_report(*, text: str = BODY, times: int = 1, **fields: Any) -> Report:
    """Return a report of one part in which a text stands so many times."""
    given: dict[str, Any] = {
        "head": Head("TỈNH UỶ LẠNG SƠN", "BAN DÂN VẬN", "Số 45-BC/BDVTU", "Lạng Sơn, ngày 05 tháng 7 năm 2024"),
        "type_name": "BÁO CÁO",
        "subject": "kết quả thực hiện Kế hoạch",
        "blocks": (Heading("I.", "KẾT QUẢ", 1), *paragraphs(text) * times),
        "recipients": ("Ban Thường vụ Tỉnh uỷ (báo cáo)", "Lưu Văn phòng Ban"),
        "line_end": ",",
        "signature": Signature(("K/T TRƯỞNG BAN",), "PHÓ TRƯỞNG BAN", "Người Ký"),
        "author": "Ban Dân vận Tỉnh uỷ",
        "on": DAY,
    }
    return Report(**(given | fields))


def make_internal(**fields: Any) -> Report:
    """Return an internal copy with a source and a chart."""
    blocks = (Heading("I.", "KẾT QUẢ", 1), *paragraphs(BODY, sources=SOURCES), CHART)
    return make_report(blocks=blocks, is_internal=True, **fields)


def make_table(rows: int = 1) -> Table:
    """Return a table with so many rows of figures and one heading."""
    columns = (
        Column("TT", 20, is_mark=True),
        Column("Nội dung", 80),
        Column("Trong kỳ", 40, is_number=True),
        Column("Ngày", 40),
    )
    figures = tuple(
        (place, f"Dòng {place}", Figure(Decimal(place) / 10, 1), date(2024, 2, 5)) for place in range(1, rows + 1)
    )
    return Table("Số liệu", columns, (*figures, ("Mục",)))


class OpenedPdf:
    """A PDF opened from its bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document = pypdfium2.PdfDocument(io.BytesIO(content))

    def texts(self) -> list[str]:
        """Return the text of each page in one line."""
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in self.document]

    def sizes(self) -> list[tuple[int, int]]:
        """Return the size of each page in millimetres."""
        return [(round(page.get_width() / 72 * 25.4), round(page.get_height() / 72 * 25.4)) for page in self.document]

    def fonts(self) -> dict[str, bool]:
        """Return each font with whether it is in the file."""
        fonts = {}
        for item in self._texts():
            font = pdfium.FPDFTextObj_GetFont(item)
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
            fonts[name.value.decode().partition("+")[2] or name.value.decode()] = bool(
                pdfium.FPDFFont_GetIsEmbedded(font)
            )
        return fonts

    def colours(self) -> set[tuple[int, int, int]]:
        """Return the colours that text is set in."""
        colours = set()
        for item in self._texts():
            parts = [ctypes.c_uint() for _part in range(4)]
            pdfium.FPDFPageObj_GetFillColor(item, *parts)
            colours.add((parts[0].value, parts[1].value, parts[2].value))
        return colours

    def is_tagged(self) -> bool:
        """Return whether the file says how its parts are ordered and what they are."""
        return bool(pdfium.FPDFCatalog_IsTagged(self.document.raw))

    def has_links(self) -> bool:
        """Return whether a page has an annotation, such as a link."""
        return any(pdfium.FPDFPage_GetAnnotCount(page.raw) for page in self.document)

    def place_of(self, text: str, page: int = 0, last: bool = False) -> tuple[float, float, float, float]:
        """Return left, upper edge, right and lower edge of a text in millimetres from the page's upper left corner."""
        sheet = self.document[page]
        words = sheet.get_textpage()
        found = words.search(text, match_case=True)
        place = found.get_next()
        while last and (later := found.get_next()):
            place = later
        assert place is not None, f"{text} is not on page {page + 1}"
        boxes = [words.get_charbox(index, loose=False) for index in range(place[0], place[0] + place[1])]
        height = sheet.get_height()
        sides = (
            min(box[0] for box in boxes),
            height - max(box[3] for box in boxes),
            max(box[2] for box in boxes),
            height - min(box[1] for box in boxes),
        )
        left, top, right, bottom = (side / 72 * 25.4 for side in sides)
        return left, top, right, bottom

    def ink(self, page: int = 0) -> tuple[float, float, float, float]:
        """Return the margins of the picture of a page that stay white: left, top, right, bottom, in millimetres."""
        scale = 2
        bitmap = self.document[page].render(scale=scale, grayscale=True)
        rows = [
            bytes(bitmap.buffer[line * bitmap.stride : line * bitmap.stride + bitmap.width])
            for line in range(bitmap.height)
        ]
        dark = [place for place, row in enumerate(rows) if min(row) < 160]
        columns = [place for place, column in enumerate(zip(*rows, strict=True)) if min(column) < 160]
        to_mm = 25.4 / 72 / scale
        return (
            columns[0] * to_mm,
            dark[0] * to_mm,
            (bitmap.width - 1 - columns[-1]) * to_mm,
            (bitmap.height - 1 - dark[-1]) * to_mm,
        )

    def _texts(self) -> Iterator[Any]:
        for page in self.document:
            for item in page.get_objects():
                if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
                    yield item.raw
