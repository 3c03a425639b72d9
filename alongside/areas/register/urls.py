"""The verbs of the register. They are included, beside the register page, by `fronts.desk.register.urls`."""

from django.urls import path

from alongside.areas.register import views

urlpatterns = [
    path("pupils/add/", views.add, name="add"),
    path("pupils/<int:pupil_id>/register/decide/", views.decide, name="decide"),
    path("pupils/<int:pupil_id>/register/<int:decision_id>/tell/", views.tell, name="tell"),
    path("pupils/<int:pupil_id>/register/<int:decision_id>/place/", views.place, name="place"),
    path("pupils/<int:pupil_id>/register/<int:decision_id>/withdraw/", views.withdraw, name="withdraw"),
    path("pupils/<int:pupil_id>/register/take-off/", views.take_off, name="take_off"),
    path("pupils/<int:pupil_id>/register/needs/", views.needs_, name="needs"),
    path("pupils/<int:pupil_id>/register/plan/", views.plan, name="plan"),
    path("pupils/<int:pupil_id>/register/disability/", views.disability, name="disability"),
    path("pupils/<int:pupil_id>/register/check/", views.check, name="check"),
]
