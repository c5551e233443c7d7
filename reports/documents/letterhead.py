"""How a body heads, numbers and signs its documents on a day: its names of that day and the habits of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plan_tracker.lib.dates import document_long_day
from plan_tracker.lib.text import nfc, vn_key
from reports.choices import Authority
from reports.documents.report_value import Head, Signature
from reports.models import SignedCopy
from tasks.choices import BodyKind
from tasks.models import Body

BLANK_NUMBER = "Số      "
PLACE_OF_THE_PROVINCE = "Lạng Sơn"
PROVINCE_WORDS = (" Tỉnh uỷ Lạng Sơn", " Tỉnh ủy Lạng Sơn", " Tỉnh uỷ", " Tỉnh ủy", " tỉnh Lạng Sơn")
# From 2026 the lines of “Nơi nhận” end with a semicolon (HD 05-HD/VPTW); before, with a comma (HD 36-HD/VPTW).
SEMICOLON_SINCE = 2026


@dataclass(frozen=True)
class Habit:
    """How a kind of body signs: in whose name (empty: its head signs for himself), as what, and where it files."""

    in_the_name_of: str
    position: str
    files_at: str = "Văn phòng"


COMMITTEE = Habit("BAN THƯỜNG VỤ", "BÍ THƯ")
HABITS = {
    BodyKind.PROVINCIAL_COMMITTEE: Habit("BAN THƯỜNG VỤ", "BÍ THƯ", "Văn phòng Tỉnh uỷ"),
    BodyKind.STANDING_COMMITTEE: Habit("BAN THƯỜNG VỤ", "BÍ THƯ", "Văn phòng Tỉnh uỷ"),
    BodyKind.DISTRICT: COMMITTEE,
    BodyKind.SUBORDINATE: COMMITTEE,
    BodyKind.COMMUNE: COMMITTEE,
    BodyKind.ADVISORY: Habit("", "TRƯỞNG BAN", "Văn phòng Ban"),
    BodyKind.PARTY_GROUP: Habit("ĐẢNG ĐOÀN", "BÍ THƯ"),
    BodyKind.CIVIL_AFFAIRS: Habit("BAN CÁN SỰ ĐẢNG", "BÍ THƯ"),
    BodyKind.FRONT: Habit("BAN THƯỜNG TRỰC", "CHỦ TỊCH"),
    BodyKind.SOCIO_POLITICAL: Habit("BAN THƯỜNG VỤ", "CHỦ TỊCH"),
    BodyKind.MASS_ASSOCIATION: Habit("BAN THƯỜNG VỤ", "CHỦ TỊCH"),
}
# Kinds are broad: these beginnings of a name go before the habit of the kind.
HABITS_BY_NAME = (
    ("tinh doan", Habit("BAN THƯỜNG VỤ", "BÍ THƯ")),
    ("doan thanh nien", Habit("BAN THƯỜNG VỤ", "BÍ THƯ")),
    ("uy ban kiem tra", Habit("UỶ BAN KIỂM TRA", "CHỦ NHIỆM")),
    ("van phong", Habit("", "CHÁNH VĂN PHÒNG", "Văn phòng")),
    ("dang doan", Habit("ĐẢNG ĐOÀN", "BÍ THƯ")),
    ("ban can su dang", Habit("BAN CÁN SỰ ĐẢNG", "BÍ THƯ")),
)
COMMITTEE_WORDS = ("Huyện uỷ", "Huyện ủy", "Thành uỷ", "Thành ủy", "Đảng uỷ", "Đảng ủy", "Thị uỷ", "Thị ủy")


@dataclass(frozen=True)
class Letterhead:
    """The parts of a document that depend on who issues it and on which day."""

    superior: str
    issuer: str
    name: str
    symbol: str
    place: str
    habit: Habit

    def head(self, *, on: date, number: str = "") -> Head:
        """Return the head of a report; without a number its place stays open, the symbol stands."""
        return Head(
            superior=self.superior,
            issuer=self.issuer,
            number=f"Số {number}" if number else self.open_number("BC"),
            place_and_day=f"{self.place}, {document_long_day(on)}",
        )

    def open_number(self, kind: str) -> str:
        """Return a number whose place stays open, with the symbol of a type of document (BC, CV)."""
        return f"{BLANK_NUMBER}-{kind}/{self.symbol or '…'}"

    def signature(self, copy: SignedCopy | None = None) -> Signature:
        """Return the block of signature: as the signed copy says, or as bodies of this kind usually sign."""
        collective = self.habit.in_the_name_of
        if copy is None or not copy.signatory:
            return Signature((f"T/M {collective}",) if collective else (), self.habit.position)
        return self.signed_by(copy.authority, copy.position, copy.signatory)

    def signed_by(self, authority: str, position: str, signatory: str) -> Signature:
        """Return the block of signature of a named person under a form of authority."""
        collective, shown = self.habit.in_the_name_of, nfc(position).upper() or self.habit.position
        form = Authority(authority)
        lines = {
            Authority.ON_BEHALF: (f"T/M {collective or self.issuer}",),
            Authority.DEPUTY: (f"K/T {self.habit.position}",),
            Authority.BY_ORDER: (f"T/L {collective or self.habit.position}",),
            Authority.ACTING: (f"Q. {shown}",),
            Authority.NONE: (),
        }[form]
        return Signature(lines, "" if form == Authority.ACTING else shown, nfc(signatory))

    @property
    def files_at(self) -> str:
        """Return the last line of “Nơi nhận”: the issuing body's own office."""
        own = next((word for word in COMMITTEE_WORDS if self.name.startswith(word)), "")
        return f"Lưu {self.habit.files_at}{f' {own}' if own else ''}"


def line_end(on: date) -> str:
    """Return what ends a line of “Nơi nhận” on a day."""
    return ";" if on.year >= SEMICOLON_SINCE else ","


def habit_of(name: str, kind: str) -> Habit:
    """Return how a body signs."""
    key = vn_key(name)
    for beginning, habit in HABITS_BY_NAME:
        if key.startswith(beginning):
            return habit
    return HABITS.get(BodyKind(kind), COMMITTEE)


def head_name_from(name: str) -> str:
    """Return the name as a head prints it under its superior: “Ban Dân vận Tỉnh uỷ” is BAN DÂN VẬN."""
    for word in PROVINCE_WORDS:
        name = name.removesuffix(word)
    return name.upper()


def letterhead_of(body: Body, *, on: date) -> Letterhead:
    """Return how a body heads its documents on a day; one query unless `names` is prefetched."""
    named = [
        row
        for row in body.names.all()
        if (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to >= on)
    ]
    name = named[-1].name if named else body.name
    symbol = (named[-1].symbol if named else "") or body.symbol
    stands = name == body.name and body.head_name
    return Letterhead(
        superior=nfc(body.head_superior),
        issuer=nfc(body.head_name if stands else head_name_from(name)),
        name=nfc(name),
        symbol=nfc(symbol),
        place=nfc(body.place) or PLACE_OF_THE_PROVINCE,
        habit=habit_of(name, body.kind),
    )
