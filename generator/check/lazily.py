"""Attributes that are computed when they are first asked for."""

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class lazily(Generic[Owner, Value]):  # noqa: N801  used as the decorator it is
    """Compute an attribute once and keep it on its owner, where Python finds it the next time without asking here.

    `functools.cached_property` of Python 3.11 does the same behind a lock that takes longer than most of what is kept so.
    """

    def __init__(self, compute: Callable[[Owner], Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> Self: ...

    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> Value: ...

    def __get__(self, owner: Owner | None, kind: type[Owner]) -> Self | Value:
        """Return the value, or this itself where the class is asked."""
        if owner is None:
            return self
        value = self._compute(owner)
        setattr(owner, self._name, value)
        return value
