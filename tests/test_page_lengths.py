"""The reckoned length of a text against the pages of the PDF that is made of it."""

from __future__ import annotations

import random

import pytest

from reports.documents.pdf_file import render_pdf
from reports.documents.report_value import Heading, paragraphs
from reports.page_lengths import pages_of
from tests.documents import OpenedPdf, make_report

TEXT = (
    "Đã tổ chức đối thoại với Nhân dân tại các xã giải quyết dứt điểm kiến nghị về đất đai thành lập tổ dân vận ở tất "
    "cả các thôn khối phố trong huyện quán triệt chương trình hành động kế hoạch thực hiện"
)


@pytest.mark.parametrize(("number", "fewest", "most"), [(120, 10, 30), (60, 60, 120), (150, 30, 80)])
def test_the_length_is_near_enough_to_plan_with(number: int, fewest: int, most: int) -> None:
    dice = random.Random(number)  # noqa: S311 - texts for a test
    texts = [f"- {' '.join(dice.choices(TEXT.split(), k=dice.randint(fewest, most)))}." for _ in range(number)]
    blocks = (Heading("I.", "KẾT QUẢ", 1), *(row for text in texts for row in paragraphs(text)))
    printed = len(OpenedPdf(render_pdf(make_report(blocks=blocks))).texts())
    assert abs(float(pages_of(texts)) - printed) <= max(1, 0.1 * printed)


def test_nothing_takes_no_room() -> None:
    assert pages_of([]) == pages_of([""]) == 0
