"""Writing in an edition: words are taken with their source, a text is never written over unseen, nothing goes lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.choices import Addressee
from reports.choices_editions import EditionState
from reports.composing import (
    EditionMoved,
    Outcome,
    drop,
    give_back,
    mark,
    note_figures,
    read_typed,
    save_text,
    take,
)
from reports.conflicts import digest
from reports.models import Difficulty, Edition, Period, Proposal
from reports.section_material import Choice, Material, material_of, pieces_for
from reports.told import Quote
from tasks.choices import WorkState
from tests.compositions import (
    GROUP,
    LONG,
    accept,
    content_now,
    hand_of,
    open_draft,
    section_now,
)
from tests.compositions import period as period  # noqa: PLC0414 - a fixture of the tests below
from tests.factories import make_entry
from tests.people import Cast

pytestmark = pytest.mark.django_db
OTHER = "Đã thành lập tổ dân vận ở tất cả các thôn, khối phố trong huyện"


@pytest.fixture
def edition(cast: Cast, period: Period) -> Edition:
    accept(period, cast.district, cast, f"{LONG}. Việc khác.")
    return open_draft(period, cast)


def material(edition: Edition, key: str = GROUP, choice: Choice | None = None) -> list[Material]:
    return material_of(pieces_for(key, content_now(edition).summary), (), choice)


def save(edition: Edition, text: str, cast: Cast, *, seen: str = "", row_version: int | None = None) -> Outcome:
    """Save a text as a page does that shows what stands there now, or what it showed earlier."""
    section = section_now(edition)
    version = section.saved.row_version if row_version is None else row_version
    return save_text(edition, section, read_typed(text, seen or digest(section.text), str(version)), hand_of(cast))


def taken(edition: Edition, quotes: tuple[Quote, ...], cast: Cast) -> int:
    content = content_now(edition)
    section = content.section(GROUP)
    assert section is not None
    return take(edition, section, quotes, content.summary, hand_of(cast))


def test_a_text_that_nobody_changed_goes_on_following_the_figures(cast: Cast, edition: Edition) -> None:
    assert not save(edition, section_now(edition).text, cast).is_clash
    assert not section_now(edition).is_own


def test_a_changed_text_is_the_persons_and_remembers_what_it_began_from(cast: Cast, edition: Edition) -> None:
    before = section_now(edition).generated_text
    save(edition, "Nêu gương của Huyện uỷ A.", cast)
    section = section_now(edition)
    assert [section.text, section.is_own, section.based_on] == ["Nêu gương của Huyện uỷ A.", True, before]
    assert section.saved.by == "Reviewer"


def test_the_later_of_two_editors_is_shown_both_texts(cast: Cast, edition: Edition) -> None:
    seen, version = digest(section_now(edition).text), section_now(edition).saved.row_version
    assert not save(edition, "Của người thứ nhất.", cast, seen=seen, row_version=version).is_clash
    clash = save(edition, "Của người thứ hai.", cast, seen=seen, row_version=version)
    assert [clash.is_clash, clash.theirs] == [True, "Của người thứ nhất."]
    assert section_now(edition).text == "Của người thứ nhất."
    again = save(edition, "Của cả hai.", cast, seen=digest("Của người thứ nhất."), row_version=clash.row_version)
    assert [again.is_clash, section_now(edition).text] == [False, "Của cả hai."]


def test_new_figures_meanwhile_are_no_clash_between_people(cast: Cast, period: Period, edition: Edition) -> None:
    seen, version = digest(section_now(edition).text), section_now(edition).saved.row_version
    accept(period, cast.other_district, cast, OTHER)
    assert not save(edition, "Của tôi.", cast, seen=seen, row_version=version).is_clash


def test_whoever_typed_nothing_still_meets_what_came_meanwhile(cast: Cast, edition: Edition) -> None:
    text, version = section_now(edition).text, section_now(edition).saved.row_version
    save(edition, "Của người khác.", cast)
    quiet = save(edition, text, cast, seen=digest(text), row_version=version)
    assert [quiet.is_clash, quiet.row_version] == [False, version]
    assert save(edition, "Của tôi.", cast, seen=digest(text), row_version=quiet.row_version).is_clash


def test_taking_one_passage_keeps_those_that_the_draft_proposed(cast: Cast, period: Period, edition: Edition) -> None:
    accept(period, cast.other_district, cast, OTHER)
    report = accept(period, cast.district, cast, f"{LONG}. Việc khác.", version=2)
    make_entry(report, "Việc riêng của nhiệm vụ.", task=period.plan.groups.get(number=1).tasks.get())
    (group,) = (one for one in material(edition) if one.line == "task:1.1")
    assert taken(edition, group.quotes, cast) == 1
    assert section_now(edition).text.split("\n") == [
        f"- Huyện uỷ A: {LONG}. Việc khác.",
        "- Huyện uỷ A: Việc riêng của nhiệm vụ.",
        f"- Huyện uỷ B: {OTHER}.",
    ]
    assert taken(edition, group.quotes, cast) == 0


def test_what_is_taken_into_a_persons_text_stands_at_its_end(cast: Cast, period: Period, edition: Edition) -> None:
    save(edition, "Lời dẫn.", cast)
    accept(period, cast.other_district, cast, OTHER)
    (group,) = (one for one in material(edition) if one.bodies[0].code == cast.other_district.code)
    taken(edition, group.quotes, cast)
    section = section_now(edition)
    assert section.text == f"Lời dẫn.\n- Huyện uỷ B: {OTHER}."
    assert [[one.body.name for one in row.sources] for row in section.sentences] == [[], ["Huyện uỷ B"]]


def test_a_proposed_passage_can_be_left_out(cast: Cast, period: Period, edition: Edition) -> None:
    accept(period, cast.other_district, cast, OTHER)
    section = section_now(edition)
    drop(edition, section, section.generated[0].quotes, hand_of(cast))
    section = section_now(edition)
    assert section.text == f"- Huyện uỷ B: {OTHER}."
    drop(edition, section, section.generated[0].quotes, hand_of(cast))
    assert [section_now(edition).text, section_now(edition).is_own] == ["", True]


def test_nearly_equal_words_are_one_and_carry_every_source(cast: Cast, period: Period, edition: Edition) -> None:
    accept(period, cast.district, cast, LONG, version=2)
    accept(period, cast.other_district, cast, f"{LONG} đai.")
    (group,) = material(edition)
    assert [body.name for body in group.bodies] == ["Huyện uỷ A", "Huyện uỷ B"]
    taken(edition, group.quotes, cast)
    assert section_now(edition).text == f"- {LONG} (02 địa phương, cơ quan nêu)."
    assert len(section_now(edition).taken) == 2


def test_material_is_chosen_by_body_state_and_task(cast: Cast, period: Period, edition: Edition) -> None:
    report = accept(period, cast.other_district, cast, OTHER)
    make_entry(report, "Còn vướng.", task=period.plan.groups.get(number=1).tasks.get(), state=WorkState.IN_DIFFICULTY)
    assert len(material(edition)) == 3
    assert [one.text for one in material(edition, choice=Choice(state=WorkState.IN_DIFFICULTY))] == ["Còn vướng."]
    assert [one.text for one in material(edition, choice=Choice(line="task:1.1"))] == ["Còn vướng."]
    assert len(material(edition, choice=Choice(body=cast.other_district.code))) == 2


def test_parts_iii_to_v_are_offered_what_all_bodies_write(cast: Cast, period: Period, edition: Edition) -> None:
    report = accept(
        period, cast.district, cast, version=2, weaknesses="Chậm.", strengths="Sát sao.", causes="Ít người."
    )
    Difficulty.objects.create(submission=report, order=1, text="Thiếu kinh phí")
    Proposal.objects.create(submission=report, order=1, text="Bổ sung kinh phí", addressee=Addressee.CENTRE)
    texts = {key: [one.text for one in material(edition, key)] for key in ("strengths", "weaknesses", "lessons")}
    assert texts == {
        "strengths": ["Sát sao."],
        "weaknesses": ["Chậm.", "Thiếu kinh phí"],
        "lessons": ["Sát sao.", "Ít người."],
    }
    assert [one.text for one in material(edition, "proposals:centre")] == ["Bổ sung kinh phí"]
    assert material(edition, "indicators") == []


def test_a_section_can_follow_the_figures_again(cast: Cast, edition: Edition) -> None:
    save(edition, "Của tôi.", cast)
    give_back(edition, GROUP, hand_of(cast))
    assert section_now(edition).text == f"- Huyện uỷ A: {LONG}. Việc khác."


def test_a_ready_section_says_when_its_figures_move(cast: Cast, period: Period, edition: Edition) -> None:
    mark(edition, section_now(edition), ready=True)
    assert [section_now(edition).is_ready, section_now(edition).is_behind] == [True, False]
    accept(period, cast.other_district, cast, OTHER)
    assert section_now(edition).is_behind
    note_figures(edition, section_now(edition))
    assert not section_now(edition).is_behind


def test_nothing_is_written_once_the_leader_has_it(cast: Cast, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.IN_REVIEW)
    with pytest.raises(EditionMoved):
        save(edition, "Của tôi.", cast)
    with pytest.raises(EditionMoved):
        mark(edition, section_now(edition), ready=True)


def test_material_has_another_name_when_its_words_change(edition: Edition) -> None:
    (one,) = material(edition)
    piece = one.pieces[0]
    other = replace(piece, quote=replace(piece.quote, text="Khác."))
    assert Material((other,)).key != one.key
