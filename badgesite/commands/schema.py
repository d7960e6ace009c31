"""`badgesite schema`: JSON Schema for editors."""

import json
from pathlib import Path

import click

from badgesite.commands.console import Session, quiet_option
from badgesite.content.schema import FOLDER, schemas
from badgesite.files import write_whole


@click.command("schema")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write to.  [default: content/.schema in the site's folder]",
)
@quiet_option
@click.pass_obj
def command(session: Session, out: Path | None) -> None:
    """Write JSON Schema (draft 7) for site, issuer, badge and batch files.

    Editors with YAML support then complete and check what you write: begin a file with the line
    `# yaml-language-server: $schema=../.schema/issuer.json`, with one ../ for each folder below content/.

    \b
    Example:  badgesite schema
    """
    folder = out or session.root / FOLDER
    for kind, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        path = folder / f"{kind}.json"
        write_whole(path, f"{text}\n".encode())
        session.say(f"wrote {path}")
