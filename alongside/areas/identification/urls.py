"""Addresses of the sweep, its flags and its counts."""

from django.urls import path

from alongside.areas.identification import views

app_name = "identification"
urlpatterns = [
    path("progress/", views.flags, name="flags"),
    path("progress/sweep/", views.sweep_, name="sweep"),
    path("progress/sweep/print/", views.sweep_sheet, name="sweep_sheet"),
    path("progress/signs/", views.signs, name="signs"),
    path("progress/signs/switch/", views.switch, name="switch"),
    path("progress/signs/run/", views.run, name="run"),
    path("progress/counts/", views.counts_, name="counts"),
    path("progress/alike/", views.alike, name="alike"),
    path("pupils/<int:pupil_id>/progress/", views.pupil_, name="pupil"),
    path("pupils/<int:pupil_id>/progress/answer/", views.answer, name="answer"),
]
