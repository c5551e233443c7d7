"""The tables of `targets`: targets, indicators with definitions and goals, observations, judgements and counters."""

from targets.models.counters import Counter, IndicatorReporter
from targets.models.denominators import Denominator
from targets.models.indicators import Definition, Goal, Indicator, Milestone, Target
from targets.models.observations import Judgement, Observation
from targets.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Counter",
    "Definition",
    "Denominator",
    "Goal",
    "Indicator",
    "IndicatorReporter",
    "Judgement",
    "Milestone",
    "Observation",
    "Target",
]
