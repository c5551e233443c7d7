"""The brief on one page: the three largest delays by bodies and days, what moved since last time, nothing invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from reports.brief import asked, changes, delays, headline, largest_delays
from reports.brief_length import LEAVING, on_one_page
from reports.choices import PeriodKind, Product
from reports.documents.pdf_file import printed_pages, render_pdf
from reports.documents.report_value import Layout
from reports.drafting import draft_sections
from reports.edition_papers import brief_of, signed
from reports.own_figures import unsourced
from reports.summary_refs import ComparedRef, CoverageThen
from reports.summary_values import Change, Summary
from tasks.choices import WorkState
from tests.documents import OpenedPdf, make_report
from tests.editions import signing
from tests.factories import at
from tests.random_summaries import DAY, LETTERHEAD, random_summary

LAST = ComparedRef(2, PeriodKind.FIRST_HALF, 2023, None, "", "6 tháng đầu năm 2023")


def late(summary: Summary, *numbers: int) -> Summary:
    """Return the summary with so many bodies late at its first assignments, all on the day after 30/6/2024."""
    bodies = tuple(row.body for row in summary.coverage.reports)
    rows = tuple(
        replace(row, overdue=bodies[:number]) for row, number in zip(summary.assignments, numbers, strict=False)
    )
    complete = replace(summary.coverage, missing=())
    return replace(summary, assignments=rows, coverage=complete, at=at(10, month=7))


def test_the_three_largest_delays_are_those_of_the_most_bodies() -> None:
    summary = late(random_summary(3), 1, 4, 0, 2, 3)
    assert [(delay.what, len(delay.bodies)) for delay in largest_delays(summary)] == [
        ("Nhiệm vụ 2", 4),
        ("Nhiệm vụ 5", 3),
        ("Nhiệm vụ 4", 2),
    ]


def test_of_equal_ones_the_longer_delay_comes_first_and_the_days_are_counted() -> None:
    summary = late(random_summary(3), 2, 2)
    older = replace(summary.assignments[1], due_on=date(2024, 5, 31))
    summary = replace(summary, assignments=(summary.assignments[0], older))
    first, second = delays(summary)
    assert str(first) == "Nhiệm vụ 2 (thời hạn 31/5/2024, quá 40 ngày): còn 02 địa phương, cơ quan: HU 1 và HU 2."
    assert "quá 10 ngày" in str(second)


def test_missing_reports_are_a_delay_too_and_long_lists_of_names_are_cut() -> None:
    summary = late(random_summary(3), 0)
    bodies = tuple(row.body for row in summary.coverage.reports)
    summary = replace(summary, coverage=replace(summary.coverage, missing=bodies[:9]))
    (only,) = delays(summary)
    assert str(only).startswith(
        "Báo cáo của kỳ này (thời hạn 18/6/2024, quá 22 ngày): còn 09 địa phương, cơ quan: HU 1"
    )
    assert str(only).endswith("HU 6 và 03 nơi khác.")


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        ((0,), "Việc chậm nhất"),
        ((2,), "Việc chậm nhất"),
        ((2, 2), "Hai việc chậm nhất"),
        ((2, 2, 2, 2), "Ba việc chậm nhất"),
    ],
)
def test_the_heading_counts_the_delays_that_stand_under_it(numbers: tuple[int, ...], title: str) -> None:
    sections = draft_sections(late(random_summary(3), *numbers), Product.BRIEF)
    assert [row.title for row in sections if row.key == "delays"] == [title]


def test_nothing_late_is_said_so() -> None:
    assert [str(row) for row in delays(late(random_summary(3), 0))] == [
        "Không có nhiệm vụ, báo cáo quá hạn tại thời điểm này."
    ]


def test_what_changed_is_told_with_both_figures() -> None:
    summary = random_summary(5)
    assert [str(row) for row in changes(summary)] == ["Chưa có kỳ trước để so sánh."]
    moved = replace(summary.groups[2], changes=(Change(WorkState.WITH_RESULTS, 4, 9),))
    counter = replace(summary.counters[0], before=summary.counters[0].in_period, is_comparable=True)
    told = changes(
        replace(
            summary,
            compared_with=LAST,
            coverage_then=CoverageThen(25, 20, 18, 19),
            groups=(moved,),
            counters=(counter,),
        )
    )
    accepted, expected = summary.coverage.accepted, summary.coverage.expected
    assert str(told[0]) == f"Báo cáo đã tổng hợp: {accepted:02d}/{expected:02d} (6 tháng đầu năm 2023: 19/25)."
    assert str(told[1]) == "Nhóm 3, triển khai có kết quả: từ 04 lên 09 địa phương, cơ quan."
    assert len(told) == 2
    assert not [words for row in told for words in unsourced(row.parts, ())]


def test_every_figure_of_the_brief_leads_to_its_rows() -> None:
    summary = late(random_summary(7), 3, 2, 1)
    for sentence in (*headline(summary), *delays(summary), *asked(summary.proposals)):
        assert all(figure.rows for figure in sentence.figures)
    assert any(sentence.figures for sentence in delays(summary))


def test_what_leaves_a_brief_first_is_stated() -> None:
    assert [tuple(step) for step in LEAVING] == [
        ("asked",),
        ("changes",),
        ("asked",),
        ("documents",),
        ("names",),
        ("names",),
        ("groups",),
        ("letters",),
    ]


def wordy(summary: Summary, letters: int) -> Summary:
    """Return the summary with titles and proposals of so many letters, and nine bodies late with each duty."""
    long = ("Quán triệt, triển khai Nghị quyết đến cán bộ, đảng viên và Nhân dân; " * 40)[:letters]
    summary = late(summary, 9, 9, 9, 9)
    notes = tuple(replace(note, text=long) for group in summary.proposals for note in group.notes)
    return replace(
        summary,
        compared_with=LAST,
        coverage_then=CoverageThen(25, 20, 18, 19),
        assignments=tuple(replace(row, title=long) for row in summary.assignments),
        groups=tuple(
            replace(row, title=long, changes=(Change(WorkState.WITH_RESULTS, 4, 9),)) for row in summary.groups
        ),
        proposals=tuple(replace(group, notes=notes) for group in summary.proposals),
        counters=tuple(
            replace(row, title=long, before=row.in_period + 1, is_comparable=True)
            for row in summary.counters
            if row.in_period is not None
        ),
    )


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("letters", [20, 100, 400, 2000])
def test_the_brief_has_one_page_however_much_there_is_to_say(letters: int, layout: Layout) -> None:
    summary = wordy(random_summary(letters), letters)
    with override("vi"):
        drafted = brief_of(summary, LETTERHEAD, on=DAY, layout=layout)
        given = signing(recipients=("A",) * 6).signing
        assert given is not None
        report = signed(drafted, given, LETTERHEAD, on=DAY)
        report = replace(report, head=replace(report.head, mark="DỰ THẢO LẦN 1"))
    (page,) = OpenedPdf(render_pdf(report)).texts()
    assert "BÁO CÁO TÓM TẮT" in page
    assert "BA VIỆC CHẬM NHẤT" in page
    assert page.count("quá 10 ngày") == 3
    assert "THAY ĐỔI SO VỚI KỲ TRƯỚC" in page
    assert printed_pages(report) == 1


def test_a_short_brief_says_everything_and_a_long_one_leaves_out_in_order() -> None:
    summary = late(random_summary(3), 1)
    told = on_one_page(summary)
    assert told["headline"] == headline(summary)
    assert told["asked"] == asked(summary.proposals)
    many = on_one_page(wordy(random_summary(3), 2000))
    assert [len(many[key]) for key in ("headline", "delays", "changes", "asked")] == [1, 3, 3, 0]
    assert all(" …" in str(row) for row in many["delays"])


def test_a_text_of_two_pages_is_counted_as_two() -> None:
    assert printed_pages(make_report(times=18)) == 2
