"""Points of the year, the class’s page, files of results, one pupil’s results, and who has no data yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.assessment import actions, files, forms, grid, queries, rules, tally
from alongside.areas.assessment.judging import Judged
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.pupils.access import may_enter_results
from alongside.base.pupils.queries import find_pupil, head_of
from alongside.kit import Refused, today
from alongside.kit.forms import done
from alongside.kit.numbers import whole
from alongside.kit.tables.faults import Unreadable
from alongside.kit.tables.uploads import on_disk, table_rows

P = Permission


def _may(request: ActorRequest) -> frozenset[str]:
    """What this person may do anywhere, by name: the tabs are made of it."""
    return frozenset(permission.name for permission in Permission if request.actor.may(permission))


# --- Who has no data yet -------------------------------------------------------------------------------------------


@require_GET
@needs(P.POINTS)
def board(request: ActorRequest) -> HttpResponse:
    """The classes of a point, those without data first; a teacher's own, a leader's all."""
    page = tally.board_page(request.actor, on=today(), chosen=whole(request.GET.get("point", "")))
    return render(request, "assessment/board.html", {"page": page, "may": _may(request), "page_title": "Results"})


@require_GET
@needs(P.COUNTS)
def counts(request: ActorRequest) -> HttpResponse:
    page = tally.counts_page(request.actor, on=today(), chosen=whole(request.GET.get("point", "")))
    return render(
        request, "assessment/counts.html", {"page": page, "may": _may(request), "page_title": "How much is in"}
    )


# --- Points and scales -----------------------------------------------------------------------------------------------


@require_GET
@needs(P.POINTS)
def points(request: ActorRequest) -> HttpResponse:
    page = queries.points_page(request.actor, on=today())
    return render(
        request, "assessment/points.html", {"page": page, "may": _may(request), "page_title": "Points of the year"}
    )


@needs(P.POINTS_KEEP, P.POINTS_TRUST)
def add_point(request: ActorRequest) -> HttpResponse:
    form = forms.PointForm(request.POST or None, schools=queries.keeps(request.actor))
    made = done(form, lambda: actions.set_point(draft=form.draft(), by=request.actor, on=today()))
    if made:
        return redirect("assessment:point", made.pk)
    return render(request, "assessment/add_point.html", {"form": form, "page_title": "Add a point"})


@needs(P.POINTS_KEEP, P.POINTS_TRUST)
def point(request: ActorRequest, point_id: int) -> HttpResponse:
    """A point's days, and which subjects are sat on which scales by which year groups."""
    page = queries.point_page(request.actor, point_id, on=today())
    days = request.POST if "days" in request.POST else None
    form = forms.PointForm(days, schools=(), initial=forms.PointForm.initial_of(page.point))
    sitting = forms.SittingForm(request.POST if "sitting" in request.POST else None, scales=page.scales)
    if days and done(form, lambda: _set(request, page.point, form)):
        messages.success(request, "Saved.")
        return redirect("assessment:point", point_id)
    if sitting.is_bound and done(sitting, lambda: _add_sitting(request, page.point, sitting)):
        messages.success(request, "Added.")
        return redirect("assessment:point", point_id)
    context = {"page": page, "form": form, "sitting": sitting, "page_title": page.line.name}
    return render(request, "assessment/point.html", context)


def _set(request: ActorRequest, point: Any, form: forms.PointForm) -> Any:
    return actions.set_point(draft=form.draft(point), point=point, by=request.actor, on=today())


def _add_sitting(request: ActorRequest, point: Any, form: forms.SittingForm) -> Any:
    clean = form.cleaned_data
    scale = next(row for row in queries.scales_on(today()) if row.pk == clean["scale"])
    return actions.add_sitting(
        point=point, subject=clean["subject"], scale=scale, nc_years=clean["nc_years"], by=request.actor, on=today()
    )


@require_POST
@needs(P.POINTS_KEEP, P.POINTS_TRUST)
def drop_point(request: ActorRequest, point_id: int) -> HttpResponse:
    found = queries.find_point(request.actor, point_id, keep=True)
    try:
        actions.drop_point(point=found, by=request.actor, on=today())
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("assessment:point", point_id)
    return redirect("assessment:points")


@require_POST
@needs(P.POINTS_KEEP, P.POINTS_TRUST)
def drop_sitting(request: ActorRequest, sitting_id: int) -> HttpResponse:
    found = queries.find_sitting(request.actor, sitting_id)
    try:
        actions.drop_sitting(sitting=found, by=request.actor, on=today())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("assessment:point", found.point_id)


@require_GET
@needs(P.POINTS)
def scales(request: ActorRequest) -> HttpResponse:
    page = queries.scales_page(request.actor, on=today())
    return render(request, "assessment/scales.html", {"page": page, "may": _may(request), "page_title": "Scales"})


@needs(P.POINTS_KEEP, P.POINTS_TRUST)
def add_scale(request: ActorRequest) -> HttpResponse:
    form = forms.ScaleForm(request.POST or None, initial={"kind": rules.Kind.INTERVAL})
    if done(form, lambda: actions.add_scale(draft=form.draft(), by=request.actor, on=today())):
        return redirect("assessment:scales")
    return render(request, "assessment/add_scale.html", {"form": form, "page_title": "Add a scale"})


@needs(P.POINTS_TRUST)
def manual(request: ActorRequest, scale_id: int) -> HttpResponse:
    """The figure of a test's manual in the place of an assumption."""
    scale = queries.find_scale(scale_id)
    form = forms.Manual(request.POST or None)
    if done(form, lambda: actions.put_in_manual(scale=scale, by=request.actor, on=today(), **form.cleaned_data)):
        return redirect("assessment:scales")
    return render(request, "assessment/manual.html", {"scale": scale, "form": form, "page_title": scale.name})


# --- The class's page --------------------------------------------------------------------------------------------------


@needs(P.RESULTS_WRITE)
def class_(request: ActorRequest, point_id: int, group_id: int) -> HttpResponse:
    """One row a pupil, one cell a subject. Typed, or pasted and looked at first; saved whole or not at all."""
    sheet = grid.sheet_of(request.actor, point_id, group_id, on=today())
    if request.method == "POST" and "place" not in request.POST:
        return _save(request, sheet)
    page, fault = grid.page_of(request.actor, sheet, on=today()), ""
    if request.method == "POST":
        first = whole(request.POST.get("first", "")) or 0
        placed = grid.with_pasted(page, request.POST.get("block", ""), first=first, on=today())
        page, fault = (page, placed) if isinstance(placed, str) else (placed, "")
    return _class(request, page, forms.SatOn(initial={"day": page.day}), fault)


def _save(request: ActorRequest, sheet: grid.Sheet) -> HttpResponse:
    form = forms.SatOn(request.POST)
    cells = grid.cells_of(sheet, request.POST)
    source = rules.Source.PASTED if request.POST.get("source") == rules.Source.PASTED else rules.Source.TYPED
    try:
        entered = actions.enter(
            sheet=sheet, cells=cells, day=form.cleaned_data["day"] if form.is_valid() else None, source=source,
            by=request.actor, on=today(), anyway="anyway" in request.POST,
        )  # fmt: skip
    except Refused as refusal:
        if not form.errors:
            form.add_error("day", refusal.reason)
        entered = actions.Entered(Judged())
    else:
        if entered.done:
            messages.success(request, _said(entered.saved))
            return redirect("assessment:class", sheet.point.pk, sheet.group.pk)
    page = grid.page_of(request.actor, sheet, on=today())
    again = grid.typed_again(page, cells, entered.judged, entered.warnings, source=source, day=None)
    return _class(request, again, form, "", status=409 if entered.judged.clashes else 200)


def _said(saved: int) -> str:
    return f"Saved: {saved} {'result' if saved == 1 else 'results'}." if saved else "Nothing was changed."


def _class(
    request: ActorRequest, page: grid.GridPage, form: forms.SatOn, fault: str, *, status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "fault": fault, "block": request.POST.get("block", "") if fault else ""}
    title = f"{page.name}, {page.sheet.point.name}"
    return render(request, "assessment/class.html", {**context, "page_title": title}, status=status)


# --- Files -------------------------------------------------------------------------------------------------------------


@needs(P.RESULTS_IMPORT)
def files_(request: ActorRequest) -> HttpResponse:
    """Every file so far, and the way to bring in another."""
    page = files.files_page(request.actor, on=today())
    form = forms.Upload(request.POST or None, request.FILES or None, schools=page.schools)
    if request.method == "POST" and form.is_valid():
        try:
            made = _receive(request, form)
        except Unreadable as unreadable:
            form.add_error("file", unreadable.fault.reason)
        else:
            return redirect("assessment:file", made.pk)
    return render(
        request,
        "assessment/files.html",
        {"page": page, "may": _may(request), "form": form, "page_title": "Bring results in"},
    )


def _receive(request: ActorRequest, form: forms.Upload) -> Any:
    school = files.find_school(request.actor, form.cleaned_data["school"])
    upload = form.cleaned_data["file"]
    with on_disk(upload) as path:
        rows = table_rows(path, most=files.MOST_ROWS)
    if sum(len(cells) for _, cells in rows) > files.MOST_CELLS:
        raise Unreadable("The file has more cells than results of a school can have. Split it by year group.")
    return actions.receive(school=school, name=upload.name or "file", rows=rows, by=request.actor, on=today())


@needs(P.RESULTS_IMPORT)
def file(request: ActorRequest, file_id: int) -> HttpResponse:
    """What a file would do: what each column is, what is new, what changes, and every row that is refused."""
    page = files.file_page(request.actor, file_id, on=today())
    form = forms.Columns(request.POST if "match" in request.POST else None, page=page)
    if form.is_bound and form.is_valid():
        actions.match(file=page.file, columns=form.columns, by=request.actor, on=today())
        return redirect("assessment:file", file_id)
    if "save" in request.POST:
        try:
            saved = actions.save_file(file=page.file, stamp=request.POST["save"], by=request.actor, on=today())
            messages.success(request, _said(saved))
        except Refused as refusal:
            messages.error(request, refusal.reason)
        return redirect("assessment:file", file_id)
    return render(request, "assessment/file.html", {"page": page, "form": form, "page_title": page.file.name})


@require_POST
@needs(P.RESULTS_IMPORT)
def take_over(request: ActorRequest) -> HttpResponse:
    """Results that transfer files left with pupils become results like others."""
    taken = left = 0
    for school_id, _ in files.files_page(request.actor, on=today()).schools:
        school = files.find_school(request.actor, school_id)
        more = actions.take_over(school=school, by=request.actor, on=today())
        taken, left = taken + more[0], left + more[1]
    messages.success(request, f"{taken} taken over. {left} stay as they came: their subject or scale is not known.")
    return redirect("assessment:files")


# --- One pupil ---------------------------------------------------------------------------------------------------------


@require_GET
@needs(P.RESULTS)
def pupil(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.pupil_page(request.actor, pupil_id, on=today())
    return render(request, "assessment/pupil.html", {"page": page, "page_title": f"Results, {page.head.name}"})


@needs(P.RESULTS_WRITE)
def develop(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Note what a pupil was seen to do: small steps that no test shows."""
    found = find_pupil(request.actor, pupil_id, on=today(), may=may_enter_results)
    form = forms.DevelopmentForm(request.POST or None, areas=queries.areas_for(found.nc_year))
    if done(form, lambda: actions.note_development(pupil=found, draft=form.draft(), by=request.actor, on=today())):
        return redirect("assessment:pupil", pupil_id)
    head = head_of(found, on=today())
    context = {"head": head, "form": form, "page_title": f"Note development, {head.name}"}
    return render(request, "assessment/develop.html", context)
