"""Signing in with a card: in a copy to play in, and nowhere else."""

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.people import World


def test_a_card_signs_in(world: World, client: Client) -> None:
    page = client.get("/demo/").content.decode()
    assert "Amara Adeyemi, Oakfield Primary" in page
    answer = client.post(f"/demo/{world.amara.account.pk}/")
    assert answer.status_code == 302
    assert client.get("/today/").status_code == 200


def test_looking_at_a_card_signs_nobody_in(world: World, client: Client) -> None:
    assert client.get(f"/demo/{world.amara.account.pk}/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_outside_play_there_are_no_cards(world: World, client: Client, settings: LazySettings) -> None:
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/{world.amara.account.pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("world")
def test_nobody_else_can_be_chosen(world: World, client: Client) -> None:
    account = world.amara.account
    account.is_active = False
    account.save()
    assert client.post(f"/demo/{account.pk}/").status_code == 404
    assert client.post("/demo/999999/").status_code == 404
