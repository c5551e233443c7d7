"""What `make run` does before it serves: any number of times, without touching what was entered."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def prepared() -> str:
    """Prepare without demonstration data and return what was said."""
    said = io.StringIO()
    call_command("prepare", without_demo=True, stdout=said)
    return said.getvalue()


def test_an_office_without_accounts_is_told_how_to_make_the_first() -> None:
    assert "createsuperuser" in prepared()
    assert "createsuperuser" in prepared(), "the second time is like the first"
    assert not get_user_model().objects.exists()


def test_where_somebody_has_an_account_nothing_is_created() -> None:
    get_user_model().objects.create_user("van.phong", password="mot-mat-khau-du-dai")
    said = io.StringIO()
    call_command("prepare", stdout=said)
    assert said.getvalue() == ""
    assert get_user_model().objects.count() == 1
