"""Asking for a job: once where only one may wait, and never to the harm of what else is being saved."""

import pytest
from django.db import connection

from alongside.base.people.models import Person
from alongside.kit.jobs import enqueue


def waiting(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = %s", [f"alongside:{name}"])
        (count,) = cursor.fetchone()
    return int(count)


@pytest.mark.django_db
def test_a_job_of_which_one_may_wait_is_asked_for_twice() -> None:
    enqueue("progress.sweep")
    enqueue("progress.sweep")
    assert waiting("progress.sweep") == 1
    Person.objects.create(given="Still", family="Saved")  # the transaction goes on


@pytest.mark.django_db
def test_a_job_of_which_several_may_wait_waits_as_often_as_it_is_asked_for() -> None:
    enqueue("states.recompute", schools=[1])
    enqueue("states.recompute", schools=[2])
    assert waiting("states.recompute") == 2
