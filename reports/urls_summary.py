"""Addresses of the summary and of the files made from reports."""

from __future__ import annotations

from django.urls import path

from reports import views_summary

urlpatterns = [
    path("bao-cao/<int:pk>/bao-cao.docx", views_summary.report_docx, name="report_docx"),
]
