"""Addresses of the life of an edition: its steps, its drafts and comments, its files."""

from __future__ import annotations

from django.urls import path, re_path

from reports import views_edition_drafts, views_edition_files, views_edition_life

urlpatterns = [
    path("tong-hop/bao-cao/", views_edition_life.edition_index, name="edition_index"),
    path("tong-hop/bao-cao/<int:pk>/phat-hanh/", views_edition_life.edition_life, name="edition_life"),
    path("tong-hop/bao-cao/<int:pk>/buoc/", views_edition_life.edition_step, name="edition_step"),
    path("tong-hop/bao-cao/<int:pk>/phat-hanh/so-ngay/", views_edition_life.edition_issue, name="edition_issue"),
    path("tong-hop/bao-cao/<int:pk>/thay-doi/", views_edition_life.edition_changes, name="edition_changes"),
    path("tong-hop/bao-cao/<int:pk>/gui-gop-y/", views_edition_drafts.edition_send_out, name="edition_send_out"),
    path("tong-hop/bao-cao/<int:pk>/gop-y/", views_edition_drafts.edition_comments, name="edition_comments"),
    path("tong-hop/bao-cao/<int:pk>/gop-y.docx", views_edition_drafts.comments_docx, name="comments_docx"),
    path("tong-hop/bao-cao/<int:pk>/tep/<str:name>", views_edition_files.edition_file, name="edition_file"),
    re_path(
        r"^tong-hop/bao-cao/(?P<pk>\d+)/van-ban\.(?P<kind>docx|pdf)$",
        views_edition_files.edition_paper,
        name="edition_paper",
    ),
    path("du-thao/<int:pk>/", views_edition_drafts.draft_detail, name="draft_detail"),
    path("du-thao/<int:pk>/du-thao.docx", views_edition_drafts.draft_docx, name="draft_docx"),
    path("gop-y/<int:pk>/", views_edition_drafts.comment_handle, name="comment_handle"),
]
