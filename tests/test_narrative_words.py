"""What a report says of indicators and of bodies' own words: figure, date and source, and whose words they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports import narrative
from reports.coverage_values import BodyRef, Source
from reports.figure_values import IndicatorValue
from reports.own_figures import unsourced
from reports.passages import DIFFICULTY, raised, told_by
from reports.summary_values import GatheredNote
from reports.told import Sentence
from targets.choices import Evaluation, ObservationStatus, Verdict
from tests.test_narrative import BODIES, rows, text

INCOME = IndicatorValue(
    code="T2.2",
    title="GRDP bình quân đầu người",
    target="T2",
    evaluation=Evaluation.END_STATE,
    unit="triệu đồng",
    decimals=1,
    goal="",
    latest=Decimal("59.8"),
    covers_from=date(2023, 1, 1),
    covers_to=date(2023, 12, 31),
    status=ObservationStatus.OFFICIAL,
    source="Cục Thống kê",
    verdict=Verdict.ON_TRACK,
    reason="",
    is_stale=False,
    readings=(),
    reported=None,
    numerator=None,
    denominator=None,
    asked=0,
    missing=(),
)
POOR = replace(
    INCOME,
    code="T3.1",
    title="Hộ nghèo giảm",
    evaluation=Evaluation.ANNUAL_CHANGE,
    unit="%",
    decimals=2,
    latest=Decimal("2.32"),
    before=Decimal("3.36"),
)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (INCOME, "GRDP bình quân đầu người: 59,8 triệu đồng (năm 2023; chính thức; nguồn: Cục Thống kê)."),
        (
            replace(INCOME, covers_from=date(2021, 1, 1), covers_to=date(2025, 12, 31), status=None, source=""),
            "GRDP bình quân đầu người: 59,8 triệu đồng (giai đoạn 2021 - 2025).",
        ),
        (
            replace(INCOME, title="Xã đạt chuẩn nông thôn mới", unit="xã", decimals=0, latest=Decimal(6)),
            "Xã đạt chuẩn nông thôn mới: 06 xã (năm 2023; chính thức; nguồn: Cục Thống kê).",
        ),
        (
            POOR,
            "Hộ nghèo giảm (tỷ lệ cuối kỳ): 2,32% (năm 2023; giảm 1,04 điểm phần trăm so với 3,36%; chính thức; "
            "nguồn: Cục Thống kê).",
        ),
        (replace(INCOME, latest=None), ""),
    ],
)
def test_an_indicator_is_figure_date_and_source_and_never_a_verdict(row: IndicatorValue, sentence: str) -> None:
    told = narrative.indicator(row)
    assert text(told) == sentence
    assert rows(told) <= {f"indicator-{row.code.replace('.', '-')}"}
    assert told is None or not list(unsourced(told.parts, ()))


def note(words: str, *bodies: BodyRef) -> GatheredNote:
    sources = tuple(Source(body, body.pk, "closing") for body in bodies)
    return GatheredNote(words, sources, wordings=tuple((source, words) for source in sources))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (raised(note("Thiếu kinh phí.", BODIES[0]), "d", DIFFICULTY), "Thiếu kinh phí (Huyện uỷ A)."),
        (raised(note("Thiếu kinh phí", *BODIES), "d", DIFFICULTY), "Thiếu kinh phí (03 địa phương, cơ quan nêu)."),
        (told_by(note("Chỉ đạo sát sao", BODIES[0]), "s", "strengths"), "Huyện uỷ A: Chỉ đạo sát sao."),
        (
            told_by(note("Chỉ đạo sát sao.", *BODIES[:2]), "s", "strengths"),
            "Chỉ đạo sát sao (02 địa phương, cơ quan nêu).",
        ),
    ],
)
def test_words_of_bodies_say_whose_they_are(told: Sentence, sentence: str) -> None:
    assert str(told) == sentence
    assert len(told.quotes) == len(told.sources)
