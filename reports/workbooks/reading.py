"""What an uploaded workbook says of each line and figure, read by the form's readers; every mistake at its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from plan_tracker.lib.text import vn_key
from reports.choices import Addressee
from reports.closing import PREFIX, Closing, TypedClosing, read_closing
from reports.figures import TypedRow, counter_fields, indicator_fields, read_row
from reports.filling import Typed, read_line
from reports.outline import CLOSING, CLOSING_FIELDS, FormOutline, Line, line_anchor
from reports.workbooks import layout
from reports.workbooks.cells import Notebook, Problem, Table, TableRow, order_of, tables_of
from reports.workbooks.contents import code_of, lines_by_code, state_label
from reports.workbooks.layout import Sheet
from targets.models import Counter, Indicator

Place = tuple[TableRow, str]


@dataclass(frozen=True)
class ReadWorkbook:
    """Everything that a workbook says of a report, and everything that is wrong in it."""

    lines: tuple[Typed, ...]
    counters: tuple[tuple[Counter, TypedRow], ...]
    readings: tuple[tuple[Indicator, TypedRow], ...]
    closing: TypedClosing | None
    documents: tuple[TableRow, ...]
    problems: tuple[Problem, ...]


@dataclass
class _Reading:
    """Reads one workbook against the outline of its report."""

    outline: FormOutline
    seen: Mapping[str, str]
    task_codes: frozenset[str]
    notebook: Notebook = field(default_factory=Notebook)
    data: QueryDict = field(default_factory=lambda: QueryDict(mutable=True))
    places: dict[str, Place] = field(default_factory=dict)

    def put(self, name: str, value: str, row: TableRow, column: str) -> None:
        """Put a value where the form would have it, and keep from which cell it came."""
        self.data.appendlist(name, value)
        self.places.setdefault(name, (row, column))

    def by_code(self, table: Table, known: Mapping[str, Any]) -> Iterator[tuple[str, TableRow]]:
        """Yield each known code with its row; unknown, repeated and missing ones are noted."""
        met: dict[str, int] = {}
        for row in table.rows():
            code = row.code(known)
            if code not in known:
                if code or not row.is_blank():
                    sentence = _("“%(code)s” is no code of this report's form: the row is not known.")
                    row.wrong(layout.CODE, sentence % {"code": row.text(layout.CODE)[:40]})
            elif code in met:
                sentence = _("The code %(code)s stands here and in row %(row)s: keep one of the rows.")
                row.wrong(layout.CODE, sentence % {"code": code, "row": met[code]})
            else:
                met[code] = row.number
                yield code, row
        if gone := [code for code in known if code not in met]:
            sentence = _("These rows are missing and stay as they are: %(codes)s.")
            self.notebook.note(table.sheet, f"A{table.head_row}", sentence % {"codes": ", ".join(gone)})

    def line_rows(self, table: Table, lines: Mapping[str, Line]) -> list[Line]:
        """Read state and text of each line; return the lines that stand in the sheet."""
        found = []
        for code, row in self.by_code(table, lines):
            line = lines[code]
            self.put(f"{line.anchor}-text", row.text("text"), row, "text")
            self.put(f"{line.anchor}-state", self.state_of(row, line), row, "state")
            for served in self.served_by(row):
                self.data.appendlist(f"{line.anchor}-serves", served)
            found.append(line)
        return found

    def served_by(self, row: TableRow) -> list[str]:
        """Return the codes of the tasks that a line also serves; one that the plan does not have is noted."""
        codes = [code.strip() for code in row.text("serves").replace(",", ";").split(";") if code.strip()]
        for code in codes:
            if code not in self.task_codes:
                row.wrong("serves", _("“%(code)s” is no code of the plan.") % {"code": code[:40]})
        return [code for code in codes if code in self.task_codes]

    def state_of(self, row: TableRow, line: Line) -> str:
        """Return the state that the word in a cell means."""
        word = row.text("state").strip()
        if not word or not line.states:
            return ""
        for state in line.states:
            if vn_key(state_label(state)) == vn_key(word):
                return str(state.value)
        choices = "; ".join(state_label(state) for state in line.states)
        row.wrong(
            "state", _("“%(word)s” is none of the states: %(choices)s.") % {"word": word[:60], "choices": choices}
        )
        return ""

    def said_rows(self, table: Table) -> None:
        """Read difficulties and proposals to the line, or to the closing part, that each names."""
        known = {code: line.anchor for code, line in lines_by_code(self.outline).items()}
        if self.outline.has_closing:
            known[layout.GENERAL] = PREFIX
        folded = {vn_key(code): prefix for code, prefix in known.items()}
        labels = _addressees()
        for row in table.rows():
            text = row.text("text")
            if not text.strip():
                if not row.is_blank():
                    row.wrong("text", _("Write what the difficulty or the proposal is, or clear the row."))
                continue
            code = _line_code(row, known)
            prefix, kind = folded.get(vn_key(code)), vn_key(row.text("kind"))
            if prefix is None:
                sentence = _("“%(code)s” is no code of this report's form: choose one from the list.")
                row.wrong("line", sentence % {"code": code[:40]} if code else _("Choose which line this belongs to."))
            elif kind == vn_key(layout.DIFFICULTY):
                self.put_numbered(f"{prefix}-difficulty", text, row)
            elif kind != vn_key(layout.PROPOSAL):
                row.wrong("kind", _("Choose whether this is a difficulty or a proposal."))
            elif (to := labels.get(vn_key(row.text("addressee")))) is None:
                row.wrong("addressee", _("Choose from the list whom the proposal is addressed to."))
            else:
                self.put_numbered(f"{prefix}-proposal", text, row)
                self.data.appendlist(f"{prefix}-addressee", to)

    def put_numbered(self, name: str, text: str, row: TableRow) -> None:
        """Put one of several texts, and keep its place under the number by which the form names its mistake."""
        number = len(self.data.getlist(name))
        self.data.appendlist(name, text)
        self.places[f"{name}-{number}"] = (row, "text")

    def figure_rows(
        self, table: Table, known: Mapping[str, Any], fields: Callable[[Any], Mapping[str, int]]
    ) -> list[Any]:
        """Read the numbers, the note and the tick of each row; return the counters or indicators that stand there."""
        found = []
        for code, row in self.by_code(table, known):
            prefix = line_anchor(f"{table.sheet.name.removesuffix('s')}:{code}")
            for name in fields(known[code]):
                self.put(f"{prefix}-{name}", row.number_text(name), row, name)
            self.put(f"{prefix}-note", row.text("note"), row, "note")
            if table.sheet is layout.COUNTERS and row.text("estimate").strip():
                self.data[f"{prefix}-estimate"] = "1"
            found.append(known[code])
        return found

    def closing_rows(self, table: Table) -> list[str]:
        """Read the texts of the closing part; return those that stand there."""
        found = []
        for name, row in self.by_code(table, dict.fromkeys(CLOSING_FIELDS)):
            self.put(f"{PREFIX}-{name}", row.text("text"), row, "text")
            found.append(name)
        return found

    def told(self, prefix: str, errors: Mapping[str, str]) -> None:
        """Note at their cells what the form's reader found wrong."""
        for name, sentence in errors.items():
            row, column = self.places[f"{prefix}-{name}"]
            place = (row.table.sheet.title, row.reference(column))
            if not any((one.sheet, one.cell) == place for one in self.notebook.problems):
                row.wrong(column, sentence)


def _addressees() -> dict[str, str]:
    """Return whom a proposal may be addressed to, by the word of the drop-down, which is always Vietnamese."""
    with override("vi"):
        return {vn_key(str(member.label)): member.value for member in Addressee}


def _line_code(row: TableRow, known: Mapping[str, Any]) -> str:
    """Return the code in the first column of the sheet of difficulties, also where a program made a number of it."""
    moved = TableRow(row.table, row.number, {layout.CODE: row.cells["line"]} if "line" in row.cells else {})
    return moved.code(known) or row.text("line").strip()


def expected_sheets(outline: FormOutline) -> Iterator[Sheet]:
    """Yield the sheets that the workbook of this report has."""
    parts = {
        layout.LINES: outline.groups,
        layout.ASSIGNED: (*outline.assignment_lines, *outline.question_lines),
        layout.COUNTERS: outline.counters,
        layout.INDICATORS: outline.indicators,
        layout.CLOSING: outline.has_closing,
    }
    yield from (sheet for sheet in layout.SHEETS if parts.get(sheet, True))


def read_workbook(
    told: Mapping[str, Any], outline: FormOutline, closing: Closing, task_codes: frozenset[str]
) -> ReadWorkbook:
    """Return what the cells say; `closing` is what stands now, kept where the workbook leaves a row out. No query."""
    reading = _Reading(outline, seen_in(told), task_codes)
    tables = tables_of(told, expected_sheets(outline), reading.notebook)
    groups = {code_of(line): line for group in outline.groups for line in group.lines}
    others = {code_of(line): line for line in (*outline.assignment_lines, *outline.question_lines)}
    if layout.ROWS.name in tables:
        reading.said_rows(tables[layout.ROWS.name])
    lines: list[Line] = []
    for sheet, known in ((layout.LINES, groups), (layout.ASSIGNED, others)):
        if sheet.name in tables:
            lines += reading.line_rows(tables[sheet.name], known)
    counters = _figures(reading, tables, layout.COUNTERS, {row.code: row for row in outline.counters}, counter_fields)
    indicators = {row.code: row for row in outline.indicators}
    readings = _figures(reading, tables, layout.INDICATORS, indicators, indicator_fields)
    typed = [_line(reading, line) for line in lines]
    documents = tables.get(layout.DOCUMENTS.name)
    return ReadWorkbook(
        lines=tuple(typed),
        counters=tuple(counters),
        readings=tuple(readings),
        closing=_closing(reading, tables.get(layout.CLOSING.name), closing),
        documents=tuple(row for row in documents.rows() if not row.is_blank()) if documents else (),
        problems=tuple(sorted(reading.notebook.problems, key=order_of)),
    )


def _line(reading: _Reading, line: Line) -> Typed:
    reading.data[f"{line.anchor}-seen"] = reading.seen.get(line.key, "")
    typed = read_line(line, reading.data)
    reading.told(line.anchor, typed.errors)
    return typed


def _figures(
    reading: _Reading,
    tables: Mapping[str, Table],
    sheet: Sheet,
    known: Mapping[str, Any],
    fields: Callable[[Any], Mapping[str, int]],
) -> Iterator[tuple[Any, TypedRow]]:
    if sheet.name not in tables:
        return
    for row in reading.figure_rows(tables[sheet.name], known, fields):
        key = f"{sheet.name.removesuffix('s')}:{row.code}"
        reading.data[f"{line_anchor(key)}-seen"] = reading.seen.get(key, "")
        typed = read_row(key, fields(row), reading.data)
        reading.told(line_anchor(key), typed.errors)
        yield row, typed


def _closing(reading: _Reading, table: Table | None, stored: Closing) -> TypedClosing | None:
    if table is None:
        return None
    found = reading.closing_rows(table)
    for name in CLOSING_FIELDS:
        if name not in found:
            reading.data[f"{PREFIX}-{name}"] = stored.texts[name]
    reading.data[f"{PREFIX}-seen"] = reading.seen.get(CLOSING, "")
    typed = read_closing(reading.data)
    reading.told(PREFIX, typed.errors)
    return typed


def seen_in(told: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of each line as it was when the workbook was made."""
    return dict(value.rpartition("=")[::2] for name, value in key_cells(told) if name == "seen" and "=" in value)


def key_cells(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the hidden sheet says, pair by pair."""
    for sheet in told["sheets"]:
        if sheet["name"] == layout.KEYS:
            cells = {(row, column): value for row, column, _kind, value in sheet["cells"]}
            for row in sorted({row for row, column in cells if column == 1}):
                yield cells[row, 1], cells.get((row, 2), "")
