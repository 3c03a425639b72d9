"""Included by a copy to play in."""

from django.urls import path

from alongside.design import views

app_name = "design"
urlpatterns = [
    path("design/", views.components, name="components"),
    path("design/today/", views.today, name="today"),
    path("design/register/", views.register, name="register"),
    path("design/empty/", views.empty, name="empty"),
    path("design/family/", views.family, name="family"),
    path("design/print/", views.profile, name="print"),
    path("design/print/class/", views.sheet, name="sheet"),
]
