"""The Vietnamese catalogue: collects every string of code and templates, merges the translations, compiles them.

Needs the tools of requirements-dev.txt; the compiled file is committed, so that nothing else does.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGES = ("plan_tracker", "tasks", "targets", "reports")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LOCALE = Path(settings.LOCALE_PATHS[0])
PARTS = LOCALE / "parts"
# Strings of the packages that we show and whose Vietnamese is missing or would not do; no code of ours holds them.
THIRD_PARTY = PARTS / "third_party.po"
CATALOGUE = LOCALE / "vi" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
HEADER = {
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
WIDTH = 120


@dataclass(frozen=True, order=True)
class Message:
    """One string to translate, as gettext looks it up."""

    msgid: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what a catalogue may hold only once."""
        return self.msgid, self.context


def messages_in(source: str) -> Iterator[Message]:
    """Yield the strings of Python code, or of a template that `templatize` made look like it."""
    for _, found, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        texts = (found,) if isinstance(found, str) else tuple(found)
        if texts[0]:
            yield Message(texts[0], context or "", texts[1] if len(texts) > 1 else "")


def python_like(template: str) -> str:
    """Return a template as code that holds nothing but its strings; indentation would mean something in Python."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def extracted(root: Path) -> set[Message]:
    """Return every string of our code and templates."""
    found: set[Message] = set()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                found.update(messages_in(path.read_text(encoding="utf-8")))
    for path in sorted((root / "templates").rglob("*.*")):
        found.update(messages_in(python_like(path.read_text(encoding="utf-8"))))
    return found


def wanted(root: Path) -> list[Message]:
    """Return what the catalogue holds, in its order: our strings, and those of the packages."""
    ours = extracted(root)
    theirs = {Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural) for entry in read(THIRD_PARTY)}
    by_key = {message.key: message for message in sorted(theirs | ours)}
    return sorted(by_key.values())


def read(path: Path) -> Iterable[polib.POEntry]:
    """Return the living entries of a catalogue, none where the file is not there."""
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []


def translations() -> dict[tuple[str, str], str]:
    """Return every translation that somebody wrote; a part counts more than what was merged before."""
    known: dict[tuple[str, str], str] = {}
    for path in (CATALOGUE, THIRD_PARTY, *sorted(set(PARTS.glob("*.po")) - {THIRD_PARTY})):
        for entry in read(path):
            text = entry.msgstr or entry.msgstr_plural.get(0, "")
            if text:
                known[entry.msgid, entry.msgctxt or ""] = text
    return known


def built(root: Path) -> polib.POFile:
    """Return the catalogue as it should be; what nobody translated stands in it empty."""
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.header = "Written by `make catalogue`; translations may be put right here."
    catalogue.metadata = dict(HEADER)
    known = translations()
    for message in wanted(root):
        text = known.get(message.key, "")
        catalogue.append(
            polib.POEntry(
                msgid=message.msgid,
                msgctxt=message.context or None,
                msgid_plural=message.plural,
                msgstr="" if message.plural else text,
                msgstr_plural={0: text} if message.plural else {},
                flags=["python-format"] if "%(" in message.msgid else [],
            )
        )
    return catalogue


def untranslated(catalogue: polib.POFile) -> list[str]:
    """Return the strings that have no Vietnamese."""
    return [entry.msgid for entry in catalogue if not (entry.msgstr or entry.msgstr_plural.get(0))]


def write(catalogue: polib.POFile) -> None:
    """Write the catalogue and its compiled form."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(f"{catalogue}\n", encoding="utf-8")
    COMPILED.write_bytes(catalogue.to_binary())


def in_step(catalogue: polib.POFile) -> bool:
    """Say whether both files are what `write` would write."""
    return (
        CATALOGUE.exists()
        and COMPILED.exists()
        and CATALOGUE.read_text(encoding="utf-8") == f"{catalogue}\n"
        and COMPILED.read_bytes() == catalogue.to_binary()
    )
