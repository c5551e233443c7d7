"""Which texts count as nearly equal: runs of five words, three in five of them in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.similarity import jaccard, near_groups, shingles

LONG = "Đề nghị Ban Thường vụ Tỉnh uỷ quan tâm bổ sung kinh phí cho hoạt động của tổ dân vận ở thôn, tổ dân phố"


def test_runs_ignore_case_accents_and_marks() -> None:
    assert shingles("Bổ sung kinh phí, cho thôn") == shingles("bo sung KINH PHÍ cho thôn.")


def test_a_short_text_is_one_run() -> None:
    assert shingles("Thiếu kinh phí") == frozenset({("thieu", "kinh", "phi")})
    assert shingles("  ") == frozenset()


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (LONG, True),
        (LONG.upper() + ".", True),
        (LONG + " trong năm 2024", True),
        (LONG.replace("tổ dân phố", "khối phố"), True),
        ("Đề nghị Uỷ ban nhân dân tỉnh sớm ban hành hướng dẫn về chế độ phụ cấp", False),
        ("", False),
    ],
)
def test_nearly_equal_texts_stand_together(other: str, together: bool) -> None:
    assert near_groups([LONG, other]) == ([[0, 1]] if together else [[0], [1]])


def test_six_runs_of_ten_are_enough_and_five_are_not() -> None:
    runs = [(str(place),) for place in range(10)]
    assert jaccard(frozenset(runs), frozenset(runs[:6])) == 0.6
    assert jaccard(frozenset(runs), frozenset(runs[:5])) < 0.6


@given(st.lists(st.text(alphabet="ab ", max_size=40), max_size=12))
def test_every_text_is_in_exactly_one_group(texts: list[str]) -> None:
    groups = near_groups(texts)
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert all(group == sorted(group) for group in groups)
