"""The guard against markings of secrecy: the one door through which every text and every readable file comes in."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plan_tracker.lib.bounded.running import BoundedError, TooHeavyError, ask
from plan_tracker.lib.text import has_secrecy_marking, nfc
from plan_tracker.lib.uploads import DOCX, PDF, XLSX, RefusedFileError

READABLE = frozenset({DOCX, XLSX, PDF})


def marking_error(*texts: str) -> str:
    """Return the sentence that refuses a text with a marking of secrecy, or nothing."""
    if any(has_secrecy_marking(text) for text in texts):
        return _("This text carries a marking of secrecy. It is not stored; such content does not belong here.")
    return ""


def refuse_marking(value: object) -> None:
    """Refuse a form's field with a marking of secrecy: the validator of every text field of every form."""
    if isinstance(value, str) and (sentence := marking_error(value)):
        raise ValidationError(sentence, code="secrecy")


def check_lines(lines: Iterable[str]) -> None:
    """Refuse a file one of whose lines, cells or headings is a marking of secrecy."""
    if any(has_secrecy_marking(nfc(line)) for line in lines):
        raise RefusedFileError(
            _("The file carries a marking of secrecy. It is not stored; such content does not belong here.")
        )


def check_readable(content: bytes, kind: str, *, must_open: bool = True) -> None:
    """Refuse a file that carries a marking, as far as its text can be read; a picture cannot be read."""
    if kind not in READABLE:
        return
    try:
        told = ask("lines", content, kind=kind).told
    except TooHeavyError as error:
        raise RefusedFileError(_("The file takes too long to look through; make it smaller.")) from error
    except BoundedError as error:
        if not must_open:
            return
        damaged = _("The file is damaged or was not uploaded whole: save it anew and try again.")
        raise RefusedFileError(damaged) from error
    if told["locked"]:
        raise RefusedFileError(_("The PDF is protected with a password: print it to a new PDF without one."))
    check_lines(told["lines"])
