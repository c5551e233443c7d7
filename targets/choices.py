"""The closed lists of `targets`: how an indicator is measured, what its goal asks for, and what is said of it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Which way the indicator is meant to move."""

    UP = "up", _("higher is better")
    DOWN = "down", _("lower is better")
    NONE = "no_direction", _("no direction")


class Evaluation(TextChoices):
    """Over which time the goal is judged."""

    END_STATE = "end_state", _("level at the end of the plan")
    ANNUAL = "annual", _("level of every year")
    ANNUAL_CHANGE = "annual_change", _("change in every year")
    AVERAGE_OVER_WINDOW = "average_over_window", _("average over the years of the plan")
    QUALITATIVE = "qualitative", _("judged in words")


class OverBodies(TextChoices):
    """How the figures of the bodies make the figure of the province."""

    OFFICIAL = "provincial_figure", _("the province's own figure")
    SUM = "sum_of_bodies", _("sum over the bodies")
    RATIO = "ratio_of_sums", _("sum of numerators over sum of denominators")


class OverTime(TextChoices):
    """What a figure says about its span of time."""

    LEVEL = "level_figure", _("level on the last day")
    FLOW = "flow_figure", _("amount within the span")
    YEAR_TO_DATE = "running_figure", _("amount since the start of the year")


class GoalRule(TextChoices):
    """How a value is compared with the goal."""

    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    AT_MOST = "at_most", _("at most")
    BETWEEN = "between", _("from … to …")
    ABOUT = "about", _("about")
    EQUAL = "equal", _("exactly")
    RANK_AT_MOST = "rank_at_most", _("rank … or better")


class Measure(TextChoices):
    """What kind of value an observation is; values of two kinds never stand in one series."""

    LEVEL = "level", _("level")
    ANNUAL_RATE = "annual_rate", _("rate of the year")
    YEAR_TO_DATE = "year_to_date", _("year to date")
    MULTI_YEAR_AVERAGE = "multi_year_average", _("average of several years")


class ObservationStatus(TextChoices):
    """How firm a figure is; `precedence` puts the firmest first."""

    OFFICIAL = "official", _("official")
    PRELIMINARY = "preliminary", _("preliminary")
    ESTIMATE = "estimate", _("estimate")
    REPORTED = "reported", _("as reported")

    @property
    def precedence(self) -> int:
        """Return 0 for the firmest status, and more for each weaker one."""
        return _FIRMEST_FIRST[self]


_FIRMEST_FIRST = {status: place for place, status in enumerate(ObservationStatus)}


class Verdict(TextChoices):
    """What is said of an indicator on a date."""

    ACHIEVED = "achieved", _("achieved")
    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")
    MISSED = "missed", _("missed")
    NO_DATA = "no_data", _("no data")
    NOT_DUE = "not_due", _("not due for judgement")
    NO_OBJECT = "no_object", _("nothing left to measure")


class Channel(TextChoices):
    """Which line of reporting owns a figure: only that one is added up, the other stands beside it."""

    AREA = "area", _("by area")
    BRANCH = "branch", _("by branch")
