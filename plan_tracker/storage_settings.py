"""Where attachments are kept: a bucket that all servers share where S3_BUCKET names one, else the folder MEDIA_ROOT."""

from __future__ import annotations

from typing import Any


def attachment_storage(bucket: str, endpoint: str, region: str, access_key: str, secret: str) -> dict[str, Any]:
    """Return Django's settings of the storage; what is blank is left to the storage's own defaults."""
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    known = {"endpoint_url": endpoint, "region_name": region, "access_key": access_key, "secret_key": secret}
    # Nobody reads a file without the portal, and no name is ever written over.
    options = {"bucket_name": bucket, "default_acl": "private", "querystring_auth": True, "file_overwrite": False}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**options, **{name: value for name, value in known.items() if value}},
    }
