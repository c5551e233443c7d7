"""Every state that a page may show has a colour, a shape and its word."""

from __future__ import annotations

from types import ModuleType

import pytest
from django.db.models import TextChoices
from django.template import Context, Template
from django.utils.translation import override

import reports.choices
import targets.choices
import tasks.choices
from plan_tracker.looks import LOOKS, SHAPES, slug_of

SHOWN_AS_BADGES = {
    tasks.choices: ("WorkState", "Timeliness", "DeadlineKind", "Basis", "Confidence"),
    targets.choices: ("Verdict", "ObservationStatus"),
    reports.choices: ("PeriodState", "SubmissionState", "ReportStanding", "RemarkState", "ReportForm"),
}


def every_list() -> list[type[TextChoices]]:
    """Return all closed lists of the three apps."""
    return [
        value
        for module in SHOWN_AS_BADGES
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, TextChoices) and value is not TextChoices
    ]


def badge(member: object, **extra: object) -> str:
    """Render the tag for one member."""
    return Template("{% status member %}").render(Context({"member": member, **extra}))


@pytest.mark.parametrize("kind", every_list(), ids=lambda kind: kind.__name__)
def test_every_choice_can_be_shown_with_its_own_word(kind: type[TextChoices]) -> None:
    for member in kind:
        if member.value:
            html = badge(member)
            assert f"status--{slug_of(member).replace('_', '-')}" in html
            assert "<svg" in html


@pytest.mark.parametrize(("module", "names"), SHOWN_AS_BADGES.items(), ids=lambda item: getattr(item, "__name__", ""))
def test_every_state_has_a_look_of_its_own(module: ModuleType, names: tuple[str, ...]) -> None:
    missing = [f"{name}.{m.name}" for name in names for m in getattr(module, name) if slug_of(m) not in LOOKS]
    assert not missing


def test_every_look_names_a_shape_that_is_drawn() -> None:
    assert {look.shape for look in LOOKS.values()} <= set(SHAPES)


def test_two_states_of_one_list_never_look_alike() -> None:
    for name, members in (
        ("verdict", list(targets.choices.Verdict)[:6]),
        ("ongoing work", tasks.choices.ONGOING_STATES),
        ("dated work", tasks.choices.DATED_STATES),
        ("submission", list(reports.choices.SubmissionState)),
        ("standing", list(reports.choices.ReportStanding)),
    ):
        looks = [LOOKS[slug_of(member)] for member in members]
        assert len(set(looks)) == len(looks), name


def test_a_state_that_is_not_there_is_a_dash() -> None:
    assert badge(None) == "–"


def test_a_label_is_escaped() -> None:
    assert "<b>" not in Template("{% status 'done' label %}").render(Context({"label": "<b>xong</b>"}))


def test_a_badge_follows_the_language_of_the_page() -> None:
    with override("en"):
        assert "done here" in Template("{% status 'done' 'done here' %}").render(Context())


def test_a_stacked_bar_says_its_numbers_in_words() -> None:
    counts = [(tasks.choices.WorkState.WITH_RESULTS, 3), (tasks.choices.WorkState.IN_PROGRESS, 1)]
    with override("en"):
        html = Template("{% stacked_bar counts 'Progress' compact=True %}").render(Context({"counts": counts}))
    assert 'aria-label="Progress: 3 carried out with results, 1 in progress"' in html
    assert 'x="75.00%" width="25.00%"' in html
    assert "style=" not in html


def test_a_bar_without_counts_says_so() -> None:
    with override("en"):
        assert "nothing reported yet" in Template("{% stacked_bar counts %}").render(Context({"counts": []}))
