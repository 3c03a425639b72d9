"""The page of cards, and signing in with one. Both are absent outside a copy to play in."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from alongside.base.access.web import anyone
from alongside.base.people.models import Account
from alongside.fronts.desk.demo.cards import cards


@anyone
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Cards to sign in with."""
    _only_in_play()
    return render(request, "desk/demo.html", {"roles": cards(), "page_title": "Choose who you are"})


@anyone
@require_POST
def sign_in(request: HttpRequest, account_id: int) -> HttpResponse:
    """Sign in as a person of the invented trust."""
    _only_in_play()
    account = get_object_or_404(Account, pk=account_id, is_active=True)
    login(request, account, backend="alongside.base.access.backends.Backend")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _only_in_play() -> None:
    """Settings refuse DEMO in production; this refuses the pages wherever DEMO is off."""
    if not settings.DEMO:
        raise Http404
