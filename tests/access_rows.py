"""All rows of the table of access, from the files that hold them."""

from __future__ import annotations

from tests import access_files, access_periods, access_table, access_tombstones
from tests.access_table import Row

READS: tuple[Row, ...] = (*access_table.READS, *access_periods.READS, *access_tombstones.READS, *access_files.READS)
POSTS: tuple[Row, ...] = (*access_table.POSTS, *access_periods.POSTS, *access_tombstones.POSTS, *access_files.POSTS)
