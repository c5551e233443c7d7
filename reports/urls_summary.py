"""Addresses of the summary and of the files made from reports."""

from __future__ import annotations

from django.urls import path

from reports import views_summary

urlpatterns = [
    path("tong-hop/", views_summary.summary_list, name="summary_list"),
    path("tong-hop/<int:pk>/", views_summary.summary_detail, name="summary_detail"),
    path("tong-hop/<int:pk>/bao-cao.docx", views_summary.summary_docx, name="summary_docx"),
    path("bao-cao/<int:pk>/bao-cao.docx", views_summary.report_docx, name="report_docx"),
]
