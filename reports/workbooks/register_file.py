"""The register of issued documents as a workbook of its own: given out with what stands in it, read, tried, saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from plan_tracker.lib.secrecy import check_readable
from plan_tracker.lib.uploads import XLSX, RefusedFileError
from reports.workbooks import layout
from reports.workbooks.cells import Notebook, Problem, TableRow, order_of, tables_of
from reports.workbooks.contents import DOCUMENT_LIST, documents_sheet
from reports.workbooks.layout import Book
from reports.workbooks.registering import DocumentRow, Register, register_documents
from reports.workbooks.template import render_template
from reports.workbooks.uploading import MOST_BYTES, cells_of
from tasks.choices import DocumentKind
from tasks.models import Body, Plan

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

SPARE_ROWS = 200
MOST_DOCUMENTS = 500


@dataclass(frozen=True)
class Tried:
    """What a file would do: the documents with what becomes of each, and what is wrong cell by cell."""

    documents: tuple[DocumentRow, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return what stands in the way."""
        return tuple(problem for problem in self.problems if not problem.is_note)

    def of_kind(self, *kinds: str) -> tuple[DocumentRow, ...]:
        """Return the documents that become one of these."""
        return tuple(row for row in self.documents if row.kind in kinds)


def register_workbook(plan: Plan, body: Body, *, is_demo: bool) -> bytes:
    """Return the workbook of a body's register, in Vietnamese; three queries."""
    with override("vi"):
        sheet = documents_sheet(Register(plan.pk, body.pk), SPARE_ROWS)
        title = "Sổ văn bản đã ban hành"
        book = Book(
            key=f"{body.code}/so-van-ban",
            body=body.name,
            period=title,
            intro=(
                title,
                body.name,
                "",
                "1. Mỗi văn bản ghi một dòng ở trang “Văn bản”. Văn bản đã có trong sổ nằm sẵn ở trên; ghi thêm ở dòng "
                "trống.",
                "2. Ngày ghi dạng 23/11/2026. Mã nhiệm vụ cách nhau bằng dấu ; như IV.1a;IV.2 hoặc 1.1;2.5.",
                "3. Ghi xong, lưu tệp dạng .xlsx rồi tải lên ở trang Sổ văn bản. Hệ thống cho xem trước, chưa lưu gì "
                "cho đến khi chọn “Áp dụng”.",
                "4. Không ghi nội dung thuộc bí mật nhà nước vào biểu mẫu này.",
            ),
            sheets=(sheet,),
            lists={DOCUMENT_LIST: [str(label) for label in DocumentKind.labels]},
            seen={},
            is_demo=is_demo,
        )
    return render_template(book)


def cells_of_register(file: File[bytes]) -> dict[str, Any]:
    """Return the cells of an uploaded register, read in a child process; raise RefusedFileError with why not."""
    if file.size > MOST_BYTES:
        raise RefusedFileError(_("The workbook is larger than 10 MB: the form itself has less than one."))
    content = file.read()
    told = cells_of(content)
    check_readable(content, XLSX)
    sheets = [sheet for sheet in told["sheets"] if sheet["name"] == layout.DOCUMENTS.title]
    # What stands on other sheets is nothing of ours, and is not carried from the preview to the saving.
    return {"sheets": sheets}


def try_register(told: Mapping[str, Any], register: Register, actor: User) -> Tried:
    """Return what the cells would do to a register; nothing is saved."""
    return _run(told, register, actor, dry_run=True)


def save_register(told: Mapping[str, Any], register: Register, actor: User) -> Tried:
    """Save the cells, all or nothing; with errors in what comes back nothing was saved."""
    with transaction.atomic():
        found = _run(told, register, actor, dry_run=False)
        if found.errors:
            transaction.set_rollback(True)
    return found


def _run(told: Mapping[str, Any], register: Register, actor: User, *, dry_run: bool) -> Tried:
    notebook = Notebook()
    rows = _rows(told, notebook)
    documents: list[DocumentRow] = []
    if not any(not problem.is_note for problem in notebook.problems):
        documents = register_documents(rows, register, actor, notebook, dry_run=dry_run)
    problems = tuple(sorted(notebook.problems, key=order_of))
    return Tried(tuple(documents), problems)


def _rows(told: Mapping[str, Any], notebook: Notebook) -> list[TableRow]:
    table = tables_of(told, iter((layout.DOCUMENTS,)), notebook).get(layout.DOCUMENTS.name)
    rows = [row for row in table.rows() if not row.is_blank()] if table else []
    if table and not rows:
        notebook.wrong(layout.DOCUMENTS, f"A{table.head_row + 1}", _("The sheet holds no document."))
    if len(rows) > MOST_DOCUMENTS:
        sentence = _("More than %(most)s documents: split them into several files.") % {"most": MOST_DOCUMENTS}
        notebook.wrong(layout.DOCUMENTS, rows[MOST_DOCUMENTS].reference("symbol"), sentence)
    return rows
