"""The way of an edition: who may take which step when, what stands in its way, and what is frozen at the end."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from plan_tracker.audit.models import Entry
from reports.choices import PeriodState, Product
from reports.choices_editions import EditionState, Handling
from reports.documents.report_json import from_data
from reports.edition_moves import EditionData
from reports.edition_seal import is_intact
from reports.edition_steps import TABLE, offered_steps
from reports.models import Edition, EditionComment, EditionSection, Notice, Period
from reports.moves import MOVED, NOT_MET, StepRefused
from tasks.models import Delegation, Plan
from tests.editions import issue, make_ready, opened, signing, take
from tests.factories import at
from tests.people import TODAY, Cast, standing

pytestmark = pytest.mark.django_db
State = EditionState


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make_ready(cast)


def sentences(edition: Edition, step: str, cast: Cast, **given: object) -> str:
    """Return why a step is refused."""
    actor = cast.leader if step in {"approve", "send_back"} else cast.reviewer
    with pytest.raises(StepRefused) as refused:
        take(edition, step, actor, **given)
    assert refused.value.code == NOT_MET
    return str(refused.value)


def draft_to(cast: Cast, **given: object) -> EditionData:
    return EditionData(bodies=(cast.district,), **given)  # type: ignore[arg-type]


def test_a_report_goes_from_draft_to_issued_and_every_step_is_kept(cast: Cast, edition: Edition) -> None:
    take(edition, "send_out", cast.reviewer, data=draft_to(cast, draft_number=1))
    after = issue(edition, cast)
    assert after.state == State.ISSUED
    steps = [(step.step, step.from_state, step.to_state, step.taken_by) for step in after.steps.all()]
    assert steps == [
        ("send_out", "draft", "draft", cast.reviewer),
        ("hand_up", "draft", "in_review", cast.reviewer),
        ("approve", "in_review", "approved", cast.leader),
        ("issue", "approved", "issued", cast.reviewer),
    ]


def test_each_step_is_taken_by_its_own_people_only(cast: Cast, edition: Edition) -> None:
    people = {
        "send_out": {cast.reviewer},
        "hand_up": {cast.reviewer},
        "take_back": {cast.reviewer},
        "send_back": {cast.leader},
        "approve": {cast.leader},
        "issue": {cast.reviewer, cast.leader},
        "correct": {cast.reviewer},
    }
    assert {row.name for row in TABLE} == set(people)
    for row in TABLE:
        for user in (cast.preparer, cast.reviewer, cast.leader, cast.viewer, cast.administrator):
            assert row.who(standing(user), edition) == (user in people[row.name]), (row.name, user)


def test_a_step_of_another_state_or_person_changes_nothing(cast: Cast, edition: Edition) -> None:
    with pytest.raises(PermissionDenied):
        take(edition, "hand_up", cast.leader)
    with pytest.raises(StepRefused) as refused:
        take(edition, "approve", cast.leader)
    assert refused.value.code == MOVED
    edition.refresh_from_db()
    assert (edition.state, edition.steps.count()) == (State.DRAFT, 0)


def test_the_second_of_two_is_told_who_was_first(cast: Cast, edition: Edition) -> None:
    take(edition, "hand_up", cast.reviewer)
    take(edition, "send_back", cast.leader, reason="Bổ sung phần hạn chế.")
    with pytest.raises(StepRefused, match="chuyển lại để sửa"):
        take(edition, "approve", cast.leader)


def test_pressed_twice_is_taken_once(cast: Cast, edition: Edition) -> None:
    for _press in range(2):
        take(edition, "send_out", cast.reviewer, data=draft_to(cast, draft_number=1))
    for _press in range(2):
        assert take(edition, "hand_up", cast.reviewer).state == State.IN_REVIEW
    assert (edition.drafts.count(), edition.steps.count()) == (1, 2)


def test_a_section_that_no_report_asks_for_any_more_holds_nothing_up(cast: Cast, edition: Edition) -> None:
    left = EditionSection.objects.create(edition=edition, key="proposals:centre", text="Kiến nghị riêng.", is_own=True)
    assert ": V." in sentences(edition, "hand_up", cast)
    EditionSection.objects.filter(pk=left.pk).update(text="", is_own=False)
    assert take(edition, "hand_up", cast.reviewer).state == State.IN_REVIEW


def test_the_leader_sends_back_with_a_reason_and_the_composers_are_told(cast: Cast, edition: Edition) -> None:
    take(edition, "hand_up", cast.reviewer)
    assert Notice.objects.filter(user=cast.leader, text__contains="chờ").exists()
    assert "lý do" in sentences(edition, "send_back", cast, reason="  ")
    after = take(edition, "send_back", cast.leader, reason="Bổ sung phần hạn chế.")
    assert (after.state, after.steps.last().reason) == (State.DRAFT, "Bổ sung phần hạn chế.")  # type: ignore[union-attr]
    assert Notice.objects.filter(user=cast.second_reviewer, text__contains="dự thảo").exists()


def test_an_approval_that_is_sent_back_is_no_approval(cast: Cast, edition: Edition) -> None:
    take(edition, "hand_up", cast.reviewer)
    assert take(edition, "approve", cast.leader).approved_by == cast.leader
    assert take(edition, "send_back", cast.leader, reason="Sửa.").approved_by is None


def test_a_draft_goes_out_numbered_to_named_bodies(cast: Cast, edition: Edition) -> None:
    for number in (1, 2):
        take(
            edition,
            "send_out",
            cast.reviewer,
            data=draft_to(cast, draft_number=number, comments_by=at(20, month=7).date()),
        )
    first, second = edition.drafts.all()
    assert [draft.number for draft in (first, second)] == [1, 2]
    assert first.sent_to == "Huyện uỷ A" and list(first.addressees.all()) == [cast.district]
    assert from_data(second.content).head.mark == "DỰ THẢO LẦN 2"
    assert Notice.objects.filter(user=cast.preparer, text__contains="Dự thảo lần 1").exists()
    assert not Notice.objects.filter(user=cast.other_preparer).exists()


def test_a_draft_needs_somebody_to_go_to_and_a_day_to_come(cast: Cast, edition: Edition) -> None:
    assert "ít nhất một" in sentences(edition, "send_out", cast)
    past = draft_to(cast, comments_by=at(1).date())
    assert "đã qua" in sentences(edition, "send_out", cast, data=past)


def test_open_comments_hold_a_report_back(cast: Cast, edition: Edition) -> None:
    take(edition, "send_out", cast.reviewer, data=draft_to(cast))
    comment = EditionComment.objects.create(
        draft=edition.drafts.get(), body=cast.district, text="Bổ sung.", received_on=at(), recorded_by=cast.reviewer
    )
    assert "01 ý kiến" in sentences(edition, "hand_up", cast) or "1 ý kiến" in sentences(edition, "hand_up", cast)
    offer = offered_steps(edition, standing(cast.reviewer))["hand_up"]
    assert len(offer.faults) == 1
    EditionComment.objects.filter(pk=comment.pk).update(handling=Handling.TAKEN)
    assert take(edition, "hand_up", cast.reviewer).state == State.IN_REVIEW


def test_nothing_is_done_for_a_cancelled_period(cast: Cast, edition: Edition) -> None:
    Period.objects.update(state=PeriodState.CANCELLED)
    assert "huỷ" in sentences(edition, "hand_up", cast)


@pytest.mark.parametrize(
    ("field", "value", "word"), [("symbol", "", "số"), ("issued_on", None, "ngày")], ids=("number", "date")
)
def test_issue_is_refused_while_the_plan_has_no_number_or_date(
    cast: Cast, edition: Edition, field: str, value: object, word: str
) -> None:
    take(edition, "hand_up", cast.reviewer)
    take(edition, "approve", cast.leader)
    Plan.objects.update(**{field: value})
    told = sentences(edition, "issue", cast, data=signing())
    assert f"{word} của kế hoạch" in told.lower()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"number": ""}, "45-BC/BDVTU"),
        ({"number": "45-BC/TU"}, "-BC/BDVTU"),
        ({"number": "45-KH/BDVTU"}, "-BC/BDVTU"),
        ({"signed_on": None}, "ngày"),
        ({"signed_on": at(30, month=12).date()}, "chưa tới"),
        ({"term": "2020 - 2026"}, "nhiệm kỳ"),
        ({"signatory": " "}, "người ký"),
        ({"position": ""}, "chức vụ"),
        ({"recipients": ()}, "nơi nhận"),
        ({"authority": "T/M"}, "không ký T/M"),
        ({"authority": ""}, "TRƯỞNG BAN"),
        ({"position": "CHÁNH VĂN PHÒNG"}, "PHÓ TRƯỞNG BAN"),
    ],
)
def test_issue_is_refused_while_a_block_is_missing_or_wrong(
    cast: Cast, edition: Edition, fields: dict[str, object], told: str
) -> None:
    take(edition, "hand_up", cast.reviewer)
    take(edition, "approve", cast.leader)
    assert told in sentences(edition, "issue", cast, data=signing(**fields))
    edition.refresh_from_db()
    assert edition.state == State.APPROVED and not edition.files.exists()


def test_a_number_is_taken_once_in_a_term(cast: Cast, edition: Edition) -> None:
    issue(edition, cast)
    other = opened(edition.period, cast, Product.BRIEF)
    take(other, "hand_up", cast.reviewer)
    take(other, "approve", cast.leader)
    assert "45-BC/BDVTU" in sentences(other, "issue", cast, data=signing())
    assert take(other, "issue", cast.reviewer, data=signing(number="Số 46-BC/BDVTU")).symbol == "46-BC/BDVTU"


def test_what_is_issued_is_the_paper_of_that_day_sealed_with_its_files(cast: Cast, edition: Edition) -> None:
    after = issue(edition, cast, number="5")
    assert after.content
    report = from_data(after.content)
    assert (after.symbol, report.head.number) == ("05-BC/BDVTU", "Số 05-BC/BDVTU")
    assert report.head.place_and_day == "Lạng Sơn, ngày 05 tháng 7 năm 2024"
    assert report.signature.authority == ("K/T TRƯỞNG BAN",)
    assert (report.signature.position, report.signature.name) == ("PHÓ TRƯỞNG BAN", "Người ký A")
    assert report.recipients == ("Ban Thường vụ Tỉnh uỷ (báo cáo)", "Lưu Văn phòng Ban")
    names = sorted(after.files.values_list("name", flat=True))
    assert names == [f"bao-cao-tong-hop-6-thang-dau-nam-2024.{kind}" for kind in ("docx", "pdf", "xlsx")]
    assert len(after.sha256) == 64 and is_intact(Edition.objects.get(pk=after.pk))
    assert Notice.objects.filter(user=cast.viewer, text__contains="05-BC/BDVTU").exists()


def test_who_has_sent_what_is_annexed_where_that_is_wanted(cast: Cast, edition: Edition) -> None:
    after = issue(edition, cast, with_all_reports=True)
    assert after.content
    last = from_data(after.content).annexes[-1]
    assert last.subject.startswith("Tình hình gửi báo cáo")
    assert [row[1] for row in last.rows] == ["Huyện uỷ A", "Huyện uỷ B"]
    assert [row[-1] for row in last.rows] == ["đúng hạn", "chưa gửi"]


def test_a_correction_is_a_new_edition_that_supersedes(cast: Cast, edition: Edition) -> None:
    edition.sections.filter(key="direction").update(text="Đã ban hành.", is_own=True)
    issued = issue(edition, cast)
    new = take(issued, "correct", cast.reviewer, reason="Đính chính số liệu.")
    assert (new.version, new.state, new.supersedes_id) == (2, State.DRAFT, issued.pk)
    assert [(row.key, row.text) for row in new.sections.filter(is_own=True)] == [("direction", "Đã ban hành.")]
    with pytest.raises(StepRefused):
        take(issued, "correct", cast.second_reviewer, reason="Nữa.")
    new.sections.update(is_ready=True)
    issue(new, cast, number="46")
    issued.refresh_from_db()
    assert issued.state == State.SUPERSEDED
    assert issued.steps.last().step == "supersede"  # type: ignore[union-attr]
    assert is_intact(issued)


def test_an_approval_in_the_leaders_place_says_so_in_the_history_and_in_the_trail(cast: Cast, edition: Edition) -> None:
    take(edition, "hand_up", cast.reviewer)
    Delegation.objects.create(
        membership=cast.leader.memberships.get(),
        receiver=cast.reviewer,
        starts_on=TODAY,
        ends_on=TODAY,
        reason="Đi công tác",
        made_by=cast.leader,
        made_at=at(),
    )
    take(edition, "approve", cast.reviewer)
    step = edition.steps.get(step="approve")
    assert (step.taken_by, step.on_behalf_of) == (cast.reviewer, cast.leader.get_full_name())
    assert "thay mặt" in step.who
    entry = Entry.objects.filter(table="reports_editionstep", action="created").first()
    assert entry is not None
    assert (entry.actor, entry.on_behalf_of) == (cast.reviewer.username, cast.leader.get_full_name())
    assert edition.steps.get(step="hand_up").on_behalf_of == ""
