"""Answers to remarks that are typed on the pages of the form: read with the page, and saved together with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import QueryDict

from plan_tracker.lib.numbers import row_number
from reports.choices import RemarkState
from reports.filling import clean_text, text_error
from reports.models import Remark, Submission
from reports.remarks import answer

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

PREFIX = "remark-"


def read_answers(data: QueryDict) -> dict[int, str]:
    """Return what was typed below remarks, by remark."""
    found: dict[int, str] = {}
    for name, raw in data.items():
        number = row_number(name.removeprefix(PREFIX))
        if name.startswith(PREFIX) and number is not None and (text := clean_text(str(raw))):
            found[number] = text
    return found


def answer_error(answers: Mapping[int, str]) -> str:
    """Return the sentence that refuses an answer, or nothing."""
    return next((sentence for text in answers.values() if (sentence := text_error(text))), "")


def save_answers(submission: Submission, answers: Mapping[int, str], *, actor: User, at: datetime) -> None:
    """Keep the answers to remarks that are still open; inside the transaction that saves the page."""
    rows = Remark.objects.filter(expectation=submission.expectation_id, pk__in=answers)
    for remark in rows.exclude(state=RemarkState.SETTLED):
        answer(remark, answers[remark.pk], actor=actor, at=at)


def show_typed(remarks: Iterable[Remark], answers: Mapping[int, str]) -> None:
    """Put what was typed back under its remark, for a page that could not be saved."""
    for remark in remarks:
        remark.__dict__["typed"] = answers.get(remark.pk, "")
