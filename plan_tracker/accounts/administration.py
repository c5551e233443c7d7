"""The administration as a place: who may come in, and where it leads for what the portal has pages for."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.contrib.admin.sites import AdminSite
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from plan_tracker.accounts.entrance import leave

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
METHODS = ("GET", "HEAD", "POST")


class Administration(AdminSite):
    """Django's administration; who is signed in and no administrator finds nothing under its addresses."""

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Let administrators through; who has signed in is never asked to sign in once more."""
        guarded = super().admin_view(view, cacheable)

        def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            return guarded(request, *args, **kwargs)

        return cast(View, update_wrapper(found, guarded))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out as everywhere else, with an entry in the trail."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        leave(request)
        return redirect("accounts:sign_in")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Lead to the page where everybody chooses a password."""
        return redirect("accounts:password_change")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Lead to the same page."""
        return redirect("accounts:password_change")
