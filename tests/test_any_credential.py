"""Whatever the content, its Open Badges 3.0 documents are sound, survive being kept, and say what the records say."""

import json

from hypothesis import HealthCheck, event, given, settings

from badgesite.plan import plan_of
from badgesite.standards import ob3, status
from badgesite.standards.ob3_checks import check_achievement, check_credential, check_profile
from badgesite.standards.ob3_nodes import languages_of
from tests.any_documents import LIST, catalogue_of, credential_of
from tests.any_site import Files, sites


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(site=sites())
def test_any_valid_content_makes_sound_documents(site: tuple[Files, dict[str, bool]]) -> None:
    catalogue = catalogue_of(site[0])
    plan = plan_of(catalogue.site)
    for slug in catalogue.issuers:
        assert check_profile(ob3.profile(catalogue, plan, slug)) == ()
    for slug, badge in catalogue.badges.items():
        for language in languages_of(plan, badge):
            assert check_achievement(ob3.achievement(catalogue, plan, slug, language)) == ()
    recorded = list(catalogue.each_award())
    event(f"{len(recorded)} awards")
    for index, (batch, award) in enumerate(recorded):
        made = credential_of(catalogue, batch, award, index)
        kept = json.loads(ob3.compact(made))
        assert kept == made
        assert check_credential(kept) == ()
        assert ob3.differences(catalogue, plan, batch, award, kept) == ()
        assert status.place_of(kept) == (LIST, index)
