from django.urls import path

from alongside.areas.workforce import views

app_name = "workforce"
urlpatterns = [
    path("senco/", views.post, name="post"),
    path("senco/schools/", views.trust, name="trust"),
    path("senco/<int:school_id>/", views.post, name="at"),
    path("senco/<int:school_id>/appoint/", views.appoint, name="appoint"),
    path("senco/<int:school_id>/appointments/<int:appointment_id>/end/", views.end, name="end"),
    path("senco/<int:school_id>/appointments/<int:appointment_id>/course/", views.course, name="course"),
    path("senco/<int:school_id>/hours/", views.agree, name="agree"),
    path("senco/<int:school_id>/week/", views.week, name="week"),
    path("senco/<int:school_id>/view/", views.say, name="say"),
    path("senco/<int:school_id>/confirm/", views.confirm, name="confirm"),
]
