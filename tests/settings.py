"""The portal's settings as tests want them: nothing of this machine's .env, a database of its own, quick passwords."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A folder for each process, since several may run at once; conftest.py makes it and takes it away.
SCRATCH = ROOT / "tests" / "output" / str(os.getpid())

# A blank value counts as not set and keeps .env from filling it in: a developer's own values never reach a test.
for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
    if "=" in line:
        os.environ[line.lstrip("# ").partition("=")[0]] = ""
os.environ["SECRET_KEY"] = "a-key-that-only-the-tests-know-" + "0123456789" * 3
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["DEBUG"] = "0"

from plan_tracker.settings import *  # noqa: E402, F403
from plan_tracker.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: a database in memory is shared between threads and would hide what two writers do.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
# The tests of the second factor ask for it again; all others sign administrators in as everybody.
ADMINISTRATORS_NEED_SECOND_FACTOR = False
STATIC_ROOT = SCRATCH / "static"
MEDIA_ROOT = SCRATCH / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
