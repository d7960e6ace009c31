"""Language tags: the shorter of two that mean the same (RFC 5646, section 2.2.1) is the one that browsers know."""

_PAIRS = (
    "alb sq, ara ar, arm hy, baq eu, bel be, ben bn, bos bs, bul bg, cat ca, ces cs, chi zh, cym cy, cze cs, dan da, "
    "deu de, dut nl, ell el, eng en, est et, eus eu, fas fa, fin fi, fra fr, fre fr, fry fy, geo ka, ger de, gle ga, "
    "glg gl, gre el, heb he, hin hi, hrv hr, hun hu, hye hy, ice is, ind id, isl is, ita it, jpn ja, kat ka, kor ko, "
    "lat la, lav lv, lit lt, ltz lb, mac mk, mkd mk, mlt mt, nld nl, nor no, nno nn, nob nb, oci oc, per fa, pol pl, "
    "por pt, roh rm, ron ro, rum ro, rus ru, slk sk, slo sk, slv sl, spa es, sqi sq, srd sc, srp sr, swe sv, swa sw, "
    "tha th, tur tr, ukr uk, urd ur, vie vi, wel cy, zho zh"
)
_SHORT = dict(pair.split() for pair in _PAIRS.split(", "))


def short_tag(tag: str) -> str:
    """The tag with two letters for its language if there are such: "it" for "ita"; else as it is."""
    language, hyphen, rest = tag.partition("-")
    return f"{_SHORT.get(language, language)}{hyphen}{rest}"
