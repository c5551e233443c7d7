"""The daily seals: a chain of digests that tells when a single letter of the trail was changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from plan_tracker.audit.choices import Action
from plan_tracker.audit.models import Entry, Seal
from plan_tracker.audit.sealing import faults, seal_until

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 3, 1, 5, tzinfo=UTC)
FOURTH = datetime(2024, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _three_days() -> None:
    """Two entries on the first of March, none on the second, one on the third."""
    Entry.objects.all().delete()
    for day, name in ((0, "lan"), (0, "mai"), (2, "hoa")):
        Entry.objects.create(
            at=NOON + timedelta(days=day), actor=name, action=Action.CHANGED, table="t", new='{"a": 1}'
        )


def found() -> list[tuple[date, str]]:
    """Return the faults as day and kind."""
    return [(fault.day, fault.what) for fault in faults()]


def test_every_day_that_has_ended_is_sealed_quiet_ones_too() -> None:
    made = seal_until(FOURTH)
    assert [(seal.day.day, seal.entries) for seal in made] == [(1, 2), (2, 0), (3, 1)]
    assert [seal.previous for seal in made] == ["", made[0].digest, made[1].digest]
    assert found() == []


def test_a_second_sealing_makes_nothing() -> None:
    seal_until(FOURTH)
    assert seal_until(FOURTH) == []


def test_a_day_waits_an_hour_for_what_is_still_on_its_way() -> None:
    after_midnight = datetime(2024, 3, 3, 17, 30, tzinfo=UTC)
    assert [seal.day.day for seal in seal_until(after_midnight)] == [1, 2]
    assert [seal.day.day for seal in seal_until(after_midnight + timedelta(minutes=30))] == [3]


@pytest.mark.parametrize(
    "change", [{"actor": "Lan"}, {"new": '{"a": 2}'}, {"at": NOON + timedelta(seconds=1)}, {"note": "x"}]
)
def test_one_changed_letter_breaks_the_seal_of_its_day(change: dict[str, object]) -> None:
    seal_until(FOURTH)
    Entry.objects.filter(actor="lan").update(**change)
    assert found() == [(date(2024, 3, 1), "digest")]


def test_an_entry_taken_away_or_slipped_in_breaks_the_seal() -> None:
    seal_until(FOURTH)
    Entry.objects.filter(actor="hoa").delete()
    Entry.objects.create(at=NOON + timedelta(days=1), actor="x", action=Action.CHANGED)
    assert found() == [(date(2024, 3, 2), "digest"), (date(2024, 3, 3), "digest")]


def test_a_seal_made_anew_breaks_the_chain_and_one_taken_away_leaves_a_gap() -> None:
    seals = seal_until(FOURTH)
    Entry.objects.filter(actor="lan").delete()
    Seal.objects.filter(pk=seals[0].pk).delete()
    assert found() == [(date(2024, 3, 2), "chain")]
    Seal.objects.create(day=date(2024, 2, 20), entries=0, last_entry=0, digest="d", sealed_at=FOURTH)
    assert (date(2024, 3, 2), "gap") in found()


def test_the_commands_seal_and_verify_and_fail_where_something_differs(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit_seal")
    call_command("audit_verify")
    told = capsys.readouterr().out
    assert "2024-03-01 2 entries" in told
    assert "are as they were sealed" in told
    Entry.objects.filter(actor="lan").update(actor="x")
    with pytest.raises(CommandError, match="2024-03-01: the entries of this day are not those"):
        call_command("audit_verify")
