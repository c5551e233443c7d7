"""The files of an edition: what they are called in Vietnamese, and how each is made from the one frozen report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.choices import Product
from reports.documents.docx_file import render_docx
from reports.documents.pdf_file import render_pdf
from reports.documents.report_value import Layout, Report
from reports.documents.summary_tables import summary_tables
from reports.documents.xlsx_file import render_xlsx
from reports.file_names import file_words
from reports.models import Edition
from reports.summary_values import Summary

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PRODUCTS = {
    Product.COMMITTEE: "bao-cao-tong-hop",
    Product.STANDING: "bao-cao-trung-uong",
    Product.BRIEF: "ban-tom-tat",
}


@dataclass(frozen=True)
class MadeFile:
    """A file that was just made."""

    name: str
    content_type: str
    content: bytes


def file_stem(edition: Edition) -> str:
    """Return what the files of an edition are called, without mark or ending."""
    return f"{PRODUCTS[Product(edition.kind)]}-{file_words(edition.period)}"


def issued_files(edition: Edition, report: Report, summary: Summary) -> list[MadeFile]:
    """Return what is frozen with an edition: the paper in the Party's layout as DOCX and PDF, its tables as XLSX."""
    stem = file_stem(edition)
    party = replace(report, layout=Layout.PARTY)
    return [
        MadeFile(f"{stem}.docx", DOCX, render_docx(party)),
        MadeFile(f"{stem}.pdf", PDF, render_pdf(party)),
        MadeFile(f"{stem}.xlsx", XLSX, render_xlsx(party, summary_tables(summary))),
    ]
