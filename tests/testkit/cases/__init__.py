"""The badges of the kit, each as a `Case`; a module for each group of them."""

from collections.abc import Mapping

from tests.testkit.case import Case
from tests.testkit.cases import (
    drawings,
    ob2_copies,
    ob2_documents,
    ob2_hosted,
    ob2_signed,
    ob3_dates,
    ob3_documents,
    ob3_forgeries,
    ob3_issuers,
    ob3_proofs,
    ob3_status,
    ob3_tokens,
    others,
    pictures,
    school,
)

_GROUPS = (
    *(ob2_hosted, ob2_copies, ob2_documents, ob2_signed),
    *(ob3_proofs, ob3_issuers, ob3_status, ob3_tokens, ob3_forgeries, ob3_documents, ob3_dates),
    *(others, pictures, drawings),
)


def all_cases() -> tuple[Case, ...]:
    """Every badge, group by group."""
    return tuple(case for group in _GROUPS for case in group.cases())


def shared_world() -> Mapping[str, bytes]:
    """What is served to all of them."""
    return school.world()
