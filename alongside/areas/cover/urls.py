from django.urls import path

from alongside.areas.cover import views

app_name = "cover"
urlpatterns = [
    path("today/hand-over/", views.hand, name="hand"),
    path("today/hand-over/<int:handover_id>/notes/", views.notes, name="notes"),
    path("today/hand-over/<int:handover_id>/back/", views.take_back, name="take_back"),
]
