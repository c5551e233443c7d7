"""Admin screens of the people who sign in: one by one, and from a file with a dry run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from plan_tracker.accounts.models import AccountReview, User
from plan_tracker.loading.resources import KeyedResource
from plan_tracker.loading.screens import Ledger, LoadedTable

PERSON = ("username", "full_name", "position", "email", "phone", "language")

# Secrets and codes are no table to leaf through: people set them up themselves. Rights come from memberships alone.
admin.site.unregister((TOTPDevice, StaticDevice, Group))


class UserResource(KeyedResource):
    """Accounts by user name; a file gives neither passwords nor the rights of administrators."""

    class Meta(KeyedResource.Meta):
        model = User
        import_id_fields = ("username",)
        fields = (*PERSON, "is_active")

    def init_instance(self, row: Any = None) -> User:
        """Return a new account that nobody can sign in to before its link was used."""
        user: User = super().init_instance(row)
        user.set_unusable_password()
        return user


class NewUserForm(forms.ModelForm):
    """A new account; its password is chosen by its owner with a link."""

    class Meta:
        model = User
        fields = PERSON

    def save(self, commit: bool = True) -> User:
        """Save without a password that anybody knows."""
        self.instance.set_unusable_password()
        user: User = super().save(commit)
        return user


@admin.register(User)
class PortalUserAdmin(LoadedTable, UserAdmin):
    """Accounts: name, contact, language and whether they may sign in."""

    resource_classes = (UserResource,)
    add_form = NewUserForm
    list_display = ("username", "full_name", "position", "is_active", "is_staff", "last_login", "is_demo")
    list_filter = ("is_active", "is_staff", "is_demo")
    search_fields = ("username", "full_name", "email")
    ordering = ("username",)
    fieldsets = (
        (None, {"fields": ("username",)}),
        (gettext_lazy("Person"), {"fields": ("full_name", "position", "email", "phone", "language")}),
        (
            gettext_lazy("Rights"),
            {"fields": ("is_active", "is_staff", "is_superuser", "must_change_password")},
        ),
    )
    add_fieldsets = ((None, {"fields": PERSON}),)
    readonly_fields = ("is_demo",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Accounts are closed, never taken away: what they did keeps their name."""
        return False

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Send to the page that prints links: nobody chooses a password for somebody else."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        messages.info(request, _("Passwords are chosen by their owners: tick the account and print a link."))
        return redirect("tasks:account_list")


@admin.register(AccountReview)
class AccountReviewAdmin(Ledger):
    """What was decided about accounts at the half-yearly reviews."""

    list_display = ("user", "decision", "decided_by", "decided_at")
    list_select_related = ("user", "decided_by")
    search_fields = ("user__username", "user__full_name")
