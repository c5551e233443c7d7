"""The pages of an edition: who comes in, what a section shows, what its buttons do, and what each page costs."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan_tracker.accounts.models import User
from reports.choices import Addressee, Depth, SubmissionState
from reports.choices_editions import EditionState
from reports.composer_pages import sentence_key
from reports.models import CounterValue, Difficulty, Edition, Expectation, Period, Proposal
from reports.recommendations import candidates, follow_up
from reports.section_material import material_of, pieces_for
from targets.models import IndicatorReporter
from tasks.choices import BodyKind, WorkState
from tests.compositions import (
    GROUP,
    LONG,
    accept,
    content_now,
    open_draft,
    section_now,
    take_words,
    write_text,
)
from tests.compositions import period as period  # noqa: PLC0414 - a fixture of the tests below
from tests.editions import set_issued
from tests.factories import at, make_body, make_counter, make_entry, make_group, make_period, make_plan, make_submission
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast: Cast, period: Period) -> Edition:
    accept(period, cast.district, cast)
    return open_draft(period, cast)


def address(edition: Edition, key: str = GROUP) -> str:
    return reverse("reports:edition_section", args=[edition.pk, key])


def shown(client: Client, user: User, url: str) -> str:
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def fields(page: str, **changed: Any) -> dict[str, Any]:
    """Return what the form of a page sends, with what a person changed."""
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|row_version)" value="([^"]*)"', page))
    match = re.search(r'<textarea id="section-text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert match is not None
    return {"text": match.group(1), "do": "save", **hidden, **changed}


def test_a_period_lists_its_products_and_a_reviewer_opens_one(client: Client, cast: Cast, period: Period) -> None:
    page = shown(client, cast.reviewer, reverse("reports:edition_list", args=[period.pk]))
    assert page.count('name="kind"') == 3
    open_url = reverse("reports:edition_open", args=[period.pk])
    answer = client.post(open_url, {"kind": "committee_report"})
    edition = Edition.objects.get()
    assert answer["Location"] == reverse("reports:edition_detail", args=[edition.pk])
    assert client.post(open_url, {"kind": "committee_report"})["Location"] == answer["Location"]
    assert client.post(open_url, {"kind": "novel"}).status_code == 404


def test_a_viewer_reads_what_is_issued_and_no_draft(client: Client, cast: Cast, edition: Edition) -> None:
    client.force_login(cast.viewer)
    url = reverse("reports:edition_detail", args=[edition.pk])
    assert client.get(url).status_code == 404
    assert "Bản thứ 1" not in shown(client, cast.viewer, reverse("reports:edition_list", args=[edition.period_id]))
    set_issued(edition, cast)
    assert "Bản thứ 1" in shown(client, cast.viewer, reverse("reports:edition_list", args=[edition.period_id]))


def test_every_figure_of_the_text_leads_to_its_rows(client: Client, cast: Cast, edition: Edition) -> None:
    page = shown(client, cast.leader, reverse("reports:edition_detail", args=[edition.pk]))
    summary = reverse("reports:summary_detail", args=[edition.period_id])
    rows = set(re.findall(rf'href="{summary}#([^"]+)"', page))
    assert "who-has-sent-what" in rows
    target = shown(client, cast.leader, summary)
    assert [row for row in rows if f'id="{row}"' not in target] == []


def test_the_text_is_saved_by_its_button_without_scripts(client: Client, cast: Cast, edition: Edition) -> None:
    page = shown(client, cast.reviewer, address(edition))
    answer = client.post(address(edition), fields(page, text="Nêu gương của Huyện uỷ A."))
    assert answer.status_code == 302
    assert section_now(edition).text == "Nêu gương của Huyện uỷ A."


def test_saving_a_page_as_it_was_shown_changes_nothing(client: Client, cast: Cast, edition: Edition) -> None:
    client.post(address(edition), fields(shown(client, cast.reviewer, address(edition))))
    assert [section_now(edition).is_own, edition.sections.get(key=GROUP).row_version] == [False, 1]


def test_the_page_that_saves_by_itself_hears_what_came_of_it(client: Client, cast: Cast, edition: Edition) -> None:
    page = shown(client, cast.reviewer, address(edition))
    sent = fields(page, text="Một.", do="auto")
    answer = client.post(address(edition), sent, headers={"HX-Request": "true"})
    assert [answer.status_code, answer["HX-Trigger"]] == [200, "section-saved"]
    again = fields(page, text="Một. Hai.", do="auto") | dict(
        re.findall(r'name="(seen|row_version)" value="([^"]*)"', answer.content.decode())
    )
    assert client.post(address(edition), again).status_code == 200
    assert section_now(edition).text == "Một. Hai."


@pytest.mark.parametrize("how", ["auto", "save"])
def test_a_clash_shows_both_texts_and_saves_neither(client: Client, cast: Cast, edition: Edition, how: str) -> None:
    page = shown(client, cast.reviewer, address(edition))
    client.force_login(cast.second_reviewer)
    client.post(address(edition), fields(page, text="Của người thứ nhất."))
    client.force_login(cast.reviewer)
    answer = client.post(address(edition), fields(page, text="Của người thứ hai.", do=how))
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "HX-Trigger" not in answer
    assert "Của người thứ nhất." in told
    assert how == "auto" or "Của người thứ hai.</textarea>" in told
    assert section_now(edition).text == "Của người thứ nhất."


@pytest.mark.parametrize(("choice", "stands"), [("mine", "Của tôi."), ("theirs", "Của người khác.")])
def test_after_a_clash_the_person_chooses(
    client: Client, cast: Cast, edition: Edition, choice: str, stands: str
) -> None:
    page = shown(client, cast.reviewer, address(edition))
    write_text(edition, "Của người khác.")
    edition.sections.filter(key=GROUP).update(row_version=7)
    told = client.post(address(edition), fields(page, text="Của tôi.")).content.decode()
    undecided = fields(told) | {"section-asked": "1"}
    assert client.post(address(edition), undecided).status_code == 422
    assert client.post(address(edition), undecided | {"section-choice": choice}).status_code == 302
    assert section_now(edition).text == stands


def test_a_text_marked_secret_is_refused_and_kept_in_the_page(client: Client, cast: Cast, edition: Edition) -> None:
    page = shown(client, cast.reviewer, address(edition))
    answer = client.post(address(edition), fields(page, text="TỐI MẬT\nnội dung"))
    assert answer.status_code == 422
    assert "TỐI MẬT\nnội dung</textarea>" in answer.content.decode()
    assert not section_now(edition).is_own


def test_what_is_typed_is_kept_when_a_passage_is_taken(client: Client, cast: Cast, edition: Edition) -> None:
    accept(edition.period, cast.other_district, cast, "Đã thành lập tổ dân vận ở các thôn.")
    (_first, other) = material_of(pieces_for(GROUP, content_now(edition).summary), ())
    page = shown(client, cast.reviewer, address(edition))
    answer = client.post(address(edition), fields(page, text="Lời dẫn.", do=f"take:{other.key}"))
    assert answer["Location"].endswith(f"#m-{other.key}")
    assert section_now(edition).text == "Lời dẫn.\n- Huyện uỷ B: Đã thành lập tổ dân vận ở các thôn."


def test_only_the_marked_words_are_taken(client: Client, cast: Cast, edition: Edition) -> None:
    accept(edition.period, cast.other_district, cast, "Đã họp. Đã thành lập tổ dân vận. Đã sơ kết.")
    (_first, other) = material_of(pieces_for(GROUP, content_now(edition).summary), ())
    page = shown(client, cast.reviewer, address(edition))
    sent = fields(page, text="Lời dẫn.", do=f"take:{other.key}", selected="đã thành lập tổ dân vận.")
    client.post(address(edition), sent)
    assert section_now(edition).text.endswith("- Huyện uỷ B: đã thành lập tổ dân vận.")


def test_words_that_changed_meanwhile_are_not_taken_unseen(client: Client, cast: Cast, edition: Edition) -> None:
    page = shown(client, cast.reviewer, address(edition))
    client.post(address(edition), fields(page, do="take:0123456789abcdef"))
    assert section_now(edition).taken == ()


def test_buttons_leave_out_mark_and_give_back(client: Client, cast: Cast, edition: Edition) -> None:
    def press(do: str) -> None:
        client.post(address(edition), fields(shown(client, cast.reviewer, address(edition)), do=do))

    press("ready")
    assert section_now(edition).is_ready
    press("open")
    assert not section_now(edition).is_ready
    press(f"drop:{sentence_key(section_now(edition).generated[0])}")
    assert section_now(edition).text == ""
    write_text(edition, "Của tôi.")
    press("generated")
    assert not section_now(edition).is_own


def test_proposals_say_which_are_followed_up(client: Client, cast: Cast, edition: Edition) -> None:
    report = accept(edition.period, cast.district, cast, version=2)
    Proposal.objects.create(submission=report, order=1, text="Bổ sung kinh phí", addressee=Addressee.CENTRE)
    url = address(edition, "proposals:centre")
    assert reverse("reports:recommendation_create", args=[edition.period_id]) in shown(client, cast.reviewer, url)
    (made,) = follow_up(edition.period, [(one, "") for one in candidates(edition.period)], actor=cast.reviewer, at=at())
    assert reverse("reports:recommendation_detail", args=[made.pk]) in shown(client, cast.reviewer, url)


def test_an_edition_with_the_leader_is_read_and_not_written(client: Client, cast: Cast, edition: Edition) -> None:
    page = shown(client, cast.reviewer, address(edition))
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.IN_REVIEW)
    assert client.get(address(edition)).status_code == 403
    answer = client.post(address(edition), fields(page, text="Của tôi."))
    assert [answer.status_code, "Của tôi.</textarea>" in answer.content.decode()] == [409, True]
    assert address(edition) not in shown(client, cast.reviewer, reverse("reports:edition_detail", args=[edition.pk]))


def full_period(cast: Cast, number: int) -> tuple[Period, Edition]:
    """Make a period in which so many bodies report on every line, and its draft with a passage of each."""
    plan = make_plan()
    period = make_period(
        plan,
        bodies=[make_body(f"hu-{number}-{place}", name=f"Huyện uỷ {number}.{place}") for place in range(number)],
        depth=Depth.FULL,
        own_title=f"Kỳ {number}",
    )
    edition = open_draft(period, cast)
    for place, owed in enumerate(Expectation.objects.filter(period=period)):
        report = make_submission(owed, cast.reviewer, SubmissionState.ACCEPTED, strengths="Sát sao.")
        for group in plan.groups.all():
            make_entry(report, f"{place} {'ba bốn năm ' * place}{LONG}", group=group, state=WorkState.WITH_RESULTS)
        Difficulty.objects.create(submission=report, order=1, text="Thiếu kinh phí")
        Proposal.objects.create(submission=report, order=1, text=f"Việc {place}", addressee=Addressee.CENTRE)
        CounterValue.objects.create(submission=report, counter=plan.counters.get(), in_period=3)
        take_words(edition, report, cast)
    return period, edition


@pytest.fixture
def counted_plan(cast: Cast) -> None:
    plan = make_plan()
    for number in range(1, 9):
        make_group(plan, number)
    counter = make_counter(plan, section="Dân vận khéo")
    IndicatorReporter.objects.create(code="c01", counter=counter, body_kind=BodyKind.DISTRICT, channel="area")


@pytest.mark.usefixtures("counted_plan")
@pytest.mark.parametrize("key", ["group:1", "weaknesses", "proposals:centre", ""])
def test_a_page_takes_no_more_queries_for_more_bodies(client: Client, cast: Cast, key: str) -> None:
    def queries(number: int) -> int:
        _period, edition = full_period(cast, number)
        client.force_login(cast.reviewer)
        url = address(edition, key) if key else reverse("reports:edition_detail", args=[edition.pk])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few, many = queries(2), queries(12)
    assert few == many
    assert many <= 20


@pytest.mark.usefixtures("counted_plan")
def test_the_list_of_a_period_takes_few_queries(client: Client, cast: Cast) -> None:
    period, _edition = full_period(cast, 2)
    client.force_login(cast.reviewer)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("reports:edition_list", args=[period.pk]))
    assert len(captured) <= 12


@pytest.mark.usefixtures("counted_plan")
def test_the_composer_weighs_at_most_40_kilobytes(client: Client, cast: Cast) -> None:
    _period, edition = full_period(cast, 45)
    page = shown(client, cast.reviewer, address(edition))
    assert len(gzip.compress(page.encode())) <= 40_000
