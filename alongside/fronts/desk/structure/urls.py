from django.urls import path

from alongside.fronts.desk.structure import views

app_name = "people"
urlpatterns = [
    path("people/", views.posts, name="posts"),
    path("people/add/", views.add, name="add"),
    path("people/posts/<int:post_id>/end/", views.end, name="end"),
    path("people/accounts/<int:account_id>/link/", views.link, name="link"),
    path("people/calendar/", views.calendar, name="calendar"),
    path("people/calendar/fill/", views.fill, name="fill"),
    path("people/terms/<int:term_id>/remove/", views.remove_term, name="remove_term"),
    path("people/closures/<int:closure_id>/remove/", views.remove_closure, name="remove_closure"),
]
