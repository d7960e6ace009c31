"""What a page shown on this machine has more than the published one: a script that waits for news."""

import re
from html import escape
from importlib.resources import files
from string import Template

from badgesite.preview.news import News

SCRIPT_PATH = "/.badgesite/live.js"
NEWS_PATH = "/.badgesite/news"
_POLICY = re.compile(rb"<meta\b[^>]*\bhttp-equiv=\"?Content-Security-Policy\b[^>]*>", re.IGNORECASE)
_CONTENT = re.compile(rb"(\bcontent=)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)


def script() -> bytes:
    """The script itself."""
    return _data("live.js").encode()


def with_script(page: bytes, news: News) -> bytes:
    """The page with the script at its end, and a policy that lets it run and listen."""
    page = _POLICY.sub(lambda found: _CONTENT.sub(_opened, found[0]), page, count=1)
    tag = Template(_data("script.html")).substitute(
        script=SCRIPT_PATH, news=NEWS_PATH, serial=news.serial, version=news.version
    )
    body, end, rest = page.rpartition(b"</body>")
    return body + tag.encode() + end + rest if end else page + tag.encode()


def trouble_page(news: News) -> bytes:
    """A page for when nothing could be built yet: it says what stands in the way."""
    line = Template(_data("problem.html"))
    lines = "".join(line.substitute(problem=escape(problem)) for problem in news.problems)
    page = Template(_data("trouble.html")).substitute(lines=lines)
    return with_script(page.encode(), news)


def _opened(found: re.Match[bytes]) -> bytes:
    quotes, policy = found[2][:1], found[2][1:-1].decode()
    sources = {}
    for directive in policy.split(";"):
        name, _, allowed = directive.strip().partition(" ")
        if name:
            sources[name.lower()] = allowed.strip()
    for name in ("script-src", "connect-src"):
        allowed = sources.get(name, sources.get("default-src", "'self'"))
        words = [word for word in allowed.split() if word not in ("'none'", "'self'")]
        sources[name] = " ".join(["'self'", *words])
    text = "; ".join(f"{name} {allowed}".strip() for name, allowed in sources.items())
    return found[1] + quotes + text.encode() + quotes


def _data(name: str) -> str:
    return (files("badgesite.preview") / name).read_text(encoding="utf-8")
