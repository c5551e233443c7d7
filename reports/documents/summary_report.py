"""The summary as a report: parts I to V from the frozen value, and the tables as annexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils import timezone

from plan_tracker.lib.text import vn_key
from reports import sentences
from reports.coverage_values import ClosingPart
from reports.documents.letterhead import Letterhead, line_end
from reports.documents.outline_text import OutlineText
from reports.documents.report_value import Layout, Report
from reports.documents.source_words import counter_sources, indicator_sources, source_words, sources_words
from reports.documents.summary_annexes import annexes_of
from reports.documents.wording import DOCUMENTS, FIRMNESS, STATES, addressed_to
from reports.figure_values import CounterTotal, IndicatorValue
from reports.summary_lines import gather
from reports.summary_values import EntryValue, GatheredNote, Note, Part, Summary
from tasks.choices import DeadlineKind, DocumentKind, WorkState

EXAMPLES = 4
NOTES = 12
CLOSING_LINES = 10
DIRECTION = "chi dao"  # counters of this section belong to part I
TELLING = (WorkState.WITH_RESULTS, WorkState.DONE, WorkState.IN_PROGRESS, WorkState.DOING, None)


def from_summary(
    summary: Summary, letterhead: Letterhead, *, on: date, layout: Layout = Layout.PARTY, is_internal: bool = False
) -> Report:
    """Return the draft of the report; every figure is one of the summary's.

    The internal copy also says where each passage comes from, and draws the counts.
    """
    plan = sentences.plan_in_words(summary.plan.symbol, summary.plan.issued_on)
    outline = OutlineText()
    outline.text(_opening(summary, letterhead))
    _direction(summary, outline)
    _results(summary, outline)
    _assessment(summary, outline, letterhead.name)
    report = Report(
        head=letterhead.head(on=on),
        type_name="BÁO CÁO",
        subject=f"kết quả thực hiện {plan}\ncủa {summary.plan.issuer}\n{period_words(summary)}",
        blocks=outline.blocks,
        recipients=(f"{summary.plan.issuer} (báo cáo)", letterhead.files_at),
        line_end=line_end(on),
        signature=letterhead.signature(),
        annexes=annexes_of(summary),
        author=letterhead.name,
        on=on,
        is_demo=summary.is_demo,
        is_internal=is_internal,
        layout=layout,
    )
    return report if is_internal else report.published()


def plan_words(summary: Summary) -> str:
    """Return the plan with its issuer; dots stand for a number or date that is not known."""
    return f"{sentences.plan_in_words(summary.plan.symbol, summary.plan.issued_on)} của {summary.plan.issuer}"


def period_words(summary: Summary) -> str:
    """Return the period as documents write it."""
    period = summary.period
    return sentences.period_in_words(period.kind, period.year, period.ordinal, period.own_title)


def _opening(summary: Summary, letterhead: Letterhead) -> str:
    """Return the first paragraph: the basis, and how many reports it rests on."""
    coverage = summary.coverage
    basis = f"Thực hiện {plan_words(summary)} về thực hiện {summary.plan.resolution}"
    rests = (
        f"trên cơ sở báo cáo của {sentences.count(coverage.accepted)}/{sentences.count(coverage.expected)} "
        f"{sentences.BODIES}, "
        if coverage.accepted
        else ""
    )
    return f"{basis}, {rests}{letterhead.name} báo cáo kết quả thực hiện {period_words(summary)} như sau:"


def _direction(summary: Summary, outline: OutlineText) -> None:
    """Set part I: documents issued, dated assignments, figures of direction, who has reported."""
    on = timezone.localtime(summary.at).date()
    outline.part("Công tác lãnh đạo, chỉ đạo, quán triệt, triển khai thực hiện")
    kinds = Counter(DOCUMENTS[DocumentKind(paper.kind)] for paper in summary.documents)
    issuers = {paper.body.pk for paper in summary.documents}
    outline.text(sentences.documents_sentence(tuple(kinds.items()), len(issuers)))
    for row in summary.assignments:
        if row.deadline_kind == DeadlineKind.FIXED and row.asked:
            late = [body.name for body in row.overdue]
            outline.text(
                sentences.assignment_sentence(row.title, due=row.due_on, done=row.done, asked=row.asked, overdue=late)
            )
    _set_counters((row for row in summary.counters if is_direction(row)), outline)
    coverage = summary.coverage
    outline.text(
        sentences.coverage_sentence(
            on=on, expected=coverage.expected, received=coverage.received, on_time=coverage.on_time
        )
    )


def is_direction(counter: CounterTotal) -> bool:
    """Return whether an activity figure is one of leading and directing."""
    return vn_key(counter.section).startswith(DIRECTION)


def _set_counters(counters: Iterable[CounterTotal], outline: OutlineText) -> None:
    """Set a sentence for each section of the activity figures, of those that there are."""
    sections: dict[str, list[CounterTotal]] = {}
    for row in counters:
        if row.in_period is not None:
            sections.setdefault(row.section, []).append(row)
    for section, rows in sections.items():
        figures = [(_counter_words(row), row.suppliers, row.asked) for row in rows]
        outline.dash(sentences.counters_sentence(section, figures), sources=counter_sources(rows))


def _counter_words(row: CounterTotal) -> str:
    """Return one activity figure; a state such as a total number says nothing new when summed over the periods."""
    cumulative = None if row.is_level else row.cumulative
    return sentences.counter_words(row.title, row.unit, row.in_period or Decimal(0), cumulative, row.decimals)


def _results(summary: Summary, outline: OutlineText) -> None:
    """Set part II: indicators with figure, date and source; the groups by results and examples; activity figures."""
    outline.part("Kết quả thực hiện")
    outline.point("Kết quả thực hiện các chỉ tiêu")
    known = [row for row in summary.indicators if row.latest is not None]
    for row in known:
        outline.dash(indicator_line(row), sources=indicator_sources(row))
    without = len(summary.indicators) - len(known)
    if without:
        subject = "Các chỉ tiêu còn lại" if known else "Các chỉ tiêu"
        outline.text(f"{subject} chưa có số liệu tại thời điểm báo cáo.")
    outline.point("Kết quả thực hiện các nhóm nhiệm vụ, giải pháp")
    for part in summary.groups:
        outline.item(part.title)
        _group(part, outline)
    outline.point("Một số số liệu hoạt động")
    _set_counters((row for row in summary.counters if not is_direction(row)), outline)
    for question in summary.questions:
        outline.point(question.title.rstrip(".:?"))
        _set_examples(examples(question.entries, len(question.entries)), outline)


def indicator_line(row: IndicatorValue) -> str:
    """Return figure, date and source of one indicator that has a figure."""
    if row.latest is None or row.covers_from is None or row.covers_to is None:
        return ""
    when = sentences.span_in_words(row.covers_from, row.covers_to)
    if row.before is not None:
        when = f"{when}; {sentences.change_in_words(row.latest, row.before, row.unit, row.decimals)}"
    return sentences.indicator_sentence(
        sentences.measured(row.title, row.evaluation, row.unit),
        row.latest,
        row.unit,
        decimals=row.decimals,
        when=when,
        firmness=FIRMNESS[row.status] if row.status else "",
        source=row.source,
    )


def _group(part: Part, outline: OutlineText) -> None:
    """Set one group: what bodies achieved, in their words; the group's box first, then the tasks' own lines."""
    said = [*part.entries, *(entry for task in part.tasks for entry in task.entries)]
    picked = examples(said, EXAMPLES)
    if not picked:
        outline.text("Chưa có báo cáo về nội dung này.")
    _set_examples(picked, outline)
    outline.chart(f"Số địa phương, cơ quan theo tình hình thực hiện nhóm {part.code}", state_bars(part))


def _set_examples(entries: Iterable[EntryValue], outline: OutlineText) -> None:
    """Set passages, each with the line of the report that it comes from."""
    for entry in entries:
        outline.dash(example_line(entry), sources=(source_words(entry.source),))


def state_bars(part: Part) -> tuple[tuple[str, int], ...]:
    """Return how many bodies stand in each state, in words."""
    return tuple((STATES[state], number) for state, number in part.counts)


def examples(entries: Iterable[EntryValue], number: int) -> list[EntryValue]:
    """Return the passages that tell most: work with results first, then in the official order.

    One of each body, and of equal texts only the first.
    """
    telling = [entry for entry in entries if entry.text and entry.state in TELLING]
    ranked = sorted(telling, key=lambda entry: TELLING.index(entry.state) // 2)
    bodies: set[int] = set()
    texts: set[str] = set()
    chosen: list[EntryValue] = []
    for entry in ranked:
        key = vn_key(entry.text)
        if entry.source.body.pk not in bodies and key not in texts:
            chosen.append(entry)
        bodies.add(entry.source.body.pk)
        texts.add(key)
    return sorted(chosen[:number], key=lambda entry: entry.source.body.place)


def example_line(entry: EntryValue) -> str:
    """Return “Huyện uỷ A: …” with the first sentences of what the body says."""
    return f"{entry.source.body.name}: {sentences.first_sentences(entry.text)}"


def _assessment(summary: Summary, outline: OutlineText, own_name: str) -> None:
    """Set parts III to V from the closing parts, difficulties and proposals of the bodies."""
    outline.part("Đánh giá chung")
    outline.point("Ưu điểm")
    _set_closing(summary.closing, "strengths", outline)
    outline.point("Hạn chế, khó khăn, vướng mắc")
    _set_closing(summary.closing, "weaknesses", outline)
    _set_notes(summary.difficulties[:NOTES], outline)
    outline.point("Nguyên nhân")
    _set_closing(summary.closing, "causes", outline)
    outline.part("Phương hướng, nhiệm vụ trọng tâm thời gian tới")
    _set_closing(summary.closing, "coming_work", outline)
    outline.part("Kiến nghị, đề xuất")
    for group in summary.proposals:
        outline.point(addressed_to(group.addressee, own_name))
        _set_notes(group.notes[:NOTES], outline)


def _set_closing(closing: Iterable[ClosingPart], field: str, outline: OutlineText) -> None:
    """Set what bodies write in one field of the closing part; equal texts once, the most frequent first."""
    notes = (Note(part.source, getattr(part, field).strip()) for part in closing)
    for gathered in gather(note for note in notes if note.text)[:CLOSING_LINES]:
        short = GatheredNote(sentences.first_sentences(gathered.text), gathered.sources)
        alone = f"{short.sources[0].body.name}: {short.text}"
        outline.dash(note_line(short) if len(short.sources) > 1 else alone, sources=sources_words(short.sources))


def _set_notes(notes: Iterable[GatheredNote], outline: OutlineText) -> None:
    """Set difficulties or proposals, each with everybody who raises it."""
    for note in notes:
        outline.dash(note_line(note), sources=sources_words(note.sources))


def note_line(note: GatheredNote) -> str:
    """Return a difficulty or proposal with who raises it: one by name, more by their number."""
    text = note.text.rstrip(".;")
    if len(note.sources) == 1:
        return f"{text} ({note.sources[0].body.name})."
    return f"{text} ({sentences.count(len(note.sources))} {sentences.BODIES} nêu)."
