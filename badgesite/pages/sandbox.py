"""Where a theme's templates run: what they may reach, and their own words, both decided once and not at every page."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from badgesite.pages.wording import Wording

_GETTEXT = frozenset(("_", "gettext"))


class Sandbox(SandboxedEnvironment):
    """The templates of some folders, the first of which counts most, in one language."""

    def __init__(self, folders: Iterable[Path], words: Wording) -> None:
        super().__init__(
            loader=FileSystemLoader([folder / "templates" for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
        self.words = words
        self._known: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may see an attribute, which is a matter of its name and of the object's type alone."""
        known = self._known.get((type(obj), attr))
        if known is None:
            known = self._known[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return known

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Jinja's hook before a template becomes code."""
        if not _means_otherwise(source):
            _Saying(self.words).visit(source)
        return super()._generate(source, name, filename, defer_init)


class _Saying(NodeTransformer):
    """Puts the message in the place of `_("...")`; where it has gaps to fill, everything stays as it is."""

    def __init__(self, words: Wording) -> None:
        self.words = words

    def visit_Concat(self, concat: nodes.Concat) -> nodes.Node:  # noqa: N802
        return concat  # two constants that Jinja joins are escaped, although a message is not

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(call)
        match call:
            case nodes.Call(
                node=nodes.Name(name=name),
                args=[nodes.Const(value=str(message))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ) if name in _GETTEXT:
                try:
                    said = self.words.gettext(message) % {}
                except (KeyError, ValueError, TypeError):
                    return call
                return nodes.MarkSafeIfAutoescape(nodes.Const(said, lineno=call.lineno), lineno=call.lineno)
        return call


def _means_otherwise(source: nodes.Template) -> bool:
    """Whether a template gives the names of gettext another meaning."""
    names = {node.name for node in source.find_all(nodes.Name) if node.ctx != "load"}
    names.update(macro.name for macro in source.find_all(nodes.Macro))
    names.update(imported.target for imported in source.find_all(nodes.Import))
    for imported in source.find_all(nodes.FromImport):
        names.update(name if isinstance(name, str) else name[1] for name in imported.names)
    return not names.isdisjoint(_GETTEXT)
