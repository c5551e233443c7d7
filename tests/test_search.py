"""The search finds words without tones, accents or case, the same in both databases, and only what one may read."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.db import connection

from plan_tracker.lib.marking import excerpt, marked
from plan_tracker.lib.search_index import words_of
from reports.choices import SubmissionState
from reports.models import Difficulty, Submission
from reports.search import KINDS, sections
from reports.search_values import Question
from tasks.models import BodyName
from tasks.searched import INDEXES as TASK_INDEXES
from tests.factories import make_entry, make_group, make_passage, make_period, make_plan, make_submission
from tests.pages import issue, page, signed_in
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db
BUDGET = 12
TEXT = "Phát huy sức mạnh khối Đại đoàn kết toàn dân tộc theo Nghị quyết số 43-NQ/TW của Uỷ ban."


def found(user: Any, text: str, *, together: bool = True) -> dict[str, list[str]]:
    """Return the excerpts of what somebody finds, kind by kind."""
    told = sections(Question.of(text, together=together), standing(user))
    return {one.kind.name: ["".join(part for part, _hit in hit.text) for hit in one.hits] for one in told}


@pytest.mark.parametrize(
    "asked",
    ["dai doan ket", "đại đoàn kết", "ĐẠI ĐOÀN KẾT", "Đại Đoàn Kế", "uy ban", "Ủy ban", "Uỷ ban", "43-nq/tw", "nq tw"],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_passage_is_found_however_the_words_are_written(cast: Cast, asked: str, form: Any) -> None:
    make_passage(make_plan(), TEXT)
    make_passage(make_plan(), "Đoàn kết với đại biểu.")
    assert found(cast.preparer, unicodedata.normalize(form, asked)) == {"doan": [TEXT]}


def test_a_text_that_is_stored_decomposed_is_found_too(cast: Cast) -> None:
    make_passage(make_plan(), unicodedata.normalize("NFD", TEXT))
    assert list(found(cast.preparer, "đại đoàn kết")) == ["doan"]


def test_words_may_stand_apart_when_that_is_asked(cast: Cast) -> None:
    make_passage(make_plan(), TEXT)
    assert found(cast.preparer, "khối sức mạnh") == {}
    assert found(cast.preparer, "khối sức mạnh", together=False) == {"doan": [TEXT]}


def test_a_changed_text_is_found_by_its_new_words_only(cast: Cast) -> None:
    passage = make_passage(make_plan(), TEXT)
    type(passage).objects.filter(pk=passage.pk).update(text="Đời sống văn hoá")
    assert found(cast.preparer, "đại đoàn kết") == {}
    assert found(cast.preparer, "văn hóa") == {"doan": ["Đời sống văn hoá"]}
    passage.delete()
    assert found(cast.preparer, "văn hóa") == {}


def test_every_kind_is_found(cast: Cast) -> None:
    plan = make_plan()
    make_group(plan, 1, tasks=1)
    issue(cast.district, symbol="77-KH/HU", title="Kế hoạch nhiệm vụ năm 2024")
    assert set(found(cast.preparer, "nhiệm vụ")) == {"nhiem-vu", "van-ban"}
    assert set(found(cast.preparer, "77-KH")) == {"van-ban"}
    assert set(found(cast.preparer, "huyện uỷ")) == {"co-quan"}


def test_a_body_is_found_by_a_name_that_it_bore_before(cast: Cast) -> None:
    BodyName.objects.create(body=cast.committee, name="Ban Tuyên giáo và Dân vận Tỉnh uỷ", short_name="BTGDV")
    assert found(cast.preparer, "tuyen giao va dan van") == {"co-quan": ["Ban Tuyên giáo và Dân vận Tỉnh uỷ"]}


@pytest.fixture
def report(cast: Cast) -> Submission:
    period = make_period(bodies=[cast.district])
    submission = make_submission(period.expectations.get(), cast.preparer)
    group = make_group(period.plan, 3)
    entry = make_entry(submission, group=group, text="Đã xoá 12 nhà tạm tại xã Vân Nham.")
    Difficulty.objects.create(submission=submission, entry=entry, order=1, text="Thiếu vốn đối ứng cho nhà tạm.")
    Submission.objects.filter(pk=submission.pk).update(weaknesses="Tiến độ xoá nhà tạm còn chậm.")
    return submission


def test_own_reports_are_found_line_by_line(cast: Cast, report: Submission) -> None:
    assert len(found(cast.preparer, "nhà tạm")["bao-cao"]) == 3
    html = page(cast.preparer, "/tim-kiem/?q=nha+tam")
    assert f"/bao-cao/{report.pk}/toan-van/#line-group-3" in html and "<mark>nhà tạm</mark>" in html


@pytest.mark.parametrize(("who", "sees"), [("other_preparer", False), ("viewer", False), ("reviewer", True)])
def test_reports_of_others_are_found_only_by_who_may_read_them(
    cast: Cast, report: Submission, who: str, sees: bool
) -> None:
    assert bool(found(getattr(cast, who), "nhà tạm")) is sees


def test_documents_of_another_body_are_not_found(cast: Cast) -> None:
    make_plan()
    issue(cast.other_district, symbol="88-KH/HU", title="Kế hoạch riêng")
    assert found(cast.preparer, "88-KH") == {}
    assert set(found(cast.other_preparer, "88-KH")) == {"van-ban"}


def test_a_report_that_was_replaced_is_left_out(cast: Cast, report: Submission) -> None:
    Submission.objects.filter(pk=report.pk).update(state=SubmissionState.SUPERSEDED)
    assert found(cast.preparer, "nhà tạm") == {}


@pytest.mark.parametrize("asked", ["", "   ", "?!…", '" OR 1', "a" * 500, "'; DROP", "đ*", "NEAR(a b)", "\x00", "%"])
def test_whatever_is_typed_gets_a_page(cast: Cast, asked: str) -> None:
    make_passage(make_plan(), TEXT)
    for how in ("", "roi"):
        answer = signed_in(cast.preparer).get("/tim-kiem/", {"q": asked, "cach": how})
        assert answer.status_code == 200


def test_a_kind_is_read_page_by_page(cast: Cast) -> None:
    for number in range(35):
        make_passage(make_plan(), f"Đoạn thứ {number} về dân vận.")
    client = signed_in(cast.preparer)
    assert client.get("/tim-kiem/?q=dan+van").content.decode().count("<mark>dân vận</mark>") == 5
    assert client.get("/tim-kiem/?q=dan+van&loai=doan").content.decode().count("<mark>dân vận</mark>") == 30
    assert client.get("/tim-kiem/?q=dan+van&loai=doan&trang=2").content.decode().count("<mark>dân vận</mark>") == 5
    assert client.get("/tim-kiem/?q=dan+van&loai=khac").status_code == 404


def test_the_number_of_queries_does_not_grow(
    cast: Cast, report: Submission, django_assert_max_num_queries: Any
) -> None:
    issue(cast.district, title="Kế hoạch nhà tạm")
    for number in range(9):
        make_passage(make_plan(), f"Nhà tạm {number}")
    client = signed_in(cast.reviewer)
    with django_assert_max_num_queries(BUDGET):
        assert "<mark>Nhà tạm</mark>" in client.get("/tim-kiem/?q=nha+tam").content.decode()


def test_every_index_stands_after_all_migrations() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexname FROM pg_indexes")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {name for (name,) in cursor.fetchall()}
    from reports.searched import ALL_INDEXES as REPORT_INDEXES  # noqa: PLC0415
    from targets.searched import INDEXES as TARGET_INDEXES  # noqa: PLC0415

    for index in (*TASK_INDEXES, *TARGET_INDEXES, *REPORT_INDEXES):
        made = {index.name} if connection.vendor == "postgresql" else {name for name, _sql in index.trigger_sql()}
        assert made <= names, f"{index.table}: a migration made it anew; run `install` of its index again"


def test_marks_stand_in_the_text_as_it_is_written() -> None:
    words = words_of("Dai doan ke")
    assert marked("khối ĐẠI ĐOÀN – KẾT dân tộc", words, together=True) == [
        ("khối ", False),
        ("ĐẠI ĐOÀN – KẾT", True),
        (" dân tộc", False),
    ]


def test_a_long_text_is_cut_around_the_first_hit() -> None:
    pieces = excerpt("mở đầu " * 80 + "nhà tạm " + "kết thúc " * 80, ("nha", "tam"), together=True)
    text = "".join(part for part, _hit in pieces)
    assert text.startswith("… mở") or text.startswith("… đầu")
    assert ("nhà tạm", True) in pieces and text.endswith(" …") and len(text) < 300


def test_all_kinds_have_a_name_of_their_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
