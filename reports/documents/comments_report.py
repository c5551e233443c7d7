"""The table of comments on drafts as a document: who said what of which place, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.choices_editions import Handling
from reports.documents.letterhead import Letterhead, line_end
from reports.documents.report_value import Column, Heading, Paragraph, Report, Table
from reports.models import Edition, EditionComment
from reports.sentences import count, period_in_words

WHOLE = ""
WHOLE_WORDS = "Toàn văn"
HANDLINGS = {
    Handling.OPEN: "Chưa xử lý",
    Handling.TAKEN: "Tiếp thu",
    Handling.PARTLY: "Tiếp thu một phần",
    Handling.EXPLAINED: "Giải trình",
}
COLUMNS = (
    Column("TT", 14, is_mark=True),
    Column("Địa phương, cơ quan", 55),
    Column("Nội dung góp ý", 100),
    Column("Tiếp thu, giải trình", 88),
)


@dataclass(frozen=True)
class Place:
    """A heading of a draft that a comment can hang on."""

    key: str
    title: str
    level: int


def places_of(report: Report) -> tuple[Place, ...]:
    """Return the headings of a draft, each with the way to it: II.2.1 is an item of point 2 of part II."""
    found: list[Place] = []
    part = ""
    for block in report.blocks:
        if isinstance(block, Heading):
            number = block.number.rstrip(".")
            part = number if block.level == 1 else part
            key = number if block.level == 1 else f"{part}.{number}"
            found.append(Place(key[:40], block.text, block.level))
    return tuple(found)


def place_words(key: str, places: Iterable[Place]) -> str:
    """Return what a place is called in the table of comments."""
    return next((place.title for place in places if place.key == key), key) if key else WHOLE_WORDS


def comments_paper(
    edition: Edition,
    comments: Sequence[EditionComment],
    places: Sequence[Place],
    letterhead: Letterhead,
    *,
    on: date,
) -> Report:
    """Return the table under the head of the body that deals with the comments, as it is called on a day."""
    period = edition.period
    title = period_in_words(period.kind, period.year, period.ordinal, period.own_title)
    table = Table("Tổng hợp ý kiến góp ý và kết quả tiếp thu, giải trình", COLUMNS, _rows(comments, places))
    return Report(
        head=letterhead.head(on=on),
        type_name="BÁO CÁO",
        subject=f"tiếp thu, giải trình ý kiến góp ý vào dự thảo báo cáo\n{title}",
        blocks=(Paragraph(_told(comments)),),
        recipients=(letterhead.files_at,),
        signature=letterhead.signature(),
        author=letterhead.name,
        on=on,
        line_end=line_end(on),
        annexes=(table,) if comments else (),
        is_demo=edition.is_demo,
    )


def _rows(comments: Sequence[EditionComment], places: Sequence[Place]) -> tuple[tuple[str | int, ...], ...]:
    """Return a row for each comment."""
    return tuple(
        (
            number,
            f"{row.body.name}\n(dự thảo lần {row.draft.number})",
            f"{place_words(row.place, places)}:\n{row.text}",
            f"{HANDLINGS[Handling(row.handling)]}.\n{row.handling_text}".strip(),
        )
        for number, row in enumerate(comments, start=1)
    )


def _told(comments: Sequence[EditionComment]) -> str:
    """Return the one sentence over the table."""
    if not comments:
        return "Chưa có ý kiến góp ý."
    bodies = len({row.body_id for row in comments})
    return (
        f"Có {count(bodies)} địa phương, cơ quan gửi {count(len(comments))} ý kiến góp ý; kết quả tiếp thu, "
        "giải trình tại Phụ lục kèm theo."
    )
