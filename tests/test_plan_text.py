"""The plan's text: rebuilt to the byte from its pieces, corrected only where that is certain, cited place by place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.choices import Confidence, PassageKind
from tasks.models import Citation, LegalDocument, Passage, PassagePiece, Plan, TextCorrection
from tasks.passages import apply_corrections, rebuild_source, unmarked

SOURCE = Path(__file__).parent / "plan" / "source.txt"
JOINED = {
    "I.2.1": (19, 21),
    "III.1.1": (57, 59),
    "III.2.1": (71, 73),
    "III.2.5": (81, 83),
    "III.2.10": (93, 95),
    "III.3.1": (107, 111),
    "III.3.3": (115, 121),
    "III.4.2": (131, 133),
    "III.5.2": (143, 145),
    "III.6.2": (155, 157),
    "III.7.5": (171, 173),
}
CORRECTED = {
    "I.1": "1. Mục đích",
    "II.2.T1": "- 100% các cấp uỷ",
    "III.3.1": "phát hiện, phòng ngừa và xử lý",
    "III.3.3": "ngày 05/7/2023",
    "FN3": 'và những năm tiếp theo"; Nghị quyết',
    "III.4.1": "tiếp nhận, chuyển tải các kiến nghị",
    "III.5.2": "của Ban Thường vụ Tỉnh ủy về xây dựng",
    "III.6.1": '"Đảng lãnh đạo, Nhà nước quản lý, Nhân dân làm chủ"',
    "III.7.3": '"Ngày hội đại đoàn kết toàn dân tộc"',
    "IV.1": "(hoàn thành trong quý II/2024)",
    "S.1": "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC",
}
ALSO_CORRECTED = [
    ("II.2.T1", "tại chuyến thăm và làm việc"),
    ("II.2.T1", "Thủ tướng Chính phủ phê duyệt"),
    ("II.2.T1", "Đảng bộ tỉnh thực hiện Nghị quyết số 11-NQ/TW"),
    ("III.5.2", "giai đoạn 2020 - 2030."),
]
LEFT_AS_RECEIVED = [
    ("III.1.1", "tập hợp, nhân dân thực hiện"),
    ("III.2.6", "việc thực hiện, chính sách, pháp luật"),
    ("III.2.12", "đại đoàn kết toàn dân tại cộng đồng"),
    ("III.3.1", "xã; Phát huy vai trò"),
    ("III.3.1", "vụ án tham nhũng tiêu cực, xử lý"),
    ("III.3.1", "quy định Luật phòng, chống tham nhũng"),
    ("FN3", "ngày 14/2/2021"),
    ("III.4.1", "ngày 09/11/2022 Hội nghị"),
    ("III.5.2", "khơi tăng các nguồn vốn"),
    ("III.5.3", "thực hiện nghiêm minh, bảo đảm"),
    ("III.5.4", "kinh tế xã hội"),
    ("III.5.4", "công nghệ trí tuệ nhân tạo AI"),
    ("III.6.2", "số 217, 218-QĐ/TW"),
    ("N.2", "Văn phòng Trung ương Đảng, (báo cáo)"),
]


@dataclass
class Slip:
    offset: int
    original: str
    replacement: str


@dataclass
class Run:
    line: int
    start: int
    text: str


def test_corrections_apply_from_left_to_right_whatever_their_order() -> None:
    slips = [Slip(8, "c", ""), Slip(0, "a", "A"), Slip(2, "", "+")]
    assert apply_corrections("a b cd ec", slips) == "A +b cd e"
    assert apply_corrections("a b", []) == "a b"


def test_a_correction_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand at character 1"):
        apply_corrections("abc", [Slip(1, "c", "d")])
    with pytest.raises(ValueError, match="overlap at character 1"):
        apply_corrections("abc", [Slip(0, "ab", ""), Slip(1, "bc", "")])


def test_the_file_comes_back_from_pieces_with_its_empty_lines() -> None:
    assert rebuild_source([Run(4, 2, "c"), Run(4, 0, "ab"), Run(2, 0, "x")]) == "\nx\n\nabc"
    with pytest.raises(ValueError, match="line 2 is missing before column 1"):
        rebuild_source([Run(2, 1, "x")])


def test_a_paragraph_loses_only_its_dash_or_number() -> None:
    assert unmarked("- Phát huy - đổi mới") == "Phát huy - đổi mới"
    assert unmarked("2. Yêu cầu") == "Yêu cầu"
    assert unmarked("II. MỤC TIÊU") == "MỤC TIÊU"
    assert unmarked("100% cấp uỷ") == "100% cấp uỷ"


def test_the_received_file_is_rebuilt_to_the_byte(plan: Plan) -> None:
    assert rebuild_source(PassagePiece.objects.all()).encode() == SOURCE.read_bytes()


def test_received_is_the_pieces_joined_and_text_is_received_corrected(plan: Plan) -> None:
    for passage in Passage.objects.prefetch_related("pieces", "corrections"):
        assert passage.received == "".join(piece.glue + piece.text for piece in passage.pieces.all())
        approved = [correction for correction in passage.corrections.all() if correction.is_approved]
        assert passage.text == apply_corrections(passage.received, approved)
        assert "*" not in passage.text
        assert "  " not in passage.text


def test_passages_stand_in_the_order_of_the_file_and_halves_are_joined(plan: Plan) -> None:
    firsts = [passage.pieces.all()[0] for passage in Passage.objects.prefetch_related("pieces")]
    assert [(piece.line, piece.start) for piece in firsts] == sorted((piece.line, piece.start) for piece in firsts)
    joins = {
        passage.code: tuple(piece.line for piece in passage.pieces.all())
        for passage in Passage.objects.prefetch_related("pieces")
        if passage.pieces.count() > 1 and passage.kind != PassageKind.SIGNATURE
    }
    assert joins == JOINED
    assert list(PassagePiece.objects.filter(line=9).values_list("passage__code", flat=True)) == ["I", "I.1"]


def test_certain_corrections_are_applied(plan: Plan) -> None:
    texts = dict(Passage.objects.values_list("code", "text"))
    for code, words in [*CORRECTED.items(), *ALSO_CORRECTED]:
        assert words in texts[code]


def test_doubtful_readings_are_recorded_and_left_as_received(plan: Plan) -> None:
    texts = dict(Passage.objects.values_list("code", "text"))
    for code, words in LEFT_AS_RECEIVED:
        assert words in texts[code]
    for code, words in LEFT_AS_RECEIVED:
        assert any(
            correction.original in words and correction.original
            for correction in TextCorrection.objects.filter(passage__code=code)
        )
    assert not TextCorrection.objects.filter(is_approved=True).exclude(confidence=Confidence.SURE).exists()
    assert not TextCorrection.objects.filter(is_approved=False, confidence=Confidence.SURE).exists()
    start = TextCorrection.objects.get(original="")
    assert (start.passage.code, start.is_approved) == ("0.1", False)


def test_italics_are_kept_as_spans_of_the_text(plan: Plan) -> None:
    spans = {
        passage.code: [passage.text[start:end] for start, end in passage.italics]
        for passage in Passage.objects.all()
        if passage.italics
    }
    assert spans["III.2.5"] == ["Tăng cường giáo dục thế hệ trẻ"]
    assert spans["III.6.1"] == [
        "Đảng lãnh đạo, Nhà nước quản lý, Nhân dân làm chủ",
        "Dân biết, dân bàn, dân làm, dân kiểm tra, dân giám sát, dân thụ hưởng",
    ]
    assert spans["IV.1"] == ["hoàn thành trong quý II/2024", "thực hiện thường xuyên"]
    # The star is gone from the text and nothing else: two for each span.
    assert sum(map(len, spans.values())) * 2 == TextCorrection.objects.filter(original="*").count()


def test_footnotes_stand_at_the_passage_that_has_their_mark(plan: Plan) -> None:
    notes = Passage.objects.filter(kind=PassageKind.FOOTNOTE).select_related("footnote_to")
    assert {note.code: note.footnote_to.code for note in notes if note.footnote_to} == {
        "FN1": "III.3.1",
        "FN2": "III.3.2",
        "FN3": "III.3.3",
    }
    assert all(note.footnote_to and note.text[0] in note.footnote_to.text for note in notes)


def test_a_citation_is_a_span_of_the_text(plan: Plan) -> None:
    for citation in Citation.objects.select_related("passage"):
        assert citation.passage.text[citation.start : citation.end] == citation.printed


def test_every_document_is_cited_and_every_mention_of_the_resolution_found(plan: Plan) -> None:
    assert not LegalDocument.objects.filter(citations=None).exists()
    for document in LegalDocument.objects.exclude(symbol=""):
        mentions = sum(passage.text.count(document.symbol) for passage in Passage.objects.all())
        places = document.citations.filter(printed__contains=document.symbol).count()
        if document.symbol != "217-QĐ/TW":
            assert (document.symbol, places) == (document.symbol, mentions)
    shared = Citation.objects.filter(passage__code="III.6.2", document__symbol__in=["217-QĐ/TW", "218-QĐ/TW"])
    assert [row.printed for row in shared] == ["Quyết định số 217", "218-QĐ/TW"]


def test_dates_are_kept_as_printed_and_as_days(plan: Plan) -> None:
    received = " ".join(Passage.objects.values_list("received", flat=True))
    for document in LegalDocument.objects.all():
        assert document.date_printed in received
        assert bool(document.date_printed) == (document.issued_on is not None)
        if document.issued_on:
            day, month, year = map(int, document.date_printed.split("/"))
            assert (document.issued_on.day, document.issued_on.month, document.issued_on.year) == (day, month, year)
    undated = LegalDocument.objects.exclude(symbol="").filter(issued_on=None)
    assert set(undated.values_list("symbol", flat=True)) == {"21-KL/TW", "05-CT/TW", "124-QĐ/TW"}
