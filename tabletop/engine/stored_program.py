"""A program as bytes, what Python made of its formulas included: whoever reads it again need not compile a scenario.

The bytes are a pickle and Python's own code: only those that this user wrote may be read. They serve the same sources
and the same Python.
"""

from __future__ import annotations

import io
import marshal
import pickle
from types import MappingProxyType
from typing import Any

import attrs

from tabletop.engine.compiler import take_into_use
from tabletop.engine.program import Program
from tabletop.engine.python_formulas import code_of, functions_in

_FUNCTIONS = ("formulas", "groups", "valued")


def stored(program: Program) -> bytes:
    """The bytes of a program without added cards."""
    fields = {
        field.name: getattr(program, field.name)
        for field in attrs.fields(Program)
        if field.init and field.name not in _FUNCTIONS
    }
    file = io.BytesIO()
    pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {MappingProxyType: lambda one: (_read_only, (dict(one),))}
    pickler.dump((fields, marshal.dumps(code_of(program.scenario.id, program.source))))
    return file.getvalue()


def restored(content: bytes) -> Program:
    """The program of these bytes, which serves all games of its scenario from now on. Raises ValueError for others."""
    try:
        fields, functions = pickle.loads(content)
        code = marshal.loads(functions)
        found = functions_in(code, fields["value_nodes"])
        program = Program(formulas=found.formulas, groups=found.groups, valued=found.values, **fields)
    except Exception as error:  # a pickle of another form may raise anything
        raise ValueError("these are not the bytes of a program") from error
    take_into_use(program)
    return program


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)
