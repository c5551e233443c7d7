"""The one description of the workbook: its sheets and columns, by which it is written and by which it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

VERSION = "2"
# Document properties, kept by Excel and LibreOffice; the sheet of keys holds them too, for programs that drop them.
PROPERTY_VERSION, PROPERTY_KEY = "plan_tracker_version", "plan_tracker_report"
PROPERTY_BODY, PROPERTY_PERIOD = "plan_tracker_body", "plan_tracker_period"
INTRO, KEYS = "Hướng dẫn", "_khoa"
HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 1
CODE = "code"
SPARE_ROWS, SPARE_DOCUMENTS = 60, 60


@dataclass(frozen=True)
class Column:
    """One column: `name` for us, `head` on the sheet, `width` in characters; an input is unlocked."""

    name: str
    head: str
    width: int
    is_input: bool = False
    is_grey: bool = False
    is_number: bool = False
    prompt: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet that is filled in; `is_open` rows may be added to below what stands in it."""

    name: str
    title: str
    help: str
    columns: tuple[Column, ...]
    is_open: bool = False

    def place_of(self, name: str) -> int:
        """Return the place of a column, from 0."""
        return next(place for place, column in enumerate(self.columns) if column.name == name)


CODE_COLUMN = Column(CODE, "Mã", 8)
NUMBER = "Viết 1.234,5 hoặc 1.240; không phát sinh thì ghi 0."
DAY = "Viết ngày như 23/11/2026."
NOTE = Column("note", "Ghi chú", 30, is_input=True)
LAST_STATE = Column("last_state", "Kỳ trước: tình hình", 18, is_grey=True)
LAST_TEXT = Column("last_text", "Kỳ trước: kết quả", 46, is_grey=True)
STATE = Column("state", "Tình hình thực hiện", 22, is_input=True, prompt="Chọn trong danh sách.")
TEXT = Column("text", "Kết quả thực hiện", 70, is_input=True)
SERVES = Column(
    "serves", "Phục vụ thêm nhiệm vụ", 18, is_input=True, prompt="Mã nhiệm vụ, cách nhau bằng dấu ; như 1.1;2.5"
)

LINES = Sheet(
    "lines",
    "Nhóm nhiệm vụ",
    "Mỗi nhóm, nhiệm vụ một dòng: chọn tình hình, viết kết quả. Cột xám là nội dung kỳ trước, chỉ để xem.",
    (CODE_COLUMN, Column("label", "Nội dung", 40), LAST_STATE, LAST_TEXT, STATE, TEXT, SERVES),
)
ASSIGNED = Sheet(
    "assigned",
    "Nhiệm vụ được giao",
    "Các nhiệm vụ được giao tại mục IV và câu hỏi riêng của kỳ báo cáo (câu hỏi chỉ cần trả lời ở cột kết quả).",
    (CODE_COLUMN, Column("label", "Nội dung", 40), LAST_STATE, LAST_TEXT, STATE, TEXT, SERVES),
)
ROWS = Sheet(
    "rows",
    "Khó khăn, kiến nghị",
    "Mỗi khó khăn hoặc kiến nghị một dòng: chọn mã của nhóm, nhiệm vụ mà nó nói tới, hoặc “Chung”.",
    (
        Column("line", "Mã nhóm, nhiệm vụ", 20, is_input=True, prompt="Chọn mã trong danh sách, hoặc “Chung”."),
        Column("kind", "Loại", 16, is_input=True, prompt="Chọn khó khăn hoặc kiến nghị."),
        Column("text", "Nội dung", 90, is_input=True),
        Column("addressee", "Gửi tới (kiến nghị)", 34, is_input=True, prompt="Chọn nơi giải quyết kiến nghị."),
    ),
    is_open=True,
)
COUNTERS = Sheet(
    "counters",
    "Số liệu hoạt động",
    "Ghi số trong kỳ; luỹ kế tự cộng, chỉ ghi khi số luỹ kế kỳ trước chưa đúng. " + NUMBER,
    (
        CODE_COLUMN,
        Column("label", "Số liệu", 44),
        Column("unit", "Đơn vị tính", 14),
        Column("last", "Kỳ trước", 12, is_grey=True, is_number=True),
        Column("before", "Luỹ kế đến kỳ trước", 12, is_grey=True, is_number=True),
        Column("in_period", "Trong kỳ", 14, is_input=True, is_number=True, prompt=NUMBER),
        Column("cumulative", "Luỹ kế (chỉ ghi khi sửa)", 14, is_input=True, is_number=True, prompt=NUMBER),
        Column("estimate", "Ước thực hiện", 10, is_input=True, prompt="Chọn x nếu là số ước."),
        NOTE,
    ),
)
INDICATORS = Sheet(
    "indicators",
    "Chỉ tiêu",
    "Ghi giá trị, hoặc tử số và mẫu số với chỉ tiêu tỉ lệ; ô gạch chéo không phải ghi. " + NUMBER,
    (
        CODE_COLUMN,
        Column("label", "Chỉ tiêu", 50),
        Column("unit", "Đơn vị tính", 14),
        Column("last", "Kỳ trước", 18, is_grey=True, is_number=True),
        Column("value", "Giá trị", 14, is_input=True, is_number=True, prompt=NUMBER),
        Column("numerator", "Tử số", 14, is_input=True, is_number=True, prompt=NUMBER),
        Column("denominator", "Mẫu số", 14, is_input=True, is_number=True, prompt=NUMBER),
        NOTE,
    ),
)
CLOSING = Sheet(
    "closing",
    "Đánh giá chung",
    "Phần đánh giá chung của cả báo cáo.",
    (Column(CODE, "Mã", 14), Column("label", "Mục", 34), Column("text", "Nội dung", 100, is_input=True)),
)
DOCUMENTS = Sheet(
    "documents",
    "Văn bản",
    "Văn bản đã ban hành, mỗi văn bản một dòng; ghi thêm ở dòng trống. Văn bản đã có trong sổ nằm sẵn ở trên.",
    (
        Column("kind", "Loại văn bản", 18, is_input=True, prompt="Chọn trong danh sách."),
        Column("symbol", "Số, ký hiệu", 18, is_input=True, prompt="Như trên văn bản, ví dụ 45-KH/HU."),
        Column("issued_on", "Ngày ban hành", 14, is_input=True, prompt=DAY),
        Column("title", "Trích yếu", 70, is_input=True),
        Column(
            "assignments",
            "Phục vụ nhiệm vụ mục IV",
            24,
            is_input=True,
            prompt="Mã, cách nhau bằng dấu ; như IV.1a;IV.2",
        ),
        Column("tasks", "Phục vụ nhiệm vụ mục III", 24, is_input=True, prompt="Mã, cách nhau bằng dấu ; như 1.1;2.5"),
    ),
    is_open=True,
)
SHEETS = (LINES, ASSIGNED, ROWS, COUNTERS, INDICATORS, CLOSING, DOCUMENTS)
BY_TITLE = {sheet.title: sheet for sheet in SHEETS}
GENERAL = "Chung"
DIFFICULTY, PROPOSAL = "Khó khăn", "Kiến nghị"
TICK = "x"


@dataclass(frozen=True)
class Row:
    """One row of a sheet: the text of its cells by column, which inputs it does not have, and its drop-downs."""

    cells: Mapping[str, str]
    key: str = ""
    blocked: frozenset[str] = frozenset()
    choices: Mapping[str, str] = field(default_factory=dict)
    is_head: bool = False


@dataclass(frozen=True)
class Filled:
    """A sheet with its rows; `choices` are the drop-downs of the spare rows."""

    sheet: Sheet
    rows: tuple[Row, ...]
    spare: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A whole workbook: whose it is, what its drop-downs offer, and which text each line had when it was made."""

    key: str
    body: str
    period: str
    intro: tuple[str, ...]
    sheets: tuple[Filled, ...]
    lists: Mapping[str, Sequence[str]]
    seen: Mapping[str, str]
    is_demo: bool = False
