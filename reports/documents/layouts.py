"""The two layouts of documents in millimetres and points: the Party's (HD 36, HD 05) and the state's (Nghị định 30).

Head, title and foot come out as lines of type that every renderer sets alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.documents.report_value import Head, Layout, Report, Signature

PAGE = (210.0, 297.0)
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
PARTY_WIDTH = 72.9  # of that line at 15 pt bold, by the widths of Times New Roman
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MOTTO_WIDTH = 63.1  # of that line at 14 pt bold
# Party documents write T/M, K/T, T/L; state documents TM., KT., TL.
STATE_AUTHORITIES = {"T/M ": "TM. ", "K/T ": "KT. ", "T/L ": "TL. "}
EMPTY_LINES_TO_SIGN = 4
_PARTY_NUMBER = re.compile(r"Số (?P<number>[^-]*)-(?P<symbol>[^/]+)/(?P<body>.+)")


@dataclass(frozen=True)
class Measures:
    """What a layout sets in millimetres (margins, columns, indents) and points (sizes, lines, gaps)."""

    margins: tuple[float, float, float, float]
    landscape_margins: tuple[float, float, float, float]
    head_columns: tuple[float, float]
    foot_columns: tuple[float, float]
    head_size: float
    type_size: float
    number_from_edge: float = 10.0
    size: float = 14.0
    first_line: float = 10.0
    line: float = 20.0  # exactly; the Party's rule allows 18 to 22 pt
    head_line: float = 18.0
    gap: float = 6.0
    table_size: float = 12.0
    note_size: float = 10.0


# Margins are top, bottom, left, right. A page turned to landscape keeps its binding edge, which is then the upper one.
MEASURES = {
    Layout.PARTY: Measures(
        (20.0, 20.0, 30.0, 15.0), (30.0, 15.0, 20.0, 20.0), (77.0, 88.0), (80.0, 85.0), head_size=14.0, type_size=16.0
    ),
    Layout.STATE: Measures(
        (20.0, 20.0, 30.0, 15.0), (30.0, 15.0, 20.0, 20.0), (65.0, 100.0), (80.0, 85.0), head_size=13.0, type_size=14.0
    ),
}


# What must end on its first page is set as close as both layouts allow.
CLOSE_LINE = 18.0


def measures_of(report: Report) -> Measures:
    """Return the measures of a report in its layout."""
    measures = MEASURES[report.layout]
    return replace(measures, line=CLOSE_LINE) if report.is_close else measures


@dataclass(frozen=True)
class Line:
    """One line of type; with `rule` a thin line so many millimetres long instead of text."""

    text: str = ""
    size: float = 14.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    height: float = 18.0
    before: float = 0.0
    after: float = 0.0
    rule: float = 0.0


Lines = tuple[Line, ...]


def head_lines(head: Head, layout: Layout) -> tuple[Lines, Lines]:
    """Return the left and the right column over the title."""
    about = (Line(head.about, 12, italic=layout == Layout.PARTY, height=16),) if head.about else ()
    mark = (*about, *((Line(head.mark, bold=True),) if head.mark else ()))
    if layout == Layout.STATE:
        left = (
            *((Line(head.superior, 13),) if head.superior else ()),
            Line(head.issuer, 13, bold=True),
            Line(rule=26.0, before=2, height=10),
            Line(state_number(head.number), 13),
            *mark,
        )
        motto = Line(rule=MOTTO_WIDTH, before=2, height=10)
        place = Line(head.place_and_day, 14, italic=True)
        return left, (Line(NATION, 13, bold=True), Line(MOTTO, 14, bold=True), motto, place)
    left = (
        *((Line(head.superior),) if head.superior else ()),
        Line(head.issuer, bold=True),
        Line("*"),
        Line(head.number),
        *mark,
    )
    rule = Line(rule=PARTY_WIDTH, before=2, height=16)
    return left, (Line(PARTY, 15, bold=True), rule, Line(head.place_and_day, italic=True))


def title_lines(report: Report) -> Lines:
    """Return the name of the type, what the document is about, and what closes the title."""
    measures = measures_of(report)
    if report.to:
        return tuple(_addressed(report.to, height=measures.line, after=measures.gap))
    subject = [Line(line, bold=True, height=measures.line) for line in report.subject.splitlines() if line]
    closing = Line("-----", height=measures.line, after=measures.gap)
    if report.layout == Layout.STATE:
        closing = Line(rule=60.0, before=4, height=12, after=measures.gap)
    return (Line(report.type_name, measures.type_size, bold=True, height=measures.line, before=18), *subject, closing)


def _addressed(to: tuple[str, ...], *, height: float, after: float) -> Iterator[Line]:
    """Yield “Kính gửi:” with the one whom a letter goes to, or with the list under it."""
    alone = f" {to[0]}" if len(to) == 1 else ""
    yield Line(f"Kính gửi:{alone}", height=height, before=18, after=2 * after if alone else 0)
    for place, line in enumerate(() if alone else to, start=1):
        yield Line(line, height=height, after=2 * after if place == len(to) else 0)


def recipient_lines(report: Report) -> Lines:
    """Return “Nơi nhận” with its list."""
    if report.layout == Layout.STATE:
        head = Line("Nơi nhận:", 12, bold=True, italic=True)
        return (head, *(Line(state_recipient(line), 11, height=15) for line in report.recipient_lines))
    return (Line("Nơi nhận:", underline=True), *(Line(line, 12, height=16) for line in report.recipient_lines))


def signature_lines(signature: Signature, layout: Layout) -> Lines:
    """Return the block of the signature, with empty lines for the pen."""
    return tuple(_signature_lines(signature, is_state=layout == Layout.STATE))


def _signature_lines(signature: Signature, *, is_state: bool) -> Iterator[Line]:
    for line in signature.authority:
        yield Line(state_authority(line) if is_state else line, bold=True)
    if signature.position:
        yield Line(signature.position, bold=is_state)
    for _line in range(EMPTY_LINES_TO_SIGN):
        yield Line()
    yield Line(signature.name, bold=True)


def state_number(number: str) -> str:
    """Return “Số: 45/BC-BDVTU” for “Số 45-BC/BDVTU”; what has no such form keeps its words."""
    match = _PARTY_NUMBER.fullmatch(number)
    if match is None:
        return number.replace("Số ", "Số: ", 1)
    return f"Số: {match['number']}/{match['symbol']}-{match['body']}"


def state_authority(line: str) -> str:
    """Return “TM. UỶ BAN” for “T/M UỶ BAN”."""
    for party, state in STATE_AUTHORITIES.items():
        if line.startswith(party):
            return state + line.removeprefix(party)
    return line


def state_recipient(line: str) -> str:
    """Return a line of “Nơi nhận” as state documents write it: files are kept as “Lưu: VT”."""
    return "- Lưu: VT." if line.startswith("- Lưu ") else line
