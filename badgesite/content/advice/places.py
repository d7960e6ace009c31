"""Where the fields of a file of content stand, found when somebody asks."""

from dataclasses import dataclass, field
from pathlib import Path

from badgesite.content.yaml import nodes
from badgesite.content.yaml.nodes import Node, parse
from badgesite.content.yaml.texts import UnreadableError, read_text
from badgesite.errors import Place

Steps = tuple[str | int, ...]


@dataclass(slots=True)
class PlacesIn:
    """Where the fields of one file stand; the file is read when a place is wanted."""

    root: Path
    file: Place
    _node: Node | None = field(default=None, init=False)

    def node(self, steps: Steps) -> tuple[Place, Node | None]:
        """Where the value at `steps` stands (its key, if it has one), and the value as written."""
        if self._node is None:
            try:
                self._node = parse(read_text(self.root, self.file.path), self.file.path).node
            except UnreadableError:
                return self.file, None
        place, node = self.file, self._node
        for step in steps:
            if isinstance(node, nodes.Mapping) and step in node.entries:
                place, node = node.entries[str(step)]
            elif isinstance(node, nodes.Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                place = node.place
            else:
                break
        return place, node
