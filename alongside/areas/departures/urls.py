from django.urls import path

from alongside.areas.departures import paper_views, views

app_name = "departures"
urlpatterns = [
    path("departures/", views.log, name="log"),
    path("departures/schools/<int:school_id>/new/", views.new, name="new"),
    path("departures/pupils/<int:pupil_id>/new/", views.new_for, name="new_for"),
    path("departures/missed/<int:missed_id>/new/", views.new_missed, name="new_missed"),
    path("departures/pupils/<int:pupil_id>/statement/", paper_views.page, name="statement"),
    path("departures/pupils/<int:pupil_id>/statement.pdf", paper_views.as_pdf, name="statement_pdf"),
    path("departures/pupils/<int:pupil_id>/statement.docx", paper_views.as_word, name="statement_word"),
    path("departures/<int:departure_id>/", views.one, name="one"),
    path("departures/<int:departure_id>/decide/", views.decide, name="decide"),
    path("departures/<int:departure_id>/add/", views.add, name="add"),
    path("departures/<int:departure_id>/end/", views.end, name="end"),
]
