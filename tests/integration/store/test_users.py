"""Accounts, found by e-mail address however it is typed."""

import pytest

from mapper.domain.role import Role
from mapper.store.session import Store
from mapper.store.users import find_user, get_user, list_users, save_user
from tests.factories import make_user


@pytest.mark.parametrize("typed", ["partner@example.org", " Partner@Example.ORG "])
def test_an_account_is_found_whatever_case_and_spaces(store: Store, typed: str) -> None:
    with store.writing() as session:
        save_user(session, make_user())
        found = find_user(session, typed)
    assert found is not None
    assert found.name == "Pat Partner"


def test_an_account_is_kept_once_for_an_address(store: Store) -> None:
    with store.writing() as session:
        before = save_user(session, make_user())
        assert save_user(session, make_user(email="PARTNER@example.org", name="New")) == before
        assert [user.name for user in list_users(session)] == ["New"]


def test_an_unknown_address_or_number_finds_nobody(store: Store) -> None:
    with store.reading() as session:
        assert find_user(session, "nobody@example.org") is None
        assert get_user(session, 404) is None


def test_an_account_comes_back_with_its_role(store: Store) -> None:
    with store.writing() as session:
        number = save_user(session, make_user(role=Role.ANALYST, is_active=False))
    with store.reading() as session:
        found = get_user(session, number)
    assert found == make_user(role=Role.ANALYST, is_active=False, id=number)
