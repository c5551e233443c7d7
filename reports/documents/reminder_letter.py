"""The draft of a formal letter (công văn đôn đốc) to the bodies whose report is late, with their list as its annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from plan_tracker.lib.dates import add_working_days, document_day
from reports import sentences
from reports.documents.letterhead import Letterhead, letterhead_of, line_end
from reports.documents.report_value import Column, Paragraph, Report, Table
from reports.expectations import days_late
from reports.models import Expectation, Period
from reports.office_days import decided_around
from tasks.models import Body

# Up to so many bodies are addressed by name; the list in the annex names all of them in any case.
MOST_NAMED = 6
DAYS_TO_ANSWER = 3
BODIES = "địa phương, cơ quan, đơn vị"


def reminder_letter(period: Period, late: Sequence[Expectation], *, at: datetime) -> Report:
    """Return the letter of the body that draws up the summary; number, signatory and last word are its own."""
    on = timezone.localtime(at).date()
    letterhead = letterhead_of(_issuer(period, on=on), on=on)
    when = sentences.period_in_words(period.kind, period.year, period.ordinal, period.own_title)
    about = f"về việc đôn đốc gửi báo cáo {when}"
    head = replace(letterhead.head(on=on), number=letterhead.open_number("CV"), about=about)
    return Report(
        head=head,
        type_name="",
        subject=f"Công văn {about}",
        blocks=tuple(Paragraph(text) for text in _text(period, late, letterhead, on=on)),
        recipients=("Như trên", "Thường trực Tỉnh uỷ (báo cáo)", letterhead.files_at),
        line_end=line_end(on),
        signature=letterhead.signature(),
        author=letterhead.name,
        on=on,
        to=_addressed(late, on=on),
        annexes=(_list(late, at=at),),
        annexes_in_landscape=False,
        is_demo=period.is_demo,
    )


def _issuer(period: Period, *, on: date) -> Body:
    """Return the body that draws up the summary; where none is marked, the plan's own issuer."""
    marked = Body.objects.filter(is_summarizer=True).prefetch_related("names")
    issuer: Body = marked.alive(on=on).first() or marked.first() or period.plan.issuer
    return issuer


def _addressed(late: Sequence[Expectation], *, on: date) -> tuple[str, ...]:
    """Return the lines after “Kính gửi:”."""
    if len(late) == 1:
        return (late[0].body.name,)
    if len(late) > MOST_NAMED:
        return (f"Các {BODIES}", "(có danh sách kèm theo)")
    end, last = line_end(on), len(late) - 1
    return tuple(f"- {owed.body.name}{'.' if place == last else end}" for place, owed in enumerate(late))


def _text(period: Period, late: Sequence[Expectation], letterhead: Letterhead, *, on: date) -> list[str]:
    """Return the paragraphs: what asks for the report, who has not sent it, and by when it is asked for."""
    plan = sentences.plan_in_words(period.plan.symbol, period.plan.issued_on, period.plan.resolution)
    when = sentences.period_in_words(period.kind, period.year, period.ordinal, period.own_title)
    asked = ""
    if period.request_symbol:
        day = f", ngày {document_day(period.request_date)}" if period.request_date else ""
        asked = f" tại văn bản số {period.request_symbol}{day}"
    local = timezone.localtime(period.due_at)
    due = f"{local:%H} giờ {local:%M}, ngày {document_day(local)}"
    new_due = document_day(add_working_days(on, DAYS_TO_ANSWER, decided_around(on)))
    mean = "các " + BODIES + " nêu trên" if len(late) > 1 else late[0].body.name
    return [
        f"Thực hiện {plan}, {letterhead.name} đã đề nghị các {BODIES} gửi báo cáo {when}{asked}; "
        f"thời hạn gửi trước {due}.",
        f"Đến ngày {document_day(on)}, còn {sentences.count(len(late))} {BODIES} chưa gửi báo cáo "
        "(có danh sách kèm theo).",
        f"{letterhead.name} đề nghị {mean} khẩn trương hoàn thành và gửi báo cáo trước ngày {new_due} để kịp thời "
        "tổng hợp, báo cáo Ban Thường vụ Tỉnh uỷ. Quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về "
        f"{letterhead.name} để phối hợp giải quyết.",
    ]


def _list(late: Sequence[Expectation], *, at: datetime) -> Table:
    """Return the late bodies with their due day and how late they are."""
    columns = (
        Column("TT", 12, is_mark=True),
        Column("Địa phương, cơ quan, đơn vị", 88),
        Column("Thời hạn gửi", 35, is_mark=True),
        Column("Số ngày quá hạn", 30, is_number=True),
    )
    rows = tuple(
        (place, owed.body.name, timezone.localtime(owed.due_at).date(), days_late(owed, at=at))
        for place, owed in enumerate(late, start=1)
    )
    return Table(f"Danh sách {BODIES} chưa gửi báo cáo", columns, rows)
