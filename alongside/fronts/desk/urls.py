from django.urls import path

from alongside.fronts.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today_, name="today"),
    path("week/", views.week, name="week"),
    path("school/", views.school, name="school"),
    path("pupils/<int:pupil_id>/", views.pupil, name="pupil"),
    path("pupils/<int:pupil_id>/timeline/", views.timeline, name="timeline"),
    path("pupils/<int:pupil_id>/looked/", views.looked, name="looked"),
    path("notices/", views.notices_, name="notices"),
    path("notices/<int:notice_id>/", views.read, name="read"),
]
