"""The draft of a report, section by section: sentences with their numbers and sources, and what is still missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from django.utils import timezone

from plan_tracker.lib.text import vn_key
from reports import anchors, brief_length, findings, narrative
from reports.choices import Addressee, PeriodKind, Product
from reports.documents.wording import addressed_to
from reports.figure_values import CounterTotal
from reports.passages import DIFFICULTY, PROPOSAL, examples, passage, raised, told_by
from reports.sentences import BODIES, period_in_words, plan_in_words
from reports.summary_values import EntryValue, Finding, GatheredNote, Part, Summary
from reports.told import Sentence, Words, counted, said
from tasks.choices import DeadlineKind

Checklist: TypeAlias = tuple[Finding, ...]

# The unit of the figure that counts issued documents.
PAPERS = "văn bản"
DIRECTION = "Công tác lãnh đạo, chỉ đạo, quán triệt, triển khai thực hiện"
RESULTS = "Kết quả thực hiện"
GROUPS = "Kết quả thực hiện các nhóm nhiệm vụ, giải pháp"
ASSESSMENT = "Đánh giá chung"
COMING = "Phương hướng, nhiệm vụ trọng tâm thời gian tới"
PROPOSALS = "Kiến nghị, đề xuất"
EXAMPLES, NOTES = 4, 12
# Short reports say what was done, what is weak and what comes; reviews also say what was learnt.
SHORT = frozenset({PeriodKind.MONTH, PeriodKind.QUARTER})
REVIEWS = frozenset({PeriodKind.PRELIMINARY, PeriodKind.FINAL})
# Sections of the activity figures, by how their names begin, and the group of tasks that they belong to.
GROUP_OF_SECTION = (("dan chu", "6"), ("an sinh", "5"), ("mat tran", "7"), ("dan van", "8"))
DIRECTING = "chi dao"

BRIEF_PARTS = {
    "headline": "Tình hình chung",
    "delays": "Việc chậm nhất",
    "changes": "Thay đổi so với kỳ trước",
    "asked": "Kiến nghị nhiều nơi nêu",
}
# By how many delays there are.
DELAYS_TITLES = ("Việc chậm nhất", "Việc chậm nhất", "Hai việc chậm nhất", "Ba việc chậm nhất")


@dataclass(frozen=True)
class DraftSection:
    """One section of the draft. `path` are the headings above it and its own; the opening has none.

    `number` is its place in the full outline, such as II.2.3; a document numbers only what it prints.
    """

    key: str
    number: str
    path: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    checklist: Checklist = ()

    @property
    def title(self) -> str:
        """Return the section's own heading."""
        return self.path[-1] if self.path else ""

    @property
    def text(self) -> str:
        """Return the text as a document prints it, a paragraph to a line."""
        return "\n".join(row.line for row in self.sentences)


def draft_sections(
    summary: Summary, kind: Product | str = Product.COMMITTEE, *, issuer: str = ""
) -> tuple[DraftSection, ...]:
    """Return every section of the outline in its order, also those that are still empty."""
    product = Product(kind)
    name = issuer or (summary.plan.issuer if product == Product.STANDING else "")
    if product == Product.BRIEF:
        return tuple(_brief(summary))
    return (
        _opening(summary, name),
        _direction(summary, product),
        _indicators(summary),
        *_groups(summary),
        _activity(summary),
        *_questions(summary),
        *_assessment(summary),
        _gathered("coming_work", "IV", (COMING,), summary.assessment("coming_work")),
        *_proposals(summary, product, name),
    )


def _brief(summary: Summary) -> Iterator[DraftSection]:
    """Yield the parts of the brief, as much as one page takes."""
    told = brief_length.on_one_page(summary)
    for number, (key, title) in zip(("I", "II", "III", "IV"), BRIEF_PARTS.items(), strict=True):
        named = DELAYS_TITLES[sum(row.is_listed for row in told[key])] if key == "delays" else title
        yield DraftSection(key, number, (named,), told[key])


def plan_words(summary: Summary) -> str:
    """Return the plan with its issuer; dots stand for a number or date that is not known."""
    plan = summary.plan
    return f"{plan_in_words(plan.symbol, plan.issued_on, is_demo=summary.is_demo)} của {plan.issuer}"


def period_words(summary: Summary) -> str:
    """Return the period as documents write it."""
    period = summary.period
    return period_in_words(period.kind, period.year, period.ordinal, period.own_title)


def _opening(summary: Summary, issuer: str) -> DraftSection:
    """Return the basis, and how many reports it rests on."""
    coverage = summary.coverage
    basis = f"Thực hiện {plan_words(summary)} về thực hiện {summary.plan.resolution}, "
    rests: Words = ()
    if coverage.accepted:
        accepted, expected = (counted(number, anchors.COVERAGE) for number in (coverage.accepted, coverage.expected))
        rests = ("trên cơ sở báo cáo của ", *accepted, "/", *expected, f" {BODIES}, ")
    subject = f"{issuer} báo cáo kết quả" if issuer else "kết quả"
    sentence = said(basis, rests, f"{subject} thực hiện {period_words(summary)} như sau:")
    checked = {"plan_number", "not_accepted", "nil", "confidential"}
    return DraftSection("opening", "", (), (sentence,), _findings(summary, checked))


def _findings(summary: Summary, kinds: Collection[str], what: str = "") -> Checklist:
    """Return the findings of some kinds, all of them or those of one line."""
    return tuple(row for row in summary.findings if row.kind in kinds and (not what or row.what == what))


def is_direction(counter: CounterTotal) -> bool:
    """Return whether an activity figure is one of leading and directing."""
    return vn_key(counter.section).startswith(DIRECTING)


def group_of(counter: CounterTotal, groups: Collection[str]) -> str:
    """Return the number of the group that an activity figure belongs to, if the plan has it."""
    key = vn_key(counter.section)
    found = next((number for beginning, number in GROUP_OF_SECTION if key.startswith(beginning)), "")
    return found if found in groups else ""


def _counted(summary: Summary, rows: Sequence[CounterTotal]) -> tuple[tuple[Sentence, ...], Checklist]:
    """Return the sentences of activity figures, with what is missing among them."""
    told = narrative.counters(rows, with_change=summary.is_a_year_after)
    return tuple(told), tuple(findings.of_counters(rows))


def _direction(summary: Summary, product: Product) -> DraftSection:
    """Return part I: documents issued, dated assignments, figures of direction, who has reported."""
    on = timezone.localtime(summary.at).date()
    dated = (row for row in summary.assignments if row.deadline_kind == DeadlineKind.FIXED)
    activity = [row for row in summary.counters if is_direction(row)]
    figures, gaps = _counted(summary, activity)
    counts_papers = any(row.unit == PAPERS and row.in_period is not None for row in activity)
    sentences = [
        narrative.documents(summary.documents, beside_figure=counts_papers),
        narrative.inspections(summary.inspections),
        *(narrative.assignment(row) for row in dated),
        *figures,
    ]
    if product != Product.STANDING:
        # Who of its own bodies has not written is no matter of the report to the Centre.
        sentences.append(narrative.coverage(summary.coverage, on=on))
    told = tuple(row for row in sentences if row is not None)
    return DraftSection("direction", "I", (DIRECTION,), told, (*_findings(summary, {"not_sent"}), *gaps))


def _indicators(summary: Summary) -> DraftSection:
    """Return the indicators of which there is a figure; the others go into the check-list."""
    told = tuple(found for row in summary.indicators if (found := narrative.indicator(row)) is not None)
    path = (RESULTS, "Kết quả thực hiện các chỉ tiêu")
    return DraftSection("indicators", "II.1", path, told, tuple(findings.of_indicators(summary.indicators)))


def _groups(summary: Summary) -> Iterator[DraftSection]:
    """Yield the groups: what was done in figures, then what bodies achieved, in their words."""
    numbers = {part.code for part in summary.groups}
    for part in summary.groups:
        rows = [row for row in summary.counters if not is_direction(row) and group_of(row, numbers) == part.code]
        figures, gaps = _counted(summary, rows)
        picked = tuple(passage(entry) for entry in examples(_entries(part), EXAMPLES))
        name = f"{part.code}. {part.title}"
        missing = (*_findings(summary, {"silent_group", "copied"}, name), *gaps)
        if not figures and not picked:
            missing = (Finding("group_empty", what=name), *missing)
        path = (RESULTS, GROUPS, part.title)
        yield DraftSection(f"group:{part.code}", f"II.2.{part.code}", path, (*figures, *picked), missing)


def _entries(part: Part) -> Iterator[EntryValue]:
    """Yield what is said of a group: its box first, then the tasks' own lines."""
    yield from part.entries
    for task in part.tasks:
        yield from task.entries


def _activity(summary: Summary) -> DraftSection:
    """Return the activity figures that belong to no group."""
    numbers = {part.code for part in summary.groups}
    rows = [row for row in summary.counters if not is_direction(row) and not group_of(row, numbers)]
    figures, gaps = _counted(summary, rows)
    return DraftSection("activity", "II.3", (RESULTS, "Một số số liệu hoạt động"), figures, gaps)


def _questions(summary: Summary) -> Iterator[DraftSection]:
    """Yield the period's own questions with every answer."""
    for place, part in enumerate(summary.questions, start=4):
        told = tuple(passage(entry) for entry in examples(part.entries, len(part.entries)))
        yield DraftSection(part.line, f"II.{place}", (RESULTS, part.title.rstrip(".:?")), told)


def _assessment(summary: Summary) -> Iterator[DraftSection]:
    """Yield part III: of a short report only what is weak, of a review also what was learnt."""
    kind = summary.period.kind
    if kind not in SHORT:
        yield _gathered("strengths", "III.1", (ASSESSMENT, "Ưu điểm"), summary.assessment("strengths"))
    weak = _gathered(
        "weaknesses", "III.2", (ASSESSMENT, "Hạn chế, khó khăn, vướng mắc"), summary.assessment("weaknesses")
    )
    hard = tuple(
        raised(row, anchors.difficulty(place), DIFFICULTY) for place, row in enumerate(summary.difficulties[:NOTES])
    )
    yield replace(weak, sentences=weak.sentences + hard, checklist=() if hard else weak.checklist)
    if kind not in SHORT:
        yield _gathered("causes", "III.3", (ASSESSMENT, "Nguyên nhân"), summary.assessment("causes"))
    if kind in REVIEWS:
        path = (ASSESSMENT, "Bài học kinh nghiệm")
        yield DraftSection("lessons", "III.4", path, (), (Finding("section_empty", what=path[-1]),))


def _gathered(key: str, number: str, path: tuple[str, ...], notes: Sequence[GatheredNote]) -> DraftSection:
    """Return what the bodies write in one field of the closing part, the most frequent first."""
    told = tuple(told_by(row, anchors.closing(key, place), key) for place, row in enumerate(notes[:NOTES]))
    return DraftSection(key, number, path, told, () if told else (Finding("section_empty", what=path[-1]),))


def _proposals(summary: Summary, product: Product, issuer: str) -> Iterator[DraftSection]:
    """Yield the proposals by whom they are addressed to; the province passes on only those to the Centre."""
    passed_on = {Addressee.CENTRE} if product == Product.STANDING else set(Addressee)
    shown = [group for group in summary.proposals if group.addressee in passed_on]
    for place, group in enumerate(shown, start=1):
        told = tuple(
            raised(row, anchors.proposal(group.addressee, order), PROPOSAL)
            for order, row in enumerate(group.notes[:NOTES])
        )
        path = (PROPOSALS, addressed_to(group.addressee, issuer))
        yield DraftSection(f"proposals:{group.addressee}", f"V.{place}", path, told)
