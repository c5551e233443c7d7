"""The summary as JSON: a shape that stays.

    {"version": 1, "plan": {"code", "symbol", "issued_on", "issuer"}, "is_demo": false, "as_of": MOMENT,
     "period": {"kind", "year", "ordinal", "title", "data_from", "data_to", "due_at"}, "compared_with": null | {…},
     "coverage": {"expected", "received", "on_time", "late", "exempt", "accepted",
                  "reports": [{"body": BODY, "standing", "delivered_at", "due_at"}]},
     "groups": [PART + {"tasks": [PART]}], "questions": [PART],
     "assignments": [{"code", "title", "due_on", "deadline_kind", "asked", "done", "unreported",
                      "counts": {state: number}, "overdue": [BODY]}],
     "counters": [{"code", "section", "title", "unit", "decimals", "in_period", "cumulative", "beside", "before",
                   "suppliers", "asked", "figures": [{"body", "report", "in_period", "cumulative", "is_estimate"}],
                   "carried": [{"body", "report", "cumulative", "until"}]}],
     "indicators": [{"code", "title", "unit", "decimals", "goal", "latest", "covers_from", "covers_to", "status",
                     "source", "verdict", "reported", "numerator", "denominator", "asked",
                     "readings": [{"body", "report", "value", "numerator", "denominator"}]}],
     "difficulties": [NOTE], "proposals": [{"addressee", "notes": [NOTE]}],
     "documents": [{"body", "kind", "symbol", "issued_on", "title"}],
     "inspections": {"held": [BODY], "open": [{"body", "team", "inspected_on", "findings", "due_on", "overdue"}]}}

PART is {"code", "title", "counts": {state: number}, "silent": [BODY], "entries": [{"body", "report", "line", "state",
"text"}]}; NOTE is {"text", "sources": [{"body", "report", "line"}]}; BODY is {"code", "name"}; "report" is the key of
the submission. Numbers that were measured are texts with a decimal point, so that no digit is lost; counts are
numbers; days are YYYY-MM-DD; what is unknown is null. Fields may be added within a version, never renamed or taken
away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from reports.coverage_values import BodyRef, Coverage, Source
from reports.figure_values import CounterTotal, IndicatorValue
from reports.summary_values import AssignmentValue, GatheredNote, Part, Summary

VERSION = 1
Json: TypeAlias = dict[str, Any]


def summary_json(summary: Summary) -> Json:
    """Return the summary in the shape that is described above."""
    plan, period, other = summary.plan, summary.period, summary.compared_with
    return {
        "version": VERSION,
        "plan": {
            "code": plan.code,
            "symbol": plan.symbol,
            "issued_on": _when(plan.issued_on),
            "issuer": plan.issuer,
        },
        "is_demo": summary.is_demo,
        "as_of": _when(summary.at),
        "period": {
            "kind": str(period.kind),
            "year": period.year,
            "ordinal": period.ordinal,
            "title": period.title,
            "data_from": _when(period.data_from),
            "data_to": _when(period.data_to),
            "due_at": _when(period.due_at),
        },
        "compared_with": {"kind": str(other.kind), "year": other.year, "title": other.title} if other else None,
        "coverage": _coverage(summary.coverage),
        "groups": [_part(part) | {"tasks": [_part(task) for task in part.tasks]} for part in summary.groups],
        "questions": [_part(part) for part in summary.questions],
        "assignments": [_assignment(row) for row in summary.assignments],
        "counters": [_counter(row) for row in summary.counters],
        "indicators": [_indicator(row) for row in summary.indicators],
        "difficulties": _notes(summary.difficulties),
        "proposals": [{"addressee": str(group.addressee), "notes": _notes(group.notes)} for group in summary.proposals],
        "documents": [
            {
                "body": _body(paper.body),
                "kind": str(paper.kind),
                "symbol": paper.symbol,
                "issued_on": _when(paper.issued_on),
                "title": paper.title,
            }
            for paper in summary.documents
        ],
        "inspections": _inspections(summary),
    }


def _inspections(summary: Summary) -> Json:
    """Return which bodies were inspected, and whose findings are still to be remedied."""
    return {
        "held": [_body(body) for body in summary.inspections.held],
        "open": [
            {
                "body": _body(row.body),
                "team": row.team,
                "inspected_on": _when(row.inspected_on),
                "findings": row.findings,
                "due_on": _when(row.due_on),
                "overdue": row.is_overdue,
            }
            for row in summary.inspections.open
        ],
    }


def number(value: Decimal | None) -> str | None:
    """Return every digit of a number, without zeros that say nothing."""
    if value is None:
        return None
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


def _when(moment: date | datetime | None) -> str | None:
    """Return a day or a moment as programs read it."""
    return moment.isoformat() if moment else None


def _body(body: BodyRef) -> Json:
    """Return a body."""
    return {"code": body.code, "name": body.name}


def _source(source: Source) -> Json:
    """Return the line of the report that something comes from."""
    return {"body": _body(source.body), "report": source.submission_pk, "line": source.line}


def _coverage(coverage: Coverage) -> Json:
    """Return who has sent what."""
    names = ("expected", "received", "on_time", "late", "exempt", "accepted")
    return {name: getattr(coverage, name) for name in names} | {
        "reports": [
            {
                "body": _body(row.body),
                "standing": str(row.standing),
                "delivered_at": _when(row.delivered_at),
                "due_at": _when(row.due_at),
            }
            for row in coverage.reports
        ]
    }


def _part(part: Part) -> Json:
    """Return a group, task or question."""
    return {
        "code": part.code,
        "title": part.title,
        "counts": {str(state): count for state, count in part.counts},
        "silent": [_body(body) for body in part.silent],
        "entries": [
            _source(entry.source) | {"state": str(entry.state) if entry.state else None, "text": entry.text}
            for entry in part.entries
        ],
    }


def _assignment(row: AssignmentValue) -> Json:
    """Return an assignment over the bodies that lead it."""
    return {
        "code": row.code,
        "title": row.title,
        "due_on": _when(row.due_on),
        "deadline_kind": str(row.deadline_kind),
        "asked": row.asked,
        "done": row.done,
        "unreported": row.unreported,
        "counts": {str(state): count for state, count in row.counts},
        "overdue": [_body(body) for body in row.overdue],
    }


def _counter(row: CounterTotal) -> Json:
    """Return an activity figure with the figures of the bodies behind its sum."""
    return {
        "code": row.code,
        "section": row.section,
        "title": row.title,
        "unit": row.unit,
        "decimals": row.decimals,
        "in_period": number(row.in_period),
        "cumulative": number(row.cumulative),
        "beside": number(row.beside),
        "before": number(row.before),
        "suppliers": row.suppliers,
        "asked": row.asked,
        "figures": [
            _source(figure.source)
            | {
                "in_period": number(figure.in_period),
                "cumulative": number(figure.cumulative),
                "is_estimate": figure.is_estimate,
            }
            for figure in row.figures
        ],
        "carried": [
            _source(one.source) | {"cumulative": number(one.cumulative), "until": one.until.isoformat()}
            for one in row.carried
        ],
    }


def _indicator(row: IndicatorValue) -> Json:
    """Return an indicator: the province's latest figure, and what bodies report beside it."""
    return {
        "code": row.code,
        "title": row.title,
        "unit": row.unit,
        "decimals": row.decimals,
        "goal": row.goal,
        "latest": number(row.latest),
        "covers_from": _when(row.covers_from),
        "covers_to": _when(row.covers_to),
        "status": str(row.status) if row.status else None,
        "source": row.source,
        "verdict": str(row.verdict),
        "reported": number(row.reported),
        "numerator": number(row.numerator),
        "denominator": number(row.denominator),
        "asked": row.asked,
        "readings": [
            _source(reading.source)
            | {
                "value": number(reading.value),
                "numerator": number(reading.numerator),
                "denominator": number(reading.denominator),
            }
            for reading in row.readings
        ],
    }


def _notes(notes: Iterable[GatheredNote]) -> list[Json]:
    """Return texts, each with everybody who wrote it."""
    return [{"text": note.text, "sources": [_source(source) for source in note.sources]} for note in notes]
