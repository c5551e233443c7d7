"""Addresses of the withdrawal of secret content."""

from __future__ import annotations

from django.urls import path

from reports import views_tombstones

urlpatterns = [
    path("thu-hoi/", views_tombstones.tombstone_list, name="tombstone_list"),
    path("thu-hoi/bao-cao/<int:pk>/", views_tombstones.tombstone_ask, name="tombstone_ask"),
    path("thu-hoi/<int:pk>/", views_tombstones.tombstone_detail, name="tombstone_detail"),
    path("thu-hoi/<int:pk>/xac-nhan/", views_tombstones.tombstone_confirm, name="tombstone_confirm"),
    path("thu-hoi/<int:pk>/tu-choi/", views_tombstones.tombstone_refuse, name="tombstone_refuse"),
    path("thu-hoi/<int:pk>/xoa-tep/", views_tombstones.tombstone_delete_files, name="tombstone_delete_files"),
]
