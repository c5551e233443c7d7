"""A second plan beside the first: the same codes, its own address, and everything works for it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.desk import read_desk
from reports.models import CounterValue, Period, Submission
from reports.summaries import build_summary
from targets.choices import ObservationStatus
from targets.models import Indicator
from tasks.choices import WorkState
from tasks.models import Assignment, Body, IssuedDocument, Plan, Task
from tests.factories import at, make_entry, make_period, make_submission
from tests.indicator_rows import observe
from tests.pages import signed_in, tell
from tests.people import Cast, make_cast, standing
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below

SECOND = "/kh/ke-hoach-hai"
CODE = "ke-hoach-hai"
DAY = date(2024, 6, 14)
# A small plan whose codes are those of the first.
FOLDER = Path(__file__).parent / "second_plan"


@pytest.fixture
def second(plan: Plan) -> Plan:
    """The second plan, loaded beside the real one."""
    call_command("load_plan", "--from", str(FOLDER), verbosity=0)
    return Plan.objects.get(code=CODE)


@pytest.fixture
def cast(second: Plan) -> Cast:
    """The people; one of them writes for a real district, which has reported on both plans."""
    people = make_cast()
    chi_lang = Body.objects.get(code="hu-chi-lang")
    people.preparer.memberships.update(body=chi_lang)
    for one in Plan.objects.all():
        period = make_period(one, bodies=[chi_lang], depth=Depth.FULL, is_demo=False)
        report = make_submission(period.expectations.get(), people.preparer, SubmissionState.ACCEPTED)
        task = Task.objects.get(group__plan=one, code="1.1")
        make_entry(report, group=task.group, text=f"Kết quả theo {one.code}.")
        CounterValue.objects.create(submission=report, counter=one.counters.get(code="C01"), in_period=7)
        tell(
            chi_lang,
            WorkState.WITH_RESULTS,
            DAY,
            task=task,
            text=f"Việc theo {one.code}.",
            source=f"submission:{report.pk}",
        )
        indicator = Indicator.objects.get(target__plan=one, code="T1.1")
        observe(indicator, chi_lang, 2024, "3", of=4, on=DAY, status=ObservationStatus.REPORTED)
    return people


PAGES = (
    "/",
    "/ke-hoach/",
    "/nhom-nhiem-vu/",
    "/nhom-nhiem-vu/1/",
    "/nhiem-vu/1.1/",
    "/nhiem-vu-duoc-giao/IV.1a/",
    "/thoi-han/",
    "/co-quan/hu-chi-lang/",
    "/chi-tieu/",
    "/chi-tieu/T1.1/",
    "/chi-tieu/T1.1/lich-su/",
    "/chi-tieu/co-quan/hu-chi-lang/",
    "/so-lieu/",
    "/so-lieu/C01/",
    "/ky-bao-cao/",
    "/tong-hop/",
)


@pytest.mark.parametrize("path", PAGES)
def test_each_address_is_about_its_plan_and_leads_on_in_it(path: str, cast: Cast) -> None:
    client = signed_in(cast.reviewer)
    first, other = client.get(path), client.get(SECOND + path)
    assert (first.status_code, other.status_code) == (200, 200)
    html = other.content.decode()
    assert 'href="/kh/ke-hoach-hai/ke-hoach/"' in html
    assert 'href="/ke-hoach/"' not in html
    assert 'href="/static/' in html
    assert 'href="/ke-hoach/"' in first.content.decode()


def test_the_same_codes_mean_two_things(cast: Cast) -> None:
    client = signed_in(cast.reviewer)
    for path, words in (
        ("/nhiem-vu/1.1/", "Việc hai"),
        ("/nhiem-vu-duoc-giao/IV.1a/", "Giao hai"),
        ("/chi-tieu/T1.1/", "Chỉ tiêu hai"),
        ("/so-lieu/C01/", "Số liệu hai"),
        ("/nhom-nhiem-vu/1/", "Nhóm hai"),
    ):
        assert words in client.get(SECOND + path).content.decode()
        assert words not in client.get(path).content.decode()


def test_the_body_page_tells_of_one_plan_at_a_time(cast: Cast) -> None:
    client = signed_in(cast.reviewer)
    assert "Việc theo ke-hoach-hai." in client.get(f"{SECOND}/co-quan/hu-chi-lang/").content.decode()
    html = client.get("/co-quan/hu-chi-lang/").content.decode()
    assert ("Việc theo kh-nq43." in html, "Việc theo ke-hoach-hai." in html) == (True, False)


def test_a_period_is_opened_for_the_plan_of_the_address(cast: Cast) -> None:
    client = signed_in(cast.reviewer)
    address = f"{SECOND}/ky-bao-cao/mo/"
    html = client.get(f"{address}?kind=year&year=2024").content.decode()
    assert "Việc hai" in html
    body = Body.objects.get(code="hu-chi-lang")
    typed = {"kind": "year", "year": 2024, "depth": "full", "data_from": "15/12/2023", "data_to": "14/12/2024"}
    typed |= {"opens_on": "01/12/2024", "due_on": "18/12/2024", "due_hour": "16:00", "past_is_meant": "on"}
    response = client.post(address, typed | {"addressees": [body.pk]})
    assert response.status_code == 302, response.content.decode()[:3000]
    assert Period.objects.get(kind=PeriodKind.YEAR).plan.code == CODE


def test_the_report_form_and_the_summary_are_those_of_the_plan(cast: Cast, second: Plan) -> None:
    report = Submission.objects.get(expectation__period__plan=second)
    client = signed_in(cast.preparer)
    assert "Nhóm hai" in client.get(f"{SECOND}/bao-cao/{report.pk}/toan-van/").content.decode()
    period = Period.objects.select_related("plan__issuer").get(plan=second)
    summary = build_summary(period, at=at(20))
    assert len(summary.groups) == 1
    assert [one.code for one in summary.assignments] == ["IV.1a"]
    assert [one.title for one in summary.counters] == ["Số liệu hai"]
    assert (
        "Kết quả theo ke-hoach-hai." in signed_in(cast.reviewer).get(f"{SECOND}/tong-hop/{period.pk}/").content.decode()
    )


def test_a_document_of_the_register_belongs_to_the_plan_of_the_address(cast: Cast, second: Plan) -> None:
    typed = {"kind": "KH", "symbol": "12-KH/HU", "issued_on": "01/06/2024", "title": "Kế hoạch"}
    typed["assignments"] = str(Assignment.objects.get(plan=second).pk)
    typed["body"] = str(Body.objects.get(code="hu-chi-lang").pk)
    response = signed_in(cast.preparer).post(f"{SECOND}/van-ban/them/", typed)
    assert response.status_code == 302, response.content.decode()[:3000]
    assert IssuedDocument.objects.get().plan == second


def test_a_clerk_sees_what_every_plan_asks_with_the_name_of_the_plan(cast: Cast) -> None:
    Submission.objects.update(state=SubmissionState.DRAFT, accepted_by=None, accepted_at=None)
    desk = read_desk(standing(cast.preparer), now=at())
    assert sorted(duty.note for duty in desk.duties) == ["Kế hoạch hai", "Kế hoạch thực hiện Nghị quyết số 43-NQ/TW"]
    assert "Kế hoạch hai" in signed_in(cast.preparer).get("/bao-cao/").content.decode()


def test_the_header_leads_to_the_other_plan_only_where_there_is_one(cast: Cast) -> None:
    client = signed_in(cast.viewer)
    assert reverse("reports:plan_list") in client.get("/").content.decode()
    html = client.get(reverse("reports:plan_list")).content.decode()
    assert 'href="/kh/ke-hoach-hai/"' in html
    other = client.get(f"{SECOND}/ke-hoach/chon/").content.decode()
    assert 'href="/"' in other


def test_without_a_second_plan_nothing_speaks_of_one(plan: Plan) -> None:
    html = signed_in(make_cast().viewer).get("/").content.decode()
    assert "/ke-hoach/chon/" not in html


def test_a_plan_that_is_not_there_is_not_found(cast: Cast) -> None:
    assert signed_in(cast.viewer).get("/kh/khong-co/").status_code == 404
    assert reverse("reports:home") == "/"


def test_a_folder_without_a_plan_is_refused(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no file such as plan"):
        call_command("load_plan", "--from", str(tmp_path))


LINK = re.compile(r'<li>\s*<p lang="vi"><a href="([^"]+)"')


@pytest.mark.parametrize(
    ("asked", "here", "there"),
    [
        ("ket qua theo", ("", "Kết quả theo kh-nq43."), (SECOND, "Kết quả theo ke-hoach-hai.")),
        ("viec hai", None, (SECOND, "Việc hai")),
        ("chi tieu hai", None, (SECOND, "Chỉ tiêu hai")),
    ],
)
def test_a_hit_leads_to_the_page_of_its_plan(
    cast: Cast, asked: str, here: tuple[str, str] | None, there: tuple[str, str]
) -> None:
    client = signed_in(cast.reviewer)
    for prefix, expected in (("", here), (SECOND, there)):
        html = client.get(f"{prefix}/tim-kiem/", {"q": asked}).content.decode()
        links = LINK.findall(html)
        assert bool(links) is (expected is not None), f"{prefix}: {links}"
        for link in links:
            assert link.startswith("/kh/") is bool(prefix)
            assert expected is not None and expected[1] in client.get(link).content.decode()
