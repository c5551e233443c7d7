"""The forms of sign-in and passwords, with sentences that say what to do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; the answer never says which of the two was wrong."""

    hide_required = True
    error_messages = {
        "invalid_login": _(
            "The user name or the password is not right. Please check the Caps Lock key and type again."
        ),
        "inactive": _("This account is closed. Please contact the administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")


class ChangePasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    hide_required = True
    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("The password used so far is not right. Please type it again."),
        "password_mismatch": _("The two new passwords differ. Please type them again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Password used so far")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _(
            "At least 14 characters, not only digits, not a common password. A short sentence is easy to remember."
        )
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password2"].help_text = ""
