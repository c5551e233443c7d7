"""What several people may do with one report, at random: written, sent, recalled, asked, accepted, corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import rule

from plan_tracker.accounts.models import User
from reports import rescheduling
from reports.choices import SubmissionState
from reports.filling import Content, Stored, Typed, save_lines, stored_lines
from reports.models import Period, Remark, Submission
from reports.outline import outline_for
from reports.periods import PeriodRefused
from reports.remarks import answer, ask, ask_again, settle
from reports.signed_copies import CopyData
from reports.withdrawn_texts import ReportMoved
from reports.workflow import STEPS, StepData, StepRefused, note_opened, start_submission, take_step
from tasks.choices import WorkState
from tests.factories import at
from tests.people import standing
from tests.workflow_model import CheckedReport, State, Version

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
ACTORS = ("preparer", "sender", "other_preparer", "other_sender", "reviewer", "second_reviewer", "leader", "viewer")


class WorkflowMachine(CheckedReport):
    """Several people at one report of one district: they write, send, recall, ask, answer, accept and correct."""

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do something that may be refused; a refusal must leave no trace, which the invariants see."""
        try:
            with transaction.atomic():
                done = act()
        except (StepRefused, PermissionDenied, ReportMoved, PeriodRefused):
            type(self).refused += 1
            return None
        type(self).taken += 1
        return done

    @rule(who=st.sampled_from(ACTORS))
    def start(self, who: str) -> None:
        """Begin the report."""
        actor = getattr(self.cast, who)
        begun = self.attempt(
            lambda: start_submission(self.expectation, actor=actor, standing=standing(actor), at=self.later())
        )
        if begun is not None and begun.pk not in self.versions:
            assert who in {"preparer", "reviewer", "second_reviewer"}
            self.versions[begun.pk] = Version(State.DRAFT)

    @rule(who=st.sampled_from(ACTORS), which=st.integers(0, 3), text=st.text("ăđệ cđ.", min_size=0, max_size=12))
    def write(self, who: str, which: int, text: str) -> None:
        """Write one line; the period is brief, so there is no closing part."""
        report, actor = self.pick(which), getattr(self.cast, who)
        if report is None:
            return
        line = next(outline_for(report).entry_lines())
        now = stored_lines(report).get((line.subject, line.subject_id), Stored(Content()))
        content = Content(state=WorkState.IN_PROGRESS, text=text.strip())
        typed = Typed(line=line, content=content, seen=now.content.digest)
        saved = self.attempt(
            lambda: save_lines(report, [typed], actor=actor, standing=standing(actor), at=self.later())
        )
        if saved is not None:
            assert not saved
            assert self.versions[report.pk].state in {State.DRAFT, State.RETURNED}
            self.versions[report.pk].texts[line.key] = content.text

    @rule(
        who=st.sampled_from(ACTORS), name=st.sampled_from(sorted(STEPS)), which=st.integers(0, 3), whole=st.booleans()
    )
    def step(self, who: str, name: str, which: int, whole: bool) -> None:
        """Press any button of any step, with or without what it needs."""
        report, actor = self.pick(which), getattr(self.cast, who)
        if report is None:
            return
        before, moment = self.versions[report.pk].state, self.later()
        data = self.data(moment) if whole else StepData()
        after = self.attempt(
            lambda: take_step(report, name, actor=actor, standing=standing(actor), at=moment, data=data)
        )
        if after is not None:
            self.moved(report, name, before, after)

    @rule(asks=st.booleans())
    def go_on(self, asks: bool) -> None:
        """Do what would come next on a good day, so that sequences come far."""
        newest = max(self.versions, default=None)
        if newest is None:
            self.start("preparer")
            return
        place, state = len(self.versions) - 1, self.versions[newest].state
        if state in {State.DRAFT, State.RETURNED}:
            self.write("preparer", place, "Đã làm.")
            self.step("sender", "send", place, whole=True)
        elif state == State.RECEIVED and asks:
            self.remark("second_reviewer", place)
            self.step("second_reviewer", "return", place, whole=False)
        else:
            name = {State.AWAITING_SIGNATURE: "take_back", State.SUBMITTED: "receive", State.RECEIVED: "accept"}
            who = "sender" if state in {State.AWAITING_SIGNATURE, State.ACCEPTED} else "second_reviewer"
            self.step(who, name.get(state, "correct"), place, whole=True)

    def data(self, moment: datetime) -> StepData:
        """Return everything that any step could need."""
        scan = SimpleUploadedFile("a.pdf", PDF)
        copy = CopyData("45-BC/HU", date(2024, 6, 9), "Người ký", scan=scan)
        return StepData(True, copy, "50-CV/HU", date(2024, 6, 9), came_at=moment - timedelta(hours=1))

    def moved(self, report: Submission, name: str, before: SubmissionState, after: Submission) -> None:
        """Say in the model what the step has done."""
        row = STEPS[name]
        if before not in row.sources:
            # The same person pressed a second time: nothing more happened.
            assert after.pk == report.pk and after.state == before
            return
        if name == "discard":
            del self.versions[report.pk]
            return
        if name == "correct":
            self.versions[after.pk] = Version(State.DRAFT, dict(self.versions[report.pk].texts))
            return
        if row.target is not None:
            self.versions[report.pk].state = row.target
        type(self).reached.add(self.versions[report.pk].state)
        if row.delivers:
            self.versions[report.pk].sent.append(dict(self.versions[report.pk].texts))
        if name == "accept":
            for pk, other in self.versions.items():
                if pk != report.pk and other.state == State.ACCEPTED:
                    other.state = State.SUPERSEDED
                    type(self).reached.add(State.SUPERSEDED)

    @rule(who=st.sampled_from(ACTORS), which=st.integers(0, 3))
    def look(self, who: str, which: int) -> None:
        """Open the review page."""
        report = self.pick(which)
        if report is not None:
            note_opened(report, standing(getattr(self.cast, who)), at=self.later())

    @rule(who=st.sampled_from(("reviewer", "second_reviewer")), which=st.integers(0, 3))
    def remark(self, who: str, which: int) -> None:
        """Ask at a line."""
        report = self.pick(which)
        if report is None:
            return
        actor, state = getattr(self.cast, who), self.versions[report.pk].state
        asked = self.attempt(
            lambda: ask(report.expectation, report, "group:1", "Nêu rõ.", actor=actor, at=self.later())
        )
        assert (asked is not None) == (state == State.RECEIVED)

    @rule(kind=st.sampled_from(("answer", "again", "settle")), which=st.integers(0, 5))
    def thread(self, kind: str, which: int) -> None:
        """Go on in the thread of a remark."""
        rows = list(Remark.objects.filter(expectation=self.expectation))
        if not rows:
            return
        row, moment = rows[which % len(rows)], self.later()
        acts: dict[str, tuple[Callable[..., Any], tuple[Any, ...], User]] = {
            "answer": (answer, (row, "Đã bổ sung."), self.cast.preparer),
            "again": (ask_again, (row, "Chưa rõ."), self.cast.reviewer),
            "settle": (settle, (row,), self.cast.reviewer),
        }
        act, arguments, actor = acts[kind]
        self.attempt(lambda: act(*arguments, actor=actor, at=moment))

    @rule(kind=st.sampled_from(("close", "reopen", "exempt", "lift", "extend", "due", "cancel")))
    def reschedule(self, kind: str) -> None:
        """Change what the period asks; it is cancelled at most where nothing is accepted."""
        owed, actor, moment = self.expectation, self.cast.reviewer, self.later()
        acts: dict[str, Callable[[], Any]] = {
            "close": lambda: rescheduling.close(owed.period, actor=actor, at=moment),
            "reopen": lambda: rescheduling.reopen(owed.period, actor=actor, at=moment),
            "exempt": lambda: rescheduling.exempt(owed, "Mới thành lập", actor=actor, at=moment),
            "lift": lambda: rescheduling.exempt(owed, "", actor=actor, at=moment),
            "extend": lambda: rescheduling.extend(owed, at(25), "Mưa lũ", actor=actor, at=moment),
            "due": lambda: rescheduling.change_due(owed.period, at(20, 16), actor=actor, at=moment),
            "cancel": lambda: self.cancelled(owed.period, moment),
        }
        self.attempt(acts[kind])

    def cancelled(self, period: Period, moment: datetime) -> None:
        """Cancel now and then only, or every example would end here."""
        if self.moment.minute % 7 == 0:
            rescheduling.cancel(period, "Không cần nữa", actor=self.cast.reviewer, at=moment)
