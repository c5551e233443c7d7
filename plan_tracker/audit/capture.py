"""The triggers that write an entry for every row that is created, changed or deleted, whichever way the change comes.

`watch` makes them and `unwatch` takes them away; `manage.py migrate` does both around the migrations, because SQLite
makes tables anew and loses or trips over their triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plan_tracker.audit.scope import Covered, covered_tables
from plan_tracker.lib.search_index import COLUMN as COMPUTED

PREFIX = "audit_of_"
FUNCTION = "audit_write_entry"
CONTEXT = "audit_context"
HIDDEN_VALUE = "•••"
COLUMNS = (
    'at, actor_id, actor, actor_name, on_behalf_of, address, source, request, action, "table", record, note, old, new'
)
WHO = ("actor", "actor_name", "on_behalf_of", "address", "source", "request")
EVENTS = {"INSERT": "created", "UPDATE": "changed", "DELETE": "deleted"}

# No name in here comes from outside: tables and columns are those of our models.
ON_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who jsonb := coalesce(nullif(current_setting('plan_tracker.who', true), ''), '{{}}')::jsonb;
    old_row jsonb; new_row jsonb; name text; differing text[];
BEGIN
    IF who ? 'quiet' THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - '{COMPUTED}'; END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - '{COMPUTED}'; END IF;
    IF TG_OP = 'UPDATE' THEN
        differing := ARRAY(SELECT key FROM jsonb_each(new_row) WHERE value IS DISTINCT FROM old_row -> key
                           AND key <> ALL (string_to_array(TG_ARGV[4], ',')));
        IF cardinality(differing) = 0 THEN RETURN NULL; END IF;
        name := new_row ->> TG_ARGV[1];
        old_row := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(old_row) WHERE key = ANY (differing));
        new_row := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(new_row) WHERE key = ANY (differing));
    ELSE
        name := coalesce(new_row, old_row) ->> TG_ARGV[1];
    END IF;
    old_row := (SELECT jsonb_object_agg(key, CASE
        WHEN key = ANY (string_to_array(TG_ARGV[2], ',')) THEN to_jsonb('{HIDDEN_VALUE}'::text)
        WHEN key = ANY (string_to_array(TG_ARGV[3], ',')) THEN to_jsonb(length(value::text)) ELSE value END)
        FROM jsonb_each(old_row) WHERE TG_OP = 'UPDATE' OR value <> 'null'::jsonb);
    new_row := (SELECT jsonb_object_agg(key, CASE
        WHEN key = ANY (string_to_array(TG_ARGV[2], ',')) THEN to_jsonb('{HIDDEN_VALUE}'::text)
        WHEN key = ANY (string_to_array(TG_ARGV[3], ',')) THEN to_jsonb(length(value::text)) ELSE value END)
        FROM jsonb_each(new_row) WHERE TG_OP = 'UPDATE' OR value <> 'null'::jsonb);
    INSERT INTO audit_entry ({COLUMNS}) VALUES (
        clock_timestamp(), (who ->> 'actor_id')::bigint, {", ".join(f"coalesce(who ->> '{part}', '')" for part in WHO)},
        CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END,
        TG_ARGV[0], coalesce(name, ''), '', coalesce(old_row::text, ''), coalesce(new_row::text, ''));
    RETURN NULL;
END $$
"""  # noqa: S608


def watch(connection: Any) -> None:
    """Make the triggers of every table under watch that the database has, as its columns are now."""
    present = tables_in(connection)
    if "audit_entry" not in present:
        return
    unwatch(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ON_POSTGRESQL.replace("%", "%%"))
        else:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {CONTEXT} (who text NOT NULL)")
            cursor.execute(f"INSERT INTO {CONTEXT} SELECT '{{}}' WHERE NOT EXISTS (SELECT 1 FROM {CONTEXT})")  # noqa: S608
        for table in covered_tables().values():
            if table.table in present and _columns_in(connection, table.table) >= set(table.columns):
                for statement in _statements(connection.vendor, table):
                    cursor.execute(statement)


def unwatch(connection: Any) -> None:
    """Take away every trigger of the trail."""
    with connection.cursor() as cursor:
        for table, trigger in triggers_in(connection):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{trigger}"{on}')


def tables_in(connection: Any) -> set[str]:
    """Return the tables that the database has."""
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _columns_in(connection: Any, table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def triggers_in(connection: Any) -> list[tuple[str, str]]:
    """Return table and name of the trail's triggers that the database has."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND t.tgname LIKE %s"
        )
    else:
        sql = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{PREFIX.replace('_', '%')}%"])
        return [(row[0], row[1]) for row in cursor.fetchall() if row[1].startswith(PREFIX)]


def _statements(vendor: str, table: Covered) -> Iterator[str]:
    if vendor == "postgresql":
        arguments = (table.table, table.key, *(",".join(sorted(part)) for part in _parts(table)))
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        yield (
            f'CREATE TRIGGER "{PREFIX}{table.table}" AFTER INSERT OR UPDATE OR DELETE ON "{table.table}"'
            f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}({quoted})"
        )
        return
    for event, action in EVENTS.items():
        yield _on_sqlite(table, event, action)


def _parts(table: Covered) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return table.hidden, table.measured, table.restless


def _on_sqlite(table: Covered, event: str, action: str) -> str:
    """Return one trigger; what PostgreSQL does with a whole row is spelt out here by column."""
    told = [column for column in table.columns if event != "UPDATE" or column not in table.restless]
    old = "''" if event == "INSERT" else f"coalesce(({_object(table, told, 'OLD', event)}), '')"
    new = "''" if event == "DELETE" else f"coalesce(({_object(table, told, 'NEW', event)}), '')"
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in told)
    quiet = f"NOT EXISTS (SELECT 1 FROM {CONTEXT} WHERE json_extract(who, '$.quiet'))"  # noqa: S608
    when = f"{quiet} AND ({differs})" if event == "UPDATE" else quiet
    row = "OLD" if event == "DELETE" else "NEW"
    who = ", ".join(f"coalesce(json_extract(who, '$.{part}'), '')" for part in WHO)
    told_by = f"INSERT INTO audit_entry ({COLUMNS}) SELECT"
    return (
        f'CREATE TRIGGER "{PREFIX}{table.table}_{event.lower()}" AFTER {event} ON "{table.table}" FOR EACH ROW'
        f" WHEN {when} BEGIN {told_by} strftime('%Y-%m-%d %H:%M:%f', 'now'), json_extract(who, '$.actor_id'), {who},"
        f" '{action}', '{table.table}', CAST({row}.\"{table.key}\" AS text), '', {old}, {new} FROM {CONTEXT}; END"
    )


def _object(table: Covered, columns: list[str], row: str, event: str) -> str:
    """Return the query of one JSON object; parts are joined, since a function of SQLite takes only 100 arguments."""
    parts = []
    for column in columns:
        value = f'{row}."{column}"'
        if column in table.hidden:
            shown = f"'{HIDDEN_VALUE}'"
        else:
            shown = f"length({value})" if column in table.measured else value
        wanted = f'OLD."{column}" IS NOT NEW."{column}"' if event == "UPDATE" else f"{value} IS NOT NULL"
        parts.append(f"SELECT '{column}' AS k, {shown} AS v WHERE {wanted}")
    return f"SELECT json_group_object(k, v) FROM ({' UNION ALL '.join(parts)})"  # noqa: S608
