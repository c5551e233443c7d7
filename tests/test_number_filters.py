"""Numbers and days on pages, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override


def shown(expression: str, value: object, language: str = "vi") -> str:
    """Render one filter expression about `v`."""
    with override(language):
        return Template("{{ v|" + expression + " }}").render(Context({"v": value}))


@pytest.mark.parametrize(
    ("expression", "value", "vietnamese", "english"),
    [
        ("figure", 1240, "1.240", "1,240"),
        ("figure:2", Decimal("1234.56"), "1.234,56", "1,234.56"),
        ("figure:1", Decimal("-0.04"), "0,0", "0.0"),
        ("figure", None, "–", "–"),
        ("percent", Decimal("72.5"), "72,5%", "72.5%"),
        ("percent:0", 100, "100%", "100%"),
        ("percent", None, "–", "–"),
        ("day", date(2024, 2, 5), "05/02/2024", "05/02/2024"),
        ("day", None, "–", "–"),
        ("moment", datetime(2024, 6, 17, 9, 0, tzinfo=UTC), "16:00 17/06/2024", "16:00 17/06/2024"),
        ("day", datetime(2024, 6, 17, 18, 0, tzinfo=UTC), "18/06/2024", "18/06/2024"),
        ("two_digits", 6, "06", "06"),
        ("two_digits", 11, "11", "11"),
    ],
)
def test_a_value_is_written_as_the_language_writes_it(
    expression: str, value: object, vietnamese: str, english: str
) -> None:
    assert shown(expression, value) == vietnamese
    assert shown(expression, value, "en") == english
