from django.urls import path

from alongside.base.documents import views

app_name = "documents"
urlpatterns = [
    path("pupils/<int:pupil_id>/papers/", views.of_pupil, name="of_pupil"),
    path("papers/<int:document_id>/", views.paper, name="paper"),
    path("drafts/", views.draft, name="draft"),
]
