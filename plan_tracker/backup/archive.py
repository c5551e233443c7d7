"""The file of a backup: a ZIP of tables and stored files, and a list of them all with their hashes."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024


class BackupError(Exception):
    """A backup that cannot be made or put back; the message is a sentence for the person."""


class ArchiveWriter:
    """Writes a backup beside its place and moves it there when it is whole; nobody else may read it."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise BackupError(_("%(path)s is there already: name another file.") % {"path": path})
        self.path, self.part = path, path.with_name(f"{path.name}.part")
        handle = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file = os.fdopen(handle, "wb")
        self.zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, blocks: Iterator[bytes]) -> None:
        """Write one member, and note its length and hash."""
        digest, size = hashlib.sha256(), 0
        with self.zip.open(name, "w", force_zip64=True) as member:
            for block in blocks:
                digest.update(block)
                size += len(block)
                member.write(block)
        self.members[name] = {"size": size, "sha256": digest.hexdigest()}

    def finish(self, manifest: dict[str, Any]) -> str:
        """Write the list of members, put the file in its place, and return the list's hash."""
        content = json.dumps({**manifest, "format": FORMAT, "members": self.members}, ensure_ascii=False, indent=1)
        digest = hashlib.sha256(content.encode()).hexdigest()
        self.zip.writestr(MANIFEST, content)
        self.zip.comment = digest.encode()
        self.zip.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.part.rename(self.path)
        return digest

    def give_up(self) -> None:
        """Leave nothing behind of a backup that did not come to its end."""
        with suppress(ValueError, OSError):
            self.zip.close()
        self.file.close()
        self.part.unlink(missing_ok=True)


class ArchiveReader:
    """Reads a backup, every member checked before anything is done with it."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            content = self.zip.read(MANIFEST)
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            raise BackupError(_("%(path)s is not a backup of this portal.") % {"path": path}) from error
        if hashlib.sha256(content).hexdigest().encode() != self.zip.comment:
            raise BackupError(_("The backup is damaged: its list of contents was changed."))
        self.manifest: dict[str, Any] = json.loads(content)
        if self.manifest["format"] != FORMAT:
            raise BackupError(_("The backup was written by another version of the portal."))
        self.members: dict[str, dict[str, Any]] = self.manifest["members"]

    def check(self) -> None:
        """Read every member once and compare it with the list; raise at the first that differs."""
        if set(self.zip.namelist()) != {*self.members, MANIFEST}:
            raise BackupError(_("The backup is damaged: its list of contents was changed."))
        for name, told in self.members.items():
            digest = hashlib.sha256()
            try:
                with self.open(name) as member:
                    while block := member.read(BLOCK):
                        digest.update(block)
            except (OSError, zipfile.BadZipFile, EOFError) as error:
                raise BackupError(_("The backup is damaged: %(name)s cannot be read.") % {"name": name}) from error
            if digest.hexdigest() != told["sha256"]:
                raise BackupError(_("The backup is damaged: %(name)s was changed.") % {"name": name})

    def open(self, name: str) -> IO[bytes]:
        """Open one member."""
        return self.zip.open(name)

    def close(self) -> None:
        """Close the file."""
        self.zip.close()
