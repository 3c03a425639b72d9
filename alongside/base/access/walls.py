"""The second wall: row-level security for every table that holds pupil data, generated from the models.

`raise_walls` runs after every migration, as the owner of the tables. It grants the application's role what it
needs and no more, forces row-level security, and writes one policy a table: a row shows when its school is
open to this transaction, or its pupil belongs to the person asking. A new model with a pupil or a school
cannot be forgotten, because nobody lists tables here; a table without a grant answers nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

APP_ROLE = "alongside_app"

# Tables that are pure structure: schools, terms, catalogue, rates. They hold no pupil and stand open to read.
OPEN_LABELS = frozenset({
    "schools.trust", "schools.school", "schools.term", "schools.closure",
    "provision.provisiontype", "provision.rate", "access.post", "people.person", "people.account", "portal.key",
    "duties.duty", "duties.delegation", "duties.touched", "assessment.scale", "assessment.point", "assessment.sitting",
    "identification.switch", "identification.run", "access.gate", "access.inducted",
    "policy.version", "policy.section", "policy.clause", "policy.odditynote", "policy.reference", "policy.flowchart",
    "policy.review", "policy.agendapoint", "policy.decided", "policy.comment", "policy.stakeholder",
    "policy.stakeholdernotice", "policy.approvedfile", "policy.publication", "policy.look", "deadlines.run",
    "training.answered", "training.line",
    "changes.changenotice", "changes.changeaddition", "changes.changequestion",  # every school that has a notice reads its thread
    "morning.feed", "morning.mailchoice",  # read by an address of their own, before anybody has signed in
})  # fmt: skip

# Counts, words and courses of a school, or with no school of the trust as a whole; never about a pupil.
TRUST_LABELS = frozenset({
    "training.course", "training.session", "training.booking",
    "duties.standing", "duties.attestation", "duties.observation", "duties.exemption", "duties.explanation",
    "duties.acceptance", "duties.question", "policy.reading",
})  # fmt: skip

# What is tracked of a table that stands open stands open too: posts, the trust's own policy, and its change notices.
OPEN_HISTORY = frozenset(label for label in OPEN_LABELS if label.startswith("policy.")) | {
    "access.post", "changes.changenotice",
}  # fmt: skip

# Append-only: what is written stays.
_APPEND_ONLY = frozenset({"history.event", "history.viewing"})

_FUNCTIONS = """
create or replace function wall_schools() returns bigint[] language sql stable parallel safe as $$
  select coalesce(string_to_array(nullif(current_setting('app.schools', true), ''), ',')::bigint[], '{}')
$$;
create or replace function wall_pupils() returns bigint[] language sql stable parallel safe as $$
  select coalesce(string_to_array(nullif(current_setting('app.pupils', true), ''), ',')::bigint[], '{}')
$$;
create or replace function wall_person() returns bigint language sql stable parallel safe as $$
  select nullif(current_setting('app.person', true), '')::bigint
$$;
create or replace function access_inducting(who bigint, on_day date, roles text[]) returns boolean
language plpgsql stable as $$
declare gate date; began date;
begin
  select min(g.since) into gate from access_gate g;
  if gate is null or gate > on_day then return false; end if;
  -- The first day of the stretch of posts that they stand in: whoever comes back after a gap begins again.
  select max(o.since) into began from access_post o
   where o.person_id = who and o.role = any(roles) and o.since <= on_day and not exists (
     select 1 from access_post b where b.person_id = who and b.role = any(roles) and b.id <> o.id
        and (b.since < o.since or (b.since = o.since and b.id < o.id)) and (b.until is null or b.until >= o.since - 1));
  if began is null or began < gate then return false; end if;
  return not exists (select 1 from access_inducted i where i.person_id = who and i.done_on >= began);
end $$;
drop function if exists access_enter(bigint, date, text[], text);
create or replace function access_enter(account bigint, on_day date, wall_roles text[], inducted_roles text[], page text)
returns json
language plpgsql volatile as $$
declare
  a people_account; p people_person; posts json; waiting integer; second boolean; inducting boolean;
  schools bigint[]; pupils bigint[]; children bigint[]; barred bigint[] := '{}';
begin
  select * into a from people_account where id = account and is_active;
  if not found then return null; end if;
  select * into p from people_person where id = a.person_id;
  perform set_config('app.person', p.id::text, true);
  select coalesce(json_agg(json_build_array(o.role, o.school_id, s.short_name) order by o.id), '[]'::json) into posts
    from access_post o left join schools_school s on s.id = o.school_id
   where o.person_id = p.id and o.since <= on_day and (o.until is null or o.until >= on_day);
  inducting := access_inducting(p.id, on_day, inducted_roles);
  if inducting then
    schools := '{}';  -- nothing of any school until the policy has been read
  elsif exists (select 1 from access_post o where o.person_id = p.id and o.school_id is null
              and o.role = any(wall_roles) and o.since <= on_day and (o.until is null or o.until >= on_day)) then
    select coalesce(array_agg(id order by id), '{}') into schools from schools_school;
  else
    select coalesce(array_agg(distinct o.school_id), '{}') into schools from access_post o
     where o.person_id = p.id and o.school_id is not null and o.role = any(wall_roles)
       and o.since <= on_day and (o.until is null or o.until >= on_day);
  end if;
  select coalesce(array_agg(distinct t.pupil_id), '{}'),
         coalesce(array_agg(distinct t.pupil_id) filter (where t.kind in ('parent', 'young')), '{}')
    into pupils, children from access_tie t
   where t.person_id = p.id and t.kind <> 'case' and t.since <= on_day and (t.until is null or t.until >= on_day);
  perform set_config('app.schools', array_to_string(schools, ','), true);
  perform set_config('app.pupils', array_to_string(pupils, ','), true);
  if cardinality(pupils) > 0 then
    -- Whom a court has barred from a child reads nothing of it, whatever tie still stands. As staff it stays closed too.
    select coalesce(array_agg(c.pupil_id), '{}') into barred from pupils_contact c
     where c.person_id = p.id and c.barred and c.pupil_id = any(pupils);
    perform set_config('app.pupils', array_to_string(array(select unnest(pupils) except select unnest(barred)), ','), true);
    children := array(select unnest(children) except select unnest(barred));
  end if;
  perform set_config('pghistory.context_metadata', json_build_object('person', p.id, 'why', page)::text, true);
  select count(*) into waiting from notices_notice n where n.to_id = p.id and n.read_at is null;
  select exists (select 1 from mfa_authenticator m where m.user_id = a.id and m.type in ('totp', 'webauthn')) into second;
  return json_build_object('account', to_jsonb(a) - 'person_id', 'person', to_jsonb(p), 'posts', posts,
                           'schools', schools, 'pupils', pupils, 'children', children, 'unread', waiting, 'second', second,
                           'inducting', inducting);
end $$;
"""


@dataclass(frozen=True, slots=True)
class Wall:
    """What one table lets through: SQL that is true for a row the transaction may see."""

    table: str
    condition: str
    append_only: bool


def walls() -> list[Wall]:
    """One wall for each table of ours that is not plain structure; history tables of those models included."""
    return [
        Wall(model._meta.db_table, condition, label in _APPEND_ONLY or _is_history(model))
        for model in apps.get_models(include_auto_created=True)
        if (label := model._meta.label_lower)
        and model.__module__.startswith("alongside.")
        and label not in OPEN_LABELS
        and (condition := _condition(model))
    ]


def unwalled() -> list[str]:
    """Tables of ours that neither stand open on purpose nor have a wall. Must be empty; a test says so."""
    return [
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("alongside.")
        and model._meta.label_lower not in OPEN_LABELS
        and not _condition(model)
    ]


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def _condition(model: type[models.Model]) -> str:
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is not None and tracked._meta.label_lower in OPEN_LABELS:
        return "true" if tracked._meta.label_lower in OPEN_HISTORY else ""
    columns = {field.column for field in model._meta.get_fields() if isinstance(field, models.Field) and field.column}
    label = (tracked or model)._meta.label_lower
    if label in _APPEND_ONLY:
        # What happened to a pupil moves with the pupil: it shows to whoever may see the pupil's own row. What happened
        # to the trust's people and calendars has neither pupil nor school, and stands open.
        return (
            "(pupil_id is null and (school_id is null or school_id = any ((select wall_schools())::bigint[]))) "
            "or exists (select 1 from pupils_pupil p where p.id = pupil_id)"
        )
    parts = []
    if "school_id" in columns:
        parts.append("school_id = any ((select wall_schools())::bigint[])")
    if label in TRUST_LABELS:
        parts.append("school_id is null")
    if label == "pupils.pupil":
        parts.append("id = any ((select wall_pupils())::bigint[])")
    elif "pupil_id" in columns:
        parts.append("pupil_id = any ((select wall_pupils())::bigint[])")
    if label in {
        "access.tie", "documents.draft", "register.savedview", "policy.reading", "morning.mailsent", "training.rating",
        "training.booking",
    }:  # fmt: skip
        parts.append("person_id = (select wall_person())")
    return " or ".join(parts)


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Write functions, grants and policies. Idempotent; run as the owner of the tables."""
    standing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [APP_ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"create role {APP_ROLE} nologin nosuperuser nobypassrls")
        cursor.execute("select pg_has_role(current_user, %s, 'member')", [APP_ROLE])
        cursor.execute(_FUNCTIONS)
        cursor.execute(f"grant usage on schema public to {APP_ROLE}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {APP_ROLE}")
        cursor.execute(f"grant execute on all functions in schema public to {APP_ROLE}")
        cursor.execute("revoke create on schema public from public")
        barred = {wall.table: wall for wall in walls()}
        for table in sorted(standing):
            wall = barred.get(table)
            verbs = "select, insert" if wall and wall.append_only else "select, insert, update, delete"
            if table == "django_migrations":
                verbs = "select"
            cursor.execute(f'revoke all on "{table}" from {APP_ROLE}')
            cursor.execute(f'grant {verbs} on "{table}" to {APP_ROLE}')
            if wall:
                cursor.execute(
                    f'alter table "{table}" enable row level security, force row level security;'
                    f'drop policy if exists wall on "{table}";'
                    f'create policy wall on "{table}" to {APP_ROLE} '
                    f"using ({wall.condition}) with check ({wall.condition})"
                )
