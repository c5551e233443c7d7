"""What goes over when bodies change: open reports and what is owed, memberships, and that undoing leaves no trace."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plan_tracker.lib.dates import ZONE
from reports.choices import SubmissionState
from reports.handover import confirm, read_handover, take_back, what_depends
from reports.handover_values import Choices
from reports.models import Expectation, Period, Remark, Submission, TelephoneReminder
from reports.permissions import can_prepare, can_send, submissions_visible_to
from tasks.choices import ChangeState, Role
from tasks.journal import UndoRefused
from tasks.models import Body, BodyChange, BodyName, Membership, Succession
from tasks.reorganisation import ChangeRefused, read_draft
from tests.factories import at, make_body, make_entry, make_group, make_period, make_plan, make_submission
from tests.people import Cast, make_cast, make_user, standing

DAY = date(2025, 7, 1)
NOW = datetime(2025, 7, 2, 9, tzinfo=ZONE)
LATER = datetime(2025, 8, 1, 9, tzinfo=ZONE)
NEW: dict[str, Any] = {"kind": "commune", "level": "commune_level", "order": 1_000_000}


def draw_up(*pairs: tuple[str, str, str], new: tuple[str, ...] = (), **proposal: Any) -> BodyChange:
    """Draw up a change of 1/7/2025; `new` names the bodies that it makes."""
    bodies = [NEW | {"code": code, "name": f"Đảng uỷ {code}", "short_name": code} for code in new]
    return BodyChange.objects.create(
        code=f"thay-doi-{BodyChange.objects.count()}",
        title="Sắp xếp",
        happened_on=DAY,
        created_at=NOW,
        proposal={"pairs": [list(pair) for pair in pairs], "bodies": bodies} | proposal,
    )


def split() -> BodyChange:
    """Draw up the end of district A, which two new communes follow."""
    return draw_up(("hu-a", "xa-1", "split"), ("hu-a", "xa-2", "split"), new=("xa-1", "xa-2"))


def half(**fields: Any) -> Period:
    """Make a period whose window ends after the change."""
    window = {"data_from": date(2025, 1, 1), "data_to": date(2025, 12, 31)}
    return make_period(bodies=[make_body("hu-a"), make_body("hu-b")], year=2025, **(window | fields))


def owed(period: Period) -> list[str]:
    return list(period.expectations.order_by("body__order").values_list("body__code", flat=True))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_confirming_ends_the_old_bodies_and_begins_the_new(cast: Cast) -> None:
    BodyName.objects.create(body=cast.district, name="Huyện uỷ A", short_name="A")
    confirm(split(), Choices(), actor=cast.administrator, at=NOW)
    assert Body.objects.get(code="hu-a").valid_to == date(2025, 6, 30)
    assert BodyName.objects.get(body=cast.district).valid_to == date(2025, 6, 30)
    assert Body.objects.get(code="xa-1").valid_from == DAY
    assert Succession.objects.filter(predecessor=cast.district).count() == 2


def test_those_that_exist_on_the_last_day_owe_the_report(cast: Cast) -> None:
    period = half()
    confirm(split(), Choices(), actor=None, at=NOW)
    assert owed(period) == ["hu-b", "xa-1", "xa-2"]


def test_a_report_on_a_window_before_the_change_stays_the_old_bodys_and_is_finished_by_the_receiver(cast: Cast) -> None:
    period = half(data_to=date(2025, 6, 14))
    expectation = period.expectations.get(body=cast.district)
    draft = make_submission(expectation, cast.preparer)
    clerk = make_user("clerk", make_body("xa-1", **NEW), Role.PREPARER, Role.SENDER)
    Body.objects.filter(code="xa-1").update(valid_from=DAY)
    confirm(split(), Choices(reports={expectation.pk: "xa-1"}), actor=None, at=NOW)
    draft = Submission.objects.get(pk=draft.pk)
    assert draft.expectation.body == cast.district
    assert can_prepare(standing(clerk, DAY), draft)
    assert can_send(standing(clerk, DAY), draft)
    assert submissions_visible_to(standing(clerk, DAY)).filter(pk=draft.pk).exists()


def test_an_open_draft_inside_the_window_goes_over_with_its_remarks_and_its_extension(cast: Cast) -> None:
    period = half()
    expectation = period.expectations.get(body=cast.district)
    expectation.extended_to = LATER
    expectation.save()
    draft = make_submission(expectation, cast.preparer, SubmissionState.RETURNED)
    Remark.objects.create(
        expectation=expectation, raised_in=draft, line="closing", text="Nêu rõ.", asked_by=cast.reviewer, asked_at=NOW
    )
    confirm(split(), Choices(reports={expectation.pk: "xa-1"}), actor=None, at=NOW)
    moved = Expectation.objects.get(pk=expectation.pk)
    assert (moved.body.code, moved.taken_over_from, moved.extended_to) == ("xa-1", cast.district, LATER)
    assert moved.remarks.count() == 1
    assert owed(period) == ["hu-b", "xa-1", "xa-2"]


def test_without_a_choice_an_open_draft_stays_where_it_was(cast: Cast) -> None:
    expectation = half().expectations.get(body=cast.district)
    make_submission(expectation, cast.preparer)
    handover = confirm(split(), Choices(), actor=None, at=NOW)
    assert [report.expectation for report in handover.reports] == [expectation]
    assert Expectation.objects.get(pk=expectation.pk).body == cast.district


def test_two_drafts_of_bodies_that_merge_do_not_become_one(cast: Cast) -> None:
    period = half()
    for expectation in period.expectations.all():
        make_submission(expectation, cast.preparer)
    change = draw_up(("hu-a", "chung", "merge"), ("hu-b", "chung", "merge"), new=("chung",))
    choices = Choices(reports={row.pk: "chung" for row in period.expectations.all()})
    confirm(change, choices, actor=None, at=NOW)
    assert sorted(owed(period)) == ["chung", "hu-b"]
    assert "chung" in period.expectations.get(body__code="hu-b").exempt_reason


def test_a_closing_report_is_owed_only_where_it_was_asked_for(cast: Cast) -> None:
    period = half()
    mine = period.expectations.get(body=cast.district)
    confirm(split(), Choices(closing=frozenset({mine.pk})), actor=None, at=NOW)
    assert sorted(owed(period)) == ["hu-a", "hu-b", "xa-1", "xa-2"]
    assert Expectation.objects.get(pk=mine.pk).is_closing


def test_accepted_reports_keep_the_old_name_and_are_read_by_those_that_follow(cast: Cast) -> None:
    expectation = half().expectations.get(body=cast.district)
    accepted = make_submission(expectation, cast.preparer, SubmissionState.ACCEPTED)
    confirm(split(), Choices(reports={expectation.pk: "xa-1"}), actor=None, at=NOW)
    clerk = make_user("clerk", make_body("xa-2"), Role.PREPARER)
    assert Expectation.objects.get(pk=expectation.pk).body == cast.district
    assert list(submissions_visible_to(standing(clerk, DAY))) == [accepted]
    assert not can_prepare(standing(clerk, DAY), accepted)


def test_a_membership_moves_only_by_choice(cast: Cast) -> None:
    preparer = Membership.objects.get(user=cast.preparer)
    confirm(split(), Choices(seats={preparer.pk: "xa-2"}), actor=None, at=NOW)
    assert [seat.body.code for seat in standing(cast.preparer, DAY).seats] == ["xa-2"]
    assert [seat.body.code for seat in standing(cast.preparer, date(2025, 6, 30)).seats] == ["hu-a"]
    assert [seat.body.code for seat in standing(cast.sender, DAY).seats] == ["hu-a"]


def test_a_code_that_is_no_receiver_moves_nothing(cast: Cast) -> None:
    seat = Membership.objects.get(user=cast.preparer)
    confirm(split(), Choices(seats={seat.pk: "hu-b"}), actor=None, at=NOW)
    assert [one.body.code for one in standing(cast.preparer, DAY).seats] == ["hu-a"]


def test_what_would_be_nonsense_is_refused_in_words(cast: Cast) -> None:
    first = split()
    confirm(first, Choices(), actor=None, at=NOW)
    with pytest.raises(ChangeRefused, match="đã được xác nhận"):
        confirm(first, Choices(), actor=None, at=NOW)
    back = draw_up(("xa-1", "hu-a", "rename"))
    with pytest.raises(ChangeRefused):
        confirm(back, Choices(), actor=None, at=NOW)
    assert BodyChange.objects.get(pk=back.pk).state == ChangeState.DRAFT


def remind(period: Period, body: Body, user: Any) -> Expectation:
    """Let somebody have been reminded, by telephone, of a report."""
    expectation = period.expectations.get(body=body)
    TelephoneReminder.objects.create(expectation=expectation, called_by=user, called_at=NOW, office="Văn phòng")
    return expectation


def test_a_report_that_somebody_was_reminded_of_stays_as_exempt_and_comes_back_when_undone(cast: Cast) -> None:
    period = half()
    reminded = remind(period, cast.district, cast.reviewer)
    change = split()
    confirm(change, Choices(), actor=cast.administrator, at=NOW)
    assert owed(period) == ["hu-a", "hu-b", "xa-1", "xa-2"]
    assert Expectation.objects.get(pk=reminded.pk).exempt_reason
    change.refresh_from_db()
    assert not read_handover(read_draft(change)).reports
    take_back(change, actor=cast.administrator, at=LATER)
    assert not Expectation.objects.get(pk=reminded.pk).exempt_reason


def test_a_receiver_that_was_reminded_of_its_own_report_finishes_the_one_that_was_begun(cast: Cast) -> None:
    period = half()
    begun = period.expectations.get(body=cast.district)
    make_submission(begun, cast.preparer)
    own = remind(period, cast.other_district, cast.reviewer)
    change = draw_up(("hu-a", "hu-b", "absorb"))
    confirm(change, Choices(reports={begun.pk: "hu-b"}), actor=cast.administrator, at=NOW)
    begun.refresh_from_db()
    assert begun.held_by == cast.other_district and Expectation.objects.get(pk=own.pk).exempt_reason
    assert can_prepare(standing(cast.other_preparer, on=DAY), begun.submissions.get())


def snapshot() -> dict[str, list[Any]]:
    """Return every row of ours without the change, its journal, and what people were told."""
    outside = {"tasks.bodychange", "tasks.changeentry", "reports.notice"}
    found = {}
    for name in ("tasks", "targets", "reports"):
        for table in apps.get_app_config(name).get_models(include_auto_created=True):
            if table._meta.label_lower not in outside:
                found[table._meta.label] = sorted(map(repr, table._base_manager.values()))
    return found


def test_undoing_restores_every_row(cast: Cast) -> None:
    period = half()
    mine = period.expectations.get(body=cast.district)
    make_entry(make_submission(mine, cast.preparer), group=make_group(make_plan()))
    half(own_title="Không ai viết", data_to=date(2025, 12, 30))
    seat = Membership.objects.get(user=cast.preparer)
    change, before = split(), snapshot()
    confirm(change, Choices({mine.pk: "xa-1"}, {seat.pk: "xa-1"}), actor=cast.administrator, at=NOW)
    assert snapshot() != before
    take_back(change, actor=cast.administrator, at=LATER)
    assert snapshot() == before


def test_it_cannot_be_undone_once_a_report_depends_on_it(cast: Cast) -> None:
    period = half()
    change = split()
    confirm(change, Choices(), actor=None, at=NOW)
    make_submission(period.expectations.get(body__code="xa-1"), cast.preparer, moment=LATER)
    assert what_depends(BodyChange.objects.get(pk=change.pk))
    with pytest.raises(UndoRefused, match="xa-1"):
        take_back(change, actor=None, at=LATER)
    assert Body.objects.get(code="hu-a").valid_to is not None


def test_it_cannot_be_undone_over_what_somebody_altered_since(cast: Cast) -> None:
    change = split()
    confirm(change, Choices(), actor=None, at=NOW)
    Body.objects.filter(code="hu-a").update(valid_to=date(2025, 5, 31))
    with pytest.raises(UndoRefused):
        take_back(change, actor=None, at=LATER)
    assert Succession.objects.count() == 2


codes = st.sampled_from(["hu-a", "hu-b", "hu-c", "x-1", "x-2", "x-3"])
pair = st.tuples(codes, codes, st.sampled_from(["merge", "split", "rename", "absorb"]))


class UndoingRandomChanges(TestCase):
    """Whatever is confirmed, undoing it leaves the database as it was."""

    @settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(pair, min_size=1, max_size=5, unique_by=lambda one: one[:2]), st.booleans(), st.booleans())
    def test_undo_restores_all_rows(self, pairs: list[tuple[str, str, str]], written: bool, chosen: bool) -> None:
        for code in ("hu-a", "hu-b", "hu-c"):
            make_user(f"user-{code}", make_body(code), Role.PREPARER)
        period = half()
        if written:
            clerk = make_user("writer")
            make_submission(period.expectations.get(body__code="hu-a"), clerk, moment=at())
        change, before = draw_up(*pairs, new=("x-1", "x-2", "x-3")), snapshot()
        handover = read_handover(read_draft(change))
        reports = {row.expectation.pk: row.receivers[0].code for row in handover.reports if row.receivers and chosen}
        seats = {row.membership.pk: row.receivers[-1].code for row in handover.seats if row.receivers and chosen}
        try:
            confirm(change, Choices(reports, seats), actor=None, at=NOW)
        except ChangeRefused:
            assert snapshot() == before
            return
        take_back(change, actor=None, at=LATER)
        assert snapshot() == before
