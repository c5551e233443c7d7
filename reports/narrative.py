"""What a report says in sentences, from the summary: results and examples, every number with the rows behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from plan_tracker.lib.dates import document_day
from reports import anchors
from reports.coverage_values import Coverage
from reports.documents.wording import DOCUMENTS, FIRMNESS
from reports.figure_values import CounterTotal, IndicatorValue
from reports.inspection_values import Inspections
from reports.sentences import BODIES, change_in_parts, measured, span_in_words, with_unit
from reports.summary_values import AssignmentValue, IssuedPaper
from reports.told import Figure, Sentence, Words, between, counted, joined, said, valued
from tasks.choices import DocumentKind

AGENCIES = "cơ quan, đơn vị"


def coverage(value: Coverage, *, on: date) -> Sentence | None:
    """Return how many reports have come by a day, how many in time, and how many are missing."""
    if not value.expected:
        return None
    received, day = value.received, f"Đến ngày {document_day(on)}"
    if not received:
        return said(f"{day}, chưa có {BODIES} nào gửi báo cáo.")
    of = counted(value.expected, anchors.COVERAGE)
    parts: list[str | Figure | Words] = [f"{day}, đã có ", counted(received, anchors.COVERAGE), "/", of]
    parts.append(f" {BODIES} gửi báo cáo")
    if value.on_time == received:
        parts.append(", đều đúng thời hạn" if received > 1 else ", đúng thời hạn")
    elif value.on_time:
        parts += [", trong đó ", counted(value.on_time, anchors.COVERAGE), " báo cáo đúng thời hạn"]
    else:
        parts.append(", đều sau thời hạn" if received > 1 else ", sau thời hạn")
    missing = value.expected - received
    if missing:
        parts += ["; còn ", counted(missing, anchors.MISSING), f" {BODIES} chưa gửi báo cáo"]
    return said(*parts, ".")


def inspections(found: Inspections) -> Sentence | None:
    """Return how many bodies were inspected in the window, and where findings are still to be remedied."""
    number = counted(len(found.held), anchors.INSPECTIONS, BODIES)
    held: Words = ("Trong kỳ, đã kiểm tra ", *number) if found.held else ()
    if not found.open:
        return said(held, ".") if held else None
    left = counted(len(found.open), anchors.INSPECTIONS, "cuộc kiểm tra chưa khắc phục xong các hạn chế được chỉ ra")
    late: Words = (", trong đó ", *counted(found.overdue, anchors.INSPECTIONS, "đã quá hạn")) if found.overdue else ()
    start: Words = (*held, "; còn ") if held else ("Còn ",)
    return said(start, left, late, ".")


def documents(papers: Sequence[IssuedPaper], *, beside_figure: bool = False) -> Sentence | None:
    """Return how many documents were issued, and of which types, the most frequent first.

    Where a figure of issued documents stands beside it, which counts more than the list, the sentence names the list.
    """
    if not papers:
        return None
    span = "Theo danh mục văn bản đã cập nhật, trong kỳ, " if beside_figure else "Trong kỳ, "
    kinds = Counter(DOCUMENTS[DocumentKind(paper.kind)] for paper in papers).most_common()
    issuers = {paper.body.pk: paper.body.name for paper in papers}
    subject: Words = (next(iter(issuers.values())),)
    if len(issuers) > 1:
        subject = counted(len(issuers), anchors.DOCUMENTS, BODIES)
    if len(kinds) == 1:
        what = counted(len(papers), anchors.DOCUMENTS, kinds[0][0])
        return said(span, subject, " đã ban hành ", what, " để lãnh đạo, chỉ đạo, triển khai thực hiện.")
    start = (span, subject, " đã ban hành ", counted(len(papers), anchors.DOCUMENTS, "văn bản"))
    listed = joined([counted(number, anchors.DOCUMENTS, word) for word, number in kinds])
    return said(*start, " lãnh đạo, chỉ đạo, triển khai thực hiện, gồm: ", listed, ".")


def assignment(row: AssignmentValue) -> Sentence | None:
    """Return how far dated work is: done by how many, and who is past the date, by name in the official order."""
    if not row.asked:
        return None
    sources = [duty.source for duty in row.bodies if duty.source is not None]
    rows = anchors.assignment(row.code)
    when = f" (thời hạn {document_day(row.due_on)})" if row.due_on else ""
    start = f"{row.title}{when}: "
    if row.asked == 1:
        body = row.bodies[0].body.name
        state = (
            "đã hoàn thành" if row.done else "đã quá thời hạn, chưa hoàn thành" if row.overdue else "chưa hoàn thành"
        )
        return said(f"{start}{body} {state}.", sources=sources)
    end: tuple[str | Words, ...] = ()
    if row.overdue:
        names = joined([(body.name,) for body in row.overdue])
        end = ("; còn ", counted(len(row.overdue), rows), f" {AGENCIES} quá hạn: ", names)
        if row.late is not None:
            # What bodies that ended left unfinished is one piece of work each, at everybody who followed.
            end = ("; còn ", counted(row.late, rows), " phần việc quá hạn, nay do các cơ quan sau thực hiện: ", names)
    if not row.done:
        return said(f"{start}chưa có {AGENCIES} nào hoàn thành", *end, ".", sources=sources)
    done = (counted(row.done, rows), "/", counted(row.asked, rows), f" {AGENCIES} hoàn thành")
    return said(start, *done, *end, ".", sources=sources)


def counter(row: CounterTotal, *, with_change: bool = False, note: Words = ()) -> Words:
    """Return one activity figure inside a sentence: in the period, so far this year and in all, and the year before.

    A note of its own stands last in the brackets.
    """
    if row.in_period is None:
        return ()
    rows = anchors.counter(row.code)
    words: Words = (f"{row.title[:1].lower()}{row.title[1:]}: ", *valued(row.in_period, rows, row.unit, row.decimals))
    notes: list[Words] = []
    # A state such as a total number says nothing new when it is summed over the periods.
    if row.cumulative is not None and row.cumulative != row.in_period and not row.is_level:
        notes.append(("luỹ kế ", *valued(row.cumulative, rows, decimals=row.decimals)))
    if with_change and row.before is not None:
        notes.append(_change(row.in_period, row.before, rows, row.decimals))
    told = between(notes, ", ")
    return (*words, *_noted(told, note))


def _change(now: Decimal, before: Decimal, rows: str, decimals: int) -> Words:
    """Return “tăng 04 so với cùng kỳ năm trước”."""
    if now == before:
        return ("bằng cùng kỳ năm trước",)
    word = "tăng" if now > before else "giảm"
    return (f"{word} ", *valued(abs(now - before), rows, decimals=decimals), " so với cùng kỳ năm trước")


def counters(rows: Iterable[CounterTotal], *, with_change: bool = False) -> Iterator[Sentence]:
    """Yield a sentence for each section of activity figures that has some.

    Each figure says of how many bodies it comes; where that is the same for all of them, once, at the end.
    """
    sections: dict[str, list[CounterTotal]] = {}
    for row in rows:
        if row.in_period is not None:
            sections.setdefault(row.section, []).append(row)
    for section, found in sections.items():
        told_by = [one.source for row in found for one in row.figures]
        before = [one.source for row in found for one in row.carried]
        sources = {source.body.pk: source for source in (*before, *told_by)}
        shared = len({(row.suppliers, row.asked) for row in found}) == 1
        told = [
            counter(row, with_change=with_change and row.is_comparable, note=() if shared else _gap(row))
            for row in found
        ]
        last = _noted(*([_gap(found[-1])] if shared else []), _carried(found))
        yield said(f"{section}: ", between(told), last, ".", sources=sources.values(), listed=True)


def _noted(*notes: Words) -> Words:
    """Return what is to be noted in brackets, or nothing."""
    there = [note for note in notes if note]
    return (" (", *between(there), ")") if there else ()


def _gap(row: CounterTotal) -> Words:
    """Return how many bodies a figure comes from, where some are missing."""
    if row.suppliers >= row.asked:
        return ()
    rows = anchors.counter(row.code)
    return ("số liệu của ", *counted(row.suppliers, rows), "/", *counted(row.asked, rows), f" {BODIES}")


def _carried(found: Iterable[CounterTotal]) -> Words:
    """Return whose earlier totals stand in the cumulative figures; how many, where it is the same for all of them."""
    rows = [row for row in found if row.carried and row.cumulative != row.in_period]
    if not rows:
        return ()
    numbers = {len(row.carried) for row in rows}
    who = counted(numbers.pop(), anchors.counter(rows[0].code), BODIES) if len(numbers) == 1 else (f"các {BODIES}",)
    return ("luỹ kế tính cả số đã báo cáo trước đó của ", *who, " không có số liệu kỳ này")


def _moved(row: IndicatorValue, latest: Decimal) -> Words:
    """Return by how much a level moved since the year before, its figures with the rows that they come from."""
    if row.before is None:
        return ()
    rows = anchors.indicator(row.code)
    moved, by, since, then = change_in_parts(latest, row.before, row.unit, row.decimals)
    change = (Figure(abs(row.before - latest), by, rows),) if by else ()
    return (moved, *change, since, Figure(row.before, then, rows))


def indicator(row: IndicatorValue) -> Sentence | None:
    """Return figure, date and source of an indicator; what it is worth is for a named person to say."""
    if row.latest is None or row.covers_from is None or row.covers_to is None:
        return None
    shown = with_unit(row.latest, row.unit, row.decimals)
    when = span_in_words(row.covers_from, row.covers_to)
    firmness = FIRMNESS[row.status] if row.status else ""
    notes: list[Words] = [(note,) if note else () for note in (when, firmness, row.source and f"nguồn: {row.source}")]
    notes.insert(1, _moved(row, row.latest))
    return said(
        f"{measured(row.title, row.evaluation, row.unit)}: ",
        Figure(row.latest, shown, anchors.indicator(row.code)),
        _noted(*notes),
        ".",
        sources=[one.source for one in row.readings],
        listed=True,
    )
