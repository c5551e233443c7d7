"""One number is the same on the page, in XLSX, DOCX, PDF and JSON: for many sets of data at random, no difference.

`make test` takes a few sets, `make soak` two hundred.
"""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.template.loader import render_to_string
from django.utils.translation import gettext, override
from docx import Document

from reports.documents.docx_file import render_docx
from reports.documents.pdf_file import render_pdf
from reports.documents.report_value import NO_FIGURE
from reports.documents.summary_json import summary_json
from reports.documents.summary_report import from_summary
from reports.documents.summary_tables import summary_tables
from reports.documents.wording import STATES
from reports.documents.xlsx_file import HEAD_ROW, render_xlsx
from reports.summary_page import summary_page
from reports.summary_values import Summary
from tasks.choices import Timeliness, WorkState
from tests.documents import OpenedPdf
from tests.random_summaries import DAY, LETTERHEAD, random_summary

SETS = 200 if os.environ.get("SOAK") else 12
COLUMNS = (
    WorkState.WITH_RESULTS,
    WorkState.IN_PROGRESS,
    WorkState.IN_DIFFICULTY,
    WorkState.NOT_STARTED,
    WorkState.SEPARATE,
    WorkState.NOT_OURS,
)
Number = Decimal | None
# A figure of the page leads to the rows behind it; what it says stands between.
LINK = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True)
class Figures:
    """Every total that a summary shows, read from one medium."""

    states: list[dict[str, int]]
    counters: list[tuple[Number, Number, str]]
    indicators: list[Number]
    done_and_late: list[tuple[int, int]]
    received: int


def read(text: str) -> Number:
    """Return the number that a Vietnamese page or paper prints."""
    bare = re.sub(r"[^\d.,-]", "", text)
    return Decimal(bare.replace(".", "").replace(",", ".")) if bare else None


def of_value(summary: Summary) -> Figures:
    return Figures(
        states=[{STATES[state]: number for state, number in part.counts} for part in summary.groups],
        counters=[(row.in_period, row.cumulative, f"{row.suppliers}/{row.asked}") for row in summary.counters],
        indicators=[row.latest for row in summary.indicators],
        done_and_late=[(row.done, len(row.overdue)) for row in summary.assignments],
        received=summary.coverage.received,
    )


def of_page(summary: Summary) -> Figures:
    page = summary_page(summary)
    parts = ("_summary_groups.html", "_summary_figures.html")
    groups, figures = (LINK.sub("", render_to_string(f"reports/{name}", {"page": page})) for name in parts)
    strip = render_to_string("components/figures.html", {"figures": page.figures})
    words = {str(state.label): STATES[state] for state in WorkState}
    tasks, _mark, duties = groups.partition('id="assignments"')

    nothing = gettext("nothing reported yet")

    def bars(html: str) -> list[dict[str, int]]:
        return [
            {unescape(label).strip(): int(number) for number, label in re.findall(r"<b>(\d+)</b> ([^<]+)", bar)}
            for bar in re.findall(rf'class="counts"(?: aria-hidden="true")?>(.*?)</ul>|{nothing}', html)
        ]

    def column(name: str) -> list[str]:
        return re.findall(rf'data-label="{gettext(name)}">(.*?)</td>', figures, re.DOTALL)

    done, late = str(WorkState.DONE.label), str(Timeliness.OVERDUE.label)
    return Figures(
        states=[{words[label]: number for label, number in bar.items() if label in words} for bar in bars(tasks)],
        counters=[
            (read(unescape(now)), read(unescape(total.partition("<small>")[0])), share)
            for now, total, share in zip(*map(column, ("In the period", "Cumulative", "Bodies")), strict=True)
        ],
        indicators=[read(cell.partition("<small>")[0]) for cell in column("Latest figure")],
        done_and_late=[(bar.get(done, 0), bar.get(late, 0)) for bar in bars(duties)],
        received=int(re.findall(r"<dd>(\d+)", strip)[0]),
    )


def of_tables(tables: dict[str, list[list[str]]], text: str) -> Figures:
    """Return what the annexes of a paper say, and its text."""
    states = [dict(zip((STATES[state] for state in COLUMNS), row[2:8], strict=True)) for row in tables["groups"]]
    counts = [dict(re.findall(r"([^:\n]+): (\d+)", row[3])) for row in tables["duties"]]
    received = re.findall(r"đã có (\d+)/\d+ địa phương", text)
    return Figures(
        states=[{label: int(number) for label, number in row.items() if int(number)} for row in states],
        counters=[
            (_or_none(row[3]), _or_none(row[4]), row[5].partition(";")[0])
            for row in tables["counters"]
            if row[0].isdigit()
        ],
        indicators=[_or_none(row[4]) for row in tables["indicators"]],
        done_and_late=[(int(row.get("Hoàn thành", 0)), int(row.get("Quá hạn", 0))) for row in counts],
        received=int(received[0]) if received else 0,
    )


def _or_none(text: str) -> Number:
    return None if text == NO_FIGURE else read(text)


def of_docx(content: bytes) -> Figures:
    document = Document(io.BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables[2:]]
    named = dict(zip(("groups", "duties", "counters", "indicators"), (table[1:] for table in tables), strict=False))
    return of_tables(named, "\n".join(paragraph.text for paragraph in document.paragraphs))


def of_pdf(content: bytes, summary: Summary) -> Figures:
    """Read the rows of the annexes from the text of the pages: a row begins with its code and its name."""
    text = " ".join(OpenedPdf(content).texts())
    figure = rf"(-?[\d.,]+|{NO_FIGURE})"
    groups = [re.findall(rf" {part.code} {part.title} " + r"(\d+) " * 6, text)[0] for part in summary.groups]
    duties = [
        re.findall(rf" {row.code} {row.title} 30/6/2024 (.*?)(?= IV\.| Phụ lục|$)", text)[0]
        for row in summary.assignments
    ]
    counts = [
        "\n".join(": ".join(pair) for pair in re.findall(r"(Hoàn thành|Đang thực hiện|Quá hạn): (\d+)", row))
        for row in duties
    ]
    counters = [
        re.findall(rf" {place} {row.title} {row.unit} {figure} {figure} (\d+/\d+)", text)[0]
        for place, row in enumerate(summary.counters, start=1)
    ]
    indicators = [
        re.findall(rf" {re.escape(row.code)} {row.title} {row.unit} {row.goal} {figure}", text)[0]
        for row in summary.indicators
    ]
    tables = {
        "groups": [["", "", *row] for row in groups],
        "duties": [["", "", "", row] for row in counts],
        "counters": [["1", "", "", *row] for row in counters],
        "indicators": [["", "", "", "", row] for row in indicators],
    }
    return of_tables(tables, text)


def of_xlsx(content: bytes) -> Figures:
    book = openpyxl.load_workbook(io.BytesIO(content))

    def rows(name: str) -> list[list[Any]]:
        return [list(row) for row in book[name].iter_rows(min_row=HEAD_ROW + 2)]

    def shown(cell: Any) -> Number:
        """Return what a reader sees: the number with as many decimals as its format has."""
        if cell.value is None:
            return None
        decimals = len(cell.number_format.partition(".")[2])
        return Decimal(str(cell.value)).quantize(Decimal(1).scaleb(-decimals))

    states = [dict(zip(COLUMNS, (cell.value for cell in row[2:8]), strict=True)) for row in rows("Nhóm nhiệm vụ")]
    sent = [row[2].value for row in rows("Tình hình gửi báo cáo")]
    return Figures(
        states=[{STATES[state]: number for state, number in row.items() if number} for row in states],
        counters=[
            (shown(row[4]), shown(row[5]), f"{row[7].value}/{row[8].value}") for row in rows("Số liệu hoạt động")
        ],
        indicators=[shown(row[4]) for row in rows("Chỉ tiêu")],
        done_and_late=[(row[5].value, row[6].value) for row in rows("Nhiệm vụ được giao")],
        received=sum(standing.startswith("Gửi") for standing in sent),
    )


def of_json(content: str) -> Figures:
    data = json.loads(content)

    def number(text: str | None) -> Number:
        return None if text is None else Decimal(text)

    return Figures(
        states=[{STATES[WorkState(state)]: count for state, count in row["counts"].items()} for row in data["groups"]],
        counters=[
            (number(row["in_period"]), number(row["cumulative"]), f"{row['suppliers']}/{row['asked']}")
            for row in data["counters"]
        ],
        indicators=[number(row["latest"]) for row in data["indicators"]],
        done_and_late=[(row["done"], len(row["overdue"])) for row in data["assignments"]],
        received=data["coverage"]["received"],
    )


@pytest.mark.parametrize("seed", range(SETS))
def test_page_workbook_document_pdf_and_json_show_the_same_figures(seed: int) -> None:
    summary = random_summary(seed)
    with override("vi"):
        report = from_summary(summary, LETTERHEAD, on=DAY)
        read_back = {
            "page": of_page(summary),
            "XLSX": of_xlsx(render_xlsx(report, summary_tables(summary))),
            "DOCX": of_docx(render_docx(report)),
            "PDF": of_pdf(render_pdf(report), summary),
            "JSON": of_json(json.dumps(summary_json(summary))),
        }
    expected = of_value(summary)
    for medium, figures in read_back.items():
        assert figures == expected, medium
