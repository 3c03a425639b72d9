"""Telling: what one has to confirm oneself, a school's staff and families, partners, and a starter's three steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.policy import forms
from alongside.areas.policy.telling import actions as telling
from alongside.areas.policy.telling import queries as notices_page
from alongside.areas.policy.views import one_form
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.kit import NotFound, today
from alongside.kit.forms import done
from alongside.kit.numbers import whole

P = Permission


@require_POST
@needs(P.POLICY_READ)
def confirm(request: ActorRequest, reading_id: int) -> HttpResponse:
    reading = notices_page.find_reading(request.actor, reading_id)
    telling.confirm(reading=reading, by=request.actor, on=today())
    messages.success(request, "Thank you. It is kept that you have read it.")
    return redirect("policy:home")


@require_GET
@needs(P.POLICY_CONFIRMATIONS)
def notices(request: ActorRequest) -> HttpResponse:
    page = notices_page.notices_page(request.actor, on=today())
    return render(request, "policy/notices.html", {"page": page, "page_title": "Who has read it"})


@require_GET
@needs(P.POLICY_SHEET)
def my_sheet(request: ActorRequest) -> HttpResponse:
    """The office's way to the sheet of its own school."""
    schools = sorted(request.actor.schools(P.POLICY_SHEET))
    if not schools:
        raise NotFound
    return redirect("policy:staff", schools[0])


@needs(P.POLICY_CONFIRMATIONS, P.POLICY_SHEET)
def staff(request: ActorRequest, school_id: int) -> HttpResponse:
    """A school's staff by name, and its sheet, to which somebody without an account may be added."""
    page, on = notices_page.staff_page(request.actor, school_id, on=today()), today()
    form = forms.SheetForm(request.POST or None)
    if request.method == "POST" and not page.keeps_sheet:
        raise NotFound
    if done(form, lambda: telling.add_to_sheet(school=school_id, by=request.actor, on=on, **form.said())) is not None:
        messages.success(request, "The name is on the sheet.")
        return redirect("policy:staff", school_id)
    context = {"page": page, "form": form}
    return render(request, "policy/staff.html", {**context, "page_title": f"Who has read it, {page.school.short_name}"})


@require_GET
@needs(P.POLICY_SHEET)
def sheet(request: ActorRequest, school_id: int) -> HttpResponse:
    """The sheet to print and sign."""
    page = notices_page.staff_page(request.actor, school_id, on=today())
    if not page.keeps_sheet:
        raise NotFound
    return render(request, "policy/sheet.html", {"page": page, "page_title": f"Policy sheet, {page.school.short_name}"})


@require_POST
@needs(P.POLICY_SHEET)
def sign(request: ActorRequest, reading_id: int) -> HttpResponse:
    reading = notices_page.sheet_reading(request.actor, reading_id)
    telling.sign_sheet(reading=reading, by=request.actor, on=today())
    messages.success(request, "It is kept that the sheet was signed.")
    return redirect("policy:staff", reading.school_id)


# --- Families -----------------------------------------------------------------------------------------------------


@require_GET
@needs(P.FAMILY_INVITE)
def my_families(request: ActorRequest) -> HttpResponse:
    schools = sorted(request.actor.schools(P.FAMILY_INVITE))
    if not schools:
        raise NotFound
    asked = whole(request.GET.get("school", ""))
    return redirect("policy:families", asked if asked in schools else schools[0])


@require_GET
@needs(P.FAMILY_INVITE)
def families(request: ActorRequest, school_id: int) -> HttpResponse:
    page = notices_page.families_page(request.actor, school_id, on=today())
    return render(
        request, "policy/families.html", {"page": page, "page_title": f"Families told, {page.school.short_name}"}
    )


@require_POST
@needs(P.FAMILY_INVITE)
def letter(request: ActorRequest, notice_id: int) -> HttpResponse:
    notice = notices_page.find_notice(request.actor, notice_id)
    telling.letter_sent(notice=notice, by=request.actor, on=today())
    messages.success(request, "It is kept that the letter went.")
    return redirect("policy:families", notice.school_id)


@require_POST
@needs(P.FAMILY_INVITE)
def not_arrived(request: ActorRequest, notice_id: int) -> HttpResponse:
    notice = notices_page.find_notice(request.actor, notice_id)
    telling.failed(notice=notice, by=request.actor, on=today())
    messages.success(request, "It is on the list again, for a letter.")
    return redirect("policy:families", notice.school_id)


# --- Partners -----------------------------------------------------------------------------------------------------


@needs(P.POLICY_KEEP)
def partners(request: ActorRequest) -> HttpResponse:
    """The list of partners; those that are ticked were told of the current version today."""
    page = notices_page.partners_page(on=today())
    if request.method == "POST":
        if page.version is None:
            raise NotFound
        chosen = [number for typed in request.POST.getlist("partner") if (number := whole(typed)) is not None]
        told = telling.told_stakeholders(version=page.version, chosen=chosen, by=request.actor, on=today())
        messages.success(request, f"It is kept that {told} {'was' if told == 1 else 'were'} told.")
        return redirect("policy:partners")
    return render(request, "policy/partners.html", {"page": page, "page_title": "Partners"})


@needs(P.POLICY_KEEP)
def add_partner(request: ActorRequest) -> HttpResponse:
    form, on = forms.PartnerForm(request.POST or None), today()
    return one_form(
        request, form, lambda: telling.add_stakeholder(by=request.actor, on=on, **form.said()), heading="Add a partner",
        button="Add", back=(reverse("policy:partners"), "Partners"), then="On the list.",
    )  # fmt: skip


@require_POST
@needs(P.POLICY_KEEP)
def check_partner(request: ActorRequest, partner_id: int) -> HttpResponse:
    found = notices_page.find_partner(partner_id)
    telling.check_stakeholder(stakeholder=found, ends="ends" in request.POST, by=request.actor, on=today())
    messages.success(request, "Taken off the list." if "ends" in request.POST else "Checked today.")
    return redirect("policy:partners")


# --- Induction ----------------------------------------------------------------------------------------------------


@require_GET
@needs(P.POLICY_READ)
def induction(request: ActorRequest) -> HttpResponse:
    if not request.actor.inducting:
        return redirect("policy:home")
    page = notices_page.induction_page(request.actor, on=today())
    return render(request, "policy/induction.html", {"page": page, "page_title": "Before you begin"})


@require_GET
@needs(P.POLICY_READ)
def summary(request: ActorRequest) -> HttpResponse:
    """The two minutes. Whoever opens it has opened it."""
    if not request.actor.inducting:
        return redirect("policy:home")
    telling.read_summary(by=request.actor, on=today())
    page = notices_page.induction_page(request.actor, on=today())
    return render(request, "policy/summary.html", {"page": page, "page_title": "The policy in two minutes"})


@needs(P.POLICY_READ)
def check(request: ActorRequest) -> HttpResponse:
    """Three questions; then pupil data opens with the next page."""
    if not request.actor.inducting:
        return redirect("policy:home")
    form, on = forms.AnswersForm(request.POST or None), today()
    person = whole(request.POST.get("person", "")) or request.actor.person_id
    made = done(form, lambda: telling.induct(person=person, by=request.actor, on=on, **form.said()))
    if made is not None:
        messages.success(request, "Thank you. Your pages are open to you now.")
        return redirect("desk:home")
    return render(request, "policy/check.html", {"form": form, "page_title": "Three questions"})
