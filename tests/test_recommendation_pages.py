"""Pages of recommendations: making them from a period's proposals, answering, the list, and the body's next report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.choices import Addressee, SubmissionState
from reports.models import Expectation, Period, Proposal, Recommendation
from reports.recommendations import candidates, follow_up
from tests.factories import at, make_body, make_group, make_period, make_plan, make_submission
from tests.form_pages import signed_in
from tests.people import Cast

pytestmark = pytest.mark.django_db
WORDS = "Bổ sung kinh phí hoạt động cho tổ dân vận ở thôn, tổ dân phố"


@pytest.fixture
def period(cast: Cast) -> Period:
    make_group(make_plan(), 1)
    period = make_period(bodies=[cast.district, cast.other_district])
    report = make_submission(
        Expectation.objects.get(period=period, body=cast.district), cast.reviewer, SubmissionState.ACCEPTED
    )
    Proposal.objects.create(submission=report, order=1, text=WORDS, addressee=Addressee.PROVINCE)
    return period


def page(name: str, *args: Any) -> str:
    return reverse(f"reports:recommendation_{name}", args=args)


def made(period: Period, cast: Cast) -> Recommendation:
    return follow_up(period, [(candidates(period)[0], "")], actor=cast.reviewer, at=at(20))[0]


def test_a_reviewer_chooses_which_proposals_are_followed_up(cast: Cast, period: Period) -> None:
    client = signed_in(cast.reviewer)
    offered = client.get(page("create", period.pk))
    assert WORDS in offered.content.decode()
    key = candidates(period)[0].key
    client.post(page("create", period.pk), {"chon": [key], f"text-{key}": "Bổ sung kinh phí cho tổ dân vận."})
    row = Recommendation.objects.get()
    assert (row.text, list(row.bodies.all())) == ("Bổ sung kinh phí cho tổ dân vận.", [cast.district])
    assert "waits" not in client.get(page("create", period.pk)).content.decode()


def test_nothing_chosen_and_marked_text_are_refused_with_a_sentence(cast: Cast, period: Period) -> None:
    client = signed_in(cast.reviewer)
    key = candidates(period)[0].key
    assert client.post(page("create", period.pk), {}).status_code == 422
    assert client.post(page("create", period.pk), {"chon": [key], f"text-{key}": "TỐI MẬT"}).status_code == 422
    assert not Recommendation.objects.exists()


def test_an_answer_is_recorded_with_its_document(cast: Cast, period: Period) -> None:
    row = made(period, cast)
    client = signed_in(cast.reviewer)
    answer = {"symbol": "215-CV/TU", "day": "5/8/2024", "text": "Đã bố trí trong dự toán."}
    wrong = client.post(page("step", row.pk, "answer"), answer | {"day": "30/2/2024"})
    assert wrong.status_code == 422
    assert "Đã bố trí trong dự toán." in wrong.content.decode()
    client.post(page("step", row.pk, "answer"), answer)
    row.refresh_from_db()
    assert (row.state, row.answer_symbol, row.answer_date) == ("answered", "215-CV/TU", date(2024, 8, 5))
    client.post(page("step", row.pk, "close"), {"text": "Xong."})
    late = client.post(page("step", row.pk, "answer"), answer, follow=True)
    assert row.steps.count() == 3
    assert late.status_code == 200


def test_the_list_is_filtered_by_state_addressee_and_period(cast: Cast, period: Period) -> None:
    made(period, cast)
    client = signed_in(cast.viewer)
    for query, shown in (
        ("", True),
        ("?trang_thai=open", True),
        ("?trang_thai=answered", False),
        (f"?gui_toi={Addressee.CENTRE}", False),
        (f"?ky={period.pk}&gui_toi={Addressee.PROVINCE}", True),
    ):
        assert (WORDS in client.get(page("list") + query).content.decode()) is shown, query


def test_a_body_sees_what_became_of_its_own_and_nobody_elses(cast: Cast, period: Period) -> None:
    row = made(period, cast)
    row.bodies.add(make_body("hu-c", name="Huyện uỷ C"))
    own = signed_in(cast.preparer).get(page("detail", row.pk)).content.decode()
    assert WORDS in own
    assert "Huyện uỷ C" not in own
    assert signed_in(cast.other_preparer).get(page("detail", row.pk)).status_code == 404


def test_the_next_report_opens_with_what_became_of_them(cast: Cast, period: Period) -> None:
    row = made(period, cast)
    later = make_period(period.plan, year=2025, bodies=[cast.district], data_from=date(2024, 12, 15))
    report = make_submission(later.expectations.get(), cast.preparer)
    shown = signed_in(cast.preparer).get(reverse("reports:report_detail", args=[report.pk]))
    assert page("detail", row.pk) in shown.content.decode()


def test_the_pages_take_no_more_queries_for_more_rows(cast: Cast, period: Period) -> None:
    client = signed_in(cast.reviewer)

    def queries(number: int) -> list[int]:
        for place in range(number):
            body = make_body(f"hu-{number}-{place}")
            owed = Expectation.objects.create(period=period, body=body)
            report = make_submission(owed, cast.reviewer, SubmissionState.ACCEPTED)
            for order, words in enumerate((f"Việc {place} một", f"Việc {place} hai")):
                Proposal.objects.create(submission=report, order=order, text=words, addressee=Addressee.CENTRE)
        follow_up(period, [(one, "") for one in candidates(period)[::2]], actor=cast.reviewer, at=at(20))
        row = Recommendation.objects.order_by("-pk")[0]
        taken = []
        for url in (page("list"), page("detail", row.pk), page("create", period.pk)):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            taken.append(len(captured))
        return taken

    queries(2)
    few, many = queries(3), queries(15)
    assert few == many
    assert max(many) <= 12
