from django.urls import path

from alongside.fronts.portal import views

app_name = "portal"
urlpatterns = [
    path("family/", views.home, name="home"),
    path("family/enter/", views.ask, name="ask"),
    path("family/enter/code/", views.code, name="code"),
    path("family/enter/<str:secret>/", views.enter, name="enter"),
    path("family/leave/", views.leave, name="leave"),
    path("family/policy/", views.policy, name="policy"),
    path("family/<int:pupil_id>/", views.child, name="child"),
    path("family/<int:pupil_id>/plan/", views.plan, name="plan"),
    path("family/<int:pupil_id>/outcomes/<int:outcome_id>/", views.answer, name="answer"),
    path("family/<int:pupil_id>/worry/", views.worry, name="worry"),
    path("family/<int:pupil_id>/looked/", views.looked, name="looked"),
    path("pupils/<int:pupil_id>/family/", views.invitations, name="invitations"),
    path("pupils/<int:pupil_id>/family/<int:contact_id>/letter/", views.invite, name="invite"),
]
