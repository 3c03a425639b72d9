from django.urls import path

from alongside.areas.changes import views

app_name = "changes"
urlpatterns = [
    path("changes/", views.home, name="home"),
    path("changes/new/", views.write, name="write"),
    path("changes/<int:notice_id>/", views.notice, name="notice"),
    path("changes/<int:notice_id>/draft/", views.change, name="change"),
    path("changes/<int:notice_id>/drop/", views.drop, name="drop"),
    path("changes/<int:notice_id>/add/", views.add, name="add"),
    path("changes/<int:notice_id>/withdraw/", views.withdraw, name="withdraw"),
    path("changes/tasks/<int:task_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("changes/tasks/<int:task_id>/done/", views.finish, name="finish"),
    path("changes/tasks/<int:task_id>/ask/", views.ask, name="ask"),
    path("changes/questions/<int:question_id>/answer/", views.answer, name="answer"),
]
