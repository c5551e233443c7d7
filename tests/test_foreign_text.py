"""What one body has written stands in no answer to another body, whichever page or file is asked for."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Entry, Remark
from tasks.models import IssuedDocument
from tests.access_rows import READS
from tests.access_world import make_world

OWN = "chi-cua-huyen-a-4711"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["other", "viewer"])
def test_no_answer_holds_what_another_body_wrote_and_nobody_accepted(role: str) -> None:
    world = make_world()
    if role == "viewer":  # who reads every body's register and accepted reports reads none that is on its way
        Entry.objects.exclude(submission=world.rows["accepted"]).update(text=OWN)
    else:
        Entry.objects.update(text=OWN)
        IssuedDocument.objects.exclude(body=world.people[role].memberships.get().body).update(title=OWN)
    Remark.objects.update(text=OWN)
    client = Client()
    client.force_login(world.people[role])
    told = []
    for row in READS:
        answer = client.get(reverse(row.route, args=row.args(world)))
        if OWN.encode() in answer.getvalue():
            told.append(row.route)
    assert told == [], told


def test_its_own_people_do_read_it() -> None:
    world = make_world()
    Entry.objects.update(text=OWN)
    client = Client()
    client.force_login(world.people["preparer"])
    address = reverse("reports:report_read", args=[world.rows["draft"].pk])
    assert OWN in client.get(address).content.decode()


def test_the_administration_opens_no_page_to_anybody_else() -> None:
    world = make_world()
    client = Client()
    client.force_login(world.people["reviewer"])
    for name in ("index", "accounts_user_changelist", "accounts_user_add", "tasks_membership_import"):
        answer = client.get(reverse(f"admin:{name}"), follow=True)
        assert answer.status_code == 404
