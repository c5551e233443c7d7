"""The index that finds words without tones, accents or case: one table of columns, one way to ask, in both databases.

PostgreSQL has a generated column, of an immutable function made of what every server brings, and a GIN index over it;
SQLite has a full text table that triggers keep in step. Both cut a text into the same words, so that both find the same
rows. A migration that alters an indexed table in SQLite makes it anew and so loses the triggers: it runs `install`
again at its end, and a test says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func

from plan_tracker.lib.text import vn_key

Migrate = Callable[[Any, Any], None]
_WORDS = re.compile(r"[a-z0-9]+")
# A word that nobody types stands between two columns, so that no phrase runs from one into the next.
_BETWEEN = "qxq"
JOINED = f" || ' {_BETWEEN} ' || "
# What PostgreSQL calls the generated column; the models know nothing of it.
COLUMN = "found_words"
_TOKENIZER = "unicode61 remove_diacritics 2"
_FUNCTION = """
CREATE OR REPLACE FUNCTION search_key(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT regexp_replace(
    lower(translate(regexp_replace(normalize(given, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd')),
    '[^a-z0-9]+', ' ', 'g'
)
$$
"""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as the index knows them: “Uỷ ban 43-NQ/TW” gives uy, ban, 43, nq, tw."""
    return tuple(_WORDS.findall(vn_key(text)))


@dataclass(frozen=True)
class Index:
    """The searched columns of one table; none of them may be NULL.

    `documents` are pairs of a JSON column, which may be NULL, and a key: every text beneath the key is searched.
    """

    table: str
    columns: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the index and of the full text table."""
        return f"found_{self.table}"

    def folded(self, row: str) -> str:
        """Return what SQLite indexes of a row; its tokenizer does the rest but for đ."""
        plain = [f'{row}."{column}"' for column in self.columns]
        texts = (
            f"coalesce((SELECT group_concat(atom, ' {_BETWEEN} ') FROM json_tree({row}.\"{column}\", '$.{key}')"  # noqa: S608 - our own names
            " WHERE type = 'text'), '')"
            for column, key in self.documents
        )
        return f"replace(replace({JOINED.join([*plain, *texts])}, 'đ', 'd'), 'Đ', 'D')"

    def joined(self) -> str:
        """Return what PostgreSQL indexes of a row; a document's texts are an array, whose escapes are taken out."""
        plain = [f'"{column}"' for column in self.columns]
        texts = (
            f"""jsonb_path_query_array("{column}", 'strict $.{key}.** ? (@.type() == "string")', '{{}}', true)::text"""
            for column, key in self.documents
        )
        apart = (
            f"""coalesce(regexp_replace(replace({text}, '", "', ' {_BETWEEN} '), '\\\\[bfnrt]', ' ', 'g'), '')"""
            for text in texts
        )
        return JOINED.join([*plain, *apart])

    def trigger_sql(self) -> Iterable[tuple[str, str]]:
        """Yield name and statement of the triggers that keep SQLite's table in step."""
        into = f"INSERT INTO {self.name}"
        remove = f"{into}({self.name}, rowid, words) VALUES ('delete', OLD.id, {self.folded('OLD')});"
        add = f"{into}(rowid, words) VALUES (NEW.id, {self.folded('NEW')});"
        watched = dict.fromkeys((*self.columns, *(column for column, _key in self.documents), "id"))
        changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in watched)
        parts = (("insert", "", add), ("delete", "", remove), ("update", f" WHEN {changed}", remove + add))
        for event, when, body in parts:
            name = f"{self.name}_{event}"
            yield name, f"CREATE TRIGGER {name} AFTER {event.upper()} ON {self.table}{when} BEGIN {body} END"

    def install(self, schema_editor: Any) -> None:
        """Make the index, anew where it was."""
        self.remove(schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_FUNCTION)
            vector = f"to_tsvector('simple'::regconfig, search_key({self.joined()}))"
            generated = f"{COLUMN} tsvector GENERATED ALWAYS AS ({vector}) STORED"
            schema_editor.execute(f"ALTER TABLE {self.table} ADD COLUMN {generated}", params=None)
            schema_editor.execute(f"CREATE INDEX {self.name} ON {self.table} USING gin ({COLUMN})")
            return
        table = f"CREATE VIRTUAL TABLE {self.name} USING fts5(words, content='', tokenize=\"{_TOKENIZER}\")"
        schema_editor.execute(table, params=None)
        fill = f"INSERT INTO {self.name}(rowid, words) SELECT id, {self.folded(self.table)} FROM {self.table}"  # noqa: S608
        schema_editor.execute(fill, params=None)
        for _name, statement in self.trigger_sql():
            schema_editor.execute(statement, params=None)

    def remove(self, schema_editor: Any) -> None:
        """Take the index away; the function stays, since others may use it."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {self.table} DROP COLUMN IF EXISTS {COLUMN}")
            return
        for name, _statement in self.trigger_sql():
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {self.name}")

    def having(self, words: tuple[str, ...], *, together: bool) -> Holds:
        """Return the condition that a row holds the words, one after the other or anywhere; the last may go on."""
        return Holds(self, words, together=together)


class Holds(Func):
    """The condition that a row of an indexed table holds some words."""

    conditional = True

    def __init__(self, index: Index, words: tuple[str, ...], *, together: bool) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.index, self.words, self.together = index, words, together

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:
        """Ask the GIN index."""
        table = compiler.compile(self.source_expressions[0])[0].rpartition(".")[0]
        last = f"{self.words[-1]}:*"
        asked = (" <-> " if self.together else " & ").join((*self.words[:-1], last))
        return f"{table}.{COLUMN} @@ to_tsquery('simple'::regconfig, %s)", [asked]

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, tuple[str | int, ...]]:
        """Ask the full text table."""
        key = compiler.compile(self.source_expressions[0])[0]
        several = " AND ".join((*self.words[:-1], f"{self.words[-1]}*"))
        asked = f'"{" ".join(self.words)}" *' if self.together else several
        name = self.index.name
        return f"{key} IN (SELECT rowid FROM {name} WHERE {name} MATCH %s)", (asked,)  # noqa: S608 - our own name


def installed(indexes: Iterable[Index]) -> tuple[Migrate, Migrate]:
    """Return what a migration runs to make these indexes and to take them away."""
    kept = tuple(indexes)

    def install(apps: Any, schema_editor: Any) -> None:
        for index in kept:
            index.install(schema_editor)

    def remove(apps: Any, schema_editor: Any) -> None:
        for index in kept:
            index.remove(schema_editor)

    return install, remove
