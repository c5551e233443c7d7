"""Honest files that were damaged at random: every door answers with a sentence or takes them, and none falls over."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plan_tracker.lib.bounded.running import BoundedError, ask
from plan_tracker.lib.uploads import RefusedFileError
from reports.attachments import look_at
from reports.choices import Depth, PeriodKind
from reports.models import Submission
from reports.signed_copies import scan_faults
from tests.form_pages import make_scene, open_period, page, start
from tests.hostile import pdf
from tests.workbooks import upload

SOAK = bool(os.environ.get("SOAK"))
THROUGH_THE_PAGE, AT_THE_DOORS = (400, 4000) if SOAK else (8, 60)
ANSWERS = {200, 422}


def chance_of(seed: int) -> random.Random:
    """Return what draws the same damage each time."""
    return random.Random(seed)  # noqa: S311 - damage, no secret


def cut(content: bytes, chance: random.Random) -> bytes:
    """Break off somewhere."""
    return content[: chance.randrange(len(content))]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(content)
    for _time in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def doubled(content: bytes, chance: random.Random) -> bytes:
    """Put a piece in twice, as a bad line does."""
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randint(1, 3000))
    return content[:end] + content[start:]


def zeroed(content: bytes, chance: random.Random) -> bytes:
    """Lose a piece, as a bad disk does."""
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randint(1, 4000))
    return content[:start] + bytes(end - start) + content[end:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (cut, flipped, doubled, zeroed)


@pytest.fixture
def submission(db: None, client: Client) -> Submission:
    """Begin a report, and sign its preparer in."""
    scene = make_scene()
    client.force_login(scene.cast.preparer)
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


def test_no_damaged_workbook_makes_a_page_fail(client: Client, submission: Submission) -> None:
    honest = client.get(page("report_template", submission.pk)).content
    for seed in range(THROUGH_THE_PAGE):
        damage = DAMAGES[seed % len(DAMAGES)]
        answer = upload(client, submission.pk, damage(honest, chance_of(seed)))
        assert answer.status_code in ANSWERS, f"{damage.__name__} {seed}: {answer.status_code}"
        if answer.status_code == 422:
            assert answer.context["form"].errors, f"{damage.__name__} {seed}"


def test_no_damaged_file_passes_a_door_as_an_error(client: Client, submission: Submission) -> None:
    workbook = client.get(page("report_template", submission.pk)).content
    document = client.get(page("report_docx", submission.pk)).content
    honest = (workbook, document, pdf("Bao cao"))
    for seed in range(AT_THE_DOORS):
        content = DAMAGES[seed % len(DAMAGES)](honest[seed % len(honest)], chance_of(seed))
        try:
            _content, kind = look_at(SimpleUploadedFile("tai-lieu.xlsx", content))
        except RefusedFileError as refusal:
            assert str(refusal).endswith("."), seed
            continue
        list(scan_faults(SimpleUploadedFile("ban-quet.pdf", content)))
        for task in ("cells", "lines") if kind == "xlsx" else ("lines",):
            try:
                assert isinstance(ask(task, content, kind=kind).told, dict)
            except BoundedError:
                continue
