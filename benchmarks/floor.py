"""The floor: the same bytes into as many files, by one process that has nothing to think about.

python -m benchmarks.floor pack SITE PACK      every file of SITE into one file PACK, and its list beside it
python -m benchmarks.floor write PACK FOLDER   the files of PACK into FOLDER, which is new
"""

import json
import mmap
import os
import sys
from pathlib import Path


def pack(site: Path, target: Path) -> None:
    """Put all files of a site behind one another."""
    entries = []
    with target.open("wb") as file:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            data = path.read_bytes()
            entries.append((path.relative_to(site).as_posix(), len(data)))
            file.write(data)
    target.with_suffix(".json").write_text(json.dumps(entries))


def write(source: Path, folder: str) -> None:
    """Write them again as single files; each folder is made once."""
    entries = json.loads(source.with_suffix(".json").read_text())
    made: set[str] = set()
    start = 0
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for path, size in entries:
            parent = os.path.dirname(path)
            if parent not in made:
                os.makedirs(os.path.join(folder, parent), exist_ok=True)
                made.add(parent)
            with open(os.path.join(folder, path), "wb", buffering=0) as target:
                target.write(data[start : start + size])
            start += size


if __name__ == "__main__":
    if sys.argv[1] == "pack":
        pack(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        write(Path(sys.argv[2]), sys.argv[3])
