"""Hold every credential and profile of a built site against 1EdTech's published JSON Schemas of Open Badges 3.0.

Run by the Python of .interop/schema: judge_with_schema.py SCHEMAS SITE [ALTERED]; SCHEMAS is the folder they lie in.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft201909Validator, FormatChecker
from offline import Judge, Offline, Verdict, main


def schema(name: str) -> Callable[[Offline, str], Verdict]:
    """A judge by the schema called `name`."""
    text = (Path(sys.argv[1]) / f"ob_v3p0_{name}_schema.json").read_bytes()
    validator = Draft201909Validator(json.loads(text), format_checker=FormatChecker())

    def says(offline: Offline, path: str) -> Verdict:
        faults = [
            f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(json.loads(offline.read(path)))
        ]
        return ("refused", "; ".join(faults)) if faults else ("valid", "")

    return says


if __name__ == "__main__":
    main(
        Judge("credential.json", "awards/*/credential.json", schema("achievementcredential")),
        Judge("profile.json", "issuers/*/profile.json", schema("profile")),
    )
