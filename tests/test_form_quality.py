"""What is worth a second look: far figures and texts seen before; asked about, never refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.choices import Depth, PeriodKind
from reports.models import CounterValue, Submission
from reports.quality import is_far, is_same
from tests.factories import make_entry
from tests.form_pages import Scene, earlier_report, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db
LONG = (
    "Trong kỳ đã tổ chức bốn hội nghị quán triệt với sự tham gia của đông đảo cán bộ, đảng viên và Nhân dân"
    " trên địa bàn, góp phần nâng cao nhận thức về khối đại đoàn kết toàn dân tộc."
)


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def asked(scene: Scene, submission: Submission) -> dict[str, str]:
    """Return what the page of the check asks about, by line."""
    response = signed_in(scene.cast.preparer).get(page("report_check", submission.pk))
    return {finding.line: finding.sentence for finding in response.context["asks"]}


@pytest.mark.parametrize(
    ("now", "last", "far"),
    [
        ("30", "10", True),
        ("29", "10", False),
        ("9", "1", False),
        ("0", "12", True),
        ("4", "12", True),
        ("5", "12", False),
    ],
)
def test_a_figure_is_far_at_three_times_or_a_third(now: str, last: str, far: bool) -> None:
    assert is_far(Decimal(now), Decimal(last)) is far


def test_two_texts_are_one_when_eight_tenths_of_their_runs_of_words_are_common() -> None:
    assert is_same(LONG, LONG.upper())
    assert is_same(LONG, LONG + " Năm 2024.")
    assert not is_same(LONG, LONG.replace("bốn hội nghị", "sáu lớp bồi dưỡng").replace("cán bộ, đảng viên", "hội viên"))
    assert not is_same("Tiếp tục thực hiện.", "Tiếp tục thực hiện.")


def test_a_text_typed_again_as_last_time_is_asked_about_at_its_line(scene: Scene) -> None:
    earlier_report(scene, LONG)
    submission = start(scene, open_period(scene, Depth.FULL, PeriodKind.YEAR))
    make_entry(submission, LONG + " Hết.", group=scene.tasks["1.1"].group, state="in_progress")
    make_entry(submission, "Mới hoàn toàn.", group=scene.tasks["2.1"].group, state="in_progress")
    assert [line for line in asked(scene, submission) if line.startswith("group")] == ["group:1"]
    html = signed_in(scene.cast.preparer).get(page("report_group", submission.pk, 1)).content.decode()
    assert "gần như nguyên văn" in html


def test_a_far_figure_asks_for_a_note_and_is_content_with_one(scene: Scene) -> None:
    earlier_report(scene)
    submission = start(scene, open_period(scene, Depth.FULL, PeriodKind.YEAR))
    client, url = signed_in(scene.cast.preparer), page("report_counters", submission.pk)
    many = {"line-counter-C01-in_period": "400"}
    assert client.post(url, seen(client, url) | many).status_code == 302
    assert "4 → 400" in asked(scene, submission)["counter:C01"]
    assert "4 → 400" in client.get(url).content.decode()
    assert client.post(url, seen(client, url) | many | {"line-counter-C01-note": "Tính cả cấp xã."}).status_code == 302
    assert "counter:C01" not in asked(scene, submission)


def test_a_shorter_window_is_stretched_before_it_is_compared(scene: Scene) -> None:
    earlier_report(scene)
    CounterValue.objects.update(in_period=40)
    period = open_period(scene, Depth.FULL, PeriodKind.QUARTER)
    period.data_from = period.data_to.replace(day=1)
    period.save()
    submission = start(scene, period)
    CounterValue.objects.create(submission=submission, counter=scene.meetings, in_period=12)
    assert "counter:C01" in asked(scene, submission)
    CounterValue.objects.filter(submission=submission).update(in_period=2)
    assert "counter:C01" not in asked(scene, submission)
