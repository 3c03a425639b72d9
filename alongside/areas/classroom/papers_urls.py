"""Addresses of papers, for urls.py to add to its own."""

from django.urls import path

from alongside.areas.classroom import paper_views as views

urlpatterns = [
    path("classes/brief/<int:pupil_id>/profile.pdf", views.profile_pdf, name="profile_pdf"),
    path("classes/brief/<int:pupil_id>/profile.docx", views.profile_docx, name="profile_docx"),
]
