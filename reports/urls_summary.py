"""Addresses of the summary and of the files made from reports."""

from __future__ import annotations

from django.urls import path

from reports import views_documents, views_summary

urlpatterns = [
    path("tong-hop/", views_summary.summary_list, name="summary_list"),
    path("tong-hop/<int:pk>/", views_summary.summary_detail, name="summary_detail"),
    path("tong-hop/<int:pk>/bao-cao.docx", views_documents.summary_docx, name="summary_docx"),
    path("tong-hop/<int:pk>/bao-cao.pdf", views_documents.summary_pdf, name="summary_pdf"),
    path("tong-hop/<int:pk>/tom-tat.docx", views_documents.brief_docx, name="brief_docx"),
    path("tong-hop/<int:pk>/tom-tat.pdf", views_documents.brief_pdf, name="brief_pdf"),
    path("tong-hop/<int:pk>/so-lieu.xlsx", views_documents.summary_xlsx, name="summary_xlsx"),
    path("tong-hop/<int:pk>/so-lieu.json", views_documents.summary_json, name="summary_json"),
    path("bao-cao/<int:pk>/bao-cao.docx", views_documents.report_docx, name="report_docx"),
    path("bao-cao/<int:pk>/bao-cao.pdf", views_documents.report_pdf, name="report_pdf"),
]
