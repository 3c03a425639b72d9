from django.urls import path

from alongside.areas.training import views

app_name = "training"
urlpatterns = [
    path("training/", views.own, name="own"),
    path("training/changed/<int:booking_id>/", views.changed, name="changed"),
    path("training/join/<int:session_id>/", views.join, name="join"),
    path("training/sign/<int:booking_id>/", views.sign, name="sign"),
    path("training/staff/", views.grid, name="grid"),
    path("training/staff/add/", views.add, name="add"),
    path("training/staff/<int:person_id>/", views.rate, name="rate"),
    path("training/colleagues/<int:colleague_id>/left/", views.left, name="left"),
    path("training/coaching/", views.coaching, name="coaching"),
    path("training/appraisals/", views.appraisals, name="appraisals"),
    path("training/coverage/", views.coverage, name="coverage"),
    path("training/courses/", views.all_courses, name="courses"),
    path("training/courses/new/", views.write, name="write"),
    path("training/courses/<int:course_id>/", views.course, name="course"),
    path("training/courses/<int:course_id>/change/", views.write, name="change"),
    path("training/courses/<int:course_id>/approve/", views.approve, name="approve"),
    path("training/sessions/<int:session_id>/", views.session, name="session"),
    path("training/trust/", views.pool, name="pool"),
    path("training/trust/<int:number>/", views.answer, name="answer"),
    path("training/lines/", views.lines, name="lines"),
]
