"""The lines of text in a file (DOCX, XLSX, PDF), as far as they can be read; done in the child process only."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from defusedxml.ElementTree import iterparse

MOST_CHARACTERS = 6_000_000
MOST_PAGES = 1000
# What holds text: document, headers, footers, notes, comments, text boxes; strings, drawings and sheet headers.
PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(?:sharedStrings\.xml|workbook\.xml|(?:worksheets|drawings|chartsheets|charts)/[^/]+\.xml|comments\d*\.xml"
    r"|comments/[^/]+\.xml)"
    r"|docProps/(?:core|app|custom)\.xml"
)
# One of these is a line or a cell of its own; what breaks a line inside it.
BLOCKS = {"p", "si", "is", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
BLOCKS |= {"title", "subject", "keywords", "description", "category"}
TEXTS = {"t", "instrText", "delText"} | (BLOCKS - {"p", "si", "is"})
BREAKS = {"br", "cr", "tab"}
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
HEADER_CODE = re.compile(r"&(?:[LCR]|\"[^\"]*\"|\d+|K[0-9A-F]{6}|[BIUSXYE])")


def lines_of(content: bytes, kind: str) -> dict[str, Any]:
    """Return the `lines` of a file, and whether it is `locked` by a password."""
    lines: list[str] = []
    total = 0
    found = _pdf(content) if kind == "pdf" else _office(content)
    for line in found:
        if line is None:
            return {"locked": True, "lines": []}
        if not line.strip():
            continue
        total += len(line)
        if total > MOST_CHARACTERS:
            raise MemoryError
        lines.append(line)
    return {"locked": False, "lines": lines}


def _office(content: bytes) -> Iterator[str | None]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if PARTS.fullmatch(name):
                with archive.open(name) as part:
                    yield from (line for block in _blocks(part) for line in ESCAPED.sub(_letter, block).split("\n"))


def _letter(match: re.Match[str]) -> str:
    """Return the character that a workbook writes by its number."""
    return chr(int(match[1], 16)).replace("\r", "\n")


def _blocks(part: Any) -> Iterator[str]:
    """Yield the text of each paragraph, cell or heading of one XML part; also each name of a sheet."""
    open_blocks: list[list[str]] = []
    source: BinaryIO = part
    for event, element in iterparse(source, events=("start", "end")):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            if name in BLOCKS:
                open_blocks.append([])
            if name == "sheet" and element.get("name"):
                yield element.get("name")
            continue
        if open_blocks and name in TEXTS:
            open_blocks[-1].append(element.text or "")
        elif open_blocks and name in BREAKS:
            open_blocks[-1].append("\n")
        if name in BLOCKS:
            text = "".join(open_blocks.pop())
            if name.endswith(("Header", "Footer")):
                text = HEADER_CODE.sub("\n", text)
            yield text
        if name in BLOCKS or name in {"row", "c"}:
            element.clear()


def _pdf(content: bytes) -> Iterator[str | None]:
    import pypdfium2  # noqa: PLC0415 - a native library that most files do not need

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            yield None
            return
        raise
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        text = page.get_textpage()
        yield from text.get_text_bounded().splitlines()
        text.close()
        page.close()
    document.close()
