"""Addresses of what was sent: deliveries, receipts, the exchange; and of reports entered on a body's behalf."""

from __future__ import annotations

from django.urls import path

from reports import views_behalf, views_deliveries

urlpatterns = [
    path("bao-cao/<int:pk>/trao-doi/", views_deliveries.report_exchange, name="report_exchange"),
    path("bao-cao/<int:pk>/lan-gui/<int:number>/", views_deliveries.delivery_detail, name="delivery_detail"),
    path(
        "bao-cao/<int:pk>/lan-gui/<int:number>/bien-nhan/", views_deliveries.delivery_receipt, name="delivery_receipt"
    ),
    path(
        "bao-cao/<int:pk>/lan-gui/<int:number>/bien-nhan.pdf",
        views_deliveries.delivery_receipt_pdf,
        name="delivery_receipt_pdf",
    ),
    path(
        "bao-cao/<int:pk>/lan-gui/<int:number>/noi-dung.json",
        views_deliveries.delivery_content,
        name="delivery_content",
    ),
    path("bao-cao/<int:pk>/lan-gui/<int:number>/ban-quet/", views_deliveries.delivery_scan, name="delivery_scan"),
    path("bao-cao-phai-gui/<int:pk>/nhap-thay/", views_behalf.behalf_begin, name="behalf_begin"),
    path("bao-cao/<int:pk>/nhap-thay/", views_behalf.behalf_send, name="behalf_send"),
]
