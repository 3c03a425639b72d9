from django.urls import path

from alongside.fronts.desk.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.choose, name="choose"),
    path("demo/<int:account_id>/", views.sign_in, name="sign_in"),
]
