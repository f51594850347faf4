"""Compiles the `machine`, `bots` and `ismcts` to machine code with Numba, and runs the kernels.

The rules are not written twice: these functions are compiled unchanged, with the functions of `array_execution` in
place of those of `execution`. One compilation, cached on disk, serves every pack, since a pack is only data to it.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import pathlib
import sys
import threading
import types
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numba
import numpy as np
from numba.core import config

from tabletop.engine import bots, ismcts, layout, philox, playing_on, playout
from tabletop.engine.compiled import array_execution, dispatch, int64_pointers, kernels
from tabletop.engine.compiled.compile_lock import compiling, running
from tabletop.engine.compiled.kernel_cache import CheckedKernels, kernel_folder
from tabletop.engine.compiled.llvm_formulas import compile_to_machine_code
from tabletop.engine.compiled.straight_code import StraightCode, straight_code_of
from tabletop.engine.machine import cards, chance, effects, endings, legality, orders, turns
from tabletop.engine.program import Program
from tabletop.scenario.expression_language import Node

_MACHINE = (chance, legality, endings, effects, orders, cards, turns)
_KERNELS = (ismcts, playing_on, kernels)
_COMPILED = (philox, array_execution, *_MACHINE, bots, dispatch, *_KERNELS)

Words = Any

#: Threads must share one kernel object, and Numba's cache folder is set globally while a kernel is made.
_taking = threading.Lock()


@attrs.frozen(kw_only=True, eq=False)
class Loaded:
    """A program for the compiled machine: its code, an empty execution context, and the numbers of the requested
    formulas; and its straight code."""

    code: Words
    run: Words
    measures: Words
    straight: StraightCode

    def play(self, kernel: str, *arguments: Any) -> Any:
        """Runs a kernel that plays this program."""
        made = _compiled(kernel, arguments)
        with self.straight.timed(self.code), running():
            return made(*arguments)


def loaded(program: Program, measures: Sequence[Node] = ()) -> Loaded:
    """A program with additional formulas, evaluated at the end of a game."""
    nodes = [*program.nodes, *measures]
    formulas = compile_to_machine_code([*nodes, *program.group_nodes], program.value_nodes, program.places)
    code = list(program.code)
    code[layout.FORMULAS] = len(code)
    code += [formula.address for formula in formulas[: len(nodes)]]
    code[layout.GROUPS] = len(code)
    for formula, group in zip(formulas[len(nodes) :], program.group_nodes, strict=True):
        code += (formula.address, len(group))
    return Loaded(
        code=np.array(code, dtype=np.int64),
        run=_empty_run(program),
        measures=np.arange(len(program.nodes), len(nodes), dtype=np.int64),
        straight=straight_code_of(program),
    )


def _empty_run(program: Program) -> Words:
    # A roll makes at most one range of effects pending, and tables do not roll on themselves.
    pending = 2 * (len(program.scenario.tables) + 2)
    weights = max((len(group) for group in program.group_nodes), default=0)
    run = np.zeros(array_execution.RUN_HEAD + pending + weights, dtype=np.int64)
    run[array_execution.WEIGHTS] = array_execution.RUN_HEAD + pending
    return run


def _compiled(name: str, arguments: Sequence[Any]) -> Any:
    """A function of `kernels`, compiled with everything that it calls if it is not in the cache."""
    with _taking:
        kernel = _kernel(name)
    if not kernel.signatures:
        with _one_process(kernel), compiling():
            kernel.compile(tuple(numba.typeof(argument) for argument in arguments))
    return kernel


def _one_process(kernel: Any) -> contextlib.AbstractContextManager[None]:
    cache = kernel._cache
    return cache.one_process() if isinstance(cache, CheckedKernels) else contextlib.nullcontext()


@functools.cache
def _kernel(name: str) -> Any:
    function, cache = _bound()[name], kernel_folder(_source_digest())
    if cache is not None:
        before, config.CACHE_DIR = config.CACHE_DIR, str(cache.folder)
        try:
            kernel = numba.njit(nogil=True, error_model="numpy", cache=True)(function)
            if CheckedKernels.is_below(kernel._cache, cache):
                kernel._cache = CheckedKernels(kernel._cache, name, cache)
                return kernel
        except (OSError, RuntimeError):  # Numba finds no cache folder
            pass
        finally:
            config.CACHE_DIR = before
    return numba.njit(nogil=True, error_model="numpy")(function)


@functools.cache
def _bound() -> dict[str, Callable[..., Any]]:
    """Every function of the compiled modules, in copies of their namespaces where all names are compiled functions."""
    namespaces = [dict(vars(module)) for module in _COMPILED]
    plain: dict[str, Callable[..., Any]] = {}
    jitted: dict[str, Callable[..., Any]] = {}
    for module, namespace in zip(_COMPILED, namespaces, strict=True):
        for name, function in vars(module).items():
            if isinstance(function, types.FunctionType) and function.__module__ == module.__name__:
                plain[name] = types.FunctionType(function.__code__, namespace, name)
                jitted[name] = numba.njit(nogil=True, error_model="numpy")(plain[name])
    for module, namespace in zip(_COMPILED, namespaces, strict=True):
        namespace.update({name: function for name, function in jitted.items() if name in namespace})
        if module in _KERNELS:
            namespace.update({name: either for name in namespace if (either := jitted.get(name + dispatch.EITHER))})
    return plain


def _source_digest() -> str:
    """A digest of all sources and versions involved: Numba itself checks only the file of the kernel."""
    digest = hashlib.blake2b(digest_size=8)
    for module in (*_COMPILED, layout, playout, int64_pointers):
        digest.update(pathlib.Path(str(module.__file__)).read_bytes())
    versions = [importlib.metadata.version(name) for name in ("numba", "llvmlite", "numpy")]
    digest.update(repr([sys.version_info[:2], *versions]).encode())
    return digest.hexdigest()
