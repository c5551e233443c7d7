"""Passages whose source changed later: kept and seen until it changes again, or renewed where the old words stand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.choices_editions import EditionState
from reports.composing import EditionMoved, keep, renew
from reports.edition_values import PassageState, SectionContent, TakenPassage
from reports.models import Difficulty, Edition, Period, SectionSource
from reports.passage_renewal import Fit
from reports.passages import DIFFICULTY
from tests.compositions import (
    GROUP,
    LONG,
    accept,
    hand_of,
    open_draft,
    section_now,
    take_words,
    write_text,
)
from tests.compositions import period as period  # noqa: PLC0414 - a fixture of the tests below
from tests.people import Cast

pytestmark = pytest.mark.django_db
NEW = "Đã đính chính: đối thoại tại 12 xã"


@pytest.fixture
def edition(cast: Cast, period: Period) -> Edition:
    """Return a draft with words of a report that says something else by now."""
    first = accept(period, cast.district, cast)
    edition = open_draft(period, cast)
    take_words(edition, first, cast)
    accept(period, cast.district, cast, NEW, version=2)
    return edition


def passage(edition: Edition) -> TakenPassage:
    return section_now(edition).taken[0]


def renewed(edition: Edition, cast: Cast) -> tuple[Fit, SectionContent]:
    """Take the new words, and return what came of it."""
    section = section_now(edition)
    return renew(edition, section, section.taken[0], hand_of(cast)), section_now(edition)


def test_words_that_are_kept_are_flagged_no_more_until_the_source_changes_again(
    cast: Cast, period: Period, edition: Edition
) -> None:
    assert passage(edition).state == PassageState.CHANGED
    keep(edition, section_now(edition), passage(edition), hand_of(cast))
    kept = passage(edition)
    assert [kept.state, kept.text, section_now(edition).changed] == [PassageState.KEPT, LONG, ()]
    assert kept.keeping is not None
    assert [kept.keeping.by, kept.keeping.at] == ["Reviewer", hand_of(cast).at]
    accept(period, cast.district, cast, "Đã đính chính lần nữa.", version=3)
    assert [row.state for row in section_now(edition).changed] == [PassageState.CHANGED]


def test_words_that_stand_nowhere_any_more_can_be_kept_too(cast: Cast, period: Period, edition: Edition) -> None:
    accept(period, cast.district, cast, "", version=3)
    assert passage(edition).state == PassageState.GONE
    keep(edition, section_now(edition), passage(edition), hand_of(cast))
    assert [passage(edition).state, section_now(edition).changed] == [PassageState.KEPT, ()]


def test_a_section_that_follows_its_passages_takes_the_new_words(cast: Cast, edition: Edition) -> None:
    fit, section = renewed(edition, cast)
    assert [fit, section.text, section.changed] == [Fit.FOLLOWS, f"- Huyện uỷ A: {NEW}.", ()]


def test_new_words_that_stand_in_the_section_already_stand_there_once(
    cast: Cast, period: Period, edition: Edition
) -> None:
    take_words(edition, period.expectations.get(body=cast.district).submissions.get(version=2), cast, NEW)
    fit, section = renewed(edition, cast)
    assert [fit, section.text, len(section.taken)] == [Fit.FOLLOWS, f"- Huyện uỷ A: {NEW}.", 1]


def test_new_words_replace_the_old_ones_where_those_stand_unchanged(cast: Cast, edition: Edition) -> None:
    write_text(edition, f"Nổi bật:\n- Huyện uỷ A: {LONG.replace(' tại', '  tại')}; cần nhân rộng.")
    fit, section = renewed(edition, cast)
    assert [fit, section.changed] == [Fit.REPLACED, ()]
    assert section.text == f"Nổi bật:\n- Huyện uỷ A: {NEW}; cần nhân rộng."


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        (f"- Huyện uỷ A: {LONG.replace('dứt điểm', 'xong')}.", Fit.EDITED),
        (f"- {LONG}.\n- Huyện uỷ B: {LONG}.", Fit.SHARED),
    ],
)
def test_a_text_in_which_the_old_words_do_not_stand_by_themselves_stays(
    cast: Cast, edition: Edition, text: str, fit: Fit
) -> None:
    write_text(edition, text)
    before = SectionSource.objects.values().get()
    came, section = renewed(edition, cast)
    assert [came, section.text, len(section.changed)] == [fit, text, 1]
    assert SectionSource.objects.values().get() == before


@pytest.mark.parametrize("old", [LONG, "Đối thoại đã mở"])
def test_new_words_that_were_taken_already_are_not_written_twice(
    cast: Cast, period: Period, edition: Edition, old: str
) -> None:
    take_words(edition, period.expectations.get(body=cast.district).submissions.get(version=2), cast, NEW)
    text = f"- Huyện uỷ A: {old}.\n- Huyện uỷ A: {NEW}."
    write_text(edition, text)
    fit, section = renewed(edition, cast)
    assert [fit, section.text, len(section.changed)] == [Fit.BESIDE, text, 1]


def test_words_that_two_bodies_share_are_not_replaced_for_one_of_them(
    cast: Cast, period: Period, edition: Edition
) -> None:
    take_words(edition, accept(period, cast.other_district, cast), cast)
    write_text(edition, f"- {LONG} (02 địa phương, cơ quan nêu).")
    assert renewed(edition, cast)[0] == Fit.SHARED


def test_a_person_who_wrote_the_new_words_by_hand_renews_the_source_alone(cast: Cast, edition: Edition) -> None:
    text = f"- Huyện uỷ A: {NEW}, hơn cùng kỳ."
    write_text(edition, text)
    fit, section = renewed(edition, cast)
    assert [fit, section.text, section.changed] == [Fit.STANDS, text, ()]


def test_of_several_difficulties_the_one_that_was_reworded_is_meant(
    cast: Cast, period: Period, edition: Edition
) -> None:
    def of_the_difficulty() -> tuple[PassageState, str]:
        return next((row.state, row.now) for row in section_now(edition).taken if row.part == DIFFICULTY)

    report = period.expectations.get(body=cast.district).submissions.get(version=2)
    take_words(edition, report, cast, "Thiếu kinh phí mở lớp bồi dưỡng")
    SectionSource.objects.filter(text__startswith="Thiếu").update(part=DIFFICULTY)
    longer = "Còn thiếu kinh phí mở lớp bồi dưỡng nghiệp vụ."
    for order, text in enumerate(("Ít cán bộ chuyên trách.", longer), 1):
        Difficulty.objects.create(submission=report, entry=report.entries.get(), order=order, text=text)
    assert of_the_difficulty() == (PassageState.SAME, longer)
    Difficulty.objects.filter(order=2).update(text="Kinh phí mở lớp còn chậm.")
    assert of_the_difficulty() == (PassageState.CHANGED, "Kinh phí mở lớp còn chậm.")
    Difficulty.objects.filter(order=2).update(text="Đường xa.")
    assert of_the_difficulty() == (PassageState.GONE, "")


def test_nothing_is_kept_or_renewed_once_the_leader_has_it(cast: Cast, edition: Edition) -> None:
    section = section_now(edition)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.IN_REVIEW)
    for decide in (keep, renew):
        with pytest.raises(EditionMoved):
            decide(edition, section, section.taken[0], hand_of(cast))
    assert passage(edition).state == PassageState.CHANGED


def test_who_kept_words_is_stored_whole_or_not_at_all(edition: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionSource.objects.update(seen_digest="0")


def address(edition: Edition) -> str:
    return reverse("reports:edition_section", args=[edition.pk, GROUP])


def shown(client: Client, cast: Cast, edition: Edition) -> str:
    client.force_login(cast.reviewer)
    return client.get(address(edition)).content.decode()


def press(client: Client, page: str, edition: Edition, do: str, **changed: Any) -> str:
    """Press the button of a page that does this, and return the page that follows."""
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|row_version)" value="([^"]*)"', page))
    text = re.search(r'<textarea id="section-text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    button = re.search(rf'value="({do}:[^"]+)"', page)
    assert text
    assert button
    sent = {"text": text[1], "do": button[1], **hidden, **changed}
    return client.post(address(edition), sent, follow=True).content.decode()


def test_the_page_keeps_words_and_tells_who_did(client: Client, cast: Cast, edition: Edition) -> None:
    page = shown(client, cast, edition)
    assert "<ins>" in page
    page = press(client, page, edition, "keep")
    assert "Lời văn cũ được giữ" in page
    assert 'value="keep:' not in page
    assert "Reviewer đã xem lúc" in page
    assert f'value="renew:{passage(edition).key}"' in page


def test_the_page_takes_the_new_words_and_asks_nobody_to_look_again(
    client: Client, cast: Cast, edition: Edition
) -> None:
    write_text(edition, f"- Huyện uỷ A: {LONG}.")
    edition.sections.update(based_on=section_now(edition).generated_text)
    page = press(client, shown(client, cast, edition), edition, "renew")
    section = section_now(edition)
    assert [section.text, section.is_behind, section.changed] == [f"- Huyện uỷ A: {NEW}.", False, ()]
    assert "Lời văn mới đã có trong mục" in page


def test_edited_words_are_shown_beside_the_new_ones(client: Client, cast: Cast, edition: Edition) -> None:
    page = shown(client, cast, edition)
    told = press(client, page, edition, "renew", text="- Huyện uỷ A: đã đối thoại.")
    assert section_now(edition).text == "- Huyện uỷ A: đã đối thoại."
    assert "Lời văn cũ không còn nguyên" in told
    (beside,) = re.findall(r'<div class="columns"><div>.*?</div></div>', told, re.DOTALL)
    assert LONG in beside
    assert NEW in re.sub("<[^>]+>", "", beside)
    assert 'value="renew:' not in told


@pytest.mark.parametrize("do", ["keep", "renew"])
def test_nobody_decides_about_words_that_were_not_shown(
    client: Client, cast: Cast, period: Period, edition: Edition, do: str
) -> None:
    page = shown(client, cast, edition)
    accept(period, cast.district, cast, "Khác nữa.", version=3)
    press(client, page, edition, do)
    assert [passage(edition).text, passage(edition).state] == [LONG, PassageState.CHANGED]


def test_flags_cost_no_more_queries_the_more_there_are(client: Client, cast: Cast, edition: Edition) -> None:
    def queries() -> int:
        client.force_login(cast.reviewer)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(edition)).status_code == 200
        return len(captured)

    few = queries()
    report = edition.period.expectations.get(body=cast.district).submissions.get(version=1)
    for number in range(8):
        source = take_words(edition, report, cast, f"Lời cũ thứ {number}")
        if number % 2:
            keep(
                edition,
                section_now(edition),
                next(row for row in section_now(edition).taken if row.pk == source.pk),
                hand_of(cast),
            )
    assert queries() == few <= 20
