"""The audit trail tells of a withdrawal and its seals still hold; two people at once, and one who is saving."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import User
from plan_tracker.audit.choices import Action
from plan_tracker.audit.guard import guard, unguard
from plan_tracker.audit.models import Entry as TrailEntry
from plan_tracker.audit.models import Redaction
from plan_tracker.audit.sealing import faults, seal_until
from reports.models import (
    Difficulty,
    Entry,
)
from reports.tombstones import TombstoneRefused
from tests.factories import at
from tests.form_pages import signed_in
from tests.people import make_user
from tests.secrets_found import (
    Lived,
    confirmed,
    in_tables,
    living,
    request,
    second,
    told,
    withdrawn,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lived(settings: Settings, tmp_path: Path) -> Iterator[Lived]:
    """A secret after its whole life, with a folder of its own for files."""
    settings.MEDIA_ROOT = tmp_path
    with living() as made:
        yield made


def seal_yesterday() -> None:
    """Let everything so far have happened two days ago, and seal that day."""
    unguard(connection)
    TrailEntry.objects.update(at=timezone.now() - timedelta(days=2))
    guard(connection)
    assert seal_until(timezone.now())


def test_the_trail_tells_of_it_and_its_seals_still_hold(lived: Lived, capsys: pytest.CaptureFixture[str]) -> None:
    scene, _report, _edition = lived
    seal_yesterday()
    tombstone = withdrawn(lived)
    assert list(faults()) == []
    call_command("audit_verify")
    shown = capsys.readouterr().out
    assert f"tombstone:{tombstone.pk}: a secret was taken out of {Redaction.objects.count()} entries" in shown
    entry = TrailEntry.objects.get(action=Action.WITHDRAWN)
    assert entry.record == f"tombstone:{tombstone.pk}" and tombstone.sha256 in entry.note
    decided = TrailEntry.objects.filter(table="reports_tombstone", action=Action.CHANGED).first()
    assert decided is not None and "confirmed_at" in decided.new
    trail = signed_in(scene.cast.administrator).get("/nhat-ky/").content.decode()
    assert "thu hồi nội dung mật" in trail and not told(trail)


def test_a_forged_redaction_does_not_pass(lived: Lived) -> None:
    seal_yesterday()
    withdrawn(lived)
    unguard(connection)
    changed = TrailEntry.objects.get(pk=Redaction.objects.latest("pk").entry_number)
    TrailEntry.objects.filter(pk=changed.pk).update(new='{"text": "khác"}')
    assert {fault.what for fault in faults()} == {"digest"}
    TrailEntry.objects.filter(pk=changed.pk).update(new=changed.new)
    Redaction.objects.create(entry_number=1, act="tombstone:99", before="a" * 64, after="b" * 64, at=at())
    assert "redaction" in {fault.what for fault in faults()}
    with pytest.raises(CommandError, match="no entry says by which decision"):
        call_command("audit_verify")


def test_two_confirm_at_once_and_one_wins(lived: Lived) -> None:
    scene, report, _edition = lived
    tombstone = request(report, scene.cast.administrator)
    others = [second(), make_user("administrator_3", is_staff=True)]
    barrier = Barrier(2)

    def press(actor: User) -> str:
        barrier.wait()
        try:
            return str(confirmed(tombstone, actor).state)
        except TombstoneRefused as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, others))
    assert answers[1] == "withdrawn"
    assert "đã có quyết định" in answers[0] or "Đang có người lưu" in answers[0]
    assert list(in_tables()) == [] and list(faults()) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets only one person write")
def test_whoever_is_saving_just_now_is_not_made_to_fail(lived: Lived) -> None:
    scene, report, _edition = lived
    tombstone, other = request(report, scene.cast.administrator), second()
    saving, tried = Event(), Event()

    def save() -> None:
        with transaction.atomic():
            Entry.objects.filter(submission=report, group__number=2).update(text="Đang lưu.")
            saving.set()
            tried.wait(10)
            Difficulty.objects.filter(submission=report).update(order=3)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(save)
        saving.wait(10)
        with pytest.raises(TombstoneRefused, match="Đang có người lưu"):
            confirmed(tombstone, other)
        tried.set()
        done.result()
    confirmed(tombstone, other)
    assert list(in_tables()) == [] and Entry.objects.filter(text="Đang lưu.").exists()
