"""Addresses of papers, for urls.py to add to its own."""

from django.urls import path

from alongside.areas.support import paper_views as views

urlpatterns = [
    path("plans/<int:cycle_id>/plan.pdf", views.plan_pdf, name="paper"),
    path("plans/<int:cycle_id>/plan.docx", views.plan_word, name="paper_word"),
    path("plans/<int:cycle_id>/print/", views.plan_page, name="paper_page"),
    path("plans/<int:cycle_id>/family.pdf", views.family_pdf, name="family_paper"),
    path("plans/<int:cycle_id>/family.docx", views.family_word, name="family_paper_word"),
    path("plans/<int:cycle_id>/family/", views.family_page, name="family_paper_page"),
]
