"""Two savers at one entry: nothing acknowledged is lost, and whoever was slower sees both texts."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.db import connections

from plan_tracker.accounts.models import User
from reports.choices import Depth, PeriodKind
from reports.models import Submission
from tests.form_pages import Scene, digests_in, make_scene, open_period, page, signed_in, start

pytestmark = pytest.mark.django_db(transaction=True)
SAVES = 400 if os.environ.get("SOAK") else 15
STATE = {"line-group-1-state": "in_progress"}


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


class Saver:
    """Somebody who adds one mark after the other to a line, as often as the server says who was there first."""

    def __init__(self, user: User, url: str) -> None:
        self.client, self.url, self.lost = signed_in(user), url, 0

    def save(self, mark: str) -> None:
        """Add a mark to what stands there; where somebody else was quicker, add it to what they wrote."""
        html = self.client.get(self.url).content.decode()
        data, before = digests_in(html), typed_in(html)
        while True:
            text = f"{before} {mark}".strip()
            response = self.client.post(self.url, {**data, **STATE, "line-group-1-text": text})
            if response.status_code == 302:
                return
            html = response.content.decode()
            assert response.status_code == 409
            assert typed_in(html) == text
            before = text_of_the_other(html)
            assert before
            self.lost += 1
            choice = {"line-group-1-asked": "1", "line-group-1-choice": "mine"}
            data = digests_in(html) | choice

    def save_all(self, name: str) -> list[str]:
        """Save one mark after the other and return those that were acknowledged."""
        marks = [f"{name}{number}" for number in range(SAVES)]
        for mark in marks:
            self.save(mark)
        connections.close_all()
        return marks


def typed_in(html: str) -> str:
    found = re.search(r'<textarea id="line-group-1-text"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def text_of_the_other(html: str) -> str:
    found = re.search(r'id="line-group-1-clash".*?<p class="entry">(.*?)</p>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def test_of_two_savers_no_acknowledged_save_is_lost_and_every_loser_sees_both_texts(
    scene: Scene, submission: Submission
) -> None:
    url = page("report_group", submission.pk, 1)
    savers = [Saver(scene.cast.preparer, url), Saver(scene.cast.sender, url)]
    with ThreadPoolExecutor(2) as pool:
        marks = list(pool.map(lambda pair: pair[0].save_all(pair[1]), zip(savers, ("A", "B"), strict=True)))
    kept = submission.entries.get(group__number=1)
    assert sorted(kept.text.split()) == sorted([*marks[0], *marks[1]])
    assert kept.row_version == 2 * SAVES


def test_two_savers_really_clash(scene: Scene, submission: Submission) -> None:
    url = page("report_group", submission.pk, 1)
    first, second = Saver(scene.cast.preparer, url), Saver(scene.cast.sender, url)
    stale = digests_in(second.client.get(url).content.decode())
    first.save("A")
    response = second.client.post(url, {**stale, **STATE, "line-group-1-text": "B"})
    assert response.status_code == 409
    assert (typed_in(response.content.decode()), text_of_the_other(response.content.decode())) == ("B", "A")
