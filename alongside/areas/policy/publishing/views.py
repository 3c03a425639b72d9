"""The director's register of what is published, and the web version for the world."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from alongside.areas.policy import forms
from alongside.areas.policy import queries as policy
from alongside.areas.policy.publishing import actions, queries, rules
from alongside.areas.policy.publishing.models import ApprovedFile
from alongside.areas.policy.views import one_form
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, anyone, needs
from alongside.kit import today

P = Permission


@require_GET
@needs(P.POLICY_KEEP)
def register(request: ActorRequest) -> HttpResponse:
    page = queries.register_page(on=today())
    context = {"page": page, "public": request.build_absolute_uri(reverse("policy:public"))}
    return render(request, "policy/published.html", {**context, "page_title": "Published"})


def _back() -> tuple[str, str]:
    return reverse("policy:published"), "Published"


@needs(P.POLICY_KEEP)
def file(request: ActorRequest, version_id: int) -> HttpResponse:
    version, on = policy.find_version(version_id), today()
    form = forms.FileForm(request.POST or None, request.FILES or None)
    return one_form(
        request, form, lambda: actions.keep_file(version=version, by=request.actor, on=on, **form.said()),
        heading="The approved file", button="Keep it", then="The file is kept.",
        back=_back() if version.facts().current_since else (reverse("policy:version", args=[version_id]), "The version"),
        lead=f"The file of {version.name} that the board approved, exactly as it goes on the website. It stays as it is; "
        "another one later stands beside it.",
    )  # fmt: skip


@needs(P.POLICY_KEEP)
def where(request: ActorRequest) -> HttpResponse:
    form, on = forms.WhereForm(request.POST or None, initial={"address": queries.publication().address}), today()
    return one_form(
        request, form, lambda: actions.say_where(by=request.actor, on=on, **form.said()),
        heading="Where the website offers it", button="Keep it", back=_back(), then="The address is kept.",
        lead="The address of the file itself. It is fetched each night, without signing in, and compared.",
    )  # fmt: skip


@require_POST
@needs(P.POLICY_KEEP)
def web(request: ActorRequest) -> HttpResponse:
    """Switch the web version on or off."""
    web_on = request.POST.get("on") == "yes"
    actions.switch_web(web_on=web_on, by=request.actor, on=today())
    messages.success(request, "Everybody can read the web version." if web_on else "The web version is closed.")
    return redirect("policy:published")


@require_POST
@needs(P.POLICY_KEEP)
def look(request: ActorRequest) -> HttpResponse:
    actions.ask_to_look(by=request.actor, on=today())
    messages.success(request, "It is compared now. What was found stands here in a minute.")
    return redirect("policy:published")


@require_GET
@needs(P.POLICY_KEEP)
def kept_file(request: ActorRequest, file_id: int) -> HttpResponse:
    kept = queries.find_file(file_id)
    return _send(kept, f"send-policy-{kept.pk}")


# --- For the world ------------------------------------------------------------------------------------------------


@require_safe
@anyone
def public(request: HttpRequest) -> HttpResponse:
    """The text of the current version, for whoever asks, once the director has switched it on."""
    page = queries.web_version(on=today())
    return render(request, "policy/public.html", {"page": page, "page_title": "SEND policy"})


@require_safe
@anyone
def public_file(request: HttpRequest) -> HttpResponse:
    return _send(queries.web_file(), "send-policy")


def _send(kept: ApprovedFile, name: str) -> HttpResponse:
    """To be saved, never opened within our pages; under a name of ours, for theirs may say who wrote it."""
    answer = HttpResponse(bytes(kept.body), content_type=kept.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{rules.ENDINGS[kept.media_type]}"'
    return answer
