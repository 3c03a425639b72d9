from django.urls import path

from alongside.areas.provision import views

app_name = "provision"
urlpatterns = [
    path("provision/", views.map_, name="map"),
    path("provision/print/", views.print_, name="print"),
    path("provision/catalogue/", views.catalogue, name="catalogue"),
    path("provision/<int:line_id>/", views.line, name="line"),
    path("provision/<int:line_id>/stop/", views.stop, name="stop"),
    path("pupils/<int:pupil_id>/provision/", views.pupil, name="pupil"),
    path("pupils/<int:pupil_id>/provision/add/", views.add, name="add"),
    path("pupils/<int:pupil_id>/provision/add/cost/", views.cost, name="cost"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<int:line_id>/", views.log, name="log"),
]
