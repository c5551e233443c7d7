"""The forms of sign-in, codes and passwords, with sentences that say what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from plan_tracker.accounts.models import User

NEW_PASSWORD_HELP = _(
    "At least 14 characters (8 where a second factor is set up), not only digits, not a common password. "
    "A short sentence is easy to remember."
)
MISMATCH = _("The two new passwords differ. Please type them again.")


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


class UnlockForm(forms.Form):
    """The password of whoever is signed in already."""

    hide_required = True
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self) -> str:
        """Ask the same door as sign-in, which also counts wrong passwords."""
        password = str(self.cleaned_data["password"])
        found = authenticate(self.request, username=self.user.get_username(), password=password)
        if found is None or found.pk != self.user.pk:
            raise forms.ValidationError(_("The password is not right. Please check the Caps Lock key and type again."))
        return password


class CodeForm(forms.Form):
    """A code from the app, or a recovery code."""

    hide_required = True
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from the app on your telephone, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "class": "input--short"}),
    )


class ForgottenForm(forms.Form):
    """Who would like a link for choosing a new password."""

    hide_required = True
    who = forms.CharField(
        label=_("User name or e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class ChoosePasswordForm(SetPasswordForm):
    """A new password, twice."""

    hide_required = True
    error_messages = {**SetPasswordForm.error_messages, "password_mismatch": MISMATCH}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = NEW_PASSWORD_HELP
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password2"].help_text = ""


class ChangePasswordForm(PasswordChangeForm):
    """The old password once, the new one twice.

    The old one is asked at the same door as at sign-in: who found an open screen has no more guesses than anybody.
    """

    hide_required = True
    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("The password used so far is not right. Please type it again."),
        "password_mismatch": MISMATCH,
    }

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].label = _("Password used so far")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = NEW_PASSWORD_HELP
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self) -> str:
        """Refuse a wrong one, which is counted."""
        password = str(self.cleaned_data["old_password"])
        if authenticate(self.request, username=self.user.get_username(), password=password) is None:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return password
