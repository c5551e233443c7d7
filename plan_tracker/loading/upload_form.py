"""The form that takes a file for a table: one that carries a marking of secrecy is kept nowhere, not even to try it."""

from __future__ import annotations

from typing import Any

from import_export.forms import ImportForm

from plan_tracker.lib.secrecy import check_lines
from plan_tracker.lib.spreadsheets import SpreadsheetError
from plan_tracker.lib.uploads import RefusedFileError


class TableUploadForm(ImportForm):
    """The library's form, which looks at every cell before the library writes the file down."""

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.formats = formats

    def clean(self) -> dict[str, Any]:
        """Refuse a marked file; what cannot be read at all is told afterwards, when it is read to be tried."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        file, chosen = asked.get("import_file"), str(asked.get("format", ""))
        if file is None or not chosen.isdecimal() or int(chosen) >= len(self.formats):
            return asked
        try:
            read = self.formats[int(chosen)]().create_dataset(file.read())
            cells = {cell for row in (read.headers, *read) for cell in row if isinstance(cell, str)}
            check_lines(cells)
        except RefusedFileError as error:
            self.add_error("import_file", str(error))
        except (SpreadsheetError, UnicodeDecodeError):
            return asked
        return asked
