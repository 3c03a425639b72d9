from django.urls import path

from alongside.areas.morning import views

app_name = "morning"
urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/make/", views.make, name="make"),
    path("calendar/end/", views.end, name="end"),
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
    path("mail/", views.mail, name="mail"),
    path("mail/stop/<str:stop>/", views.stop, name="stop"),
    path("today/rows/<int:row_id>/", views.row, name="row"),
]
