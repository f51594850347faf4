"""Straight code of programs that are played much: made by a process of its own, kept in the cache, loaded from it.

Until then, and wherever it cannot be made, the machine plays: both play the same games.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import os
import pathlib
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from filelock import FileLock, Timeout
from llvmlite import binding as llvm
from numba.core import config

from tabletop.engine import layout
from tabletop.engine.compiled import array_execution, flow_graphs, llvm_formulas, specialiser
from tabletop.engine.compiled.compile_lock import compiling
from tabletop.engine.compiled.flow_graphs import NotSimple
from tabletop.engine.compiled.specialiser import ENTRIES, TooLarge, straight_code
from tabletop.engine.program import Program
from tabletop.storage.cache import Cache

#: Straight code is made of a program that kernels have played for so many seconds in this process: making it takes
#: half a minute of a core for a large pack, which is earned back in about as long again as it has been played.
WORTH_SECONDS = 30.0
#: How many programs' code the cache keeps.
_MOST_KEPT = 200
_FOLDER = "straight-code"
#: The priority of the process that makes it: others come first.
_NICE = 5
_WORDS = (layout.STRAIGHT_BEGIN, layout.STRAIGHT_APPLY, layout.STRAIGHT_NEXT_TO_ACT, layout.STRAIGHT_BOT_MOVE)


@attrs.define(eq=False)
class StraightCode:
    """The straight code of a program, once it is there."""

    program: Program
    addresses: Mapping[str, int] = attrs.field(factory=dict)
    #: Holds the code.
    engine: Any = None
    played: float = 0.0
    maker: subprocess.Popen[bytes] | None = None
    is_asked_for: bool = False

    @functools.cached_property
    def name(self) -> str:
        """The name of its entry in the cache: it depends on the program, the sources and the processor."""
        program = self.program
        parts = (program.code, program.nodes, program.group_nodes, program.value_nodes, program.places, *_processor())
        return hashlib.blake2b(repr((parts, _sources())).encode(), digest_size=16).hexdigest()

    def put_into(self, code: Any) -> None:
        """Writes the addresses into the code of its program as the compiled machine has it, if they are known."""
        if self.addresses and not code[_WORDS[0]]:
            for word, entry in zip(_WORDS, ENTRIES, strict=True):
                code[word] = self.addresses[entry]

    def find(self) -> None:
        """Loads it from the cache, if it is there."""
        cache = _cache()
        kept = None if cache is None or self.addresses else cache.read(self.name)
        if kept:
            self.take(kept)

    def take(self, made: bytes) -> None:
        """Loads an object file that was made of the program."""
        with compiling():
            self.engine = _engine_with(made)
            self.addresses = {name: self.engine.get_function_address(name) for name in ENTRIES}

    @contextlib.contextmanager
    def timed(self, code: Any) -> Iterator[None]:
        """Held while a kernel plays. Once this has gone on for long enough, straight code is made beside it."""
        if self.maker is not None and self.maker.poll() is not None:
            self.maker = None
            self.find()
        self.put_into(code)
        started = time.monotonic()
        yield
        self.played += time.monotonic() - started
        if self.played > WORTH_SECONDS and not self.is_asked_for and not self.addresses:
            self.is_asked_for = True
            with contextlib.suppress(OSError, ValueError):
                self.maker = _started(self.program)


def straight_code_of(program: Program) -> StraightCode:
    """The straight code of a program; several may share it."""
    found = _known.get(id(program))
    if found is None or found.program is not program:
        found = _known[id(program)] = StraightCode(program)
        found.find()
        while len(_known) > _MOST_KNOWN:
            del _known[next(iter(_known))]
    return found


#: Programs that were loaded last. Code that kernels may still run is never given up, as it is with them.
_known: dict[int, StraightCode] = {}
_MOST_KNOWN = 16


def _cache() -> Cache | None:
    return Cache.of_user(_FOLDER)


def _started(program: Program) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", f"from {__name__} import make; make()"]
    path = os.pathsep.join([str(pathlib.Path(__file__).resolve().parents[3]), os.environ.get("PYTHONPATH", "")])
    maker = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert maker.stdin is not None
    with maker.stdin as pipe:
        pipe.write(pickle.dumps(program))
    return maker


def make() -> None:
    """Makes the straight code of the program that is pickled on standard input, and keeps it in the cache."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICE)
    keep(pickle.load(sys.stdin.buffer))


def keep(program: Program) -> bool:
    """Makes the straight code of a program and keeps it in the cache, unless another process does; whether it is there
    now."""
    cache, name = _cache(), StraightCode(program).name
    if cache is None or not cache.prepared():
        return False
    lock = FileLock(cache.root / f"{_FOLDER}-{name}.lock", timeout=0)
    try:
        with lock:
            made = cache.read(name) is not None or cache.keep(name, machine_code(straight_code(program)))
            cache.trim(_MOST_KEPT, name)
        pathlib.Path(lock.lock_file).unlink(missing_ok=True)
        return made
    except (Timeout, OSError, NotImplementedError, TooLarge, NotSimple, RuntimeError):  # RuntimeError: from LLVM
        return False


def machine_code(source: str, level: int = 2) -> bytes:
    """An object file made from LLVM's assembly language, for this processor; `level` says how fast the code is to be,
    and how long that takes."""
    module, machine = llvm.parse_assembly(source), _machine()
    passes = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=level))
    passes.getModulePassManager().run(module, passes)
    made: bytes = machine.emit_object(module)
    return made


def _engine_with(machine_code: bytes) -> Any:
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(machine_code))
    engine.finalize_object()
    return engine


def _machine() -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    cpu, features = _processor()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(
        cpu=cpu, features=features, opt=2, reloc="pic", codemodel="jitdefault", jit=True
    )


@functools.cache
def _processor() -> tuple[str, str]:
    """The processor and its features, as LLVM names them; Numba's settings count here too."""
    cpu, features = config.CPU_NAME, config.CPU_FEATURES
    if features is None:
        features = llvm.get_host_cpu_features().flatten() if cpu in (None, "host") else ""
    return (llvm.get_host_cpu_name() if cpu in (None, "host") else cpu), features


@functools.cache
def _sources() -> str:
    """A digest of everything that straight code is made from, but for the program."""
    digest = hashlib.blake2b(digest_size=16)
    modules = (layout, array_execution, flow_graphs, llvm_formulas, specialiser, *specialiser.MODULES)
    for module in modules:
        digest.update(pathlib.Path(str(module.__file__)).read_bytes())
    digest.update(pathlib.Path(__file__).read_bytes())
    digest.update(repr([importlib.metadata.version(name) for name in ("numba", "llvmlite")]).encode())
    return digest.hexdigest()
