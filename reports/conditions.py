"""What must hold before a step: gates that a page asks before it offers the step, and rules on what was entered."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.attachments import attached
from reports.checks import completeness
from reports.choices import PeriodState, ReportForm, SubmissionState
from reports.models import Expectation, Period, Submission
from reports.moves import Move
from reports.remarks import asked_remarks, unseen_remarks
from reports.signed_copies import copy_faults, copy_of
from tasks.permissions import Standing


def period_stands(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse where the period was cancelled."""
    if submission.expectation.period.state == PeriodState.CANCELLED:
        yield _("This period is cancelled.")


def period_takes_reports(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse a first report once the period is closed; what was sent before may be finished."""
    yield from takes_reports(submission.expectation)


def takes_reports(expectation: Expectation) -> Iterator[str]:
    """Say why a period takes no report of a body, if so."""
    period, begun = expectation.period, expectation.first_delivered_at is not None
    if period.state == PeriodState.OPEN or (period.state == PeriodState.CLOSED and begun):
        return
    yield _("This period does not take reports: %(state)s.") % {"state": period.get_state_display()}


def is_a_correction(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse to throw away anything but a correction that was never sent; the accepted version stays."""
    if not submission.expectation.submissions.accepted().exists():
        yield _("Only a correction can be discarded.")
    if submission.deliveries.exists() or submission.remarks.exists():
        yield _("This correction was sent already; it can no longer be discarded.")


def nobody_opened_it(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse to recall what a reviewer has opened."""
    if submission.opened_at is not None:
        yield _("A reviewer opened this report at %(at)s; ask for it to be returned.") % {
            "at": f"{timezone.localtime(submission.opened_at):%H:%M %d/%m/%Y}"
        }


def something_is_asked(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse to return a report without saying what is missing: what was answered already asks for nothing more."""
    if not asked_remarks(submission.expectation):
        yield _("Put at least one remark at a line first.")


def nothing_is_unseen(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse to accept over remarks that the body has not seen."""
    if unseen_remarks(submission):
        yield _("You asked for something that the body has not seen: return the report, or settle the remark.")


def somebody_else_entered_it(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse that the person who entered a report on a body's behalf accepts it."""
    if submission.is_on_behalf and submission.transitions.filter(step="enter_on_behalf", taken_by_id=standing.user_id):
        yield _("You entered this report on the body's behalf; another reviewer accepts it.")


def is_with_its_body(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse to take over what a reviewer already enters on the body's behalf."""
    if submission.is_on_behalf:
        yield _("This report is already entered on the body's behalf.")


def is_with_a_reviewer(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse to hand back what the body itself writes."""
    if not submission.is_on_behalf:
        yield _("The body itself writes this report.")


def no_other_version_is_open(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse a second correction beside one that is on its way."""
    if submission.expectation.submissions.open().exists():
        yield _("A correction of this report is already on its way.")


def copy_is_outstanding(submission: Submission, standing: Standing) -> Iterator[str]:
    """Refuse to add a signed copy that is already there; until the report is received a scan may still follow."""
    copy = copy_of(submission)
    lacks_scan = copy is not None and not copy.scan and submission.state == SubmissionState.SUBMITTED
    if copy is not None and copy.symbol and not lacks_scan:
        yield _("The signed copy is already there.")
    if submission.form == ReportForm.CONFIDENTIAL:
        yield _("A report under the confidentiality rules takes no file here.")


def period_is_not_changing(move: Move) -> Iterator[str]:
    """Hold the period while its report is accepted: from now on it can no longer be changed or cancelled."""
    held = Period.objects.select_for_update(no_key=True).get(pk=move.expectation.period_id)
    if held.state == PeriodState.CANCELLED:
        yield _("This period is cancelled.")


def report_is_complete(move: Move) -> Iterator[str]:
    """Name every line that is missing or wrong."""
    for finding in completeness(move.submission).errors:
        yield f"{finding.label}: {finding.sentence}" if finding.label else finding.sentence


def copy_is_in_order(move: Move) -> Iterator[str]:
    """Ask for the signed copy's data, or the day by which it follows."""
    yield from copy_faults(move.submission, move.data.copy, on=timezone.localtime(move.at).date())


def copy_is_whole(move: Move) -> Iterator[str]:
    """Ask for a signed copy that is there."""
    if move.data.copy is None or not move.data.copy.is_whole:
        yield _("The signed copy needs its number, its date and its signatory.")
    else:
        yield from copy_is_in_order(move)


def no_secret_is_declared(move: Move) -> Iterator[str]:
    """Ask for the declaration that nothing secret is sent."""
    if not move.data.declared_no_secret:
        yield _("Declare that the report holds no state secret.")


def separate_report_is_empty(move: Move) -> Iterator[str]:
    """Refuse any text or figure beside “reported separately under the confidentiality rules”."""
    report = move.submission
    if report.form != ReportForm.CONFIDENTIAL:
        return
    texts = (report.strengths, report.weaknesses, report.causes, report.coming_work)
    rows = (report.entries, report.difficulties, report.proposals, report.counter_values, report.readings)
    if any(texts) or attached(report) or any(row.exists() for row in rows):
        yield _("A report under the confidentiality rules holds no text and no figure here: empty the form first.")


def correcting_document_is_named(move: Move) -> Iterator[str]:
    """Ask for the document that corrects."""
    if not move.data.correcting_symbol.strip() or move.data.correcting_date is None:
        yield _("Give number and date of the document that corrects the report.")


def paper_is_there(move: Move) -> Iterator[str]:
    """Ask for the scan and the day of receipt of a report that came on paper."""
    if move.data.came_at is None or move.data.came_at > move.at:
        yield _("Give the day on which the report came.")
    if move.submission.form != ReportForm.CONFIDENTIAL and (move.data.copy is None or not move.data.copy.scan):
        yield _("A report entered on a body's behalf needs the scan.")
