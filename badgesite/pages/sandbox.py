"""Where a theme's templates run: what they may reach, and their own words, both decided once and not at every page."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import TemplateSyntaxError, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from badgesite.pages.look.asked import Asked, printable
from badgesite.pages.look.shelves import Shelves
from badgesite.pages.wording import Wording

_GETTEXT = frozenset(("_", "gettext"))
_KEPT = 1000  # templates in a language
_CODE: dict[tuple[object, ...], CodeType] = {}  # by all that they are made from; `serve` builds a site many times over


class Sandbox(SandboxedEnvironment):
    """The templates of some folders, the first of which counts most, in one language."""

    def __init__(self, folders: Iterable[Path], words: Wording) -> None:
        self.shelves = Shelves(folder / "templates" for folder in folders)
        super().__init__(
            loader=self.shelves,
            autoescape=_is_markup,
            undefined=Asked,
            finalize=printable,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.install_gettext_callables(words.as_format, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
        self.globals.update(_filled(words, self.globals["gettext"], self.globals["ngettext"]))
        self.words = words
        self._said = sha256(repr(sorted(words.messages.items())).encode()).digest()

    def compile(
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        """Jinja's hook where a template becomes code; the same text in the same words is made once in a process."""
        if raw or not isinstance(source, str):
            return super().compile(source, name, filename, raw, defer_init)  # type: ignore[call-overload]
        key = (source, name, filename, defer_init, self._said)
        if key not in _CODE:
            if len(_CODE) >= _KEPT:
                _CODE.clear()
            _CODE[key] = super().compile(source, name, filename, False, defer_init)
        return _CODE[key]

    def messages_in(self, folder: Path) -> Iterator[str]:
        """The messages that the templates of the themes in a folder say, as far as they can be read."""
        for source in self.shelves.texts_in(folder):
            with suppress(TemplateSyntaxError):
                for _, _, said in self.extract_translations(source):  # type: ignore[attr-defined]
                    first = said[0] if isinstance(said, tuple) else said
                    if first:
                        yield str(first)

    def join_path(self, template: str, parent: str) -> str:
        """Jinja's hook for the name by which one template calls another."""
        return self.shelves.named_by(template, parent)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template sees of an object. Of our views it may see every field: they hold words and numbers."""
        if attribute in _fields_of(type(obj)):  # type: ignore[arg-type]  # mypy: a type has no hash
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Jinja's hook before a template becomes code."""
        if not _means_otherwise(source):
            _Saying(self.words).visit(source)
        return super()._generate(source, name, filename, defer_init)


def _filled(words: Wording, one: Any, many: Any) -> dict[str, Callable[..., Any]]:
    """Jinja's gettext and ngettext, with days and numbers in the language in which a message is said."""

    @pass_context
    def gettext(context: Context, message: str, /, **values: Any) -> Any:
        return one(context, message, **words.fitting(words.language_of(message), values))

    @pass_context
    def ngettext(context: Context, message: str, plural: str, number: int, /, **values: Any) -> Any:
        return many(context, message, plural, number, **words.fitting(words.language_of(message, number), values))

    return {"gettext": gettext, "ngettext": ngettext}


def _is_markup(name: str | None) -> bool:
    """Whether what a template is filled with has to be escaped: in everything but plain text."""
    return not (name or "").endswith(".txt")


@cache
def _fields_of(kind: type) -> frozenset[str]:
    """The fields of a view; of any other object nothing, for Jinja to decide."""
    names = (field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return frozenset(name for name in names if not name.startswith("_"))


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
                    said = self.words.as_format(message) % {}
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
