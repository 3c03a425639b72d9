"""Every macro draws, and the form macros wire label, hint and error to their control."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from jinja2 import Environment, UndefinedError

from alongside.design.fields import DayField

ENVIRONMENT: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
CYCLE = SimpleNamespace(
    number=1, when="spring", stages=(("Do", "now"),), is_now=True, aim_label="Aim:", aim="talk", result_state="met",
    result_word="Met", result="2 to 8", change="none",
)  # fmt: skip
CALLS = {
    "marks": [
        'icon("print")',
        'icon("on", label="More", turns=True)',
        "strokes()",
        'status("N")',
        'status("K", "Support")',
        'status("E", light=True)',
        'evidence("computed")',
        'evidence("observed")',
        'evidence("attested", "Mrs Bright’s word")',
        *[f'state("{code}")' for code in ("met", "due", "at_risk", "overdue", "not_evidenced", "not_applicable")],
        'mark("overdue")',
        *[f'need("{area}")' for area in ("communication", "learning", "feelings", "body", "none")],
        *[f'tag("Two words", "{kind}")' for kind in ("", "safety", "old", "checked", "draft")],
    ],
    "dates": [
        'clock("late", "5 days late", "due 18 Nov")',
        'clock("today", "Today", "by midnight")',
        'clock("date", "Fri 27 Nov")',
        'because("Due 18 Nov because the meeting was on 4 Nov.", "/how")',
        'work_row("date", "Fri 27 Nov", "4 days left", "Kuba", "/k", "answer his mum", "She asked.", "Answer", "/a")',
    ],
    "bars": [
        "gap(24, 31)",
        'gap(24, 31, words="24 of 31", long=True)',
        "gap(0, 0)",
        "gap(9, 3)",
        "gap(1, 2, floor=0)",
        "cell(2, 3)",
        'cell(0, 1, "ill", short=True)',
        "cell(0, 0)",
        "resting(70, 20, 10)",
        'progress(1, 2, "Rows")',
        'reading(10, 9, "Aim for 9.")',
        'reading(30, 9, "Far over.")',
    ],
    "strips": [
        'steps((("Plan", "now"), ("Do", "to_come")))',
        'strip((("Plan", "done"),))',
        "cycles((cycle,))",
        'agenda((("Welcome", 2, "done"),))',
        "dots(2, 3)",
        'timeline((("22 Nov", "family", "Mum", "asked", "in Polish"),))',
    ],
    "words": [
        'voice("I go quiet.", "Kuba, alone")',
        'voice("Lubię.", "Kuba", helped=True, lang="pl")',
        'tracked((("as required", "out"), ("daily", "in"), (" and", "")))',
        'versions("Yours", (("a", ""),), "Theirs", (("b", "in"),))',
        'saved("saved", "Saved 10:42")',
        'saved(form="plan")',
        'closed("Notes", "Ask the DSL.", "Ask", "/a")',
        'empty("No plan yet", "Due by 27 Nov.", "Start", "/s", filled=True)',
        'person("Tom Whitlock", "teacher", "ext 21", "after 3")',
        'helps(("Wait ten seconds",), icon="on")',
        'band("Legal dates", "1 late", "See all", "/all")',
        'swaps((("facilitate", "help with", "swap"),))',
    ],
    "cards": ['facts((("Now", "once"),))', 'card("Outcome 2", (("Aim", "four", "Change", "/c"),), "Change", "/c")'],
    "tables": [
        'head("Pupils", (("Pupil", "/s", "ascending", ""), ("Hours", "", "", "number"), ("All", "", "", "pick")))',
        'head("Pupils", (("Pupil", "/s", "descending", ""),), hidden=True)',
        'plain("Looks", ("Who", "When"), (("A", "B"),))',
        'pick("p", 1, "Choose Kuba", True)',
        *[f'heat("{code}", "80", url="/x")' for code in ("met", "at_risk", "overdue")],
        'heat("not_evidenced")',
        'heat("due", "88")',
        'heat("not_applicable")',
    ],
    "nav": [
        'tabs((("Plan", "/p", True), ("All", "/a", False, 86)), "Pages", "Save", "/s")',
        'switch((("Given", "/g", True),), "Cuts")',
        'side((("School", (("Terms", "/t", True),)),), "Settings")',
        'back("/k", "Kuba")',
        'pages(1, 50, 412, (("1", "", True), ("2", "/2", False), ("…", "", False)))',
        'doors((("Tell us", "Write", "/t", "speech"), ("See", "His plan", "/s", "/p.svg")))',
        'choices((("9:15", "Talking group", "Kuba", "/g", True),))',
        'filter_group("Status", "s", (("K", "Support", 7, True),))',
    ],
    "sheets": [
        'masthead("4W", "Mr Whitlock")',
        'masthead("4W", wordmark=False)',
        'access("Band 3")',
        "lines(2)",
        "tools()",
        'foot("Agreed.", "T. Whitlock", "23 Nov 2026", "7:48", version="6", shred="Friday")',
        'tools((("initials", "Initials", True),))',
    ],
    "forms": [
        "hidden(form)",
        'buttons("Send", "Leave", "/x")',
        'buttons("Stop", kind="warning")',
        'foot_action("Done", "Until Friday")',
        'foot_action("Got it", icon="tick", second="Not now", second_url="/n")',
    ],
}
BLOCKS = {
    "words": ["family()", "notice()", 'notice("risk")', 'notice("met", light=True)', 'notice("late")'],
    "tables": ['bulk("pupil", "pupils")', 'bulk("pupil", "pupils", "Each in turn", 2)'],
    "nav": ['filters("/r", "1 filter on.", "/clear")', 'filters("/r")'],
    "dates": ['work_row("late", "5 days late", "due", "Kuba", "", "answer", "why")'],
    "forms": ['form("", "/s", autosave="/a", files=True, warn=True, name="plan", reading="/r")'],
}


class Sample(forms.Form):
    tell = forms.CharField(label="How will we tell?", help_text="Something two people would count.")
    words = forms.CharField(widget=forms.Textarea, required=False)
    answer = forms.ChoiceField(widget=forms.RadioSelect, choices=(("yes", "Agree"), ("no", "Disagree")))
    copies = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=(("a", "Family"), ("b", "Teacher")))
    agreed = forms.BooleanField(help_text="By telephone counts.")
    meeting = DayField()


def draw(source: str, **context: object) -> str:
    return ENVIRONMENT.from_string(source).render(form=Sample(), cycle=CYCLE, **context)


def macro(name: str, call: str, body: str | None = None, **context: object) -> str:
    use = f"{{% call m.{call} %}}{body}{{% endcall %}}" if body is not None else f"{{{{ m.{call} }}}}"
    return draw(f'{{% import "design/macros/{name}.html" as m %}}{use}', **context)


def balanced(html: str) -> bool:
    """Open and closed tags by number, void ones aside: enough to catch one forgotten."""
    void = {"input", "img", "br", "hr", "meta", "link"}
    opened = [
        tag
        for tag, rest in re.findall(r"<([a-z0-9]+)((?:\"[^\"]*\"|[^>\"])*)>", html)
        if tag not in void and not rest.endswith("/")
    ]
    return sorted(opened) == sorted(re.findall(r"</([a-z0-9]+)>", html))


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in CALLS.items() for call in calls])
def test_every_macro_draws(name: str, call: str) -> None:
    html = macro(name, call)

    assert balanced(html), html


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in BLOCKS.items() for call in calls])
def test_every_macro_with_a_body_draws_it(name: str, call: str) -> None:
    html = macro(name, call, body="the body")

    assert "the body" in html
    assert balanced(html), html


@pytest.mark.parametrize("name", sorted(CALLS))
def test_no_macro_is_forgotten(name: str) -> None:
    """Those that other macros alone use are the exception."""
    inner = {
        "bed",
        "said",
        "shape",
        "class",
        "pick_all",
        "target",
        "described",
        "above",
        "label_words",
        "choice",
        "group",
        "pill_row",
    }
    module = ENVIRONMENT.get_template(f"design/macros/{name}.html").module
    known = {n for n in dir(module) if type(getattr(module, n)).__name__ == "Macro"}
    tried = {call.split("(")[0] for call in [*CALLS[name], *BLOCKS.get(name, [])]}
    tried |= {"field", "pills", "line_choice", "error_summary"} if name == "forms" else set()

    assert known - inner - {"icon", "mark", "state"} - tried == set()


def test_a_name_that_a_page_does_not_have_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        draw("{{ nobody_gave_this }}")


def test_what_is_typed_is_escaped() -> None:
    assert "<b>" not in macro("words", 'voice("<b>bold</b>", "Kuba")')


def test_the_letter_and_the_word_stand_together() -> None:
    assert re.search(r">K</b>.*SEN support", macro("marks", 'status("K")'))


def test_a_shape_alone_says_its_word_to_the_ear() -> None:
    assert 'aria-label="Overdue"' in macro("marks", 'mark("overdue")')


def test_a_bar_below_the_floor_is_bold_and_one_above_is_not() -> None:
    assert "<b>57%</b>" in macro("bars", "gap(57, 100)")
    assert "<b>" not in macro("bars", "gap(80, 100)")


def test_more_given_than_promised_stays_in_the_frame() -> None:
    assert 'class="bar-given" width="64.0"' in macro("bars", "gap(9, 3)")


@pytest.mark.parametrize(("kind", "filled"), [("late", True), ("today", True), ("date", False)])
def test_only_what_is_late_or_today_gets_the_filled_button(kind: str, filled: bool) -> None:
    html = macro("dates", f'work_row("{kind}", "h", "l", "Kuba", "/k", "what", "why", "Answer", "/a")')

    assert ("button-second" not in html) is filled


# --- Forms ------------------------------------------------------------------------------------------------


def field(name: str, data: dict[str, str] | None = None, options: str = "") -> str:
    form = Sample(data) if data is not None else Sample()
    form.is_valid()
    return macro("forms", f'field(f["{name}"]{options})', f=form)


def test_a_field_at_rest_has_its_label_and_hint() -> None:
    html = field("tell")

    assert '<label class="label" for="id_tell">How will we tell?</label>' in html
    assert '<p class="hint" id="id_tell-hint">Something two people would count.</p>' in html
    assert 'aria-describedby="id_tell-hint"' in html
    assert "aria-invalid" not in html


def test_a_field_that_is_wrong_names_hint_and_error_and_keeps_what_was_typed() -> None:
    html = field("tell", {"tell": ""})

    assert 'id="id_tell-error"' in html
    assert "Error:</span>This field is required." in html
    assert 'aria-describedby="id_tell-hint id_tell-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="kept"' in field("tell", {"tell": "kept"})


def test_optional_is_said_and_required_is_not() -> None:
    assert "(optional)" in field("words")
    assert "(optional)" not in field("tell")
    assert "(optional)" not in field("words", options=", optional=False")


@pytest.mark.parametrize("name", ["answer", "copies", "meeting"])
def test_a_group_is_a_fieldset_that_names_its_error(name: str) -> None:
    html = field(name, {})

    assert f'<fieldset aria-describedby="id_{name}-error"><legend class="label">' in html
    assert f'id="id_{name}-error"' in html


def test_each_choice_has_a_label_and_the_chosen_one_is_checked() -> None:
    html = field("answer", {"answer": "no"})

    assert '<label for="id_answer_0">Agree</label>' in html
    assert re.search(r'id="id_answer_1" name="answer" value="no" checked', html)
    assert not re.search(r'value="yes" checked', html)


def test_a_choice_may_have_a_hint_and_reveal_more() -> None:
    html = field("answer", options=', hints={"no": "We ring them."}, reveals={"no": "more"}')

    assert 'aria-describedby="id_answer_1-hint"' in html
    assert 'data-reveals="id_answer_1-more"' in html
    assert '<div class="reveal" id="id_answer_1-more">more</div>' in html


def test_a_single_tick_has_its_label_beside_it() -> None:
    html = field("agreed", {})

    assert 'aria-describedby="id_agreed-hint id_agreed-error"' in html
    assert html.index('type="checkbox"') < html.index('<label for="id_agreed">')


def test_a_field_may_be_the_heading_of_its_page() -> None:
    assert '<h1><label class="label label-page" for="id_tell">' in field("tell", options=", page=True")
    assert re.search(r"<legend[^>]*><h1>", field("answer", options=", page=True"))


def test_attributes_reach_the_control() -> None:
    html = field("tell", options=', width=20, attrs={"autocomplete": "off"}')

    assert 'class="input input-20"' in html
    assert 'autocomplete="off"' in html


def test_pills_and_switches_are_real_radios_and_ticks() -> None:
    assert macro("forms", 'pills(form["answer"])').count('type="radio"') == 2
    assert macro("forms", 'pills(form["copies"], look="tiles", icons={"a": "face-well"})').count('type="checkbox"') == 2
    assert '<legend class="unseen">Kuba</legend>' in macro("forms", 'line_choice(form["answer"], "Kuba")')


def summary(*datas: dict[str, object]) -> str:
    made = [Sample(data, prefix=str(n)) for n, data in enumerate(datas)]
    for form in made:
        form.is_valid()
    return macro("forms", f"error_summary({', '.join(f'forms[{n}]' for n in range(len(made)))})", forms=made)


def test_the_summary_counts_the_faults_and_leads_to_each_field() -> None:
    html = summary({"0-tell": "x", "0-answer": "yes", "0-agreed": "on"})

    assert "<h2>Two things to put right</h2>" in html
    assert 'href="#id_0-copies_0"' in html
    assert 'href="#id_0-meeting_day"' in html
    assert 'role="alert"' in html
    assert 'tabindex="-1"' in html


def test_the_summary_names_a_field_that_was_left_empty() -> None:
    html = summary({"0-answer": "yes", "0-agreed": "on", "0-copies": "a"})

    assert '<a href="#id_0-tell">‘How will we tell?’ is empty.</a>' in html
    assert "This field is required" not in html


def test_the_summary_of_several_forms_counts_them_all() -> None:
    good: dict[str, object] = {"tell": "x", "answer": "yes", "copies": ["a"], "agreed": "on"}
    good |= {"meeting_day": "1", "meeting_month": "1", "meeting_year": "2027"}
    first, second = ({f"{n}-{key}": value for key, value in good.items()} for n in (0, 1))
    html = summary(first | {"0-tell": ""}, second)

    assert "<h2>One thing to put right</h2>" in html


def test_what_is_wrong_with_the_whole_form_is_said_without_a_link() -> None:
    form = Sample({"tell": "x"})
    form.is_valid()
    form.add_error(None, "Somebody else has changed this.")
    html = macro("forms", "error_summary(f)", f=form)

    assert "<li>Somebody else has changed this.</li>" in html


def test_a_form_without_faults_has_no_summary() -> None:
    assert macro("forms", "error_summary(form)").strip() == ""


def test_every_link_of_a_summary_leads_to_a_control_that_exists() -> None:
    form = Sample({})
    form.is_valid()
    html = macro("forms", "error_summary(f)", f=form)
    fields = "".join(macro("forms", f'field(f["{name}"])', f=form) for name in form.fields)

    for target in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{target}"' in fields, target
