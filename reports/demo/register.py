"""The demonstration registers of issued documents and a few inspections: IV.1a answered on time, late or not yet."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tasks.choices import DeadlineKind, DocumentKind
from tasks.models import Assignment, Body, Inspection, IssuedDocument, Plan, Task

OWN_PLAN_TITLE = "thực hiện Nghị quyết số 43-NQ/TW và Kế hoạch của Ban Thường vụ Tỉnh uỷ"
LATER_TITLES: tuple[tuple[DocumentKind, str, str], ...] = (
    (DocumentKind.LETTER, "về việc tăng cường công tác dân vận ở cơ sở", "3.5"),
    (DocumentKind.PLAN, "kiểm tra, giám sát việc thực hiện Nghị quyết số 43-NQ/TW", "3.5"),
    (DocumentKind.PLAN, "tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư", "7.3"),
    (DocumentKind.LETTER, "về việc rà soát, đăng ký mô hình “Dân vận khéo”", "8.2"),
)
REMEDY = "Đã tổ chức sơ kết ở các chi bộ và bổ sung đủ hồ sơ lưu."
FINDINGS = "Đã xây dựng kế hoạch và triển khai đến cơ sở; một số chi bộ chưa sơ kết, hồ sơ lưu chưa đầy đủ."


def fill_registers(plan: Plan, bodies: list[Body], today: date) -> None:
    """Write each body's own plan (item IV.1a) and a few later documents issued by today."""
    dated = Assignment.objects.filter(plan=plan, deadline_kind=DeadlineKind.FIXED).first()
    tasks = {task.code: task for task in Task.objects.filter(group__plan=plan)}
    for place, body in enumerate(bodies):
        random = Random(f"register:{body.code}")  # noqa: S311 - the same documents on every machine
        if place % 12 == 7:
            continue
        issued_on = date(2024, 5, 20) + timedelta(days=random.randint(0, 40))
        if place % 9 == 4:
            issued_on = date(2024, 7, 1) + timedelta(days=random.randint(3, 30))
        own = write(plan, body, DocumentKind.PLAN, random.randint(60, 140), issued_on, OWN_PLAN_TITLE, today)
        if own is not None and dated is not None:
            own.assignments.add(dated)
        for kind, title, code in LATER_TITLES:
            later = issued_on + timedelta(days=random.randint(30, 700))
            document = write(plan, body, kind, random.randint(141, 600), later, title, today)
            if document is not None and code in tasks:
                document.tasks.add(tasks[code])


def write(  # noqa: PLR0913, PLR0917 - a line of a register has this many columns
    plan: Plan, body: Body, kind: DocumentKind, number: int, issued_on: date, title: str, today: date
) -> IssuedDocument | None:
    """Write one line of the register, unless it would be dated after today."""
    if issued_on > today:
        return None
    symbol = f"{number}-{kind.value}/{body.symbol}"
    return IssuedDocument.objects.create(
        plan=plan, body=body, kind=kind, symbol=symbol, issued_on=issued_on, title=title, is_demo=True
    )


def hold_inspections(plan: Plan, bodies: list[Body], today: date) -> None:
    """Write one inspection a year of three bodies; the latest is still to be remedied."""
    for year in range(2024, today.year + 1):
        for place, body in enumerate(bodies[year % 5 :: 5][:3]):
            inspected_on = date(year, 10, 5 + place * 6)
            if inspected_on > today:
                continue
            remedy_due_on = inspected_on + timedelta(days=45)
            is_open = remedy_due_on >= today or place == 2
            Inspection.objects.create(
                plan=plan,
                body=body,
                team="Đoàn kiểm tra của Ban Dân vận Tỉnh uỷ (minh hoạ)",
                document="Kế hoạch kiểm tra minh hoạ",
                inspected_on=inspected_on,
                findings=FINDINGS,
                remedy_due_on=remedy_due_on,
                remedied_on=None if is_open else remedy_due_on - timedelta(days=5),
                remedy="" if is_open else REMEDY,
                is_demo=True,
            )
