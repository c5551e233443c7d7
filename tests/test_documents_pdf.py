"""The PDF of a report, opened again and drawn: format, fonts, margins, head, page numbers, annexes, and no markup."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from reports.documents import fonts
from reports.documents.layouts import MOTTO, NATION, PARTY, PARTY_WIDTH
from reports.documents.pdf_file import render_pdf
from reports.documents.report_value import DEMO_LINE, INTERNAL_LINE, Heading, Layout, Report, paragraphs
from tests.documents import BODY, OpenedPdf, make_internal, make_report, make_table


def opened(report: Report) -> OpenedPdf:
    return OpenedPdf(render_pdf(report))


def test_it_is_an_archivable_tagged_file_without_links() -> None:
    pdf = opened(make_report(text="Xem https://example.vn và mục 1.", annexes=(make_table(),)))
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf.content
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf.content
    assert pdf.is_tagged()
    assert not pdf.has_links()


def test_every_font_is_in_the_file_and_is_one_family() -> None:
    found = opened(make_report(times=3, annexes=(make_table(),))).fonts()
    assert all(found.values())
    family = fonts.typeface().family.replace(" ", "")
    assert {name.partition("-")[0] for name in found} == {family}


def test_everything_is_black() -> None:
    assert opened(make_report(annexes=(make_table(),))).colours() == {(0, 0, 0)}


def test_pages_are_a4_and_annexes_lie_in_landscape() -> None:
    pdf = opened(make_report(annexes=(make_table(),)))
    assert pdf.sizes() == [(210, 297), (297, 210)]
    upright = opened(make_report(annexes=(make_table(),), annexes_in_landscape=False))
    assert upright.sizes() == [(210, 297), (210, 297)]


def test_the_text_comes_out_of_the_file_as_it_went_in() -> None:
    texts = (BODY, "Nghị quyết số 43-NQ/TW giai đoạn 2021 - 2025: 72,5% – “đạt”.")
    report = make_report(blocks=(Heading("I.", "KẾT QUẢ", 1), *(part for text in texts for part in paragraphs(text))))
    (page,) = opened(report).texts()
    for text in (*texts, "I. KẾT QUẢ", "BÁO CÁO", "kết quả thực hiện Kế hoạch", "-----", "Số 45-BC/BDVTU", PARTY):
        assert text in page


def test_the_margins_are_those_of_the_rule() -> None:
    left, top, right, bottom = opened(make_report(text="Đã mở 06 hội nghị quán triệt, tuyên truyền. " * 200)).ink(1)
    assert left == pytest.approx(30, abs=0.6)
    assert right == pytest.approx(15, abs=0.6)
    # The page number is the uppermost thing: its line begins ten millimetres under the edge.
    assert 10 <= top <= 13
    assert 20 <= bottom <= 29


def test_the_page_number_is_centred_over_the_text_and_not_on_the_first_page() -> None:
    pdf = opened(make_report(times=60))
    first, second = pdf.texts()[:2]
    assert not first.startswith("1")
    assert second.startswith("2 ")
    left, top, right, _bottom = pdf.place_of("2", page=1)
    assert (left + right) / 2 == pytest.approx(30 + 165 / 2, abs=0.5)
    assert 10 <= top <= 13


def test_annexes_count_their_pages_from_one() -> None:
    texts = opened(make_report(times=30, annexes=(make_table(60),))).texts()
    first = next(place for place, text in enumerate(texts) if "Phụ lục" in text)
    assert texts[first].startswith("Phụ lục Số liệu")
    assert texts[first + 1].startswith("2 ")


def test_a_line_as_long_as_the_partys_name_stands_under_it() -> None:
    pdf = opened(make_report())
    left, _top, right, bottom = pdf.place_of(PARTY)
    assert right - left == pytest.approx(PARTY_WIDTH, abs=1.5)
    rules = [
        item.get_bounds() for item in pdf.document[0].get_objects() if item.type == 2 and item.get_bounds()[2] > 100
    ]
    widths = [(bounds[2] - bounds[0]) / 72 * 25.4 for bounds in rules]
    assert any(width == pytest.approx(PARTY_WIDTH, abs=1) for width in widths)
    assert bottom < pdf.place_of("Lạng Sơn, ngày")[1]


def test_the_first_line_of_a_paragraph_is_indented_by_ten_millimetres() -> None:
    left, _top, _right, _bottom = opened(make_report()).place_of("Thực hiện Kế hoạch của")
    assert left == pytest.approx(40, abs=0.5)


def test_lines_of_the_text_are_exactly_twenty_points_apart() -> None:
    pdf = opened(make_report(text="Một hai ba bốn năm sáu bảy tám chín mười. " * 6))
    words = pdf.document[0].get_textpage()
    search = words.search("Một hai ba bốn", match_case=True)
    tops = set()
    while found := search.get_next():
        tops.add(round(words.get_charbox(found[0], loose=False)[1], 1))
    steps = [round(high - low, 1) for low, high in zip(sorted(tops), sorted(tops)[1:], strict=False)]
    assert steps
    assert all(step % 20 == pytest.approx(0, abs=0.2) for step in steps)


def test_recipients_and_signature_stay_together_with_the_last_line() -> None:
    for times in range(5, 15):
        texts = opened(make_report(times=times)).texts()
        assert "Nơi nhận:" in texts[-1]
        assert "Người Ký" in texts[-1]
        assert BODY in texts[-1]


def test_a_long_table_repeats_its_head() -> None:
    texts = opened(make_report(annexes=(make_table(60),))).texts()[1:]
    assert len(texts) > 1
    assert all("TT Nội dung Trong kỳ Ngày" in text for text in texts)
    assert "1 Dòng 1 0,1 05/02/2024" in texts[0]


@pytest.mark.parametrize(
    "text", ["#panic()", "= Tiêu đề", "*đậm* _nghiêng_", "$x^2$", "a\\b", "<nhãn> @ai", '#{ 1 + 1 } "x"', "// không"]
)
def test_what_a_body_typed_is_never_markup(text: str) -> None:
    assert text in opened(make_report(text=f"Bắt đầu {text}")).texts()[0]


def test_a_character_that_no_font_has_becomes_a_question_mark() -> None:
    page = opened(make_report(text="Kết quả 🎉 tốt\x07 và 漢")).texts()[0]
    assert "Kết quả ? tốt và ?" in page


def test_decomposed_letters_are_composed() -> None:
    text = unicodedata.normalize("NFD", "Huyện uỷ Bình Gia")
    assert "Huyện uỷ Bình Gia" in opened(make_report(text=text)).texts()[0]


def test_a_demonstration_says_so_at_the_top_of_every_page() -> None:
    texts = opened(make_report(is_demo=True, times=30, annexes=(make_table(),))).texts()
    assert all(DEMO_LINE in text for text in texts)
    assert all(DEMO_LINE not in text for text in opened(make_report(times=30)).texts())


def test_the_internal_copy_has_sources_and_charts_and_says_what_it_is() -> None:
    (page,) = opened(make_internal()).texts()
    for text in (INTERNAL_LINE, "[Nguồn: Huyện uỷ A, nhóm 1]", "Triển khai có kết quả: 12, Đang triển khai: 5"):
        assert text in page
    (published,) = opened(make_internal().published()).texts()
    assert not any(text in published for text in (INTERNAL_LINE, "Nguồn", "Triển khai có kết quả"))
    assert BODY in published


def test_the_state_layout_has_the_words_of_its_own_rule() -> None:
    pdf = opened(make_report(layout=Layout.STATE))
    (page,) = pdf.texts()
    for text in (NATION, MOTTO, "Số: 45/BC-BDVTU", "KT. TRƯỞNG BAN", "- Lưu: VT."):
        assert text in page
    assert PARTY not in page
    assert "-----" not in page
    left, top, right, _bottom = pdf.place_of(NATION)
    assert pdf.place_of(MOTTO)[1] - top == pytest.approx(18 / 72 * 25.4, abs=1)
    assert 95 <= left <= 100
    assert right <= 195


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_pdf(make_report()) == render_pdf(make_report())


def test_a_type_without_vietnamese_letters_is_not_chosen() -> None:
    chosen = fonts.typeface()
    assert chosen.letters >= fonts.VIETNAMESE
    if chosen.folder:
        regular = next(Path(chosen.folder).glob(f"{chosen.family.replace(' ', '')}-Regular.*"), None)
        assert regular is None or fonts.letters_of(regular) >= fonts.VIETNAMESE
    assert fonts.letters_of(Path(__file__)) == frozenset()


def test_without_a_type_of_the_list_the_built_in_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ())
    fonts.typeface.cache_clear()
    try:
        found = opened(make_report(text="Huyện uỷ ở Lạng Sơn, số 43-NQ/TW – 漢")).fonts()
    finally:
        monkeypatch.undo()
        fonts.typeface.cache_clear()
    assert all(found.values())
    assert {name.partition("-")[0] for name in found} == {"LibertinusSerif"}
