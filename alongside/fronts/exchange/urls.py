from django.urls import path

from alongside.fronts.exchange import views

app_name = "exchange"
urlpatterns = [
    path("exchange/", views.batches, name="batches"),
    path("exchange/<int:batch_id>/", views.batch, name="batch"),
    path("exchange/<int:batch_id>/columns/", views.columns, name="columns"),
    path("exchange/<int:batch_id>/progress/", views.progress, name="progress"),
    path("exchange/<int:batch_id>/decide/", views.decide, name="decide"),
    path("exchange/<int:batch_id>/apply/", views.apply, name="apply"),
    path("exchange/<int:batch_id>/undo/", views.undo, name="undo"),
    path("exchange/<int:batch_id>/again/", views.again, name="again"),
]
