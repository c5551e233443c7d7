"""Which tables the trail covers, and which columns it does not show: every model of ours unless it is named here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.db import models

# The tables of libraries that hold rights or secrets are covered like ours.
COVERED_APPS = ("accounts", "tasks", "targets", "reports", "otp_totp", "otp_static")
# Label: why no row of it is worth an entry of its own.
EXEMPT = {
    "accounts.Session": "signing in and out and ending a session are entries of their own",
}
# Secrets: that they changed is told, what they were is not.
HIDDEN = {
    "accounts_user": {"password"},
    "accounts_onetimelink": {"digest"},
    "otp_totp_totpdevice": {"key"},
    "otp_static_statictoken": {"token"},
    "targets_apitoken": {"digest", "token_hash", "hash"},
    "reports_calendarfeed": {"token_hash"},
    "reports_tombstone": {"words"},
}
# Columns that move with every visit; a change of nothing else is no change.
RESTLESS = {
    "accounts_user": {"last_login"},
    "otp_totp_totpdevice": {
        "last_t",
        "drift",
        "last_used_at",
        "throttling_failure_timestamp",
        "throttling_failure_count",
    },
    "otp_static_staticdevice": {"last_used_at", "throttling_failure_timestamp", "throttling_failure_count"},
    "targets_apitoken": {"last_used_on"},
}
# Whole documents, which their own tables never change: the trail keeps their length.
WHOLE_DOCUMENTS = {"content", "facts", "cells"}


@dataclass(frozen=True)
class Covered:
    """One table under watch: its key, and the columns that are not copied as they are."""

    table: str
    key: str
    columns: tuple[str, ...]
    hidden: frozenset[str]
    measured: frozenset[str]
    restless: frozenset[str]


def _covered(model: type[models.Model]) -> Covered:
    table = model._meta.db_table
    fields = model._meta.local_concrete_fields
    large = {
        str(field.column)
        for field in fields
        if isinstance(field, models.BinaryField)
        or (isinstance(field, models.JSONField) and field.name in WHOLE_DOCUMENTS)
    }
    assert model._meta.pk is not None  # noqa: S101 - a concrete model has one
    return Covered(
        table=table,
        key=str(model._meta.pk.column),
        columns=tuple(str(field.column) for field in fields),
        hidden=frozenset(HIDDEN.get(table, ())),
        measured=frozenset(large),
        restless=frozenset(RESTLESS.get(table, ())),
    )


def covered_models() -> Iterator[type[models.Model]]:
    """Yield every model whose rows are under watch, the tables between two models among them."""
    for label in COVERED_APPS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy and model._meta.label not in EXEMPT:
                yield model


@lru_cache(maxsize=1)
def covered_tables() -> dict[str, Covered]:
    """Return the tables under watch by name."""
    return {table.table: table for table in map(_covered, covered_models())}
