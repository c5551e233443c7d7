"""The search over 200,000 entries against an ILIKE without an index over the same rows."""

from __future__ import annotations

import random

from django.db import connection

from plan_tracker.lib.dates import ZONE
from reports.choices import PeriodKind
from reports.models import Entry, Expectation, Submission
from reports.search_reports import reports
from reports.search_values import Question
from tasks.choices import Role, WorkState
from tasks.models import Task
from tasks.permissions import Standing, standing_of
from tests.bench.interleaved import Measurement, in_turns
from tests.factories import at, make_body, make_group, make_period, make_plan, make_task
from tests.people import SINCE, make_user

BODIES, PERIODS, TASKS = 50, 80, 50
ENTRIES = BODIES * PERIODS * TASKS
ASKED, SHOWN = "khoi nghiep sang tao", 30
# One entry in so many holds the phrase.
RARE = 1000
# On PostgreSQL a scan of the server's; on SQLite, which scans a file in the same process, the ratio is only told.
BAR = {"postgresql": 1 / 20, "sqlite": float("inf")}
SENTENCE = (
    "tuyên truyền vận động nhân dân thực hiện nghị quyết đại đoàn kết toàn dân tộc huyện uỷ chỉ đạo xã xoá nhà tạm"
)
WORDS = SENTENCE.split()


def _text(number: int, chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _word in range(60)]
    if number % RARE == 0:
        words[30:30] = ["khởi", "nghiệp", "sáng", "tạo"]
    return " ".join(words)


def fill() -> Standing:
    """Write the entries, and return who reads them all."""
    chance = random.Random(43)  # noqa: S311 - nothing secret hangs on it
    plan = make_plan("ke-hoach-tim-kiem")
    group = make_group(plan, 9)
    tasks: list[Task] = [make_task(group, number) for number in range(1, TASKS + 1)]
    committee = make_body("ban-tim-kiem", name="Ban tìm kiếm", is_summarizer=True)
    reader = make_user("reader", committee, Role.REVIEWER)
    bodies = [make_body(f"tk-{number}", name=f"Đơn vị {number}") for number in range(BODIES)]
    number = 0
    for place in range(PERIODS):
        period = make_period(plan, PeriodKind.MONTH, 2020 + place // 12, own_title=f"Kỳ {place}")
        owed = Expectation.objects.bulk_create(Expectation(period=period, body=body) for body in bodies)
        made = Submission.objects.bulk_create(
            Submission(expectation=one, created_by=reader, created_at=at(), saved_by=reader) for one in owed
        )
        rows = []
        for submission in made:
            for task in tasks:
                text = _text(number, chance)
                rows.append(Entry(submission=submission, task=task, text=text, state=WorkState.IN_PROGRESS))
                number += 1
        Entry.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return standing_of(reader, on=max(SINCE, at().astimezone(ZONE).date()))


def scan() -> int:
    """Look for the same words, with their tones, in every text, and return how many entries hold them."""
    like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM reports_entry WHERE text {like} %s", ["%khởi nghiệp sáng tạo%"])  # noqa: S608
        return len(cursor.fetchall())


def search() -> Measurement:
    """Measure what the page of the search does for the reports, and make sure first that both find the same."""
    reader = fill()
    question = Question.of(ASKED, together=True)
    assert scan() == ENTRIES // RARE
    assert len(reports(question, reader, slice(0, ENTRIES))) == ENTRIES // RARE

    def ask() -> None:
        assert len(reports(question, reader, slice(0, SHOWN))) == SHOWN

    return in_turns(f"search of {ENTRIES:,} entries", connection.vendor, scan, ask, BAR[connection.vendor])


measurements = (search,)
