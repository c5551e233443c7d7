"""When an assignment is due at a body, how that is said, and what the calendar says of it on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils.translation import override

from tasks.choices import DeadlineKind, DueUnit, Timeliness, WorkState
from tasks.deadlines import Deadline, Ruling, days_in_words, deadline_of, in_words, timing_on

QUARTER_END = date(2024, 6, 30)
DAY_AFTER = date(2024, 7, 1)
LATER = date(2024, 9, 30)


@dataclass
class Item:
    """What of an assignment decides its deadline."""

    deadline_kind: str = DeadlineKind.FIXED
    deadline_printed: str = "hoàn thành trong quý II/2024"
    due_on: date | None = QUARTER_END
    due_unit: str = DueUnit.QUARTER


def undated(kind: DeadlineKind, printed: str = "") -> Item:
    """Return an assignment without a date."""
    return Item(kind, printed, None, "")


def at(item: Item, on: date = QUARTER_END, *rulings: Ruling, body: int | None = None) -> Deadline:
    """Return the deadline on a day."""
    return deadline_of(item, on=on, body_id=body, rulings=rulings)


def words(deadline: Deadline, language: str = "vi") -> str:
    """Return what a page says."""
    with override(language):
        return in_words(deadline)


def test_within_quarter_two_is_due_on_the_thirtieth_of_june() -> None:
    assert words(at(Item())) == "hạn trong quý II/2024 (30/6/2024)"
    assert words(at(Item()), "en") == "due within quarter II/2024 (30/6/2024)"


@pytest.mark.parametrize(
    ("unit", "due", "said"),
    [
        (DueUnit.DAY, QUARTER_END, "hạn 30/6/2024"),
        (DueUnit.MONTH, QUARTER_END, "hạn trong tháng 6/2024 (30/6/2024)"),
        (DueUnit.HALF, QUARTER_END, "hạn trong 6 tháng đầu năm 2024 (30/6/2024)"),
        (DueUnit.HALF, date(2024, 12, 31), "hạn trong 6 tháng cuối năm 2024 (31/12/2024)"),
        (DueUnit.YEAR, date(2024, 12, 31), "hạn trong năm 2024 (31/12/2024)"),
    ],
)
def test_the_span_that_the_plan_prints_is_said_with_its_last_day(unit: DueUnit, due: date, said: str) -> None:
    assert words(at(Item(due_on=due, due_unit=unit))) == said


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (undated(DeadlineKind.ONGOING, "thực hiện thường xuyên"), "thường xuyên"),
        (undated(DeadlineKind.ON_TRIGGER, "khi Trung ương chỉ đạo"), "khi Trung ương chỉ đạo"),
        (undated(DeadlineKind.ON_TRIGGER), "khi có chỉ đạo"),
        (undated(DeadlineKind.UNSPECIFIED), "không nêu thời hạn"),
    ],
)
def test_work_without_a_date_is_said_in_the_words_of_the_plan(item: Item, said: str) -> None:
    assert words(at(item)) == said
    assert not at(item).is_dated


def test_it_is_late_from_the_first_of_july() -> None:
    assert timing_on(at(Item()), on=QUARTER_END).timeliness == Timeliness.DUE_SOON
    assert timing_on(at(Item()), on=DAY_AFTER).timeliness == Timeliness.OVERDUE


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2024, 6, 15), Timeliness.ON_TIME),
        (date(2024, 6, 16), Timeliness.DUE_SOON),
        (QUARTER_END, Timeliness.DUE_SOON),
        (DAY_AFTER, Timeliness.OVERDUE),
    ],
)
def test_soon_begins_fourteen_days_before_the_due_date(on: date, found: Timeliness) -> None:
    assert timing_on(at(Item()), on=on).timeliness == found


def test_how_many_days_count_as_soon_is_an_argument() -> None:
    assert timing_on(at(Item()), on=date(2024, 6, 20), soon_days=5).timeliness == Timeliness.ON_TIME


def test_finished_work_is_never_overdue() -> None:
    timing = timing_on(at(Item()), on=LATER, state=WorkState.DONE)
    assert timing.timeliness == Timeliness.ON_TIME
    assert timing.is_done
    assert not timing.was_late


@pytest.mark.parametrize(("done_on", "late"), [(QUARTER_END, False), (DAY_AFTER, True)])
def test_a_document_finishes_the_work_and_its_date_says_whether_it_was_late(done_on: date, late: bool) -> None:
    timing = timing_on(at(Item()), on=LATER, state=WorkState.DOING, done_on=done_on)
    assert timing.is_done
    assert timing.was_late is late


def test_undated_work_has_no_due_date_to_miss() -> None:
    timing = timing_on(at(undated(DeadlineKind.ONGOING)), on=LATER, state=WorkState.IN_PROGRESS)
    assert timing.timeliness == Timeliness.NO_DATE
    assert days_in_words(timing) == ""


def test_an_extension_moves_the_date_and_leaves_the_first_one_standing() -> None:
    ruling = Ruling(decided_on=date(2024, 6, 20), due_on=LATER, document="Công văn 12")
    deadline = at(Item(), DAY_AFTER, ruling)
    assert deadline.due_on == LATER
    assert deadline.first_due_on == QUARTER_END
    assert words(deadline) == "gia hạn đến 30/9/2024 (hạn ban đầu 30/6/2024)"


def test_an_extension_counts_from_the_day_on_which_it_was_decided() -> None:
    ruling = Ruling(decided_on=date(2024, 7, 5), due_on=LATER, document="Công văn 12")
    assert at(Item(), DAY_AFTER, ruling).due_on == QUARTER_END
    assert at(Item(), date(2024, 7, 5), ruling).due_on == LATER


def test_an_extension_of_one_body_is_not_one_of_the_others() -> None:
    ruling = Ruling(decided_on=date(2024, 6, 20), due_on=LATER, document="Công văn 12", body_id=7)
    assert at(Item(), DAY_AFTER, ruling, body=7).due_on == LATER
    assert at(Item(), DAY_AFTER, ruling, body=8).due_on == QUARTER_END
    assert at(Item(), DAY_AFTER, ruling).due_on == QUARTER_END


def test_what_was_decided_last_holds() -> None:
    first = Ruling(decided_on=date(2024, 6, 20), due_on=LATER, document="Công văn 12")
    second = Ruling(decided_on=date(2024, 6, 25), due_on=date(2024, 8, 31), document="Công văn 15")
    assert at(Item(), DAY_AFTER, second, first).due_on == date(2024, 8, 31)


def test_on_the_same_day_the_own_extension_goes_before_the_common_one() -> None:
    common = Ruling(decided_on=date(2024, 6, 20), due_on=LATER, document="Công văn 12")
    own = Ruling(decided_on=date(2024, 6, 20), due_on=date(2024, 8, 31), document="Công văn 13", body_id=7)
    assert at(Item(), DAY_AFTER, own, common, body=7).due_on == date(2024, 8, 31)


def test_an_event_starts_the_clock_of_work_that_waits_for_it() -> None:
    item = undated(DeadlineKind.ON_TRIGGER, "khi Trung ương chỉ đạo")
    event = Ruling(decided_on=date(2025, 3, 1), due_on=date(2025, 6, 30), document="Kế hoạch 5", is_event=True)
    before, after = at(item, date(2025, 2, 28), event), at(item, date(2025, 3, 1), event)
    assert (before.due_on, after.due_on) == (None, date(2025, 6, 30))
    assert words(after) == "hạn 30/6/2025, xác định khi có chỉ đạo ngày 01/3/2025"
    assert timing_on(after, on=date(2025, 7, 1)).timeliness == Timeliness.OVERDUE


def test_an_event_without_a_date_is_told_and_sets_no_clock() -> None:
    item = undated(DeadlineKind.ON_TRIGGER, "khi Trung ương chỉ đạo")
    event = Ruling(decided_on=date(2025, 3, 1), due_on=None, document="Kế hoạch 5", is_event=True)
    assert words(at(item, LATER.replace(year=2025), event)) == "đã có chỉ đạo ngày 01/3/2025, chưa ấn định thời hạn"


@pytest.mark.parametrize(
    ("on", "said"),
    [(date(2024, 6, 27), "còn 3 ngày"), (QUARTER_END, "đến hạn hôm nay"), (date(2024, 7, 12), "quá hạn 12 ngày")],
)
def test_the_days_are_said_as_a_person_would(on: date, said: str) -> None:
    with override("vi"):
        assert days_in_words(timing_on(at(Item()), on=on)) == said
