from django.urls import path

from alongside.areas.duties import views

app_name = "duties"
urlpatterns = [
    path("duties/", views.board, name="board"),
    path("duties/trust/", views.trust, name="trust"),
    path("duties/statement/<int:school_id>/", views.statement, name="statement"),
    path("duties/trust/<slug:code>/", views.duty, name="trust_duty"),
    path("duties/trust/<slug:code>/attest/", views.attest, name="trust_attest"),
    path("duties/trust/<slug:code>/observe/", views.observe, name="trust_observe"),
    path("duties/trust/<slug:code>/explain/", views.explain, name="trust_explain"),
    path("duties/<int:school_id>/<slug:code>/", views.duty, name="duty"),
    path("duties/<int:school_id>/<slug:code>/attest/", views.attest, name="attest"),
    path("duties/<int:school_id>/<slug:code>/observe/", views.observe, name="observe"),
    path("duties/<int:school_id>/<slug:code>/explain/", views.explain, name="explain"),
    path("duties/<int:school_id>/<slug:code>/exempt/", views.exempt, name="exempt"),
]
