"""What a person says of an indicator: who may, beside what the figures say, until when, and that nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from targets.choices import Evaluation, GoalRule, Verdict
from targets.judging import JudgementRefused, Opinion, end_judgement, judge_by_person
from targets.models import Definition, Indicator, Judgement
from tasks.choices import Role
from tests.factories import make_indicator, make_plan
from tests.indicator_rows import aim, observe, opinion, row_on
from tests.people import Cast, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/chi-tieu/T2.2/danh-gia/"
ON = date(2026, 3, 1)


@pytest.fixture
def per_head(cast: Cast) -> Indicator:
    """A goal of 150 from 44.2, of which 71.1 is far too little."""
    indicator = make_indicator(make_plan(), "T2.2", unit="triệu đồng", over_bodies="provincial_figure")
    aim(indicator, GoalRule.AT_LEAST, "150", baseline_value="44.2", baseline_on=date(2020, 12, 31))
    observe(indicator, make_plan().province, 2025, "71.1")
    return indicator


def say(
    indicator: Indicator, cast: Cast, verdict: Verdict = Verdict.AT_RISK, *, on: date = ON, days: int = 90
) -> Judgement:
    said = Opinion(verdict, "Dự án lớn sắp vận hành.", on + timedelta(days=days))
    return judge_by_person(indicator, said, computed=Verdict.OFF_TRACK, actor=cast.leader, on=on)


def form(verdict: str = "at_risk", days: int = 90, reason: str = "Dự án lớn sắp vận hành.") -> dict[str, str]:
    return {
        "verdict": verdict,
        "reason": reason,
        "expires_on": f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}",
    }


@pytest.mark.parametrize("who", ["leader", "reviewer"])
def test_the_leader_and_the_reviewer_may_judge(client: Client, cast: Cast, per_head: Indicator, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert "khó có khả năng đạt" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, form()).status_code == 302
    page = client.get("/chi-tieu/T2.2/").content.decode()
    assert "có nguy cơ không đạt" in page and "khó có khả năng đạt" in page
    assert "Dự án lớn sắp vận hành." in page


@pytest.mark.parametrize("who", ["preparer", "sender", "viewer", "administrator", "committee_preparer"])
def test_nobody_else_may(client: Client, cast: Cast, per_head: Indicator, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, form()).status_code == 403
    assert ADDRESS not in client.get("/chi-tieu/T2.2/").content.decode()
    assert not Judgement.objects.exists()


def test_both_verdicts_are_kept_and_the_override_expires(cast: Cast, per_head: Indicator) -> None:
    say(per_head, cast)
    finding = row_on("T2.2", ON).finding
    assert (finding.verdict, finding.computed) == (Verdict.AT_RISK, Verdict.OFF_TRACK)
    assert row_on("T2.2", ON + timedelta(days=90)).verdict == Verdict.AT_RISK
    assert row_on("T2.2", ON + timedelta(days=91)).verdict == Verdict.OFF_TRACK


def test_the_later_word_counts_also_on_one_day_and_the_earlier_one_stays(cast: Cast, per_head: Indicator) -> None:
    say(per_head, cast, Verdict.AT_RISK)
    say(per_head, cast, Verdict.ON_TRACK)
    assert row_on("T2.2", ON).verdict == Verdict.ON_TRACK
    assert Judgement.objects.count() == 2


def test_one_that_is_ended_stays_in_the_history(client: Client, cast: Cast, per_head: Indicator) -> None:
    today = timezone.localdate()
    judgement = say(per_head, cast, on=today)
    client.force_login(cast.reviewer)
    assert client.post(f"{ADDRESS}{judgement.pk}/ket-thuc/").status_code == 302
    assert row_on("T2.2", today).verdict != Verdict.AT_RISK
    page = client.get("/chi-tieu/T2.2/").content.decode()
    assert "Dự án lớn sắp vận hành." in page and "không còn hiệu lực" in page
    judgement.refresh_from_db()
    with pytest.raises(JudgementRefused):
        end_judgement(judgement, actor=cast.leader, on=today)
    client.force_login(cast.sender)
    assert client.post(f"{ADDRESS}{judgement.pk}/ket-thuc/").status_code == 403


def test_what_has_no_object_any_more_cannot_be_judged(client: Client, cast: Cast, per_head: Indicator) -> None:
    Definition.objects.update(valid_to=date(2025, 6, 30), ends_without_object=True)
    client.force_login(cast.leader)
    page = client.get(ADDRESS).content.decode()
    assert "<textarea" not in page
    assert client.post(ADDRESS, form()).status_code == 200
    assert not Judgement.objects.exists()
    assert ADDRESS not in client.get("/chi-tieu/T2.2/").content.decode()
    opinion(per_head, cast.leader, Verdict.ACHIEVED, ON)
    assert row_on("T2.2", ON).verdict == Verdict.NO_OBJECT


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"reason": "TUYỆT MẬT"},
        {"verdict": "no_data"},
        {"verdict": "no_object"},
        {"expires_on": ""},
        {"expires_on": "01/01/2020"},
        {"expires_on": "01/01/2099"},
        {"expires_on": "31/02/2027"},
    ],
)
def test_a_judgement_needs_a_verdict_a_reason_and_a_last_day(
    client: Client, cast: Cast, per_head: Indicator, wrong: dict[str, str]
) -> None:
    client.force_login(cast.leader)
    answer = client.post(ADDRESS, form() | wrong)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Judgement.objects.exists()


def test_somebody_of_the_demonstration_judges_its_figures_only(client: Client, cast: Cast, per_head: Indicator) -> None:
    client.force_login(make_user("demo_leader", cast.committee, Role.LEADER, is_demo=True))
    observe(per_head, make_plan().province, 2025, "80", is_demo=True)
    assert client.post(ADDRESS, form()).status_code == 302
    assert Judgement.objects.get().is_demo
    assert row_on("T2.2", timezone.localdate()).finding.judged is None
    assert client.get(f"{ADDRESS}?so-lieu=chinh-thuc").status_code == 403


def test_a_qualitative_indicator_is_judged_in_words(client: Client, cast: Cast) -> None:
    words = make_indicator(make_plan(), "T2.2", evaluation=Evaluation.QUALITATIVE, direction="no_direction")
    aim(words, GoalRule.EQUAL, "0", low=None)
    client.force_login(cast.leader)
    assert client.post(ADDRESS, form("on_track")).status_code == 302
    found = row_on("T2.2", timezone.localdate())
    assert (found.verdict, found.finding.computed) == (Verdict.ON_TRACK, Verdict.NO_DATA)
