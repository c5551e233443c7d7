"""What the random play of the workflow knows of a report, in plain dictionaries, and what must hold after each act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant

from reports.choices import DELIVERED_STATES, OPEN_STATES, PeriodState, RemarkState, SubmissionState
from reports.deliveries import sha256_of
from reports.models import Delivery, Expectation, Period, Remark, Submission, Transition
from tasks.models import Progress
from tests.factories import at
from tests.people import Cast

State = SubmissionState


@dataclass
class Version:
    """What the model knows of a version: its state, its texts by line, and what was sent each time."""

    state: SubmissionState
    texts: dict[str, str] = field(default_factory=dict)
    sent: list[dict[str, str]] = field(default_factory=list)


class CheckedReport(RuleBasedStateMachine):
    """One report of one district with its model; the rules stand in `workflow_machine`."""

    cast: ClassVar[Cast]
    period: ClassVar[Period]
    taken: ClassVar[int] = 0
    refused: ClassVar[int] = 0
    reached: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.versions: dict[int, Version] = {}
        self.moment: datetime = at(10, 8)
        self.steps: dict[int, int] = {}

    def teardown(self) -> None:
        """Leave the database as the example found it."""
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # -- who, when, what

    def later(self) -> datetime:
        """Return the next moment; no two things happen at once here."""
        self.moment += timedelta(minutes=1)
        return self.moment

    @property
    def expectation(self) -> Expectation:
        """Return what the district owes, read afresh."""
        rows = Expectation.objects.select_related("period__plan", "body")
        return rows.get(period=self.period, body=self.cast.district)

    def pick(self, number: int) -> Submission | None:
        """Return one of the versions that are there."""
        rows = list(Submission.objects.filter(expectation=self.expectation).order_by("version"))
        return rows[number % len(rows)] if rows else None

    # -- what must always hold

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        """No version is lost, none is in another state, no text is lost or changed by a step."""
        rows = {row.pk: row for row in Submission.objects.filter(expectation=self.expectation)}
        assert {pk: SubmissionState(row.state) for pk, row in rows.items()} == {
            pk: version.state for pk, version in self.versions.items()
        }
        for pk, version in self.versions.items():
            kept = rows[pk].entries.values_list("group__number", "text")
            texts = {f"group:{number}": text for number, text in kept}
            assert texts == version.texts

    @invariant()
    def at_most_one_is_open_and_one_accepted(self) -> None:
        """Two people never work at two versions, and two never stand."""
        states = [version.state for version in self.versions.values()]
        assert sum(state in OPEN_STATES for state in states) <= 1
        assert sum(state == State.ACCEPTED for state in states) <= 1

    @invariant()
    def what_was_sent_stays_as_it_was_sent(self) -> None:
        """Every delivery keeps its content and its hash."""
        for pk, version in self.versions.items():
            kept = list(Delivery.objects.filter(submission=pk).order_by("number"))
            assert [row.number for row in kept] == list(range(1, len(kept) + 1))
            assert all(sha256_of(row.content) == row.sha256 for row in kept)
            assert [{row["line"]: row["text"] for row in sent.content["entries"]} for sent in kept] == version.sent

    @invariant()
    def only_what_stands_accepted_is_published(self) -> None:
        """The published rows are those of the accepted version, word for word; nothing else is out."""
        accepted = [(pk, version) for pk, version in self.versions.items() if version.state == State.ACCEPTED]
        wanted = sorted((f"submission:{pk}", text) for pk, version in accepted for text in version.texts.values())
        assert sorted(Progress.objects.current().values_list("source", "text")) == wanted

    @invariant()
    def the_history_has_no_gap(self) -> None:
        """Each step begins where the one before ended, the last ends where the version stands, and none vanishes."""
        for pk, version in self.versions.items():
            rows = list(Transition.objects.filter(submission=pk).order_by("taken_at", "pk"))
            state: str = ""
            for row in rows:
                assert row.from_state == state
                state = row.to_state
            assert state == version.state
            assert len(rows) >= self.steps.get(pk, 0)
            self.steps[pk] = len(rows)

    @invariant()
    def a_returned_report_always_says_what_is_asked(self) -> None:
        """Nothing was ever returned without a remark."""
        returned = Transition.objects.filter(submission__in=self.versions, step="return").count()
        assert not returned or Remark.objects.filter(expectation=self.expectation).exists()
        waits = any(version.state in DELIVERED_STATES for version in self.versions.values())
        assert waits or self.expectation.first_delivered_at is None or returned or self.has_delivery()

    def has_delivery(self) -> bool:
        """Return whether a delivery counts that explains the first moment."""
        return Delivery.objects.filter(submission__in=self.versions, is_recalled=False).exists()

    @invariant()
    def remarks_are_settled_by_somebody(self) -> None:
        """A settled remark says by whom and when; after accepting none is open."""
        rows = Remark.objects.filter(expectation=self.expectation)
        assert not rows.filter(state=RemarkState.SETTLED, settled_by=None).exists()

    @invariant()
    def a_cancelled_period_has_nothing_accepted(self) -> None:
        """Cancelling and accepting exclude each other."""
        if self.expectation.period.state == PeriodState.CANCELLED:
            assert all(version.state != State.ACCEPTED for version in self.versions.values())
