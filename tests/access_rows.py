"""All rows of the table of access, from the files that hold them."""

from __future__ import annotations

from tests import access_periods, access_table
from tests.access_table import Row

READS: tuple[Row, ...] = (*access_table.READS, *access_periods.READS)
POSTS: tuple[Row, ...] = (*access_table.POSTS, *access_periods.POSTS)
