"""The page of a change of bodies as a value: diagram, who follows whom, and what it moves, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reports.change_drawing import Diagram, draw
from reports.final_reports import Possible, possible_final_reports
from reports.handover import read_handover, what_depends
from reports.handover_values import Handover
from targets.models import Observation
from tasks.answering import Answer
from tasks.dossier import read_answers
from tasks.models import Body, BodyChange
from tasks.reorganisation import Draft, faults_of, read_draft


class Fate(StrEnum):
    """What becomes of an assignment at those that follow."""

    INHERITED = "inherited"
    TO_FINISH = "to_finish"
    AFRESH = "afresh"


@dataclass(frozen=True)
class PairRow:
    """One line of the table behind the diagram."""

    before: Body
    after: Body
    kind: str
    certainty: str
    note: str
    is_sure: bool


@dataclass(frozen=True)
class DutyRow:
    """One assignment of a body that ends, and what becomes of it."""

    answer: Answer
    fate: Fate
    receivers: tuple[Body, ...]


@dataclass(frozen=True)
class ChangePage:
    """Everything that the page shows."""

    change: BodyChange
    draft: Draft
    diagram: Diagram | None
    pairs: tuple[PairRow, ...]
    duties: tuple[DutyRow, ...]
    handover: Handover
    figures: int
    faults: tuple[str, ...]
    depending: tuple[str, ...]
    final: tuple[Possible, ...]

    @property
    def has_choices(self) -> bool:
        """Return whether something waits for a decision."""
        return bool(self.handover.seats) or any(
            report.receivers or report.is_inside for report in self.handover.reports
        )


def read_page(change: BodyChange) -> ChangePage:
    """Return the page of a change; at most fourteen queries."""
    draft = read_draft(change)
    confirmed = change.is_confirmed
    ending = [body for body in draft.ending if body.pk]
    return ChangePage(
        change=change,
        draft=draft,
        diagram=draw(draft),
        pairs=tuple(_pairs(draft)),
        duties=tuple(_duties(draft, ending)),
        handover=read_handover(draft),
        figures=Observation.objects.current().filter(body__in=ending).count(),
        faults=() if confirmed else tuple(faults_of(draft)),
        depending=tuple(what_depends(change)) if confirmed else (),
        final=tuple(possible_final_reports(change)) if confirmed else (),
    )


def _pairs(draft: Draft) -> list[PairRow]:
    return [
        PairRow(
            draft.bodies[pair.before],
            draft.bodies[pair.after],
            str(pair.kind.label),
            str(pair.certainty.label),
            pair.note,
            pair.certainty in {"published", "digest"},
        )
        for pair in draft.pairs
    ]


def _duties(draft: Draft, ending: list[Body]) -> list[DutyRow]:
    """Return the assignments that the ending bodies hold on their last day; five queries."""
    rows = []
    for answer in read_answers(ending, on=draft.last_day):
        fate = Fate.AFRESH
        if answer.deadline.is_dated:
            fate = Fate.INHERITED if answer.timing.is_done else Fate.TO_FINISH
        rows.append(DutyRow(answer, fate, tuple(draft.receivers(answer.body.code))))
    return rows
