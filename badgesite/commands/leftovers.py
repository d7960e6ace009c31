"""What only people can still do when awards were erased, told so that it can be done line by line."""

import shlex
from collections.abc import Iterator, Sequence

from badgesite.commands.publishing import builds
from badgesite.content.records.desk import Desk
from badgesite.erase import Erasure, Traces
from badgesite.errors import Place
from badgesite.plan import plan_of_batch

_TOLD = 12  # places and addresses that are told one by one
_GIT = """\
   Earlier commits hold it, and so does every clone. Once the change is on the main branch and
   nobody is at work on another, in a fresh clone, with git-filter-repo (git help filter-repo):
     cp -R content ../content-now
     git filter-repo --invert-paths {paths}
     cp -R ../content-now/. content
     git add content && git commit -m "Records as they are"
     git push --force --all ADDRESS && git push --force --tags ADDRESS
   This takes away the history of these files, of all awards in them; if they were ever renamed,
   name the old paths too. Whoever has a clone deletes it and clones anew: a pull would bring it
   all back. Ask the host (GitHub, GitLab) to remove old commits that pull requests, forks and
   caches keep. If the built site is in Git too, publish it as one commit without history."""
_COPIES = """\
   Pictures and credentials that somebody downloaded, in wallets, profiles and CVs, stay where
   they are; software that asks the site learns that they no longer count. Only their holder
   can remove them."""
_OFFICE = """\
   Its own register, the list that was awarded, exports of `find`, mail merges and what was sent,
   backups of content/ and of {folder}/. A colleague's private/ forgets it by itself, once they
   have pulled the change and run `award`, `revoke`, `change` or `erase`. Note that it was done,
   and not whose it was."""


def leftovers(desk: Desk, erasure: Erasure, traces: Traces) -> Iterator[str]:
    """The list, line by line, in the order in which it is best done."""
    then = builds(desk.catalogue, (batch.slug for batch, _ in erasure.awards))
    then = f"badgesite sign, {then}" if desk.catalogue.site.signs else then
    yield ""
    yield "what only people can still do:"
    yield "1. Publish the change"
    yield f"   git add content, commit, {then}, and upload the site so that what it"
    yield "   no longer holds is removed there. Until then others see what they saw."
    yield "2. Read what people wrote"
    yield from _written(desk, traces)
    yield "3. Git"
    yield _GIT.format(paths=" ".join(f"--path {shlex.quote(path)}" for path in erasure.sources))
    yield "4. Copies and caches"
    yield from _addresses(desk, erasure)
    yield _COPIES
    yield "5. The office"
    yield _OFFICE.format(folder=desk.folder.as_posix())


def _written(desk: Desk, traces: Traces) -> Iterator[str]:
    yield from _places("still holds words of it", traces.mentions)
    yield from _places("is a comment: does it speak of the holder?", traces.remarks)
    for name in traces.private:
        yield f"   {desk.folder / name} still mentions it: it is not as badgesite writes it"
    if not (traces.mentions or traces.remarks or traces.private):
        yield "   No text in content/ or private/ mentions it; pictures and Excel files were not read."


def _places(what: str, places: Sequence[Place]) -> Iterator[str]:
    yield from (f"   {place.path}:{place.line} {what}" for place in places[:_TOLD])
    if (more := len(places) - _TOLD) > 0:
        yield f"   and {more} more line{'' if more == 1 else 's'} like that"


def _addresses(desk: Desk, erasure: Erasure) -> Iterator[str]:
    seen = [(batch, award) for batch, award in erasure.awards if award.id in erasure.published]
    if seen:
        yield "   Clear the caches of the web server and the CDN. Ask search engines to forget, and the Internet"
        yield "   Archive to exclude, what is at these addresses and below them, in every language:"
    for batch, award in seen[:_TOLD]:
        plan = plan_of_batch(desk.catalogue, batch.slug)
        yield f"     {plan.url(plan.award_page(award.id, plan.first))}"
    if (more := len(seen) - _TOLD) > 0:
        yield f"     and {more} more, as listed above"
