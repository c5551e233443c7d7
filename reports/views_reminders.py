"""Pages of reminding: who is to be reminded of a period, the buttons, the calls, and the formal letter."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.models import User
from plan_tracker.lib.numbers import row_number
from reports.choices import PeriodState
from reports.documents.docx_file import render_docx
from reports.documents.reminder_letter import reminder_letter
from reports.edition_files import DOCX
from reports.file_names import file_words
from reports.forms_reminders import CallForm
from reports.models import Expectation, Period, TelephoneReminder
from reports.permissions import can_open_period, can_see_review, expectations_visible_to, periods_visible_to
from reports.reminder_mail import mail_is_on, send_waiting
from reports.reminder_rows import Row, reminder_log, reminder_rows
from reports.reminding import Outcome, remind_by_hand, unsent
from reports.views_documents import file_response
from reports.views_periods import reviewer_of_periods, who

LATE = "late"


def _period(request: HttpRequest, pk: int) -> Period:
    """Return the period for those who look at every report; the others know of it, and read it on its own page."""
    _user, standing = who(request)
    period = get_object_or_404(periods_visible_to(standing), pk=pk)
    if not can_see_review(standing):
        raise PermissionDenied
    return period


@require_GET
def period_reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has not sent, whom to call, and every reminder so far."""
    period = _period(request, pk)
    _user, standing = who(request)
    rows = reminder_rows(period, at=timezone.now())
    context = {
        "period": period,
        "rows": rows,
        "late": sum(row.is_late for row in rows),
        "late_to_remind": sum(row.is_late and row.accounts > 0 and not row.reminded_today for row in rows),
        "log": reminder_log(period),
        "can_remind": can_open_period(standing) and period.state == PeriodState.OPEN,
        "mail_is_on": mail_is_on(),
        "crumbs": _crumbs(period, _("Reminders")),
    }
    return render(request, "reports/period_reminders.html", context)


@require_POST
def period_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind one body, or all that are late."""
    user, standing = reviewer_of_periods(request)
    period = get_object_or_404(periods_visible_to(standing), pk=pk)
    now = timezone.now()
    owed = unsent(on=timezone.localdate(now)).filter(period=period)
    chosen, which = [], request.POST.get("body", "")
    if which == LATE:
        chosen = list(owed.past_due(now))
    elif (number := row_number(which)) is not None:
        chosen = list(owed.filter(pk=number))
    if chosen:
        _say(request, remind_by_hand(chosen, actor=user, at=now))
    else:
        messages.warning(request, _("Nobody was reminded: the report has come, or the period takes no reports."))
    return redirect("reports:period_reminders", pk=pk)


def _say(request: HttpRequest, outcome: Outcome) -> None:
    """Say what a reminder by hand did, and what the mail server made of it."""
    done, already = len(outcome.reminders), len(outcome.already)
    if done:
        words = ngettext("%(number)s person has been reminded.", "%(number)s people have been reminded.", done)
        messages.success(request, words % {"number": done})
    if already:
        words = ngettext(
            "%(number)s person had a reminder today already; nobody gets two on one day.",
            "%(number)s people had a reminder today already; nobody gets two on one day.",
            already,
        )
        messages.info(request, words % {"number": already})
    if outcome.nobody:
        words = ngettext(
            "Nobody has an account at %(number)s body: telephone it.",
            "Nobody has an account at %(number)s bodies: telephone them.",
            len(outcome.nobody),
        )
        messages.warning(request, words % {"number": len(outcome.nobody)})
    mails = send_waiting(at=timezone.now()) if done else None
    if mails and mails.failed:
        words = _("The mail server did not take %(number)s mails (%(error)s). The reminders stand in the portal.")
        messages.error(request, words % {"number": mails.failed, "error": mails.error})


@require_http_methods(["GET", "POST"])
def reminder_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a call to a body's office."""
    user, standing = reviewer_of_periods(request)
    rows = expectations_visible_to(standing).select_related("period", "body").prefetch_related("body__contacts")
    expectation = get_object_or_404(rows, pk=pk)
    now = timezone.localtime()
    initial = {"called_on": now.date(), "called_hour": f"{now:%H:%M}"}
    contacts = list(expectation.body.contacts.all())
    if contacts:
        initial["office"] = contacts[0].label
    form = CallForm(request.POST if request.method == "POST" else None, initial=initial, now=now)
    if request.method == "POST" and form.is_valid():
        _write_call(expectation, form, user)
        messages.success(request, _("The call has been written down."))
        return redirect("reports:period_reminders", pk=expectation.period_id)
    context = {
        "expectation": expectation,
        "contacts": contacts,
        "form": form,
        "calls": expectation.calls.select_related("called_by"),
        "crumbs": _crumbs(expectation.period, _("Reminders"), expectation.body.short_name),
    }
    return render(request, "reports/reminder_call.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _write_call(expectation: Expectation, form: CallForm, user: User) -> None:
    """Keep a call; it is never changed afterwards."""
    TelephoneReminder.objects.create(
        expectation=expectation,
        office=form.cleaned_data["office"],
        called_at=form.called_at,
        note=form.cleaned_data["note"],
        called_by=user,
        is_demo=expectation.period.is_demo,
    )


@require_GET
def period_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the draft of a formal letter that reminds the late bodies."""
    reviewer_of_periods(request)
    period = get_object_or_404(Period.objects.select_related("plan__issuer"), pk=pk)
    now = timezone.now()
    late: list[Row] = [row for row in reminder_rows(period, at=now) if row.is_late]
    if not late:
        messages.warning(request, _("No body is late: there is nobody to write to."))
        return redirect("reports:period_reminders", pk=pk)
    with override("vi"):
        letter = reminder_letter(period, [row.expectation for row in late], at=now)
        return file_response(render_docx(letter), DOCX, f"cong-van-don-doc-{file_words(period)}.docx")


def _crumbs(period: Period, *labels: str) -> list[dict[str, str]]:
    """Return where the page hangs: the period, its reminders, and the page itself without an address."""
    reminders = reverse("reports:period_reminders", args=[period.pk])
    above = [
        {"label": _("Periods"), "url": reverse("reports:period_list")},
        {"label": period.title, "url": reverse("reports:period_detail", args=[period.pk])},
    ]
    last = len(labels) - 1
    return above + [{"label": label, "url": "" if place == last else reminders} for place, label in enumerate(labels)]
