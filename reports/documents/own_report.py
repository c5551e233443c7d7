"""A body's own report as a DOCX under its own head: what it typed, in the outline of a report, for its head to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from plan_tracker.lib.dates import document_day
from reports import sentences
from reports.choices import Addressee, PeriodKind, ReportForm
from reports.documents.docx_file import render_docx
from reports.documents.letterhead import Letterhead, letterhead_of, line_end
from reports.documents.outline_text import OutlineText
from reports.documents.report_value import DASH, NO_FIGURE, Cell, Column, Figure, Layout, Report, Table
from reports.documents.wording import DOCUMENTS, STATES, addressed_to
from reports.file_names import file_words
from reports.models import CounterValue, Difficulty, Entry, Period, Proposal, Reading, SignedCopy, Submission
from tasks.choices import BodyKind, DocumentKind, WorkState
from tasks.models import Body, IssuedDocument, TaskGroup

NOTHING_SAID = "Chưa có nội dung báo cáo."
SHARE_PLACES = 2
OUTSIDE_THE_PARTY = (BodyKind.FRONT, BodyKind.SOCIO_POLITICAL, BodyKind.MASS_ASSOCIATION)
REVIEWS = (PeriodKind.PRELIMINARY, PeriodKind.FINAL)


@dataclass(frozen=True)
class OwnReport:
    """Everything that the paper prints, read once."""

    submission: Submission
    period: Period
    body: Body
    summarizer: Body | None
    copy: SignedCopy | None
    groups: Sequence[TaskGroup]
    entries: Sequence[Entry]
    difficulties: Sequence[Difficulty]
    proposals: Sequence[Proposal]
    counters: Sequence[CounterValue]
    readings: Sequence[Reading]
    documents: Sequence[IssuedDocument]

    def entry_of(self, subject: str, pk: int) -> Entry | None:
        """Return what is said of a group, task, assignment or question."""
        return next((entry for entry in self.entries if getattr(entry, f"{subject}_id") == pk), None)


def read_own_report(submission: Submission, *, on: date) -> OwnReport:
    """Return the report with all its lines; a fixed number of queries."""
    whole = Submission.objects.select_related("expectation__body", "expectation__period__plan__issuer", "signed_copy")
    submission = whole.get(pk=submission.pk)
    period, body = submission.expectation.period, submission.expectation.body
    entries = submission.entries.select_related("group", "task__group", "assignment", "question")
    return OwnReport(
        submission=submission,
        period=period,
        body=body,
        summarizer=Body.objects.alive(on=on).filter(is_summarizer=True).first(),
        copy=getattr(submission, "signed_copy", None),
        groups=list(period.plan.groups.order_by("number")),
        entries=list(entries.order_by("task__number", "assignment__order", "question__order", "pk")),
        difficulties=list(submission.difficulties.order_by("entry", "order", "pk")),
        proposals=list(submission.proposals.order_by("entry", "order", "pk")),
        counters=list(submission.counter_values.select_related("counter").order_by("counter__order")),
        readings=list(
            submission.readings.select_related("indicator").order_by("indicator__target", "indicator__order")
        ),
        documents=list(
            IssuedDocument.objects.filter(plan=period.plan_id, body=body, is_demo=period.is_demo)
            .issued_between(period.data_from, period.data_to)
            .order_by("issued_on", "symbol")
        ),
    )


def render_own_report(submission: Submission, *, on: date) -> bytes:
    """Return the report as a DOCX dated on a day, or on the day of its signed copy."""
    return render_docx(from_own_report(read_own_report(submission, on=on), on=on))


def usual_layout(kind: str) -> Layout:
    """Return in which layout bodies of a kind write: the Party's; the Front and the unions are no bodies of the Party.

    Nothing headed ĐẢNG CỘNG SẢN VIỆT NAM may leave them, so they head with the state's motto.
    """
    return Layout.STATE if kind in OUTSIDE_THE_PARTY else Layout.PARTY


def from_own_report(report: OwnReport, *, on: date, layout: Layout | None = None) -> Report:
    """Return the document of a report that was read before, in the layout asked for or the body's usual one."""
    copy = report.copy if report.copy and report.copy.symbol else None
    day = copy.signed_on if copy and copy.signed_on else on
    letterhead = letterhead_of(report.body, on=day)
    plan = report.period.plan
    named = sentences.plan_in_words(plan.symbol, plan.issued_on)
    outline = OutlineText()
    outline.text(_opening(report, letterhead))
    has_content = report.submission.form == ReportForm.CONTENT
    if has_content:
        _content(report, outline)
    else:
        outline.text(_without_content(report, letterhead))
    return Report(
        head=letterhead.head(on=day, number=copy.symbol if copy else ""),
        type_name="BÁO CÁO",
        subject=f"kết quả thực hiện {named}\ncủa {plan.issuer.name}\n{_when(report.period)}",
        blocks=outline.blocks,
        recipients=tuple(_recipients(report, letterhead)),
        line_end=line_end(day),
        signature=letterhead.signature(copy),
        annexes=(_annex(report),) if report.counters and has_content else (),
        annexes_in_landscape=False,
        author=letterhead.name,
        on=day,
        is_demo=report.period.is_demo,
        layout=layout or usual_layout(report.body.kind),
    )


def _when(period: Period) -> str:
    """Return the period as documents write it."""
    return sentences.period_in_words(period.kind, period.year, period.ordinal, period.own_title)


def _plan_words(period: Period) -> str:
    """Return the plan with its issuer."""
    plan = period.plan
    return f"{sentences.plan_in_words(plan.symbol, plan.issued_on)} của {plan.issuer.name}"


def _opening(report: OwnReport, letterhead: Letterhead) -> str:
    """Return the first paragraph: what asks for the report, and which span it covers."""
    period = report.period
    basis = f"Thực hiện {_plan_words(period)} về thực hiện {period.plan.resolution}"
    if period.request_symbol:
        day = f", ngày {document_day(period.request_date)}" if period.request_date else ""
        basis += f" và văn bản số {period.request_symbol}{day} về việc báo cáo"
    span = f"số liệu từ ngày {document_day(period.data_from)} đến ngày {document_day(period.data_to)}"
    return f"{basis}, {letterhead.name} báo cáo kết quả thực hiện {_when(period)} ({span}) như sau:"


def _without_content(report: OwnReport, letterhead: Letterhead) -> str:
    """Return the whole text of a report that says nothing new, or that is sent separately."""
    if report.submission.form == ReportForm.CONFIDENTIAL:
        return f"{letterhead.name} có báo cáo riêng theo chế độ bảo mật."
    return "Trong kỳ báo cáo, không phát sinh nội dung mới so với báo cáo kỳ trước."


def _content(report: OwnReport, outline: OutlineText) -> None:
    """Set parts I to V; what is empty is left out, and the numbers follow."""
    _direction(report, outline)
    _results(report, outline)
    submission = report.submission
    outline.part("Đánh giá chung")
    outline.point("Ưu điểm")
    outline.text(submission.strengths)
    outline.point("Hạn chế, khó khăn, vướng mắc")
    outline.text(submission.weaknesses)
    outline.dashes(row.text for row in report.difficulties)
    outline.point("Nguyên nhân")
    outline.text(submission.causes)
    outline.part("Phương hướng, nhiệm vụ trọng tâm thời gian tới")
    outline.text(submission.coming_work)
    outline.part("Kiến nghị, đề xuất")
    for addressee in Addressee:
        outline.point(addressed_to(addressee, report.summarizer.name if report.summarizer else ""))
        outline.dashes(row.text for row in report.proposals if row.addressee == addressee)


def _direction(report: OwnReport, outline: OutlineText) -> None:
    """Set part I from the register of issued documents."""
    outline.part("Công tác lãnh đạo, chỉ đạo, quán triệt, triển khai thực hiện")
    if not report.documents:
        outline.text("Trong kỳ, sổ theo dõi chưa ghi nhận văn bản mới ban hành.")
        return
    outline.text(f"Trong kỳ đã ban hành {sentences.count(len(report.documents))} văn bản:")
    for row in report.documents:
        kind = DOCUMENTS[DocumentKind(row.kind)]
        name = (
            f"{kind[:1].upper()}{kind[1:]} số {row.symbol}"
            if row.kind != DocumentKind.OTHER
            else f"Văn bản số {row.symbol}"
        )
        outline.text(f"- {name}, ngày {document_day(row.issued_on)}: {row.title.rstrip('.;')}.")


def _results(report: OwnReport, outline: OutlineText) -> None:
    """Set part II: indicators, the groups with their own lines, the assignments, the period's own questions."""
    outline.part("Kết quả thực hiện")
    outline.point("Kết quả thực hiện các chỉ tiêu")
    outline.dashes(reading_words(row) for row in report.readings)
    outline.point("Kết quả thực hiện các nhóm nhiệm vụ, giải pháp")
    for group in report.groups:
        outline.item(group.title)
        own = [entry for entry in report.entries if entry.task is not None and entry.task.group_id == group.pk]
        box = report.entry_of("group", group.pk)
        outline.text(_said(box) if box or not own else "")
        for entry in own:
            outline.text(_said(entry), start=f"{entry.task.title}: " if entry.task else "")
    outline.point("Nhiệm vụ được giao tại mục IV của Kế hoạch")
    for entry in report.entries:
        if entry.assignment is not None:
            outline.text(_said(entry), start=f"{entry.assignment.title}: ")
    outline.point("Nội dung báo cáo theo yêu cầu của kỳ")
    for entry in report.entries:
        if entry.question is not None:
            outline.text(_said(entry), start=f"{entry.question.text.rstrip('.:')}: ")


def _said(entry: Entry | None) -> str:
    """Return what an entry says; without words its state, for states speak only where nothing else does."""
    if entry is None:
        return NOTHING_SAID
    if entry.state == WorkState.SEPARATE:
        return f"{STATES[WorkState.SEPARATE]}."
    if entry.text.strip():
        return entry.text
    return f"{STATES[WorkState(entry.state)]}." if entry.state else NOTHING_SAID


def reading_words(row: Reading) -> str:
    """Return a figure with its numerator and denominator, or that there is none yet."""
    indicator = row.indicator
    title = sentences.measured(indicator.title, indicator.evaluation, indicator.unit)
    if row.value is None:
        return f"{title}: {NO_FIGURE}."
    figure, share = row.value, ""
    if row.numerator is not None and row.denominator is not None:
        # Its parts stand beside it, so a share may be rounded; the portal keeps more places than a report prints.
        places = max(indicator.decimals, SHARE_PLACES)
        figure = figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        share = f" ({sentences.amount(row.numerator)}/{sentences.amount(row.denominator)})"
    note = f"; {row.note.rstrip('.')}" if row.note else ""
    return f"{title}: {sentences.with_unit(figure, indicator.unit, indicator.decimals)}{share}{note}."


def _recipients(report: OwnReport, letterhead: Letterhead) -> list[str]:
    """Return “Nơi nhận”: the body that sums up, and the own files."""
    to = [f"{report.summarizer.name} (báo cáo)"] if report.summarizer else []
    return [*to, letterhead.files_at]


def _annex(report: OwnReport) -> Table:
    """Return the counters as a table of their own."""
    columns = (
        Column("TT", 11, is_mark=True),
        Column("Nội dung", 73),
        Column("Đơn vị tính", 23, is_mark=True),
        Column("Trong kỳ", 22, True),
        Column("Luỹ kế", 22, True),
        Column("Ghi chú", 14),
    )
    rows: list[tuple[Cell, ...]] = []
    section = ""
    for place, row in enumerate(report.counters, start=1):
        counter = row.counter
        if counter.section != section:
            section = counter.section
            rows.append((section,))
        note = "; ".join(part for part in ("ước" if row.is_estimate else "", row.note) if part)
        figures = (Figure(value, counter.decimals, DASH) for value in (row.in_period, row.cumulative))
        rows.append((place, counter.title, counter.unit, *figures, note))
    return Table(f"Biểu số liệu {_when(report.period)}", columns, tuple(rows), sheet="Số liệu")


def file_name(submission: Submission, kind: str = "docx") -> str:
    """Return the name of the file: ASCII, for it goes into a header."""
    period = submission.expectation.period
    return f"bao-cao-{submission.expectation.body.code}-{file_words(period)}.{kind}"
