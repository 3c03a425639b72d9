from django.urls import path

from alongside.areas.support import papers_urls, views

app_name = "support"
urlpatterns = [
    path("plans/", views.board, name="board"),
    path("pupils/<int:pupil_id>/plan/", views.start_for, name="start_for"),
    path("plans/<int:cycle_id>/", views.cycle, name="cycle"),
    path("plans/<int:cycle_id>/assess/", views.assess, name="assess"),
    path("plans/<int:cycle_id>/plan/", views.plan, name="plan"),
    path("plans/<int:cycle_id>/provision/", views.put_in, name="put_in"),
    path("plans/<int:cycle_id>/outcomes/<int:outcome_id>/drop/", views.drop_outcome, name="drop_outcome"),
    path("plans/<int:cycle_id>/start/", views.start, name="start"),
    path("plans/<int:cycle_id>/review/", views.review, name="review"),
    path("plans/<int:cycle_id>/close/", views.close, name="close"),
    path("plans/<int:cycle_id>/carry-on/", views.carry_on, name="carry_on"),
    path("plans/<int:cycle_id>/answers/<int:answer_id>/", views.answer, name="answer"),
    *papers_urls.urlpatterns,
]
