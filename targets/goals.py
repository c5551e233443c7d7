"""What a verdict is made from, as plain values: the goal and its rule, the figures, and what a person said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from targets.choices import Direction, Evaluation, GoalRule, Measure, ObservationStatus, Verdict

ZERO = Decimal(0)
ONE_SIDED = {
    GoalRule.AT_LEAST: Direction.UP,
    GoalRule.MORE_THAN: Direction.UP,
    GoalRule.AT_MOST: Direction.DOWN,
    GoalRule.RANK_AT_MOST: Direction.DOWN,
}


class Reason(StrEnum):
    """Why there is no verdict, or why it is not what the figures alone would say; `explanations` has the sentences."""

    OBJECT_ENDED = "object_ended"
    NOT_JUDGED = "not_judged"
    BEFORE_FIRST_DUE = "before_first_due"
    NO_YEAR_CLOSED = "no_year_closed"
    AT_THE_BASELINE = "at_the_baseline"
    NO_FIGURE = "no_figure"
    NO_GOAL = "no_goal"
    NO_BASELINE = "no_baseline"
    NO_FINAL_FIGURE = "no_final_figure"
    YEARS_MISSING = "years_missing"
    GAP = "gap"
    BREAK = "break"
    OTHER_STATUS = "other_status"


@dataclass(frozen=True)
class DefinitionSpec:
    """What is measured, as far as a verdict cares: which series it is, and since when it has no object any more."""

    key: int | str
    object_ended_on: date | None = None


@dataclass(frozen=True)
class GoalSpec:
    """One goal of one definition; `milestones` are (day, value) pairs between the baseline and the due day."""

    rule: GoalRule
    direction: Direction
    evaluation: Evaluation
    low: Decimal | None
    high: Decimal | None
    start: date
    due: date
    tolerance: Decimal = ZERO
    first_due: date | None = None
    baseline_value: Decimal | None = None
    baseline_date: date | None = None
    milestones: tuple[tuple[date, Decimal], ...] = ()
    unit: str = ""
    decimals: int = 0
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def side(self) -> Direction:
        """Return the side on which the rule is met; a change counts in the good direction, so more of it is better."""
        if self.rule in ONE_SIDED:
            return ONE_SIDED[self.rule]
        if self.evaluation == Evaluation.ANNUAL_CHANGE:
            return Direction.UP
        return self.direction

    @property
    def nearer_end(self) -> Decimal | None:
        """Return the value from which the rule is met; of a two-sided rule the lower one."""
        if self.side == Direction.DOWN:
            end = self.low if self.high is None else self.high
            return None if end is None else end + self.tolerance
        end = self.high if self.low is None else self.low
        return None if end is None else end - self.tolerance

    @property
    def farther_end(self) -> Decimal | None:
        """Return the end beyond which a range is exceeded in the good direction, where the rule has one."""
        if self.rule == GoalRule.BETWEEN:
            return self.low if self.side == Direction.DOWN else self.high
        if self.side == Direction.NONE:
            end = self.high if self.low is None else self.low
            return None if end is None else end + self.tolerance
        return None

    def is_met_by(self, value: Decimal) -> bool:
        """Say whether the rule alone is met; beyond the good end of a range counts."""
        end = self.nearer_end
        if end is None:
            return False
        if self.side == Direction.DOWN:
            return value <= end
        if self.rule == GoalRule.MORE_THAN:
            return value > end
        if self.side == Direction.NONE:
            far = self.farther_end
            return value >= end and (far is None or value <= far)
        return value >= end

    def is_beyond(self, value: Decimal) -> bool:
        """Say whether a range is exceeded in the good direction."""
        far = self.farther_end
        if far is None:
            return False
        return value < far if self.side == Direction.DOWN else value > far

    @property
    def years(self) -> range:
        """Return the years in which an annual goal is judged: those that end before it is due, or with it."""
        return range(self.start.year, self.due.year + (self.due.month == 12))


@dataclass(frozen=True)
class Point:
    """One figure: its value, the span that it covers, what kind of value it is and how firm."""

    value: Decimal
    covers_to: date
    covers_from: date | None = None
    measure: Measure = Measure.LEVEL
    status: ObservationStatus = ObservationStatus.OFFICIAL
    definition: int | str = 1
    published_on: date | None = None
    source: str = ""
    key: int = 0

    @property
    def is_year_end(self) -> bool:
        """Say whether the figure closes a year; a report's year ends on 14 December."""
        return self.covers_to.month == 12

    @property
    def covered_years(self) -> range:
        """Return the years of a rate: one, or those of a published average."""
        first = self.covers_from or self.covers_to
        # The year of a report starts on 15 December of the year before.
        start = first.year + 1 if first.month == 12 and first < self.covers_to else first.year
        return range(start, self.covers_to.year + 1)

    def order(self) -> tuple[int, int, int, int, Decimal]:
        """Return a key that puts the figure to use for one span first: the firmest, then the one published last."""
        published = self.published_on or date.min
        return self.status.precedence, -published.toordinal(), -self.covers_to.toordinal(), -self.key, self.value

    def is_known_on(self, day: date) -> bool:
        """Say whether the span is over and the figure published."""
        return self.covers_to <= day and (self.published_on is None or self.published_on <= day)


@dataclass(frozen=True)
class Judged:
    """What a person said of an indicator, with the reason and the day until which it holds."""

    verdict: Verdict
    reason: str
    judged_on: date
    by: str = ""
    expires: date | None = None
    key: int = 0

    def holds_on(self, day: date) -> bool:
        """Say whether it counts on a day."""
        return self.judged_on <= day and (self.expires is None or day <= self.expires)


@dataclass(frozen=True)
class Case:
    """All that is known of one indicator of one body: enough to judge it on any day."""

    goal: GoalSpec | None
    definition: DefinitionSpec
    points: tuple[Point, ...] = ()
    judged: Judged | None = None
    frequency_months: int = 12
    lag_days: int = 0


@dataclass(frozen=True)
class Limits:
    """The shares of the wanted way from which an indicator is on track, or at risk."""

    on_track: Decimal = Decimal(1)
    at_risk: Decimal = Decimal("0.85")


@dataclass(frozen=True)
class YearFinding:
    """What one closed year says."""

    year: int
    verdict: Verdict
    value: Decimal | None = None
    point: Point | None = None
    previous: Decimal | None = None
    reason: Reason | None = None
    no_room: bool = False


@dataclass(frozen=True)
class Outlook:
    """The value on the due day at the pace of the last three intervals, between the slowest and the fastest of them."""

    value: Decimal
    low: Decimal
    high: Decimal
    pace: Decimal
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Finding:
    """A verdict with everything that led to it."""

    verdict: Verdict
    goal: GoalSpec | None
    as_of: date
    computed: Verdict
    reason: Reason | None = None
    latest: Point | None = None
    value: Decimal | None = None
    year: int | None = None
    share: Decimal | None = None
    expected: Decimal | None = None
    ratio: Decimal | None = None
    needed: Decimal | None = None
    keep: bool = False
    beyond: bool = False
    no_room: bool = False
    stale: bool = False
    years: tuple[YearFinding, ...] = ()
    missing_years: tuple[int, ...] = ()
    outlook: Outlook | None = None
    judged: Judged | None = None
    limits: Limits = Limits()
    used: tuple[Point, ...] = ()
