"""A secret and its whole life in the portal, for the tests of its withdrawal; and where it is still to be found."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from plan_tracker.accounts.models import User
from plan_tracker.audit.guard import guard, unguard
from reports.choices import Depth, Product, SubmissionState
from reports.choices_tombstones import Scope
from reports.deliveries import freeze, sha256_of
from reports.demo.removal import remove_demonstration
from reports.edition_moves import EditionData
from reports.models import Delivery, Edition, Submission, Tombstone
from reports.remarks import answer, ask
from reports.signed_copies import CopyData
from reports.tombstone_decisions import confirm
from reports.tombstone_files import files_of
from reports.tombstone_search import Asked
from reports.tombstones import ask as ask_for
from reports.workbooks import layout
from reports.workflow import StepData, take_step
from tests.compositions import take_words, write_text
from tests.editions import issue, opened, take
from tests.factories import at, make_entry, make_group, make_period, make_plan, make_submission
from tests.form_pages import Scene, fill_closing, fill_figures, fill_lines, make_scene, page, seen, signed_in, start
from tests.people import Cast, make_cast, make_user, standing
from tests.test_attachments import attach, word_file
from tests.workbooks import download, put, saved, upload

HIDDEN = "Tại xã Đá Trắng đang đào 17 hầm kho mang tên Wyqzz để cất giữ vật chất dự phòng"
SECRET = f"{HIDDEN}. Việc vận chuyển làm vào ban đêm theo đường mòn Khe Sâu, do đơn vị K-5 phụ trách!"
DIFFICULTY = "Đường vào hầm kho Wyqzz ở Khe Sâu bị sạt lở, xe không qua được"
# Words that stand nowhere else; one of them anywhere, and the secret is not gone.
MARKS = ("Đá Trắng", "Wyqzz", "Khe Sâu", "K-5", "hầm kho")
LINE = "group:1"
# How the index of SQLite keeps the end of a word that nobody else writes.
INDEXED = b"yqzz"
Lived: TypeAlias = tuple[Scene, Submission, Edition]
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")


def sent(report: Submission, name: str, actor: User, hour: int) -> Submission:
    """Take a step, with a signed copy whose scan comes along."""
    scan = SimpleUploadedFile("ban-ky.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40)
    copy = CopyData("45-BC/HU", date(2024, 6, 10), "Người ký A", scan=scan)
    data = StepData(declared_no_secret=True, copy=copy)
    return take_step(report, name, actor=actor, standing=standing(actor), at=at(10, hour), data=data)


def typed(scene: Scene, report: Submission) -> None:
    """Type the secret: half of it, more of it, all of it; with a difficulty, a form by Excel, and an attachment."""
    client, url = signed_in(scene.cast.preparer), page("report_group", report.pk, 1)
    for text in (SECRET[:30], SECRET[:70], SECRET):
        data = seen(client, url) | {"line-group-1-state": "in_difficulty", "line-group-1-text": text}
        assert client.post(url, data | {"line-group-1-difficulty": [DIFFICULTY]}).status_code == 302
    book = download(client, report.pk)
    put(book, layout.LINES, "2", text=f"Như mục 1: {HIDDEN}.")
    assert upload(client, report.pk, saved(book)).status_code == 200
    assert attach(client, report.pk, word_file("Phụ lục", SECRET), "Đá Trắng.docx", LINE).status_code == 302


def lived(scene: Scene) -> tuple[Submission, Edition]:
    """Take the secret through everything that happens to a report, up to an issued summary."""
    cast = scene.cast
    cast.committee.symbol, cast.committee.head_superior = "BDVTU", "TỈNH UỶ LẠNG SƠN"
    cast.committee.save()
    plan = make_plan()
    plan.symbol, plan.issued_on = "12-KH/TU", date(2024, 4, 5)
    plan.save()
    period = make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL, is_demo=True)
    report = start(scene, period)
    fill_lines(scene, report)
    fill_figures(scene, report)
    fill_closing(scene, report)
    typed(scene, report)
    report = sent(report, "send", cast.sender, 10)
    report = sent(report, "receive", cast.reviewer, 11)
    remark = ask(report.expectation, report, LINE, f"“{HIDDEN}” là thế nào?", actor=cast.reviewer, at=at(10, 12))
    report = sent(report, "return", cast.reviewer, 13)
    answer(remark, "Xin trả lời ở mục 1.", actor=cast.preparer, at=at(10, 14))
    report = sent(report, "send", cast.sender, 15)
    report = sent(report, "receive", cast.reviewer, 16)
    report = sent(report, "accept", cast.reviewer, 17)
    return report, issued(scene, report)


def issued(scene: Scene, report: Submission) -> Edition:
    """Take the words into a summary, send it out as a draft, and issue it."""
    cast = scene.cast
    edition = opened(report.expectation.period, cast, Product.COMMITTEE)
    take_words(edition, report, cast, SECRET)
    write_text(edition, f"Kết quả nổi bật:\n- Huyện uỷ A: {HIDDEN}.", "group:2")
    take(edition, "send_out", cast.reviewer, data=EditionData(draft_number=1, bodies=(cast.other_district,)))
    edition.sections.update(is_ready=True)
    return issue(edition, cast)


def found() -> tuple[Cast, Submission]:
    """Make an accepted report that was sent with a secret at its first line, and nothing more."""
    cast, plan = make_cast(), make_plan()
    groups = [make_group(plan, number) for number in (1, 2)]
    period = make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)
    owed = period.expectations.get(body=cast.district)
    report = make_submission(owed, cast.preparer, SubmissionState.ACCEPTED)
    for group, text in zip(groups, (SECRET, "Đã làm mục 2."), strict=True):
        make_entry(report, text, group=group)
    content = freeze(report)
    moment = {"delivered_by": cast.sender, "delivered_at": at()}
    Delivery.objects.create(
        submission=report, number=1, token="a", request_hash="", content=content, sha256=sha256_of(content), **moment
    )
    return cast, report


def second() -> User:
    """Return a second administrator."""
    return make_user("administrator_2", is_staff=True)


def request(
    report: Submission,
    actor: User,
    scope: Scope = Scope.LINE,
    *,
    line: str = LINE,
    reason: str = "Công an tỉnh yêu cầu.",
    words: str = "",
    files: frozenset[str] = frozenset(),
) -> Tombstone:
    """Ask for a withdrawal, at the line of the secret if no other is named."""
    asked = Asked(line, scope, reason, words, files)
    return ask_for(report, asked, actor=actor, standing=standing(actor), at=at(20, month=7))


def confirmed(tombstone: Tombstone, actor: User) -> Tombstone:
    """Confirm a withdrawal."""
    return confirm(tombstone, actor=actor, standing=standing(actor), at=at(21, month=7))


def told(text: str) -> bool:
    """Return whether one of the marks stands in a text, whatever its form or its escapes."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), unicodedata.normalize("NFC", text)).casefold()
    return any(mark.casefold() in plain for mark in MARKS)


def in_tables() -> Iterator[str]:
    """Yield table and column of every value of every table, those of no model among them, that tells the secret."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of the database
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                yield from (f"{table}.{name}" for name, value in zip(names, row, strict=True) if _tells(value))


def _tells(value: object) -> bool:
    if isinstance(value, bytes | memoryview):
        return in_bytes(bytes(value))
    return told(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


def in_bytes(content: bytes) -> bool:
    """Return whether bytes tell the secret: as they are, or inside an office document."""
    if content[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return any(in_bytes(parts.read(name)) for name in parts.namelist())
    return told(content.decode("utf-8", "ignore")) or INDEXED in content


def in_files() -> Iterator[str]:
    """Yield every stored file that tells the secret in its name or in its bytes."""
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file() and (told(path.name) or in_bytes(path.read_bytes())):
            yield path.name


def in_raw_bytes() -> bool | None:
    """Return whether SQLite's file, or its log, holds the words outside of any row; None where there is no file."""
    if connection.vendor != "sqlite":
        return None
    name = str(connection.settings_dict["NAME"])
    files = [Path(name), Path(f"{name}-wal")]
    return any(HIDDEN.encode() in path.read_bytes() for path in files if path.exists())


def world() -> Lived:
    """Make the scene and let the secret live in it."""
    scene = make_scene()
    return (scene, *lived(scene))


@contextmanager
def living() -> Iterator[Lived]:
    """Let the secret live, with the trail guarded as in production; what was issued for show can be taken away."""
    made = world()
    guard(connection)
    try:
        yield made
    finally:
        unguard(connection)
        remove_demonstration()


def withdrawn(lived: Lived) -> Tombstone:
    """Withdraw the line of the secret with every file of the report."""
    scene, report, _edition = lived
    files = frozenset(file.sha256 for file in files_of(report.pk))
    tombstone = request(report, scene.cast.administrator, files=files)
    return confirmed(tombstone, second())
