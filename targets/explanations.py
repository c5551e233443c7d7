"""Why a verdict is what it is: the goal, the rule, what went in, the formula, and what to note."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.numbers import format_decimal, format_exact
from targets.choices import Evaluation, Measure, Verdict
from targets.formulas import formula
from targets.goals import Finding, GoalSpec, Point, Reason
from targets.wording import amount, in_words, rule_words, with_unit


@dataclass(frozen=True)
class Explanation:
    """What “Vì sao?” shows."""

    goal: str
    rule: str
    reason: str
    inputs: tuple[tuple[str, str], ...]
    formula: tuple[str, ...]
    notes: tuple[str, ...]


def explain(finding: Finding, language: str) -> Explanation:
    """Return every part of the explanation in one language."""
    with translation.override(language):
        goal = finding.goal
        return Explanation(
            goal="" if goal is None else in_words(goal, language),
            rule="" if goal is None else rule_words(goal, language),
            reason=reason_words(finding.reason),
            inputs=tuple(_inputs(finding, language)),
            formula=tuple(formula(finding, language)),
            notes=tuple(_notes(finding, language)),
        )


def reason_words(reason: Reason | None) -> str:
    """Return why there is no verdict, as a sentence."""
    sentences = {
        Reason.OBJECT_ENDED: _("What was measured does not exist any more; the last figure is kept."),
        Reason.NOT_JUDGED: _("Nobody has judged this yet, or the judgement has expired."),
        Reason.BEFORE_FIRST_DUE: _("The first day on which this is judged has not come."),
        Reason.NO_YEAR_CLOSED: _("No year of the goal is over yet."),
        Reason.AT_THE_BASELINE: _("The only figure is that of the baseline."),
        Reason.NO_FIGURE: _("There is no figure that could be judged."),
        Reason.NO_GOAL: _("The goal has no value yet."),
        Reason.NO_BASELINE: _("The baseline is missing, so the way cannot be measured."),
        Reason.NO_FINAL_FIGURE: _("The figure of the last day has not been published."),
        Reason.YEARS_MISSING: _("The years are over, but some have no figure."),
        Reason.GAP: _("The year before has no figure, so there is no change to compute."),
        Reason.BREAK: _("The definition changed: figures before and after it cannot be compared."),
        Reason.OTHER_STATUS: _(
            "The two year-ends are of different firmness (such as an estimate beside an official figure)."
        ),
    }
    return sentences[reason] if reason is not None else ""


def _figure_words(goal: GoalSpec | None, point: Point, language: str) -> str:
    """Return a figure with its status and day."""
    number = format_exact(point.value, goal.decimals if goal else 0, language)
    text = with_unit(number, goal.unit if goal else "")
    years = point.covered_years
    if point.measure == Measure.MULTI_YEAR_AVERAGE:
        span = f"{years.start}–{years.stop - 1}"
    elif point.measure == Measure.ANNUAL_RATE:
        span = str(point.covers_to.year)
    else:
        span = screen_day(point.covers_to)
    return f"{text} ({point.status.label}, {span})"


def _inputs(finding: Finding, language: str) -> list[tuple[str, str]]:
    """Return what went into the verdict, as pairs."""
    goal = finding.goal
    pairs = [(_("Judged on"), screen_day(finding.as_of))]
    if goal is None:
        return pairs
    figures = finding.used or ((finding.latest,) if finding.latest else ())
    pairs += [(_("Figure"), _figure_words(goal, point, language)) for point in figures]
    if goal.baseline_value is not None and goal.baseline_date is not None:
        number = amount(goal.baseline_value, goal.unit, goal.decimals, language)
        pairs.append((_("Baseline"), f"{number} ({screen_day(goal.baseline_date)})"))
    pairs.append((_("Goal"), in_words(goal, language)))
    if goal.tolerance:
        pairs.append((_("Tolerance"), amount(goal.tolerance, _unit_of_change(goal), 0, language)))
    pairs += [
        (_("Milestone %(year)s") % {"year": day.year}, amount(value, goal.unit, goal.decimals, language))
        for day, value in goal.milestones
    ]
    if finding.ratio is not None:
        limits = finding.limits
        values = {
            "on": format_exact(limits.on_track, 0, language),
            "risk": format_exact(limits.at_risk, 0, language),
        }
        pairs.append((_("Limits"), _("r ≥ %(on)s on track; r ≥ %(risk)s at risk; below off track") % values))
    return pairs


def _unit_of_change(goal: GoalSpec) -> str:
    """Return in what two figures of the goal differ: shares in points."""
    return _("percentage points") if goal.unit.startswith("%") else goal.unit


def _notes(finding: Finding, language: str) -> list[str]:
    """Return what a reader must know beside the verdict."""
    notes: list[str] = []
    goal = finding.goal
    if finding.stale:
        notes.append(_("A newer figure should have been published by now."))
    if finding.beyond:
        notes.append(_("The value goes beyond the range of the goal."))
    if finding.no_room:
        notes.append(_("No room left: the figure is smaller than the cut that is asked, so the goal is 0."))
    if finding.keep:
        notes.append(_("The baseline already met the goal: it is to be kept."))
    if finding.missing_years:
        years = ", ".join(str(year) for year in finding.missing_years)
        notes.append(_("Years without a figure: %(years)s.") % {"years": years})
    if goal is not None and finding.needed is not None:
        notes.append(_needed_words(goal, finding.needed, language))
    if goal is not None and finding.outlook is not None:
        outlook = finding.outlook
        low, value, high = (
            amount(
                Decimal(format_decimal(number, goal.decimals, "en").replace(",", "")),
                goal.unit,
                goal.decimals,
                language,
            )
            for number in (outlook.low, outlook.value, outlook.high)
        )
        words = _(
            "At the pace of the last three intervals it would be %(value)s in %(year)s (between %(low)s and %(high)s)."
        )
        notes.append(words % {"value": value, "low": low, "high": high, "year": goal.due.year})
    if finding.judged is not None:
        notes.append(_override_words(finding))
    return notes


def _needed_words(goal: GoalSpec, needed: Decimal, language: str) -> str:
    """Return the pace that the years left would need."""
    if goal.evaluation == Evaluation.AVERAGE_OVER_WINDOW:
        words = _("The years left need %(pace)s%% a year on average.")
        return words % {"pace": format_decimal(needed, 1, language)}
    pace = with_unit(
        format_decimal(abs(needed), max(goal.decimals, 1), language),
        _unit_of_change(goal),
    )
    if needed < 0:
        return _("To reach the goal in time it must fall by %(pace)s a year.") % {"pace": pace}
    return _("To reach the goal in time it must rise by %(pace)s a year.") % {"pace": pace}


def _override_words(finding: Finding) -> str:
    """Return who judged otherwise, why, and until when."""
    judged = finding.judged
    if judged is None:
        return ""
    values = {
        "who": judged.by or "–",
        "day": screen_day(judged.judged_on),
        "until": screen_day(judged.expires) if judged.expires else "–",
        "reason": judged.reason,
        "computed": Verdict(finding.computed).label,
    }
    if finding.goal is not None and finding.goal.evaluation == Evaluation.QUALITATIVE:
        return _("Judged by %(who)s on %(day)s, valid until %(until)s: %(reason)s") % values
    return (
        _("Judged by %(who)s on %(day)s, valid until %(until)s: %(reason)s The figures alone say: %(computed)s.")
        % values
    )
