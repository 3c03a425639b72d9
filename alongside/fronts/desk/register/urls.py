"""Every address of the register: the page that stands here in front, and the verbs of the register's own slice."""

from django.urls import path

from alongside.areas.register.urls import urlpatterns as verbs
from alongside.fronts.desk.register import views

app_name = "register"
urlpatterns = [
    path("pupils/", views.register, name="register"),
    path("pupils/print/", views.print_, name="print_"),
    path("pupils/export.xlsx", views.export, name="export"),
    path("pupils/chosen/", views.chosen, name="chosen"),
    path("pupils/views/", views.save_view, name="save_view"),
    path("pupils/views/<int:view_id>/drop/", views.drop_view, name="drop_view"),
    *verbs,
]
