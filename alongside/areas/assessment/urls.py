from django.urls import path

from alongside.areas.assessment import views

app_name = "assessment"
urlpatterns = [
    path("assessment/", views.board, name="board"),
    path("assessment/counts/", views.counts, name="counts"),
    path("assessment/points/", views.points, name="points"),
    path("assessment/points/add/", views.add_point, name="add_point"),
    path("assessment/points/<int:point_id>/", views.point, name="point"),
    path("assessment/points/<int:point_id>/drop/", views.drop_point, name="drop_point"),
    path("assessment/points/<int:point_id>/classes/<int:group_id>/", views.class_, name="class"),
    path("assessment/sittings/<int:sitting_id>/drop/", views.drop_sitting, name="drop_sitting"),
    path("assessment/scales/", views.scales, name="scales"),
    path("assessment/scales/add/", views.add_scale, name="add_scale"),
    path("assessment/scales/<int:scale_id>/", views.manual, name="manual"),
    path("assessment/files/", views.files_, name="files"),
    path("assessment/files/<int:file_id>/", views.file, name="file"),
    path("assessment/files/taken-over/", views.take_over, name="take_over"),
    path("pupils/<int:pupil_id>/results/", views.pupil, name="pupil"),
    path("pupils/<int:pupil_id>/development/", views.develop, name="develop"),
]
