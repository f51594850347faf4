"""A Numba type for bare pointers to 64-bit integers, which avoids reference counts and bounds checks.

For arrays, Numba counts references at every call and handles negative indices; in an interpreter that does little else
than indexing, this takes most of the time.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, lower_builtin, models, register_model, type_callable


class Words(types.Type):
    """A pointer to 64-bit integers. `fixed` data never changes while compiled code runs."""

    def __init__(self, fixed: bool) -> None:
        self.fixed = fixed
        super().__init__(name="FixedWords" if fixed else "Words")


WORDS, FIXED_WORDS = Words(False), Words(True)


@register_model(Words)
class _WordsModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Words) -> None:
        super().__init__(manager, kind, ir.IntType(64).as_pointer())


@type_callable(operator.getitem)  # type: ignore[untyped-decorator]
def _getitem_type(_: Any) -> Any:
    def of(words: Any, index: Any) -> Any:
        return types.int64 if isinstance(words, Words) and isinstance(index, types.Integer) else None

    return of


@type_callable(operator.setitem)  # type: ignore[untyped-decorator]
def _setitem_type(_: Any) -> Any:
    def of(words: Any, index: Any, value: Any) -> Any:
        return types.void if isinstance(words, Words) and isinstance(index, types.Integer) else None

    return of


@lower_builtin(operator.getitem, Words, types.Integer)  # type: ignore[untyped-decorator]
def _getitem(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    pointer, index = arguments
    index = context.cast(builder, index, signature.args[1], types.int64)
    word = builder.load(builder.gep(pointer, [index], inbounds=True))
    if signature.args[0].fixed:
        word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word


@lower_builtin(operator.setitem, Words, types.Integer, types.Any)  # type: ignore[untyped-decorator]
def _setitem(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    pointer, index, value = arguments
    index = context.cast(builder, index, signature.args[1], types.int64)
    builder.store(
        context.cast(builder, value, signature.args[2], types.int64), builder.gep(pointer, [index], inbounds=True)
    )
    return context.get_dummy_value()


def _pointer_to(kind: Words) -> Any:
    def pointer(_: Any, array: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return cgutils.create_struct_proxy(signature.args[0])(context, builder, arguments[0]).data

        return kind(array), code

    return pointer


words = intrinsic(_pointer_to(WORDS))
fixed_words = intrinsic(_pointer_to(FIXED_WORDS))


@intrinsic  # type: ignore[untyped-decorator]
def keep_alive(_: Any, arrays: Any) -> Any:
    """Keeps arrays (a tuple of them) alive until here and does nothing else: Numba frees an array after its last use by
    name, and does not know of pointers into it."""
    return types.void(arrays), lambda context, builder, signature, arguments: context.get_dummy_value()


@intrinsic  # type: ignore[untyped-decorator]
def call_formula(_: Any, address: Any, state: Any) -> Any:
    """Calls the machine code at an address with a state; returns an integer."""
    return types.int64(types.int64, WORDS), _call


@intrinsic  # type: ignore[untyped-decorator]
def call_group(_: Any, address: Any, state: Any, room: Any) -> Any:
    """Calls the machine code at an address with a state and an array for weights; returns their sum."""
    return types.int64(types.int64, WORDS, WORDS), _call


@intrinsic  # type: ignore[untyped-decorator]
def call_code(_: Any, address: Any, arguments: Any) -> Any:
    """Calls the machine code at an address with a tuple of pointers and integers; returns an integer."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        kinds = signature.args[1].types
        parts = zip(cgutils.unpack_tuple(builder, given[1]), kinds, strict=True)
        taken = [
            part if isinstance(kind, Words) else context.cast(builder, part, kind, types.int64) for part, kind in parts
        ]
        return _call(context, builder, signature, [given[0], *taken])

    return types.int64(types.int64, arguments), code


@intrinsic  # type: ignore[untyped-decorator]
def pointer_at(_: Any, words: Any, places: Any) -> Any:
    """The pointer so many elements further on."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.gep(*[arguments[0], [arguments[1]]], inbounds=True)

    return words(words, types.int64), code


def _call(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    address, *pointers = arguments
    shape = ir.FunctionType(ir.IntType(64), [pointer.type for pointer in pointers])
    return builder.call(builder.inttoptr(address, shape.as_pointer()), pointers)
