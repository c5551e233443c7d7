"""The servers that the tests start themselves leave this machine as they found it."""

from __future__ import annotations

from pathlib import Path

import psycopg2
import pytest

from tests import databases


def permissions(path: Path) -> dict[Path, tuple[int, int, int]]:
    """Return mode and owner of a folder, of every folder above it and of everything directly in it."""
    places = (path, *path.parents, *path.iterdir())
    return {place: (place.stat().st_mode, place.stat().st_uid, place.stat().st_gid) for place in places}


def test_the_embedded_server_answers_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = databases.embedded_programs()
    assert programs is not None
    before = permissions(programs)
    users = Path("/etc/passwd").read_bytes()
    monkeypatch.setenv("TEST_POSTGRESQL", "embedded")
    with databases.postgresql() as server:
        folder = Path(server.url.partition("host=")[2])
        assert folder.stat().st_mode & 0o777 == 0o700
        connection = psycopg2.connect(host=str(folder), user="postgres", dbname="postgres")
        with connection.cursor() as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)
        connection.close()
    assert not folder.exists()
    assert permissions(programs) == before
    assert Path("/etc/passwd").read_bytes() == users


def test_a_server_that_was_given_is_taken_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_POSTGRESQL", raising=False)
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://somebody@db.example.vn/plan")
    with databases.postgresql() as server:
        assert server.url == "postgres://somebody@db.example.vn/plan"


def test_a_run_without_a_server_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_POSTGRESQL", "none")
    with pytest.raises(databases.NoServerError, match="TEST_POSTGRESQL"), databases.postgresql():
        pass
