"""What stands in the workbook of a report when it is given out: every line with what was typed and what came before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from plan_tracker.lib.dates import screen_day
from reports.checks import cumulative_before
from reports.choices import Addressee
from reports.closing import Closing, stored_closing
from reports.figure_pages import indicator_text, last_counters, last_readings
from reports.figures import (
    Figures,
    counter_fields,
    counter_figures,
    indicator_fields,
    reading_figures,
    shown_number,
)
from reports.filling import EMPTY, Content, Stored, last_entries, stored_lines
from reports.models import Entry, Submission
from reports.outline import CLOSING, CLOSING_FIELDS, FormOutline, Line
from reports.workbooks import layout
from reports.workbooks.layout import Book, Filled, Row
from reports.workbooks.registering import Register
from tasks.choices import DocumentKind, WorkState
from tasks.models import IssuedDocument

LAST_CHARACTERS = 1500
CLOSING_LABELS = {
    "strengths": "Ưu điểm, kết quả nổi bật",
    "weaknesses": "Hạn chế",
    "causes": "Nguyên nhân",
    "coming_work": "Phương hướng, nhiệm vụ thời gian tới",
}
QUESTION = "CH"
LINE_LIST, KIND_LIST, ADDRESSEE_LIST, TICK_LIST, DOCUMENT_LIST = "dong", "loai", "noi_nhan", "danh_dau", "loai_van_ban"


def code_of(line: Line) -> str:
    """Return the code by which a line is known on its sheet: 3, 2.5, IV.1a, CH1."""
    kind, _colon, code = line.key.partition(":")
    return QUESTION + code if kind == "question" else code


def book_key(submission: Submission) -> str:
    """Return what names the body and the period of a report in its workbook."""
    expectation = submission.expectation
    return f"{expectation.body.code}/{expectation.period_id}"


def state_label(state: str) -> str:
    """Return the word of a state as the workbook writes it."""
    with override("vi"):
        return str(WorkState(state).label) if state else ""


def lines_by_code(outline: FormOutline) -> dict[str, Line]:
    """Return the lines that take difficulties and proposals, by their code."""
    return {code_of(line): line for line in outline.entry_lines() if line.states}


def book_of(submission: Submission, outline: FormOutline) -> Book:
    """Return the whole workbook; in Vietnamese whatever the reader's language."""
    with override("vi"):
        stored = stored_lines(submission)
        closing = stored_closing(submission)
        sheets, seen = _line_sheets(submission, outline, stored)
        rows, closing_sheet = _rows_sheet(outline, stored, closing), _closing_sheet(closing)
        counters, readings = _counters(submission, outline), _indicators(submission, outline)
        parts = [*sheets, rows, counters[0], readings[0], closing_sheet, documents_sheet(Register.of(submission))]
        shown = [part for part in parts if part.rows or (part.sheet is layout.ROWS or part.sheet is layout.DOCUMENTS)]
        if not outline.has_closing:
            shown.remove(closing_sheet)
        expectation = submission.expectation
        return Book(
            key=book_key(submission),
            body=expectation.body.name,
            period=expectation.period.title,
            intro=_intro(submission),
            sheets=tuple(shown),
            lists=_lists(outline),
            seen=seen | counters[1] | readings[1] | {CLOSING: closing.digest},
            is_demo=expectation.period.is_demo,
        )


def _intro(submission: Submission) -> tuple[str, ...]:
    due = _("due %(day)s") % {"day": screen_day(submission.expectation.due_at.date())}
    return (
        f"Biểu mẫu báo cáo: {submission.expectation.period.title} ({due})",
        submission.expectation.body.name,
        "",
        "1. Chỉ ghi vào các ô trắng. Ô xám là nội dung kỳ trước hoặc phần của biểu mẫu, không sửa được.",
        "2. Không thêm, xoá, đổi tên trang tính hoặc cột; không gộp ô. Muốn chép từ tệp khác: Dán đặc biệt → Giá trị.",
        "3. Số liệu ghi như trong văn bản: 1.240 hoặc 1240; phần thập phân sau dấu phẩy: 72,5. Không phát sinh: ghi 0.",
        "4. Trong một ô, xuống dòng bằng Alt + Enter. Mỗi ô tối đa 20.000 ký tự.",
        "5. Ghi xong, lưu tệp dạng .xlsx rồi tải lên ở trang báo cáo. Hệ thống cho xem trước thay đổi, chưa lưu gì "
        "cho đến khi chọn “Áp dụng”.",
        "6. Nếu có người đồng thời nhập trên trang, hệ thống hiện cả hai nội dung để chọn; không nội dung nào bị ghi "
        "đè.",
        "7. Không ghi nội dung thuộc bí mật nhà nước vào biểu mẫu này.",
    )


def _lists(outline: FormOutline) -> dict[str, list[str]]:
    """Return what the drop-downs offer, by the name of the list."""
    states = {line.states for line in outline.entry_lines() if line.states}
    lists = {states_list(of): [state_label(state) for state in of] for of in states}
    lists[LINE_LIST] = [*([layout.GENERAL] if outline.has_closing else []), *lines_by_code(outline)]
    lists[KIND_LIST] = [layout.DIFFICULTY, layout.PROPOSAL]
    lists[ADDRESSEE_LIST] = [str(label) for label in Addressee.labels]
    lists[TICK_LIST] = [layout.TICK]
    lists[DOCUMENT_LIST] = [str(label) for label in DocumentKind.labels]
    return lists


def states_list(states: tuple[WorkState, ...]) -> str:
    """Return the name of the list of these states."""
    return "tinh_hinh_" + "_".join(states)


def _line_sheets(
    submission: Submission, outline: FormOutline, stored: Mapping[tuple[str, int], Stored]
) -> tuple[list[Filled], dict[str, str]]:
    last = last_entries(submission, list(outline.entry_lines()))
    questions = {line.key: row.text for line, row in zip(outline.question_lines, outline.questions, strict=True)}
    seen = {
        line.key: stored.get((line.subject, line.subject_id), Stored(EMPTY)).content.digest
        for line in outline.entry_lines()
    }

    def rows(lines: Iterable[Line]) -> tuple[Row, ...]:
        return tuple(
            _line_row(
                line,
                stored.get((line.subject, line.subject_id), Stored(EMPTY)).content,
                last.get((line.subject, line.subject_id)),
                questions.get(line.key, line.label),
            )
            for line in lines
        )

    groups = [line for group in outline.groups for line in group.lines]
    return [
        Filled(layout.LINES, rows(groups)),
        Filled(layout.ASSIGNED, rows([*outline.assignment_lines, *outline.question_lines])),
    ], seen


def _line_row(line: Line, content: Content, last: Entry | None, label: str) -> Row:
    before = last.text if last else ""
    cells = {
        layout.CODE: code_of(line),
        "label": label,
        "last_state": state_label(last.state) if last else "",
        "last_text": before if len(before) <= LAST_CHARACTERS else before[: LAST_CHARACTERS - 1] + "…",
        "state": state_label(content.state),
        "text": content.text,
        "serves": ";".join(content.serves),
    }
    choices = {"state": states_list(line.states)} if line.states else {}
    blocked: frozenset[str] = frozenset() if line.states else frozenset({"state", "serves"})
    return Row(cells, line.key, blocked, choices, is_head=line.subject == "group")


def _rows_sheet(outline: FormOutline, stored: Mapping[tuple[str, int], Stored], closing: Closing) -> Filled:
    """Return every difficulty and proposal, and room for more."""
    choices = {"line": LINE_LIST, "kind": KIND_LIST, "addressee": ADDRESSEE_LIST}
    rows = [Row(cells, choices=choices) for cells in _said(layout.GENERAL, closing.rows)] if outline.has_closing else []
    for code, line in lines_by_code(outline).items():
        content = stored.get((line.subject, line.subject_id), Stored(EMPTY)).content
        rows += [Row(cells, choices=choices) for cells in _said(code, content)]
    return Filled(layout.ROWS, tuple(rows), layout.SPARE_ROWS, choices)


def _said(code: str, content: Content) -> Iterator[dict[str, str]]:
    for text in content.difficulties:
        yield {"line": code, "kind": layout.DIFFICULTY, "text": text}
    for text, to in content.proposals:
        addressee = str(Addressee(to).label)
        yield {"line": code, "kind": layout.PROPOSAL, "text": text, "addressee": addressee}


def _closing_sheet(closing: Closing) -> Filled:
    rows = [
        Row({layout.CODE: name, "label": CLOSING_LABELS[name], "text": closing.texts[name]}, CLOSING)
        for name in CLOSING_FIELDS
    ]
    return Filled(layout.CLOSING, tuple(rows))


def _counters(submission: Submission, outline: FormOutline) -> tuple[Filled, dict[str, str]]:
    values = {row.counter_id: row for row in submission.counter_values.all()}
    before = cumulative_before(submission) if outline.counters else {}
    last = last_counters(submission)[1] if outline.counters else {}
    rows, seen = [], {}
    for counter in outline.counters:
        value, fields = values.get(counter.pk), counter_fields(counter)
        now = counter_figures(value, before.get(counter.pk)) if value else Figures()
        earlier = last.get(counter.pk)
        cells = {
            layout.CODE: counter.code,
            "label": counter.title,
            "unit": counter.unit,
            "last": shown_number(earlier.in_period, counter.decimals) if earlier else "",
            "before": "" if counter.is_level else shown_number(before.get(counter.pk), counter.decimals),
            "estimate": layout.TICK if now.is_estimate else "",
            "note": now.note,
        } | {name: shown_number(now.numbers.get(name), decimals) for name, decimals in fields.items()}
        blocked = frozenset({"in_period", "cumulative"} - set(fields))
        key = f"counter:{counter.code}"
        rows.append(Row(cells, key, blocked, {"estimate": TICK_LIST}))
        seen[key] = now.digest
    return Filled(layout.COUNTERS, tuple(rows)), seen


def _indicators(submission: Submission, outline: FormOutline) -> tuple[Filled, dict[str, str]]:
    readings = {row.indicator_id: row for row in submission.readings.all()}
    last = last_readings(submission)[1] if outline.indicators else {}
    rows, seen = [], {}
    for indicator in outline.indicators:
        reading, fields = readings.get(indicator.pk), indicator_fields(indicator)
        now = reading_figures(reading, indicator) if reading else Figures()
        cells = {
            layout.CODE: indicator.code,
            "label": indicator.title,
            "unit": indicator.unit,
            "last": indicator_text(indicator, last.get(indicator.pk)),
            "note": now.note,
        } | {name: shown_number(now.numbers.get(name), decimals) for name, decimals in fields.items()}
        key = f"indicator:{indicator.code}"
        rows.append(Row(cells, key, frozenset({"value", "numerator", "denominator"} - set(fields))))
        seen[key] = now.digest
    return Filled(layout.INDICATORS, tuple(rows)), seen


def documents_sheet(register: Register, spare: int = layout.SPARE_DOCUMENTS) -> Filled:
    """Return the body's register as it stands, and room for what is not in it yet."""
    known = IssuedDocument.objects.filter(body_id=register.body, plan_id=register.plan)
    known = known.prefetch_related("assignments", "tasks")
    rows = [
        Row(
            {
                "kind": str(DocumentKind(row.kind).label),
                "symbol": row.symbol,
                "issued_on": screen_day(row.issued_on),
                "title": row.title,
                "assignments": ";".join(one.code for one in row.assignments.all()),
                "tasks": ";".join(one.code for one in row.tasks.all()),
            },
            blocked=frozenset(column.name for column in layout.DOCUMENTS.columns),
        )
        for row in known.order_by("issued_on", "symbol", "pk")
    ]
    return Filled(layout.DOCUMENTS, tuple(rows), spare, {"kind": DOCUMENT_LIST})
