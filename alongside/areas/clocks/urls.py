from django.urls import path

from alongside.areas.clocks import views

app_name = "clocks"
urlpatterns = [
    path("clocks/", views.monitor, name="monitor"),
    path("clocks/steps/<int:school_id>/", views.steps, name="steps"),
    path("clocks/steps/<int:school_id>/<int:line>/", views.set_steps, name="set_steps"),
    path("clocks/missed/<int:missed_id>/", views.missed, name="missed"),
    path("today/rows/<int:row_id>/wait/", views.wait, name="wait"),
    path("today/waiting/", views.waiting, name="waiting"),
    path("today/waiting/<int:put_off_id>/back/", views.back, name="back"),
]
