"""What each award has: its documents of both standards, and the pictures that carry them."""

from collections.abc import Iterable, Iterator

from badgesite.artifact import Artifact, text_artifact
from badgesite.crypto.jwt import jwt_of
from badgesite.makers.context import Context, Recorded
from badgesite.model.award import Award
from badgesite.model.signed import Signed
from badgesite.pages import raster
from badgesite.standards import ob2
from badgesite.standards.baking import KEYWORDS, PngMould, Standard, SvgMould, png_mould, svg_mould


def award_documents(context: Context, awards: Iterable[Recorded]) -> Iterator[Artifact]:
    """Per award: assertion.json (OB 2.0), credential.json and .jwt (OB 3.0) where it is signed, and the pictures.

    Of a revoked award the assertion is a stub, the credential stays, and the pictures carry a band and nothing else.
    An award that is not issued has none of them.
    """
    moulds: dict[str, Moulds] = {}
    catalogue, plan = context.catalogue, context.plan
    for batch, award in awards:
        if award.id in context.not_issued:
            continue
        of_badge = moulds.get(batch.badge) or moulds.setdefault(batch.badge, Moulds(context, batch.badge))
        listed = catalogue.visibility(batch, award) == "public"
        assertion = ob2.text_of(ob2.assertion(catalogue, plan, batch, award))
        yield text_artifact(plan.assertion(award.id), assertion, listed=listed)
        signed = catalogue.credentials.get(award.id) if catalogue.site.signs else None
        if signed:
            yield Artifact(plan.credential(award.id), signed.text + b"\n", words=signed.text, listed=listed)
            jwt = jwt_of(signed.text, signed.kid, signed.signature)
            yield Artifact(plan.credential_jwt(award.id), jwt, listed=listed)
        if award.revoked:
            yield from of_badge.banded(award, listed)
        else:
            yield from of_badge.baked(award, assertion.removesuffix("\n"), signed, listed)


class Moulds:
    """The pictures of a badge, made ready once for all its awards."""

    def __init__(self, context: Context, badge: str) -> None:
        self.context = context
        self.picture = context.catalogue.badge_pictures[badge]
        self.png: PngMould = png_mould(context.draw(self.picture, ""))
        standard: Standard = "ob3" if context.catalogue.site.signs else "ob2"
        self.svg: SvgMould | None = svg_mould(self.picture.data, standard) if self.picture.kind == "svg" else None
        self._banded: tuple[bytes, bytes] | None = None

    def baked(self, award: Award, assertion: str, signed: Signed | None, listed: bool) -> Iterator[Artifact]:
        """badge.png with what there is of both standards; badge.svg, for an SVG, with the newest.

        What they say is in the award's own documents to the letter, and looked into there (Artifact.words).
        """
        plan = self.context.plan
        texts = {KEYWORDS["ob2"]: assertion}
        if signed:
            texts[KEYWORDS["ob3"]] = signed.text.decode()
        yield Artifact(plan.award_image(award.id, "png"), self.png.bake(texts), listed=listed)
        if self.svg:
            svg = (
                self.svg.bake(None, signed.text.decode())
                if signed
                else self.svg.bake(plan.url(plan.assertion(award.id)), assertion)
            )
            yield Artifact(plan.award_image(award.id, "svg"), svg, listed=listed)

    def banded(self, award: Award, listed: bool) -> Iterator[Artifact]:
        """PNG and SVG of a revoked award, without a badge in them, in the site's first language."""
        plan = self.context.plan
        if self._banded is None:
            word = self.context.theme.wording(plan.first).gettext("Revoked")
            self._banded = self.context.draw(self.picture, word), raster.revoked_svg(self.picture, word)
        png, svg = self._banded
        yield Artifact(plan.award_image(award.id, "png"), png, listed=listed)
        if self.svg:
            yield Artifact(plan.award_image(award.id, "svg"), svg, words=svg, listed=listed)
