"""Addresses of accounts in order and of delegations."""

from __future__ import annotations

from django.urls import path

from tasks import views_accounts, views_delegations

urlpatterns = [
    path("nguoi-dung/", views_accounts.account_list, name="account_list"),
    path("nguoi-dung/thay-doi/", views_accounts.account_change, name="account_change"),
    path("uy-quyen/", views_delegations.delegation_list, name="delegation_list"),
    path("uy-quyen/moi/", views_delegations.delegation_create, name="delegation_create"),
    path("uy-quyen/<int:pk>/ket-thuc/", views_delegations.delegation_end, name="delegation_end"),
]
