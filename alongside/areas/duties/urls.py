from django.urls import path

from alongside.areas.duties import paper_views, views

app_name = "duties"
urlpatterns = [
    path("duties/", views.board, name="board"),
    path("duties/trust/", views.trust, name="trust"),
    path("duties/pupils/<int:pupil_id>/", views.pupil, name="pupil"),
    path("duties/statement/<int:school_id>/", views.statement, name="statement"),
    path("duties/statement/<int:school_id>/pdf/", paper_views.statement_pdf, name="statement_pdf"),
    path("duties/statement/<int:school_id>/word/", paper_views.statement_word, name="statement_word"),
    path("duties/mine/", views.mine, name="mine"),
    path("duties/scheme/", views.scheme, name="scheme"),
    path("duties/scheme/new/", views.delegate, name="delegate"),
    path("duties/scheme/<int:line_id>/end/", views.end, name="end_delegation"),
    path("duties/catalogue/<slug:code>/", views.versions, name="versions"),
    path("duties/catalogue/<slug:code>/new/", views.new_version, name="new_version"),
    path("duties/versions/<int:version_id>/withdraw/", views.withdraw, name="withdraw"),
    path("duties/questions/trust/ask/", views.ask, name="trust_ask"),
    path("duties/questions/<int:question_id>/answer/", views.answer, name="answer"),
    path("duties/questions/<int:school_id>/ask/", views.ask, name="ask"),
    path("duties/sign-off/<int:school_id>/", views.sign_off, name="sign_off"),
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
