"""How a badge of the kit is hosted: the award that is put before a verifier, and what is served for it."""

from typing import Any

from tests.testkit.case import GONE, Case, Expected, expect, without_gone, written
from tests.testkit.cases.school import HOST, OF_A_CASE, assertion, badge_class, profile

GROUP = "ob2-hosted"


def hosted(name: str, title: str, expected: Expected | None = None, /, **more: Any) -> Case:
    """An assertion and what is served: at its address the same, or `served`; `copy` changes what is put before us.

    `its_badge` and `its_issuer` change the documents behind it, which then lie beside it; `files` are served as well.
    All else is of a Case, or of the assertion.
    """
    folder = f"{HOST}/ob2/{name}"
    copy, served, world = more.pop("copy", {}), more.pop("served", None), dict(more.pop("files", {}))
    address, known = (
        more.pop("address", f"{folder}/assertion.json"),
        {each: more.pop(each) for each in OF_A_CASE if each in more},
    )
    its_badge, its_issuer = more.pop("its_badge", {}), more.pop("its_issuer", {})
    if its_issuer:
        there = f"{folder}/issuer.json"
        world[there] = written(profile(there, **{"publicKey": GONE, "revocationList": GONE, **its_issuer}))
        its_badge = {"issuer": there, **its_badge}
    if its_badge:
        there = f"{folder}/badge.json"
        world[there] = written(badge_class(there, **its_badge))
        more = {"badge": there, **more}
    own = assertion(address, **more.pop("members", {}), **more)
    world[address] = written(own) if served is None else served
    data = written(without_gone({**own, **copy}))
    return Case(f"{GROUP}/{name}.json", title, data, (expected or expect("ob2"),), world=world, **known)
