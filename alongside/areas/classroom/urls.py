from django.urls import path

from alongside.areas.classroom import papers_urls, views

app_name = "classroom"
urlpatterns = [
    path("classes/", views.classes, name="classes"),
    path("classes/<int:group_id>/sheet/", views.sheet, name="sheet"),
    path("classes/brief/<int:pupil_id>/", views.brief, name="brief"),
    path("classes/brief/<int:pupil_id>/got-it/", views.got_it, name="got_it"),
    path("classes/brief/<int:pupil_id>/used/", views.used, name="used"),
    path("classes/brief/<int:pupil_id>/readers/", views.readers, name="readers"),
    path("classes/brief/<int:pupil_id>/edit/", views.edit, name="edit"),
    path("classes/brief/<int:pupil_id>/profile/", views.profile, name="profile"),
    path("classes/note/<int:pupil_id>/", views.note, name="note"),
    path("classes/notes/", views.notes, name="notes"),
    path("classes/notes/<int:note_id>/", views.one_note, name="one_note"),
    *papers_urls.urlpatterns,
]
