"""Addresses of the summaries on paper, for urls.py to add to its own."""

from django.urls import path

from alongside.areas.policy import paper_views as views
from alongside.areas.policy.rules import Reader

urlpatterns = [
    path(f"policy/versions/<int:version_id>/{reader}{ending}", view, {"reader": reader}, name=f"{reader}_{name}")
    for reader in Reader
    for ending, view, name in ((".pdf", views.pdf, "pdf"), (".docx", views.word, "word"), ("/", views.page, "page"))
]
