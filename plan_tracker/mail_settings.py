"""How the portal mails and where its links lead: what EMAIL_URL and PORTAL_URL mean; a wrong value stops the start."""

from __future__ import annotations

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

OFF = "django.core.mail.backends.dummy.EmailBackend"


def mail(env: environ.Env, url: str) -> dict[str, Any]:
    """Return Django's settings of mail for EMAIL_URL; without one the portal sends none."""
    if not url:
        return {"EMAIL_BACKEND": OFF}
    try:
        config: dict[str, Any] = env.email_url_config(url)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        msg = "EMAIL_URL cannot be read: write smtp+tls://user:password@host:587 or smtp://host:25."
        raise ImproperlyConfigured(msg) from error
    return {name: value for name, value in config.items() if name.startswith("EMAIL_")}


def portal_url(url: str) -> str:
    """Return PORTAL_URL without the slash at its end."""
    url = url.rstrip("/")
    if url and not url.startswith(("https://", "http://")):
        msg = f"PORTAL_URL is “{url}”: write an address such as https://dan-van.example.vn."
        raise ImproperlyConfigured(msg)
    return url
