"""The summary as a report in the Party layout: parts I to V from the frozen value, and the tables as annexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from plan_tracker.lib.text import vn_key
from reports import sentences
from reports.coverage_values import ClosingPart
from reports.documents.letterhead import Letterhead, line_end
from reports.documents.outline_text import OutlineText
from reports.documents.party_layout import PartyDocument
from reports.documents.summary_annexes import set_annexes
from reports.documents.wording import DOCUMENTS, FIRMNESS, addressed_to
from reports.summary_lines import gather
from reports.summary_values import (
    CounterTotal,
    EntryValue,
    GatheredNote,
    IndicatorValue,
    Note,
    Part,
    Summary,
)
from tasks.choices import DeadlineKind, DocumentKind, WorkState

EXAMPLES = 4
NOTES = 12
CLOSING_LINES = 10
DIRECTION = "chi dao"  # counters of this section belong to part I
TELLING = (WorkState.WITH_RESULTS, WorkState.DONE, WorkState.IN_PROGRESS, WorkState.DOING, None)


def render_summary(summary: Summary, letterhead: Letterhead, *, on: date) -> bytes:
    """Return the draft of the report as a DOCX; every figure is one of the summary's."""
    plan = sentences.plan_in_words(summary.plan.symbol, summary.plan.issued_on)
    subject = f"kết quả thực hiện {plan}\ncủa {summary.plan.issuer}\n{period_words(summary)}"
    document = PartyDocument(
        is_demo=summary.is_demo, title=f"Báo cáo {subject}".replace("\n", " "), author=letterhead.name, on=on
    )
    document.head(letterhead.head(on=on))
    document.title("BÁO CÁO", subject)
    document.text(_opening(summary, letterhead))
    outline = OutlineText(document)
    _direction(summary, outline)
    _results(summary, outline)
    _assessment(summary, outline, letterhead.name)
    recipients = [f"{summary.plan.issuer} (báo cáo)", letterhead.files_at]
    document.foot(recipients, letterhead.signature(), ends_with=line_end(on))
    set_annexes(summary, document)
    return document.to_bytes()


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
    outline.dashes(_counter_lines(row for row in summary.counters if is_direction(row)))
    coverage = summary.coverage
    outline.text(
        sentences.coverage_sentence(
            on=on, expected=coverage.expected, received=coverage.received, on_time=coverage.on_time
        )
    )


def is_direction(counter: CounterTotal) -> bool:
    """Return whether an activity figure is one of leading and directing."""
    return vn_key(counter.section).startswith(DIRECTION)


def _counter_lines(counters: Iterable[CounterTotal]) -> Iterator[str]:
    """Yield a sentence for each section of the activity figures, of those that there are."""
    sections: dict[str, list[tuple[str, int, int]]] = {}
    for row in counters:
        if row.in_period is not None:
            # A state such as a total number says nothing new when it is summed over the periods.
            cumulative = None if row.is_level else row.cumulative
            words = sentences.counter_words(row.title, row.unit, row.in_period, cumulative, row.decimals)
            sections.setdefault(row.section, []).append((words, row.suppliers, row.asked))
    for section, figures in sections.items():
        yield sentences.counters_sentence(section, figures)


def _results(summary: Summary, outline: OutlineText) -> None:
    """Set part II: indicators with figure, date and source; the groups by results and examples; activity figures."""
    outline.part("Kết quả thực hiện")
    outline.point("Kết quả thực hiện các chỉ tiêu")
    known = [row for row in summary.indicators if row.latest is not None]
    outline.dashes(indicator_line(row) for row in known)
    without = len(summary.indicators) - len(known)
    if without:
        subject = "Các chỉ tiêu còn lại" if known else "Các chỉ tiêu"
        outline.text(f"{subject} chưa có số liệu tại thời điểm báo cáo.")
    outline.point("Kết quả thực hiện các nhóm nhiệm vụ, giải pháp")
    for part in summary.groups:
        outline.item(part.title)
        _group(part, outline)
    outline.point("Một số số liệu hoạt động")
    outline.dashes(_counter_lines(row for row in summary.counters if not is_direction(row)))
    for question in summary.questions:
        outline.point(question.title.rstrip(".:?"))
        outline.dashes(example_line(entry) for entry in examples(question.entries, len(question.entries)))


def indicator_line(row: IndicatorValue) -> str:
    """Return figure, date and source of one indicator that has a figure."""
    if row.latest is None or row.covers_from is None or row.covers_to is None:
        return ""
    return sentences.indicator_sentence(
        sentences.measured(row.title, row.evaluation, row.unit),
        row.latest,
        row.unit,
        decimals=row.decimals,
        when=sentences.span_in_words(row.covers_from, row.covers_to),
        firmness=FIRMNESS[row.status] if row.status else "",
        source=row.source,
    )


def _group(part: Part, outline: OutlineText) -> None:
    """Set one group: what bodies achieved, in their words; the group's box first, then the tasks' own lines."""
    said = [*part.entries, *(entry for task in part.tasks for entry in task.entries)]
    picked = examples(said, EXAMPLES)
    if not picked:
        outline.text("Chưa có báo cáo về nội dung này.")
        return
    outline.dashes(example_line(entry) for entry in picked)


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
    outline.dashes(_closing_lines(summary.closing, "strengths"))
    outline.point("Hạn chế, khó khăn, vướng mắc")
    outline.dashes(_closing_lines(summary.closing, "weaknesses"))
    outline.dashes(note_line(note) for note in summary.difficulties[:NOTES])
    outline.point("Nguyên nhân")
    outline.dashes(_closing_lines(summary.closing, "causes"))
    outline.part("Phương hướng, nhiệm vụ trọng tâm thời gian tới")
    outline.dashes(_closing_lines(summary.closing, "coming_work"))
    outline.part("Kiến nghị, đề xuất")
    for group in summary.proposals:
        outline.point(addressed_to(group.addressee, own_name))
        outline.dashes(note_line(note) for note in group.notes[:NOTES])


def _closing_lines(closing: Iterable[ClosingPart], field: str) -> Iterator[str]:
    """Yield what bodies write in one field of the closing part; equal texts once, the most frequent first."""
    notes = (Note(part.source, getattr(part, field).strip()) for part in closing)
    for gathered in gather(note for note in notes if note.text)[:CLOSING_LINES]:
        short = GatheredNote(sentences.first_sentences(gathered.text), gathered.sources)
        yield note_line(short) if len(short.sources) > 1 else f"{short.sources[0].body.name}: {short.text}"


def note_line(note: GatheredNote) -> str:
    """Return a difficulty or proposal with who raises it: one by name, more by their number."""
    text = note.text.rstrip(".;")
    if len(note.sources) == 1:
        return f"{text} ({note.sources[0].body.name})."
    return f"{text} ({sentences.count(len(note.sources))} {sentences.BODIES} nêu)."
