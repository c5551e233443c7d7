"""Attachments go into a bucket where one is named, and come back; otherwise they stay in a folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.module_loading import import_string
from moto import mock_aws

from plan_tracker.storage_settings import attachment_storage


@pytest.fixture
def bucket() -> Iterator[Storage]:
    """Yield the storage of a bucket that stands in for a real one."""
    described = attachment_storage("thu-nghiem", "", "us-east-1", "a", "b")
    with mock_aws():
        storage: Storage = import_string(described["BACKEND"])(**described["OPTIONS"])
        storage.connection.create_bucket(Bucket="thu-nghiem")  # type: ignore[attr-defined]
        yield storage


def test_a_file_comes_back_from_the_bucket(bucket: Storage) -> None:
    name = bucket.save("signed/2026/ban-quet.pdf", ContentFile(b"%PDF"))
    with bucket.open(name) as stored:
        assert stored.read() == b"%PDF"
    assert bucket.exists(name) and bucket.size(name) == 4


def test_a_name_is_never_written_over(bucket: Storage) -> None:
    first = bucket.save("a.pdf", ContentFile(b"1"))
    assert bucket.save("a.pdf", ContentFile(b"2")) != first


def test_an_address_in_the_bucket_is_signed_and_ends(bucket: Storage) -> None:
    assert "X-Amz-Expires" in bucket.url("a.pdf") or "Expires=" in bucket.url("a.pdf")


def test_without_a_bucket_files_stay_in_a_folder() -> None:
    described = attachment_storage("", "https://s3.example.vn", "", "", "")
    assert described == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
