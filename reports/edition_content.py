"""What an edition says now: the outline of its draft, what people took and wrote, and the figures behind both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from reports.choices import Addressee, Product
from reports.choices_editions import EditionState
from reports.coverage_values import BodyRef, Source
from reports.documents.wording import addressed_to
from reports.drafting import PROPOSALS, DraftSection, draft_sections
from reports.edition_values import EditionContent, Saved, SectionContent, TakenPassage
from reports.models import Edition, EditionSection, SectionSource
from reports.own_figures import Stated, stated_in, unsourced, with_figures
from reports.similarity import shingles
from reports.summaries import as_of, build_summary
from reports.summary_values import Finding, Summary
from reports.taken_passages import SaidNow, quoted_now, said_now, sentences_of, taken_passage
from reports.told import Sentence
from tasks.models import Body

# Two runs of words in common with a passage, and a line of a person's text rests on it.
COMMON_RUNS = 2
WORDS_IN_COMMON = 3
LEFT_OVER = "Nội dung khác"
_HYPHEN = re.compile(r"^[-+•]\s*")


def edition_content(edition: Edition, *, now: datetime) -> EditionContent:
    """Return what an edition that is still worked on says now, in a fixed number of queries.

    Give an edition of `Edition.objects.opened()`; of an issued one the stored content speaks, not this.
    """
    summary = build_summary(edition.period, at=edition_moment(edition, now=now))
    return content_of(edition, summary, stored_sections(edition))


def edition_moment(edition: Edition, *, now: datetime) -> datetime:
    """Return the moment that the figures of an edition speak of: that of its period's summary."""
    period = edition.period
    period.__dict__["last_accepted"] = edition.__dict__["last_accepted"]
    return as_of(period, now=now)


def stored_sections(edition: Edition) -> dict[str, EditionSection]:
    """Return what is stored of each section with its sources, by key; two queries."""
    sources = Prefetch("sources", SectionSource.objects.select_related("body", "seen_by").order_by("taken_at", "pk"))
    rows = edition.sections.select_related("saved_by").prefetch_related(sources)
    return {row.key: row for row in rows}


def content_of(edition: Edition, summary: Summary, stored: Mapping[str, EditionSection]) -> EditionContent:
    """Return the edition as one value: what is stored laid over what the figures say."""
    kind = Product(edition.kind)
    said = said_now(summary)
    drafted = list(draft_sections(summary, kind, issuer=edition.issuer.name))
    drafted += _left_over(stored.values(), {row.key for row in drafted}, edition.issuer.name)
    bodies = {report.body.pk: report.body for report in summary.coverage.reports}
    is_edited = any(row.is_own for row in stored.values())
    figures = stated_in(sentence for row in drafted for sentence in row.sentences) if is_edited else ()
    says = _Says(summary, said, bodies, figures)
    return EditionContent(
        pk=edition.pk,
        kind=kind,
        state=EditionState(edition.state),
        version=edition.version,
        issuer=edition.issuer.name,
        summary=summary,
        sections=tuple(_section(row, stored.get(row.key), says) for row in drafted),
    )


def _left_over(stored: Iterable[EditionSection], known: set[str], issuer: str) -> list[DraftSection]:
    """Return the sections with somebody's work in them that the figures no longer ask for; nothing is lost."""
    kept = (row for row in stored if row.key not in known and (row.is_own or row.sources.all()))
    return [DraftSection(row.key, "", _headings(row.key, issuer), ()) for row in kept]


def _headings(key: str, issuer: str) -> tuple[str, ...]:
    """Return the headings of a section that is not in the outline of today: mostly proposals that nobody makes now."""
    kind, _colon, code = key.partition(":")
    if kind == "proposals" and code in Addressee.values:
        return PROPOSALS, addressed_to(Addressee(code), issuer)
    return (LEFT_OVER,)


@dataclass(frozen=True)
class _Says:
    """What the reports say today, which every section is laid beside."""

    summary: Summary
    lines: SaidNow
    bodies: Mapping[int, BodyRef]
    figures: Sequence[Stated]


def _section(draft: DraftSection, row: EditionSection | None, says: _Says) -> SectionContent:
    """Return one section: generated, with the passages that were taken, or in a person's words."""
    if row is None:
        return SectionContent(
            draft.key, draft.number, draft.path, draft.sentences, draft.sentences, checklist=draft.checklist
        )
    taken = tuple(
        taken_passage(one, says.bodies.get(one.body_id) or body_ref(one.body), says.lines) for one in row.sources.all()
    )
    generated = draft.sentences
    if taken:
        figures = tuple(sentence for sentence in draft.sentences if not sentence.quotes)
        generated = (*figures, *sentences_of(quoted_now(taken), says.summary))
    sentences = own_sentences(row.text, generated, taken, says.figures) if row.is_own else generated
    return SectionContent(
        key=draft.key,
        number=draft.number,
        path=draft.path,
        generated=generated,
        sentences=sentences,
        taken=taken,
        checklist=(*draft.checklist, *_unsourced(sentences, generated, taken)),
        is_own=row.is_own,
        is_ready=row.is_ready,
        based_on=row.based_on,
        saved=Saved(row.row_version, str(row.saved_by or ""), row.saved_at),
    )


def body_ref(body: Body) -> BodyRef:
    """Return a body as lists name it."""
    return BodyRef(body.pk, body.code, body.name, body.short_name, body.kind, body.order)


def _unsourced(
    sentences: Iterable[Sentence], generated: Sequence[Sentence], taken: Iterable[TakenPassage]
) -> Iterator[Finding]:
    """Yield what the check-list says of numbers in a person's words that no report has."""
    left = {row.line for row in generated}
    own = [row for row in sentences if row.line not in left]
    # A number of the plan (from 80% of communes) stands in a generated sentence as one of its words.
    said = [part for row in generated for part in row.parts if isinstance(part, str)] if own else []
    found = [words for row in own for words in unsourced(row.parts, (*(one.text for one in taken), *said))]
    if found:
        yield Finding("figure_unsourced", what="; ".join(f"“… {words} …”" for words in found))


def own_sentences(
    text: str, generated: Sequence[Sentence], taken: Sequence[TakenPassage], figures: Sequence[Stated] = ()
) -> tuple[Sentence, ...]:
    """Return a person's text line by line; what was left as it was generated keeps its figures, and `figures` are found
    again in what was written anew.

    A line rests on the passages whose words it uses; one whose words are found nowhere stays with the last line.
    """
    left = {row.line: row for row in generated}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    resting = _resting(lines, taken)
    found = []
    for place, line in enumerate(lines):
        if line in left:
            found.append(left[line])
            continue
        bare = _HYPHEN.sub("", line)
        sources = tuple(dict.fromkeys(resting.get(place, ())))
        found.append(Sentence(with_figures(bare, figures), sources, is_listed=bare != line))
    return tuple(found)


def _resting(lines: Sequence[str], taken: Sequence[TakenPassage]) -> dict[int, list[Source]]:
    """Return, for each line by its place, the sources of the passages whose words it uses."""
    found: dict[int, list[Source]] = {}
    runs = [shingles(line, WORDS_IN_COMMON) for line in lines]
    for row in taken:
        own = shingles(row.text, WORDS_IN_COMMON)
        needed = min(COMMON_RUNS, len(own))
        places = [place for place, line in enumerate(runs) if len(own & line) >= needed]
        for place in places or ([len(lines) - 1] if lines else []):
            found.setdefault(place, []).append(row.source)
    return found
