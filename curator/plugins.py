"""The registry: a plug-in adds itself on import, and a sorted walk imports all."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """Whatever can be registered has an id."""

    @property
    def id(self) -> str:
        """Unique within its registry."""
        ...


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """The plug-ins of one package, by id; loaded on first use, always in the same order."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._found: dict[str, T] = {}
        self._loaded = False

    def add(self, plugin: T) -> T:
        """Register `plugin` (usable as a decorator); an id that is taken is a programming error."""
        if plugin.id in self._found:
            raise ValueError(f"{self._package}: two plug-ins are called {plugin.id!r}")
        self._found[plugin.id] = plugin
        return plugin

    def all(self) -> Mapping[str, T]:
        """Every plug-in, sorted by id."""
        if not self._loaded:
            for module in sorted(_modules(self._package)):
                importlib.import_module(module)
            self._loaded = True
        return MappingProxyType(dict(sorted(self._found.items())))


def _modules(package: str) -> Iterator[str]:
    path = importlib.import_module(package).__path__
    for info in pkgutil.walk_packages(path, prefix=package + "."):
        yield info.name
