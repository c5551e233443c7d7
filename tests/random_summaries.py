"""Summaries with figures at random, made as values: no database."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from reports.choices import Depth, PeriodKind, ReportForm, ReportStanding, SubmissionState
from reports.coverage_values import BodyRef, BodyReport, Coverage, Source
from reports.documents.letterhead import COMMITTEE, Letterhead
from reports.figure_values import Carried, CounterTotal, FigureOfBody, IndicatorValue, ReadingOfBody
from reports.summary_refs import PeriodRef, PlanRef
from reports.summary_values import AssignmentValue, DutyOfBody, EntryValue, Part, Summary
from targets.choices import Channel, Evaluation, ObservationStatus, Verdict
from tasks.choices import BodyKind, DeadlineKind, Timeliness, WorkState
from tests.factories import at

STATES = (
    WorkState.WITH_RESULTS,
    WorkState.IN_PROGRESS,
    WorkState.IN_DIFFICULTY,
    WorkState.NOT_STARTED,
    WorkState.SEPARATE,
)
LETTERHEAD = Letterhead("TỈNH UỶ LẠNG SƠN", "BAN DÂN VẬN", "Ban Dân vận Tỉnh uỷ", "BDVTU", "Lạng Sơn", COMMITTEE)
DAY = date(2024, 7, 5)


def random_summary(seed: int, most_bodies: int = 45) -> Summary:
    """Return a summary; the same seed gives the same one."""
    return _Maker(random.Random(seed), most_bodies).summary()  # noqa: S311 - figures for a test


class _Maker:
    """Throws the dice."""

    def __init__(self, dice: random.Random, most_bodies: int) -> None:
        self.dice = dice
        self.bodies = [
            BodyRef(pk, f"hu-{pk}", f"Huyện uỷ số {pk}", f"HU {pk}", BodyKind.DISTRICT, pk)
            for pk in range(1, dice.randint(2, most_bodies + 1))
        ]
        self.accepted = [body for body in self.bodies if dice.random() < 0.8]

    def summary(self) -> Summary:
        """Return the value."""
        period = PeriodRef(
            pk=1,
            kind=PeriodKind.FIRST_HALF,
            year=2024,
            ordinal=None,
            own_title="",
            title="6 tháng đầu năm 2024",
            depth=Depth.FULL,
            data_from=date(2023, 12, 15),
            data_to=date(2024, 6, 14),
            due_at=at(18),
            request_symbol="",
            request_date=None,
        )
        return Summary(
            plan=PlanRef("ke-hoach", "12-KH/TU", date(2024, 2, 5), "Nghị quyết", "Ban Thường vụ Tỉnh uỷ"),
            period=period,
            compared_with=None,
            at=at(20),
            is_demo=self.dice.random() < 0.5,
            coverage=self.coverage(),
            groups=tuple(self.part(number) for number in range(1, 9)),
            questions=(),
            assignments=tuple(self.assignment(number) for number in range(1, 6)),
            counters=tuple(self.counter(number) for number in range(1, self.dice.randint(2, 25))),
            indicators=tuple(self.indicator(number) for number in range(1, self.dice.randint(2, 20))),
            difficulties=(),
            proposals=(),
            closing=(),
            documents=(),
            findings=(),
        )

    def value(self, decimals: int) -> Decimal:
        """Return a number; now and then one with more decimals than its kind shows."""
        places = decimals + (self.dice.random() < 0.1)
        largest = 10 ** self.dice.randint(1, 7)
        return Decimal(self.dice.randint(0, largest)).scaleb(-places)

    def source(self, body: BodyRef, line: str) -> Source:
        """Return a line of a body's report."""
        return Source(body, body.pk * 10, line)

    def coverage(self) -> Coverage:
        """Return who has sent; what is accepted has been sent."""
        reports = tuple(self.report(body) for body in self.bodies)
        on_time = sum(row.standing == ReportStanding.SENT_ON_TIME for row in reports)
        late = sum(row.standing == ReportStanding.SENT_LATE for row in reports)
        missing = tuple(row.body for row in reports if row.standing == ReportStanding.MISSING)
        return Coverage(reports, len(reports), on_time + late, on_time, late, 0, len(self.accepted), missing, ())

    def report(self, body: BodyRef) -> BodyReport:
        """Return how one body stands."""
        is_accepted = body in self.accepted
        standing = self.dice.choice((ReportStanding.SENT_ON_TIME, ReportStanding.SENT_LATE))
        if not is_accepted:
            standing = ReportStanding.MISSING
        return BodyReport(
            body=body,
            standing=standing,
            state=SubmissionState.ACCEPTED if is_accepted else None,
            accepted_pk=body.pk * 10 if is_accepted else None,
            delivered_at=at(self.dice.randint(15, 19)) if is_accepted else None,
            due_at=at(18),
            exempt_reason="",
            form=ReportForm.CONTENT if is_accepted else None,
        )

    def part(self, number: int) -> Part:
        """Return a group with what the accepted reports say of it."""
        entries = tuple(self.entry(body, number) for body in self.accepted if self.dice.random() < 0.9)
        counts = tuple(
            (state, sum(entry.state == state for entry in entries))
            for state in STATES
            if any(entry.state == state for entry in entries)
        )
        said = {entry.source.body.pk for entry in entries}
        silent = tuple(body for body in self.accepted if body.pk not in said)
        return Part(f"group:{number}", str(number), f"Nhóm {number}", counts, entries, silent, ())

    def entry(self, body: BodyRef, number: int) -> EntryValue:
        """Return what one body says of a group."""
        source = self.source(body, f"group:{number}")
        return EntryValue(source, self.dice.choice(STATES), f"Kết quả {body.pk}.", False, (), ())

    def assignment(self, number: int) -> AssignmentValue:
        """Return an assignment with its bodies done, late or silent."""
        states = [self.dice.choice((WorkState.DONE, WorkState.DOING, Timeliness.OVERDUE, None)) for _ in self.bodies]
        duties = tuple(
            DutyOfBody(body, state, "", None, None, None) for body, state in zip(self.bodies, states, strict=True)
        )
        kinds: tuple[WorkState | Timeliness, ...] = (WorkState.DONE, WorkState.DOING, Timeliness.OVERDUE)
        overdue = tuple(duty.body for duty in duties if duty.state == Timeliness.OVERDUE)
        return AssignmentValue(
            code=f"IV.{number}",
            title=f"Nhiệm vụ {number}",
            deadline="30/6/2024",
            deadline_kind=DeadlineKind.FIXED,
            deadline_printed="",
            due_on=date(2024, 6, 30),
            bodies=duties,
            counts=tuple((kind, states.count(kind)) for kind in kinds if states.count(kind)),
            unreported=states.count(None),
            done=states.count(WorkState.DONE),
            overdue=overdue,
        )

    def counter(self, number: int) -> CounterTotal:
        """Return a counter with its sum."""
        decimals = self.dice.choice((0, 0, 1, 2))
        given = [body for body in self.accepted if self.dice.random() < 0.7]
        figures = tuple(
            FigureOfBody(self.source(body, f"counter:C{number:02d}"), self.value(decimals), self.value(decimals), False)
            for body in given
        )
        silent = [body for body in self.bodies if body not in given and self.dice.random() < 0.4]
        carried = tuple(
            Carried(self.source(body, f"counter:C{number:02d}"), self.value(decimals), date(2024, 3, 14))
            for body in silent
        )
        sums = [
            sum((getattr(row, name) for row in rows), Decimal(0))
            for name, rows in (("in_period", figures), ("cumulative", (*figures, *carried)))
        ]
        return CounterTotal(
            code=f"C{number:02d}",
            title=f"Số liệu thứ {number}",
            section=f"Mục {number // 5}",
            unit="lượt",
            decimals=decimals,
            channel=Channel.AREA,
            is_level=False,
            in_period=sums[0] if figures else None,
            cumulative=sums[1] if figures or carried else None,
            beside=None,
            before=None,
            figures=figures,
            figures_beside=(),
            suppliers=len(given),
            asked=len(self.bodies),
            missing=tuple(body for body in self.bodies if body not in given),
            has_estimates=False,
            carried=carried,
        )

    def indicator(self, number: int) -> IndicatorValue:
        """Return an indicator with or without a figure."""
        decimals = self.dice.choice((0, 1, 2))
        is_known = self.dice.random() < 0.7
        readings = tuple(
            ReadingOfBody(self.source(body, f"indicator:T1.{number}"), self.value(decimals), None, None)
            for body in self.accepted[:5]
        )
        return IndicatorValue(
            code=f"T1.{number}",
            title=f"Chỉ tiêu thứ {number}",
            target="T1",
            evaluation=Evaluation.END_STATE,
            unit=self.dice.choice(("%", "triệu đồng")),
            decimals=decimals,
            goal="đạt 80",
            latest=self.value(decimals) if is_known else None,
            covers_from=date(2023, 1, 1) if is_known else None,
            covers_to=date(2023, 12, 31) if is_known else None,
            status=ObservationStatus.OFFICIAL if is_known else None,
            source="Cục Thống kê" if is_known else "",
            verdict=Verdict.ON_TRACK if is_known else Verdict.NO_DATA,
            reason="",
            is_stale=False,
            readings=readings,
            reported=None,
            numerator=None,
            denominator=None,
            asked=len(self.bodies),
            missing=(),
            before=Decimal(number) if is_known and number % 3 == 0 else None,
        )
