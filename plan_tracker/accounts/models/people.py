"""The people who sign in; what each may do hangs on `tasks.Membership`."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with an account; only what sign-in and a signature line need is kept."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("name shown"), max_length=120)
    position = models.CharField(_("position"), max_length=120, blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=5, default="vi", choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
    must_change_password = models.BooleanField(_("must change the password at the next sign-in"), default=False)
    is_demo = models.BooleanField(_("demonstration account"), default=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("username",)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """Return the name to show; there is no first and last name here."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the same name; Vietnamese names are not cut."""
        return self.full_name
