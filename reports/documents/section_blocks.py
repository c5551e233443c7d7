"""The sections of a draft as the text of a document: headings numbered as they come, paragraphs with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from reports import anchors
from reports.documents.outline_text import OutlineText
from reports.documents.report_value import Block
from reports.documents.source_words import counter_sources, indicator_sources, sources_words
from reports.documents.wording import STATES
from reports.summary_values import Part, Summary
from reports.told import Sentence


class Section(Protocol):
    """What a document needs of a section: its key, the headings down to it, and what it says."""

    @property
    def key(self) -> str: ...

    @property
    def path(self) -> tuple[str, ...]: ...

    @property
    def sentences(self) -> tuple[Sentence, ...]: ...


def blocks_of(sections: Iterable[Section], summary: Summary) -> tuple[Block, ...]:
    """Return headings, paragraphs and, after each group, its bar; a heading with nothing under it is not set."""
    outline = OutlineText()
    above: tuple[str, ...] = ()
    figures = sources_by_row(summary)
    bars = {part.line: part for part in summary.groups}
    for section in sections:
        above = _set_headings(section.path, above, outline)
        for sentence in section.sentences:
            _set(sentence, outline, figures)
        if section.key in bars:
            part = bars[section.key]
            outline.chart(f"Số địa phương, cơ quan theo tình hình thực hiện nhóm {part.code}", state_bars(part))
    return outline.blocks


def _set_headings(path: tuple[str, ...], above: tuple[str, ...], outline: OutlineText) -> tuple[str, ...]:
    """Begin the headings of a section that the one before does not share with it."""
    steps = (outline.part, outline.point, outline.item)
    is_new = False
    for level, title in enumerate(path):
        is_new = is_new or above[level : level + 1] != (title,)
        if is_new:
            steps[level](title)
    return path


def _set(sentence: Sentence, outline: OutlineText, figures: Mapping[str, tuple[str, ...]]) -> None:
    """Set one sentence with where its figures and its words come from."""
    told = [words for figure in sentence.figures for words in figures.get(figure.rows, ())]
    sources = tuple(dict.fromkeys(told)) or sources_words(sentence.sources)
    setter = outline.dash if sentence.is_listed else outline.text
    setter(str(sentence), sources=sources)


def sources_by_row(summary: Summary) -> dict[str, tuple[str, ...]]:
    """Return who gave how much of each activity figure and each indicator, by the row that a figure names."""
    found = {anchors.counter(row.code): counter_sources([row]) for row in summary.counters}
    return found | {anchors.indicator(row.code): indicator_sources(row) for row in summary.indicators}


def state_bars(part: Part) -> tuple[tuple[str, int], ...]:
    """Return how many bodies stand in each state, in words."""
    return tuple((STATES[state], number) for state, number in part.counts)
