"""Which number a report may bear and who may sign it how: a ban by its head or his deputy, a committee only T/M."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from plan_tracker.lib.text import nfc, vn_key
from reports.choices import Authority, Product
from reports.documents.letterhead import Letterhead
from reports.edition_moves import Signing
from reports.models import Edition

TYPE_CODE = "BC"
_TYPED = re.compile(r"(?:số\s*:?\s*)?(?P<number>\d{1,5})(?:\s*-\s*(?P<type>[^\W\d_]+)\s*/\s*(?P<symbol>\S+))?", re.I)
_TERM = re.compile(r"(?P<first>\d{4})\s*[-–]\s*(?P<last>\d{4})")
# The 18th congress of the province's Party organisation; numbers begin anew with a committee's term.
SINCE_2025 = date(2025, 9, 26)
TERMS = ("2020 - 2025", "2025 - 2030")
YEARS_IN_A_TERM = 5


def number_of(typed: str) -> int | None:
    """Return the bare number of “45”, “45-BC/BDVTU” or “Số 45-BC/BDVTU”; nothing where it is not one."""
    match = _TYPED.fullmatch(" ".join(nfc(typed).split()))
    return int(match["number"]) if match and int(match["number"]) else None


def full_number(number: int, letterhead: Letterhead) -> str:
    """Return number and symbol as documents print them: 06-BC/BDVTU."""
    return f"{number:02d}-{TYPE_CODE}/{letterhead.symbol}"


def term_of(typed: str) -> str:
    """Return a term as it is kept, “2020 - 2025”, or nothing where it is none."""
    match = _TERM.fullmatch(" ".join(typed.split()))
    if match is None or int(match["last"]) - int(match["first"]) != YEARS_IN_A_TERM:
        return ""
    return f"{match['first']} - {match['last']}"


def proposed_term(on: date) -> str:
    """Return the term that a day most probably belongs to; a person confirms it."""
    return TERMS[on >= SINCE_2025]


def number_faults(edition: Edition, signing: Signing, letterhead: Letterhead) -> Iterator[str]:
    """Say what is wrong with the number: none, another type or symbol than the issuer's, or taken in this term."""
    if not letterhead.symbol:
        yield _("The issuing body has no document symbol yet; an administrator enters it.")
        return
    match = _TYPED.fullmatch(" ".join(nfc(signing.number).split()))
    number = number_of(signing.number)
    if match is None or number is None:
        yield _("Write the number as it stands on the paper, such as %(example)s.") % {
            "example": full_number(45, letterhead)
        }
        return
    if match["type"] and (match["type"].upper(), match["symbol"]) != (TYPE_CODE, letterhead.symbol):
        yield _("The number does not fit the issuing body: its reports bear “-%(symbol)s”.") % {
            "symbol": f"{TYPE_CODE}/{letterhead.symbol}"
        }
    if number_is_taken(edition, number, signing.term):
        yield number_taken_sentence(full_number(number, letterhead), signing.term)


def number_is_taken(edition: Edition, number: int, term: str) -> bool:
    """Return whether another report of the issuer bears this number in the term."""
    same = Edition.objects.fixed().filter(
        issuer_id=edition.issuer_id, type_code=TYPE_CODE, term=term_of(term), number=number, is_demo=edition.is_demo
    )
    return same.exclude(pk=edition.pk).exists()


def number_taken_sentence(number: str, term: str) -> str:
    """Return what is told of a number that is not free."""
    return _("Number %(number)s is already taken in the portal in the term %(term)s.") % {
        "number": number,
        "term": term_of(term),
    }


def block_faults(signing: Signing, letterhead: Letterhead) -> Iterator[str]:
    """Say what is wrong with the block of signature for a body of this kind."""
    head, collective = letterhead.habit.position, letterhead.habit.in_the_name_of
    if not signing.signatory.strip():
        yield _("Write who signed.")
    if not signing.position.strip():
        yield _("Write the position of the person who signs.")
        return
    position, authority = nfc(signing.position).upper().strip(), Authority(signing.authority)
    if collective:
        yield from _collective_faults(authority, position, collective, head)
    else:
        yield from _head_faults(authority, position, head)


def _collective_faults(authority: Authority, position: str, collective: str, head: str) -> Iterator[str]:
    """A committee decides together: T/M by its secretary or a deputy, T/L by an office; never K/T."""
    words = {"name": f"T/M {collective}", "head": head, "deputy": f"PHÓ {head}"}
    if authority in {Authority.NONE, Authority.DEPUTY, Authority.ACTING}:
        yield _("A committee is collective: its reports are signed %(name)s, never K/T.") % words
    elif authority == Authority.ON_BEHALF and not _is(position, head) and not _is(position, f"PHÓ {head}"):
        yield _("%(name)s is signed by %(head)s or %(deputy)s.") % words
    elif authority == Authority.BY_ORDER and (_is(position, head) or _is(position, f"PHÓ {head}")):
        yield _("%(head)s and %(deputy)s sign T/M, not T/L.") % words


def _head_faults(authority: Authority, position: str, head: str) -> Iterator[str]:
    """A ban is led by its head: he signs without any form, his deputy K/T; never T/M."""
    words = {"head": head, "deputy": f"PHÓ {head}"}
    if authority == Authority.ON_BEHALF:
        yield _("A ban is led by its head: it signs %(head)s, or K/T %(head)s and then %(deputy)s, never T/M.") % words
    elif authority in {Authority.NONE, Authority.ACTING} and not _is(position, head):
        yield _("Without K/T or T/L only %(head)s signs.") % words
    elif authority == Authority.DEPUTY and not _is(position, f"PHÓ {head}"):
        yield _("K/T %(head)s is signed by %(deputy)s.") % words
    elif authority == Authority.BY_ORDER and (_is(position, head) or _is(position, f"PHÓ {head}")):
        yield _("%(head)s signs himself and %(deputy)s signs K/T, not T/L.") % words


def _is(position: str, wanted: str) -> bool:
    """Return whether a position is this one, or one that says more (PHÓ BÍ THƯ THƯỜNG TRỰC)."""
    return f"{vn_key(position)} ".startswith(f"{vn_key(wanted)} ")


def default_recipients(kind: str, letterhead: Letterhead, plan_issuer: str, on: date) -> tuple[str, ...]:
    """Return whom a report of this kind usually goes to, its files last; a person adds and takes away."""
    if kind != Product.STANDING:
        return f"{plan_issuer} (báo cáo)", letterhead.files_at
    # The two bans of the Centre became one in February 2025.
    advisor = "Ban Tuyên giáo và Dân vận Trung ương" if on >= date(2025, 2, 3) else "Ban Dân vận Trung ương"
    return (
        "Bộ Chính trị, Ban Bí thư Trung ương Đảng (báo cáo)",
        advisor,
        "Các đồng chí Uỷ viên Ban Thường vụ Tỉnh uỷ",
        letterhead.files_at,
    )
