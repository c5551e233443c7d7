"""Pages where lines of a report are written: one for each task group, one for assignments and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.browser_copy import say_saved
from reports.checks import Fault, line_faults, missing_figure
from reports.choices import Addressee
from reports.figure_fields import PUT, fields_in, figures_of, filled_in, picks, preview, put_into
from reports.filling import Stored, Typed, last_entries, read_line, save_lines, stored_lines
from reports.form_access import editable_or_redirect
from reports.form_frame import answer_to_typing, frame_of, saves_by_itself
from reports.form_pages import LineView, Opened, line_views
from reports.form_tabs import done_lines, next_tab, tabs_of
from reports.last_period import copy_last
from reports.line_help import helps_of
from reports.models import Entry
from reports.outline import GroupOutline, Line
from reports.quality import copied_fault
from reports.register_filling import take_documents
from reports.remark_answers import answer_error, read_answers, save_answers, show_typed
from reports.withdrawn_texts import ReportMoved

COPY, REGISTER = "copy:", "register:"


@dataclass(frozen=True)
class LinePage:
    """A page of lines: which lines, where it stands, and where “save and go on” leads."""

    opened: Opened
    lines: tuple[Line, ...]
    group: GroupOutline | None
    tab: str
    url: str
    next_url: str
    next_label: str

    @property
    def place(self) -> str:
        """Return what the page is called when somebody else is told who is where."""
        return self.lines[0].label if self.group else _("Assignments (section IV)")


@require_http_methods(["GET", "POST"])
def report_group(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write what was done in one task group, with the body's own lines in it."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    groups = opened.outline.groups
    place = next((place for place, row in enumerate(groups) if row.group.number == number), None)
    if place is None:
        raise Http404
    following = groups[place + 1].group.number if place + 1 < len(groups) else None
    label, url = next_tab(opened, "report_detail")
    if following is not None:
        label = _("Save and go to group %(number)s") % {"number": following}
        url = reverse("reports:report_group", args=[pk, following])
    page = LinePage(
        opened=opened,
        lines=groups[place].lines,
        group=groups[place],
        tab="report_detail",
        url=reverse("reports:report_group", args=[pk, number]),
        next_url=url,
        next_label=label,
    )
    return _serve(request, page)


@require_http_methods(["GET", "POST"])
def report_assignments(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what became of the assignments that the body leads, and answer the period's own questions."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    outline = opened.outline
    lines = (*outline.assignment_lines, *outline.question_lines)
    if not lines:
        raise Http404
    label, url = next_tab(opened, "report_assignments")
    page = LinePage(
        opened=opened,
        lines=lines,
        group=None,
        tab="report_assignments",
        url=reverse("reports:report_assignments", args=[pk]),
        next_url=url,
        next_label=label,
    )
    return _serve(request, page)


def _serve(request: HttpRequest, page: LinePage) -> HttpResponse:
    """Show the page, or take what was typed."""
    if request.method == "GET":
        return _show(request, page)
    action = request.POST.get("do", "")
    typed = [_with_figure(read_line(line, request.POST), action) for line in page.lines]
    if saves_by_itself(request):
        return _while_typing(request, page, typed)
    answers = read_answers(request.POST)
    if any(one.errors for one in typed) or answer_error(answers):
        return _show(request, page, typed=typed, moved=answer_error(answers), status=422)
    try:
        conflicts = _save(page.opened, typed, answers)
    except ReportMoved as refusal:
        return _show(request, page, typed=typed, moved=str(refusal), status=409)
    if conflicts:
        return _show(request, page, typed=typed, conflicts=conflicts, status=409)
    return say_saved(request, _go_on(request, page))


def _with_figure(typed: Typed, action: str) -> Typed:
    """Return what was typed, with the figure that a button puts into this line."""
    text = put_into(typed.content.text, action, typed.line.key)
    return typed if text == typed.content.text else replace(typed, content=replace(typed.content, text=text))


@transaction.atomic
def _save(opened: Opened, typed: Sequence[Typed], answers: Mapping[int, str]) -> dict[str, Stored]:
    """Save the lines and the answers to remarks together."""
    conflicts = save_lines(opened.submission, typed, **opened.who)
    if not conflicts:
        save_answers(opened.submission, answers, actor=opened.user, at=opened.at)
    return conflicts


def _while_typing(request: HttpRequest, page: LinePage, typed: Sequence[Typed]) -> HttpResponse:
    """Save each line that can be saved, and say of every line how it stands; answers to remarks wait for the button.

    A line at which somebody still has to choose between two texts is left alone until the button is pressed.
    """
    opened, moved, conflicts = page.opened, "", {}
    waiting = {one.line.key for one in typed if request.POST.get(f"{one.line.anchor}-asked")}
    good = [one for one in typed if not one.errors and one.line.key not in waiting]
    try:
        conflicts = save_lines(opened.submission, good, **opened.who, each_alone=True)
    except ReportMoved as refusal:
        moved = str(refusal)
    views = line_views(
        opened,
        page.lines,
        {(one.line.subject, one.line.subject_id): Stored(one.content) for one in typed},
        typed={one.line.key: one for one in typed if one not in good},
        conflicts=conflicts,
    )
    figures = figures_of(opened.submission) if opened.outline.counters else {}
    last = last_entries(opened.submission, page.lines)
    said = [
        {
            "anchor": view.line.anchor,
            "seen": "" if moved or view.line.key in waiting or view.errors else seen_after(view, conflicts),
            "errors": [] if view.line.key in waiting else view.errors.values(),
            "findings": findings_of(view.line, Stored(view.content), figures, last.get(subject_of(view.line))),
            "previews": [(view.line.anchor, preview(view.content.text, figures))],
            "clash": conflicts.get(view.line.key),
            "view": view,
            "is_waiting": view.line.key in waiting,
        }
        for view in views
    ]
    if moved or conflicts or waiting:
        status = HTTPStatus.CONFLICT
    else:
        status = HTTPStatus.OK if len(good) == len(typed) else HTTPStatus.UNPROCESSABLE_ENTITY
    frame = frame_of(request, opened, _tabs(page), place=page.place, forget=secret_fields(typed))
    return answer_to_typing(request, frame, lines=said, status=status, moved=moved)


def findings_of(line: Line, now: Stored, figures: Mapping[str, str], last: Entry | None) -> list[Fault]:
    """Return what is missing or to be looked at in a line; nothing where nobody has begun it."""
    content = now.content
    if content.is_empty:
        return []
    copied = bool(now.entry and now.entry.is_copied)
    hard = bool(content.difficulties)
    found = list(line_faults(line, state=content.state, text=content.text, has_difficulty=hard, is_copied=copied))
    found += [] if copied else copied_fault(line, filled_in(content.text, figures), last)
    if fields_in(content.text) - figures.keys():
        found.append(Fault(line.key, missing_figure()))
    return found


def subject_of(line: Line) -> tuple[str, int]:
    """Return what a line is about, as entries are kept by."""
    return line.subject, line.subject_id


def seen_after(view: LineView, conflicts: Mapping[str, Stored]) -> str:
    """Return the digest that a line carries after it was saved, or after it clashed with this other text."""
    clash = conflicts.get(view.line.key)
    return clash.content.digest if clash else view.content.digest


def secret_fields(typed: Sequence[Typed]) -> list[str]:
    """Return the names of the fields that the browser may not keep."""
    return [f"{one.line.anchor}-{name}" for one in typed for name in one.secret]


def _go_on(request: HttpRequest, page: LinePage) -> HttpResponse:
    """Do what the button said beside saving: take the last text, go to the next group, or stay."""
    action, opened = request.POST.get("do", ""), page.opened
    if action.startswith(COPY):
        line = next((line for line in page.lines if line.key == action.removeprefix(COPY)), None)
        if line is not None:
            if copy_last(opened.submission, line, **opened.who):
                messages.success(request, _("The text of the last report stands here now. Change what is different."))
            return redirect(f"{page.url}#{line.anchor}")
    if action.startswith(REGISTER):
        line = next((line for line in page.lines if line.key == action.removeprefix(REGISTER)), page.lines[0])
        documents = helps_of(opened, page.group)[line.key].get("documents", ())
        if take_documents(opened.submission, line, documents, **opened.who):
            messages.success(request, _("What the register says stands in the text now."))
        return redirect(f"{page.url}#{line.anchor}")
    if action.startswith(PUT):
        line = next((line for line in page.lines if action.startswith(f"{PUT}{line.key}|")), page.lines[0])
        return redirect(f"{page.url}#{line.anchor}")
    if action.startswith("row:"):
        return redirect(f"{page.url}#{action.removeprefix('row:')}")
    if action == "next":
        return redirect(page.next_url)
    messages.success(request, _("Saved."))
    return redirect(page.url)


def _tabs(page: LinePage) -> Any:
    """Return the tabs with what is filled now."""
    stored = stored_lines(page.opened.submission)
    done = done_lines(page.opened.outline, {subject: row.content for subject, row in stored.items()})
    return tabs_of(page.opened, done, page.tab)


def _helps(page: LinePage, stored: Mapping[tuple[str, int], Stored]) -> dict[str, dict[str, Any]]:
    """Return what stands beside each line, the tasks that it could serve too, and what is to be looked at in it."""
    opened = page.opened
    figures = figures_of(opened.submission) if opened.outline.counters else {}
    more = {"tasks": opened.outline.tasks, "picks": picks(opened.outline, figures)}
    helps = {key: {**given, **more} for key, given in helps_of(opened, page.group).items()}
    for line in page.lines:
        if now := stored.get((line.subject, line.subject_id)):
            helps[line.key]["findings"] = findings_of(line, now, figures, helps[line.key].get("last"))
            helps[line.key]["preview"] = preview(now.content.text, figures)
    return helps


def _show(  # noqa: PLR0913 - what was typed and what came of it
    request: HttpRequest,
    page: LinePage,
    *,
    typed: Sequence[Typed] = (),
    conflicts: Mapping[str, Stored] | None = None,
    moved: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the lines, with what was typed where it could not be saved."""
    opened = page.opened
    stored = stored_lines(opened.submission)
    done = done_lines(opened.outline, {subject: row.content for subject, row in stored.items()})
    lines = line_views(
        opened,
        page.lines,
        stored,
        typed={one.line.key: one for one in typed},
        conflicts=conflicts,
        helps=_helps(page, stored),
    )
    show_typed([remark for view in lines for remark in view.remarks], read_answers(request.POST))
    tabs = tabs_of(opened, done, page.tab)
    frame = frame_of(request, opened, tabs, place=page.place, is_typed=bool(typed), forget=secret_fields(typed))
    context: dict[str, Any] = {
        **frame,
        "page": page,
        "done": done,
        "lines": lines,
        "errors": [(view.line, sentence) for view in lines for sentence in view.errors.values()],
        "conflicts": conflicts or {},
        "moved": moved,
        "addressees": Addressee.choices,
    }
    return render(request, "reports/report_lines.html", context, status=status)
