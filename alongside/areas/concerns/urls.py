from django.urls import path

from alongside.areas.concerns import views

app_name = "concerns"
urlpatterns = [
    path("concerns/", views.queue, name="queue"),
    path("concerns/new/", views.pick, name="pick"),
    path("concerns/new/<int:pupil_id>/", views.raise_, name="raise_"),
    path("pupils/<int:pupil_id>/concerns/", views.of_pupil, name="of_pupil"),
    path("concerns/<int:concern_id>/", views.concern, name="concern"),
    path("concerns/<int:concern_id>/triage/", views.triage, name="triage"),
    path("concerns/<int:concern_id>/part/<slug:part>/", views.part, name="part"),
]
