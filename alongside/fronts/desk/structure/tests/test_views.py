"""People and calendars, by whoever keeps the system; to everybody else they do not exist."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from alongside.base.access.models import Post
from alongside.base.access.scope import actor_of
from alongside.base.history.kinds import KINDS
from alongside.base.history.models import Event
from alongside.base.people.models import Account, Person
from alongside.base.schools.models import Closure, Term
from tests.people import TODAY, World, a_parent, a_person, a_post, a_pupil

SignIn = Callable[[Person], Client]
SOMEBODY = {
    "given": "Iris", "family": "Lark", "email": "iris@oakfield.example", "role": "ta", "since": "23 Nov 2026",
    "until": "", "title": "Ms",
}  # fmt: skip


@pytest.mark.parametrize("who", ["amara", "ben", "hari", "dana", "gus", "dev", "ewa", "femi"])
@pytest.mark.parametrize("place", ["/people/", "/people/add/", "/people/calendar/"])
def test_they_do_not_exist_for_others(world: World, as_: SignIn, who: str, place: str) -> None:
    assert as_(world.people[who]).get(place).status_code == 404


def test_nothing_is_written_by_others(world: World, as_: SignIn) -> None:
    post = Post.objects.get(person=world.ben)
    term = Term.objects.first()
    assert term is not None
    hari = as_(world.hari)
    assert hari.post("/people/add/", {**SOMEBODY, "school": world.oakfield.urn}).status_code == 404
    assert hari.post(f"/people/posts/{post.pk}/end/", {"last_day": "23 Nov 2026"}).status_code == 404
    assert hari.post(f"/people/accounts/{world.ben.account.pk}/link/").status_code == 404
    assert hari.post(f"/people/terms/{term.pk}/remove/").status_code == 404
    assert not Account.objects.filter(email=SOMEBODY["email"]).exists()
    post.refresh_from_db()
    assert post.until is None


def test_who_is_here_and_who_has_no_second_step(world: World, as_: SignIn) -> None:
    Authenticator.objects.create(user=world.ben.account, type=Authenticator.Type.TOTP, data={})
    page = as_(world.sys).get(f"/people/?at={world.oakfield.urn}").content.decode()
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    ben = next(row for row in rows if "Ben Whitlock" in row)
    amara = next(row for row in rows if "Amara Adeyemi" in row)
    assert ">On<" in ben
    assert "Not on" in amara
    assert "Dev Shah" not in page
    assert "Dev Shah" in as_(world.sys).get("/people/").content.decode()


def test_no_pupil_and_no_family_stands_on_these_pages(world: World, as_: SignIn) -> None:
    kuba = a_pupil(world.oakfield)
    a_parent(world.ewa, kuba)
    a_post(world.ewa, "parent", world.oakfield)
    page = as_(world.sys).get(f"/people/?at={world.oakfield.urn}").content.decode()
    assert "Kuba" not in page
    assert "Ewa" not in page


def test_a_school_that_is_not_here(world: World, as_: SignIn) -> None:
    assert as_(world.sys).get("/people/?at=999999").status_code == 404
    assert as_(world.sys).get("/people/calendar/?at=999999").status_code == 404


def test_somebody_is_let_in_and_sets_a_password_once(world: World, as_: SignIn, client: Client) -> None:
    sent = as_(world.sys).post("/people/add/", {**SOMEBODY, "school": world.oakfield.urn}).content.decode()
    link = re.search(r"http://testserver(/accounts/password/reset/key/[^<\s]+)", sent)
    assert link is not None
    account = Account.objects.get(email=SOMEBODY["email"])
    assert not account.has_usable_password()
    assert [post.role for post in actor_of(account.person, on=TODAY).posts] == ["ta"]

    page = client.get(link[1], follow=True)
    words = "four small green boats"
    client.post(page.redirect_chain[-1][0], {"password1": words, "password2": words})
    account.refresh_from_db()
    assert account.check_password(words)
    assert "no longer works" in Client().get(link[1], follow=True).content.decode()


def test_a_second_post_for_somebody_who_is_here(world: World, as_: SignIn) -> None:
    ben = {**SOMEBODY, "given": "Ben", "family": "Whitlock", "email": world.ben.account.email.upper(), "role": "dsl"}
    sent = as_(world.sys).post("/people/add/", {**ben, "school": world.oakfield.urn}).content.decode()
    assert "has an account already" in sent
    assert "password/reset" not in sent
    assert set(Post.objects.filter(person=world.ben).values_list("role", flat=True)) == {"teacher", "dsl"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "nobody"}, "is not an e-mail address"),
        ({"role": ""}, "This field is required"),
        ({"school": ""}, "held at a school"),
        ({"role": "dpo"}, "held at the trust"),
        ({"since": "31 Nov 2026"}, "31"),
        ({"until": "1 Nov 2026"}, "before the first"),
        ({"given": "Ben", "family": "Whitlock", "role": "teacher", "email": "ben"}, "has this post already"),
        ({"email": "ben"}, "belongs to Ben Whitlock"),
    ],
)
def test_what_is_refused_says_why(world: World, as_: SignIn, wrong: dict[str, str], says: str) -> None:
    typed = {**SOMEBODY, "school": world.oakfield.urn, **wrong}
    if typed["email"] == "ben":
        typed["email"] = world.ben.account.email
    before = Post.objects.count()
    answer = as_(world.sys).post("/people/add/", typed)
    assert says in answer.content.decode().replace("&#x27;", "'")
    assert Post.objects.count() == before


def test_a_post_ends_and_access_with_it(world: World, as_: SignIn) -> None:
    post = Post.objects.get(person=world.ben)
    as_(world.sys).post(f"/people/posts/{post.pk}/end/", {"last_day": "23 Nov 2026"})
    assert actor_of(world.ben, on=TODAY).posts
    assert not actor_of(world.ben, on=date(2026, 11, 24)).posts


def test_the_last_system_administrator_cannot_leave(world: World, as_: SignIn) -> None:
    post = Post.objects.get(person=world.sys)
    answer = as_(world.sys).post(f"/people/posts/{post.pk}/end/", {"last_day": "23 Nov 2026"})
    assert "last system administrator" in answer.content.decode()
    other = a_person("Una", "Keeper")
    a_post(other, "sysadmin", None)
    assert as_(world.sys).post(f"/people/posts/{post.pk}/end/", {"last_day": "23 Nov 2026"}).status_code == 302


def test_a_new_link_for_staff_and_none_for_a_family(world: World, as_: SignIn) -> None:
    assert (
        "password/reset/key" in as_(world.sys).post(f"/people/accounts/{world.ben.account.pk}/link/").content.decode()
    )
    assert as_(world.sys).post(f"/people/accounts/{world.ewa.account.pk}/link/").status_code == 404


def test_terms_are_added_and_removed(world: World, as_: SignIn) -> None:
    keeper = as_(world.sys)
    place = f"/people/calendar/?at={world.oakfield.urn}"
    assert "has no terms of its own" in keeper.get(place).content.decode()
    typed = {"term-name": "Autumn", "term-first": "2 Sep 2026", "term-last": "18 Dec 2026"}
    assert keeper.post(place, typed).status_code == 302
    term = Term.objects.get(school=world.oakfield)
    assert "overlaps with Autumn" in keeper.post(place, typed).content.decode()
    assert keeper.post(place, {"closure-day": "5 Oct 2026", "closure-why": "training"}).status_code == 302
    assert "weekend" in keeper.post(place, {"closure-day": "4 Oct 2026", "closure-why": "training"}).content.decode()
    closure = Closure.objects.get(school=world.oakfield)
    page = keeper.get(place).content.decode()
    assert "5 October 2026" in page or "5 Oct 2026" in page
    assert keeper.post(f"/people/closures/{closure.pk}/remove/").status_code == 302
    assert keeper.post(f"/people/terms/{term.pk}/remove/").status_code == 302
    assert not Term.objects.filter(school=world.oakfield).exists()


def test_history_says_who_let_whom_in_and_no_pupil_stands_in_it(world: World, as_: SignIn) -> None:
    as_(world.sys).post("/people/add/", {**SOMEBODY, "school": world.oakfield.urn})
    event = Event.objects.get(kind="post.given")
    assert (event.by_name, event.school_id, event.pupil_id) == ("Sys Keeper", None, None)
    assert KINDS[event.kind].words(event.facts) == "made Iris Lark Teaching assistant at Oakfield Primary School"
