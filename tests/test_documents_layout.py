"""The Party's document layout, opened again from the bytes: pages, fonts, sizes, head, foot, tables."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn

from reports.documents.docx_file import render_docx
from reports.documents.layouts import PARTY
from reports.documents.report_value import DEMO_LINE, Head, Layout, Report
from tests.documents import BODY, DAY, make_internal, make_report, make_table


def opened(report: Report) -> Any:
    return Document(io.BytesIO(render_docx(report)))


def millimetres(length: Any) -> float:
    size: float = round(length.mm, 1)
    return size


def points(run: Any) -> float:
    size: float = run.font.size.pt
    return size


def test_the_page_is_a4_with_the_margins_of_the_rule() -> None:
    section = opened(make_report()).sections[0]
    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [millimetres(side) for side in sides] == [20, 20, 30, 15]
    assert millimetres(section.header_distance) == 10


def test_the_page_number_is_centred_at_14_and_not_on_the_first_page() -> None:
    section = opened(make_report()).sections[0]
    assert section.different_first_page_header_footer
    paragraph = section.header.paragraphs[0]
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [node.text for node in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert not list(section.first_page_header._element.iter(qn("w:instrText")))
    assert section.header.paragraphs[0].style.font.size.pt == 14


def test_every_style_and_run_is_black_times_new_roman_in_every_script() -> None:
    package = zipfile.ZipFile(io.BytesIO(render_docx(make_report())))
    document = opened(make_report())
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Header"):
        properties = document.styles[name].element.rPr
        fonts = properties.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert properties.find(qn("w:color")).get(qn("w:val")) == "000000"
        assert not [key for key in fonts.attrib if "Theme" in key]
    body = package.read("word/document.xml").decode()
    assert "w:hyperlink" not in body
    assert set(re.findall(r'w:color w:val="(\w+)"', body)) <= {"000000"}


def test_the_head_has_two_columns_without_lines() -> None:
    table = opened(make_report()).tables[0]
    left, right = table.rows[0].cells
    assert [(p.text, p.runs[0].bold, points(p.runs[0])) for p in left.paragraphs] == [
        ("TỈNH UỶ LẠNG SƠN", False, 14),
        ("BAN DÂN VẬN", True, 14),
        ("*", False, 14),
        ("Số 45-BC/BDVTU", False, 14),
    ]
    party, rule, day = right.paragraphs
    assert (party.text, party.runs[0].bold, points(party.runs[0])) == (PARTY, True, 15)
    assert (day.text, day.runs[0].italic, points(day.runs[0])) == ("Lạng Sơn, ngày 05 tháng 7 năm 2024", True, 14)
    assert rule._p.pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "single"
    width = right.width.mm - rule.paragraph_format.left_indent.mm - rule.paragraph_format.right_indent.mm
    assert width == pytest.approx(72.9, abs=0.2)
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert {border.get(qn("w:val")) for border in borders} == {"nil"}
    assert round(left.width.mm + right.width.mm) == 165


def test_the_superior_body_is_left_out_where_there_is_none() -> None:
    head = Head("", "TỈNH UỶ LẠNG SƠN", "Số 1-BC/TU", "Lạng Sơn, ngày 05 tháng 7 năm 2024")
    cell = opened(make_report(head=head)).tables[0].rows[0].cells[0]
    assert [paragraph.text for paragraph in cell.paragraphs] == ["TỈNH UỶ LẠNG SƠN", "*", "Số 1-BC/TU"]


def test_the_title_is_centred_bold_and_closed_by_five_hyphens() -> None:
    name, subject, hyphens = opened(make_report()).paragraphs[:3]
    assert (name.text, points(name.runs[0]), name.runs[0].bold) == ("BÁO CÁO", 16, True)
    assert (subject.text, points(subject.runs[0]), subject.runs[0].bold) == ("kết quả thực hiện Kế hoạch", 14, True)
    assert hyphens.text == "-----"
    assert {line.alignment for line in (name, subject, hyphens)} == {WD_ALIGN_PARAGRAPH.CENTER}


def test_body_text_is_justified_with_its_indent_spacing_and_exact_lines() -> None:
    paragraph = next(row for row in opened(make_report()).paragraphs if row.text == BODY)
    form = paragraph.paragraph_format
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert millimetres(form.first_line_indent) == 10
    assert form.space_after.pt >= 6
    assert form.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert 18 <= form.line_spacing.pt <= 22
    assert points(paragraph.runs[0]) == 14


def test_headings_are_bold_and_stay_with_what_follows() -> None:
    heading = next(row for row in opened(make_report()).paragraphs if row.text == "I. KẾT QUẢ")
    assert heading.style.name == "Heading 1"
    assert heading.style.font.bold
    assert heading.style.font.size.pt == 14
    assert heading.style.paragraph_format.keep_with_next


def test_the_foot_keeps_recipients_and_signature_side_by_side_in_one_piece() -> None:
    document = opened(make_report())
    table = document.tables[-1]
    left, right = table.rows[0].cells
    first = left.paragraphs[0].runs[0]
    assert (first.text, first.underline, first.font.size.pt) == ("Nơi nhận:", True, 14)
    rows = [(row.text, points(row.runs[0])) for row in left.paragraphs[1:]]
    assert rows == [("- Ban Thường vụ Tỉnh uỷ (báo cáo),", 12), ("- Lưu Văn phòng Ban.", 12)]
    signed = [(row.text, row.runs[0].bold) for row in right.paragraphs]
    assert signed == [
        ("K/T TRƯỞNG BAN", True),
        ("PHÓ TRƯỞNG BAN", False),
        *[("", False)] * 4,
        ("Người Ký", True),
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    last_text = [row for row in document.paragraphs if row.text == BODY][-1]
    assert last_text.paragraph_format.keep_with_next


def test_a_table_repeats_its_head_and_keeps_rows_whole() -> None:
    table = opened(make_report(annexes=(make_table(),))).tables[-1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert {edge.get(qn("w:color")) for edge in table._tbl.tblPr.find(qn("w:tblBorders"))} == {"000000"}
    aligned = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert aligned == [getattr(WD_ALIGN_PARAGRAPH, name) for name in ("CENTER", "LEFT", "RIGHT", "LEFT")]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "Dòng 1", "0,1", "05/02/2024"]
    assert {cell.text for cell in table.rows[2].cells} == {"Mục"}
    assert [round(column.width.mm) for column in table.columns] == [20, 80, 40, 40]


def test_annexes_lie_in_landscape_with_page_numbers_of_their_own() -> None:
    section = opened(make_report(annexes=(make_table(),))).sections[1]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (millimetres(section.page_width), millimetres(section.page_height)) == (297, 210)
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_a_demonstration_says_so_at_the_top_of_every_page() -> None:
    for section in opened(make_report(is_demo=True, annexes=(make_table(),))).sections:
        for header in (section.first_page_header, section.header):
            assert DEMO_LINE in [paragraph.text for paragraph in header.paragraphs]
    real = opened(make_report()).sections[0]
    assert all(DEMO_LINE not in row.text for row in (*real.header.paragraphs, *real.first_page_header.paragraphs))


@pytest.mark.parametrize("text", ['=HYPERLINK("http://a.vn")', "@SUM(1)", "<w:p>", "a & b", "{{ x }}", "+84"])
def test_what_a_body_typed_stays_plain_text(text: str) -> None:
    assert text in [paragraph.text for paragraph in opened(make_report(text=text)).paragraphs]


def test_characters_that_a_file_cannot_hold_are_left_out() -> None:
    document = opened(make_report(text="Kết\x00\x1f\uffffquả"))
    assert "Kếtquả" in [paragraph.text for paragraph in document.paragraphs]


def test_decomposed_letters_are_composed() -> None:
    text = unicodedata.normalize("NFD", "Huyện uỷ Bình Gia")
    assert "Huyện uỷ Bình Gia" in [paragraph.text for paragraph in opened(make_report(text=text)).paragraphs]


def test_the_file_names_its_author_and_nothing_of_the_template() -> None:
    properties = opened(make_report()).core_properties
    assert (properties.title, properties.author, properties.comments) == (
        "Báo cáo kết quả thực hiện Kế hoạch",
        "Ban Dân vận Tỉnh uỷ",
        "",
    )
    assert properties.created.date() == DAY


def test_the_same_document_gives_the_same_bytes_of_content() -> None:
    first, second = (
        zipfile.ZipFile(io.BytesIO(render_docx(make_report()))).read("word/document.xml") for _ in range(2)
    )
    assert first == second


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_without_repair_and_the_foot_stays_together(tmp_path: Path) -> None:
    source = tmp_path / "bao-cao.docx"
    source.write_bytes(render_docx(make_report(times=40)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 - our own file
    pages = pypdfium2.PdfDocument(tmp_path / "bao-cao.pdf")
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    pages.close()
    assert len(texts) > 1
    assert PARTY in texts[0]
    assert texts[1].lstrip().startswith("2")
    assert not texts[0].lstrip().startswith("1")
    assert "Nơi nhận:" in texts[-1]
    assert "Người Ký" in texts[-1]


def test_the_number_of_a_document_never_breaks_at_its_hyphen() -> None:
    text = "Nghị quyết số 43-NQ/TW giai đoạn 2021 - 2025"
    paragraph = next(row for row in opened(make_report(text=text)).paragraphs if row.text == text)
    assert len(list(paragraph._p.iter(qn("w:noBreakHyphen")))) == 1


def test_the_internal_copy_has_sources_and_bars_and_says_what_it_is() -> None:
    document = opened(make_internal())
    text = [paragraph.text for paragraph in document.paragraphs]
    assert "[Nguồn: Huyện uỷ A, nhóm 1]" in text
    assert "Triển khai có kết quả: 12, Đang triển khai: 5" in text
    bar = document.tables[1].rows[0].cells
    assert [cell.text for cell in bar] == ["12", "5"]
    assert bar[0].width / bar[1].width == pytest.approx(12 / 5, rel=0.01)
    assert document.sections[0].first_page_header.paragraphs[0].text == "BẢN NỘI BỘ"
    published = opened(make_internal().published())
    assert BODY in [paragraph.text for paragraph in published.paragraphs]
    assert not any("Nguồn" in paragraph.text for paragraph in published.paragraphs)
    assert len(published.tables) == 2


def test_the_state_layout_has_the_head_and_foot_of_its_own_rule() -> None:
    document = opened(make_report(layout=Layout.STATE))
    left, right = document.tables[0].rows[0].cells
    assert [p.text for p in left.paragraphs] == ["TỈNH UỶ LẠNG SƠN", "BAN DÂN VẬN", "", "Số: 45/BC-BDVTU"]
    assert [(p.text, p.runs[0].bold, points(p.runs[0])) for p in right.paragraphs[:2]] == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 13),
        ("Độc lập - Tự do - Hạnh phúc", True, 14),
    ]
    assert len(list(document.tables[0]._tbl.iter(qn("w:pBdr")))) == 2
    left, right = document.tables[-1].rows[0].cells
    first = left.paragraphs[0].runs[0]
    assert (first.text, first.bold, first.italic, first.font.size.pt) == ("Nơi nhận:", True, True, 12)
    assert left.paragraphs[-1].text == "- Lưu: VT."
    assert [(p.text, p.runs[0].bold) for p in right.paragraphs[:2]] == [
        ("KT. TRƯỞNG BAN", True),
        ("PHÓ TRƯỞNG BAN", True),
    ]
    assert "-----" not in [paragraph.text for paragraph in document.paragraphs]
