"""The page of a report's closing part: general assessment, coming work, general difficulties and proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plan_tracker.lib.secrecy import marking_error
from reports.browser_copy import say_saved
from reports.choices import Addressee
from reports.closing import PREFIX, Closing, TypedClosing, read_closing, save_closing, stored_closing
from reports.figure_fields import figures_of, picks, preview, put_into
from reports.form_access import editable_or_redirect
from reports.form_frame import answer_to_typing, findings_at, frame_of, saves_by_itself
from reports.form_pages import LineView, Opened, remarks_by_line
from reports.form_tabs import Tab, contents_of, done_lines, next_tab, tabs_of
from reports.outline import CLOSING, CLOSING_FIELDS, Line
from reports.remark_answers import answer_error, read_answers, save_answers, show_typed
from reports.withdrawn_texts import ReportMoved


@dataclass(frozen=True)
class Part:
    """One text of the closing part on the page."""

    name: str
    label: str
    text: str
    error: str
    theirs: str
    preview: str = ""

    @property
    def id(self) -> str:
        """Return the id and the name of its field."""
        return f"{PREFIX}-{self.name}"


def part_labels() -> dict[str, str]:
    """Return the headings of the closing part, as a report prints them."""
    return {
        "strengths": _("Strengths, outstanding results"),
        "weaknesses": _("Weaknesses"),
        "causes": _("Causes"),
        "coming_work": _("Coming work"),
    }


@require_http_methods(["GET", "POST"])
def report_closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the general assessment."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    if not opened.outline.has_closing:
        raise Http404
    if request.method == "GET":
        return _show(request, opened)
    typed, answers = read_closing(request.POST), read_answers(request.POST)
    typed = _with_figure(typed, request.POST.get("do", ""))
    if saves_by_itself(request):
        return _while_typing(request, opened, typed)
    return _take(request, opened, typed, answers)


def _take(request: HttpRequest, opened: Opened, typed: TypedClosing, answers: dict[int, str]) -> HttpResponse:
    """Save the closing part and the answers to remarks together, or show both again with the reason."""
    if typed.errors or answer_error(answers):
        return _show(request, opened, typed, moved=answer_error(answers), status=422)
    try:
        with transaction.atomic():
            clash = save_closing(opened.submission, typed, **opened.who)
            save_answers(opened.submission, {} if clash else answers, actor=opened.user, at=opened.at)
    except ReportMoved as refusal:
        return _show(request, opened, typed, moved=str(refusal), status=409)
    if clash:
        return _show(request, opened, typed, clash=clash, status=409)
    if request.POST.get("do") != "next":
        messages.success(request, _("Saved."))
    goes_on = request.POST.get("do") == "next"
    return say_saved(request, redirect(next_tab(opened, "report_closing")[1] if goes_on else request.path))


def _with_figure(typed: TypedClosing, action: str) -> TypedClosing:
    """Return what was typed, with the figure that a button puts into one of the texts."""
    texts = {name: put_into(text, action, f"{PREFIX}-{name}") for name, text in typed.closing.texts.items()}
    return replace(typed, closing=replace(typed.closing, texts=texts))


def _while_typing(request: HttpRequest, opened: Opened, typed: TypedClosing) -> HttpResponse:
    """Save the closing part where it can be saved, and say how it stands."""
    clash, moved, is_waiting = None, "", bool(request.POST.get(f"{PREFIX}-asked"))
    if not (typed.errors or is_waiting):
        try:
            clash = save_closing(opened.submission, typed, **opened.who)
        except ReportMoved as refusal:
            moved = str(refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK
    if moved or clash or is_waiting:
        status = HTTPStatus.CONFLICT
    opened.submission.refresh_from_db(fields=[*CLOSING_FIELDS, "closing_written"])
    now = clash or typed.closing
    said = {
        "anchor": PREFIX,
        "seen": "" if moved or is_waiting or typed.errors else now.digest,
        "errors": [] if is_waiting else typed.errors.values(),
        "findings": findings_at(opened, [CLOSING])[CLOSING],
        "clash": clash,
        "closing_parts": (parts := _parts(typed.closing, typed.errors, clash, figures_of(opened.submission))),
        "previews": [(part.id, part.preview) for part in parts],
        "is_waiting": is_waiting,
    }
    frame = frame_of(request, opened, _tabs(opened), place=_("Assessment"), forget=secret_fields(typed))
    return answer_to_typing(request, frame, lines=[said], status=status, moved=moved)


def secret_fields(typed: TypedClosing | None) -> list[str]:
    """Return the names of the fields that the browser may not keep."""
    if typed is None:
        return []
    texts = {
        **{name: [text] for name, text in typed.closing.texts.items()},
        "difficulty": typed.closing.rows.difficulties,
    }
    texts["proposal"] = [text for text, _to in typed.closing.rows.proposals]
    return [f"{PREFIX}-{name}" for name, said in texts.items() if marking_error(*said)]


def _tabs(opened: Opened) -> list[Tab]:
    """Return the tabs with what is filled now."""
    return tabs_of(opened, done_lines(opened.outline, contents_of(opened.submission)), "report_closing")


def _parts(now: Closing, errors: Mapping[str, str], clash: Closing | None, figures: Mapping[str, str]) -> list[Part]:
    """Return the four texts as the page shows them."""
    labels = part_labels()
    return [
        Part(
            name=name,
            label=labels[name],
            text=now.texts[name],
            error=errors.get(name, ""),
            theirs=clash.texts[name] if clash else "",
            preview=preview(now.texts[name], figures),
        )
        for name in CLOSING_FIELDS
    ]


def _show(  # noqa: PLR0913 - what was typed and what came of it
    request: HttpRequest,
    opened: Opened,
    typed: TypedClosing | None = None,
    *,
    clash: Closing | None = None,
    moved: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the closing part."""
    stored = stored_closing(opened.submission)
    now = typed.closing if typed else stored
    figures = figures_of(opened.submission)
    errors, labels = dict(typed.errors) if typed else {}, part_labels()
    remarks = remarks_by_line(opened).get(CLOSING, ())
    show_typed(remarks, read_answers(request.POST))
    label, url = next_tab(opened, "report_closing")
    line = Line(CLOSING, labels["strengths"], "", 0, ())
    frame = frame_of(
        request,
        opened,
        _tabs(opened),
        place=_("Assessment"),
        is_typed=typed is not None,
        forget=secret_fields(typed),
    )
    context: dict[str, Any] = {
        **frame,
        "page": {"next_label": label, "next_url": url},
        "closing_parts": _parts(now, errors, clash, figures),
        "picks": picks(opened.outline, figures),
        "view": LineView(line=line, content=now.rows, seen="", errors=errors),
        "prefix": PREFIX,
        "seen": stored.digest if typed is None or clash else typed.seen,
        "clash": clash,
        "conflicts": clash,
        "moved": moved,
        "choice_error": errors.get("choice", ""),
        "errors": [
            ({"anchor": f"{PREFIX}-{name}", "label": labels.get(name, _("Difficulties; proposals"))}, sentence)
            for name, sentence in errors.items()
        ],
        "remarks": remarks,
        "addressees": Addressee.choices,
    }
    return render(request, "reports/report_closing.html", context, status=status)
