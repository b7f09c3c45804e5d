"""The house style, held by tests: sizes, docstrings, and nothing printed."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from numpydoc.docscrape import NumpyDocString

from mapper import errors

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for path in (ROOT / "mapper").rglob("*.py") if "migrations" not in path.parts)
MODULE_LINES = 300
FUNCTION_LINES = 40
ERRORS = frozenset(
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.MapperError)
)

EXCEPTION = re.compile(r"#\s*(noqa|type: ignore)")
SPEAKS_FOR_ITSELF = re.compile(r"ANN401|no-untyped-call")  # a library that has no types
GIVEN = re.compile(r"(noqa|ignore).*(\(\w.*\)|[#-] \w.*)$")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = Function | ast.ClassDef


@dataclass(frozen=True)
class Definition:
    """A function or class, and where it stands."""

    path: Path
    node: Documented

    @property
    def document(self) -> str:
        return ast.get_docstring(self.node) or ""

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.node.lineno} {self.node.name}"


def _definitions() -> list[Definition]:
    return [
        Definition(path, node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, Documented)
    ]


DEFINITIONS = _definitions()
PUBLIC = [found for found in DEFINITIONS if not found.node.name.startswith("_")]
FUNCTIONS = [found for found in DEFINITIONS if isinstance(found.node, Function)]


def test_every_module_is_short_enough_to_read_at_a_sitting() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    long = [f"{path.relative_to(ROOT)}: {n}" for path, n in lengths.items() if n > MODULE_LINES]
    assert not long, f"Make two modules of each over {MODULE_LINES} lines: {long}"


def test_every_function_fits_on_a_screen() -> None:
    long = [f"{one}: {_lines(one.node)}" for one in FUNCTIONS if _lines(one.node) > FUNCTION_LINES]
    assert not long, f"Make two of each over {FUNCTION_LINES} lines, docstring apart: {long}"


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT)
        for path in MODULES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, f"Begin each with a docstring: {silent}"


def test_everything_public_has_a_docstring() -> None:
    nested = {inner for one in FUNCTIONS for inner in ast.walk(one.node) if inner is not one.node}
    silent = [str(one) for one in PUBLIC if not one.document and one.node not in nested]
    assert not silent, f"Say what each means: {silent}"


def test_a_function_that_raises_says_so() -> None:
    silent = [
        f"{one} raises {name}"
        for one in PUBLIC
        if isinstance(one.node, Function) and not _is_for_the_screen(one.path)
        for name in sorted(_raised(one.node) - _said_to_be_raised(one))
    ]
    assert not silent, f"Add each to the section Raises of its docstring: {silent}"


def test_no_docstring_names_a_parameter_that_is_gone() -> None:
    stale = [
        f"{one}: {name}"
        for one in PUBLIC
        for name in sorted(_documented_parameters(one) - _parameters(one.node))
    ]
    assert not stale, f"Correct each section Parameters: {stale}"


def test_nothing_is_printed() -> None:
    printing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert not printing, f"Use click.echo in the command line, nothing elsewhere: {printing}"


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "misc", "common"])
def test_no_room_is_a_drawer(word: str) -> None:
    drawers = [path for path in (ROOT / "mapper").rglob("*") if path.stem == word]
    assert not drawers, f"Name each for what happens in it: {drawers}"


def test_every_exception_to_the_rules_gives_its_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if EXCEPTION.search(line) and not SPEAKS_FOR_ITSELF.search(line) and not GIVEN.search(line)
    ]
    assert not bare, f"Say why in brackets at the end of the line: {bare}"


def _is_for_the_screen(path: Path) -> bool:
    """Whether docstrings are shown to those who type commands, or functions answer requests."""
    return path.relative_to(ROOT / "mapper").parts[0] in {"cli", "web", "api"}


def _lines(node: Documented) -> int:
    """Lines of a definition, its docstring and decorators not counted."""
    first = node.body[0]
    document = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0  # type: ignore[operator]
    return (node.end_lineno or node.lineno) - node.lineno + 1 - document


def _raised(function: Function) -> set[str]:
    raised = (node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc)
    names = {getattr(one.func, "id", "") for one in raised if isinstance(one, ast.Call)}
    return names & ERRORS


def _said_to_be_raised(one: Definition) -> set[str]:
    return {entry.type for entry in NumpyDocString(one.document)["Raises"]}


def _documented_parameters(one: Definition) -> set[str]:
    entries = NumpyDocString(one.document)["Parameters"]
    return {name.strip("* `") for entry in entries for name in entry.name.split(",")}


def _parameters(node: Documented) -> set[str]:
    if isinstance(node, ast.ClassDef):
        return set(_fields(node))
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [one for one in (arguments.vararg, arguments.kwarg) if one]
    return {one.arg for one in every}


def _fields(node: ast.ClassDef) -> Iterator[str]:
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            yield item.target.id
        elif isinstance(item, ast.FunctionDef) and item.name in {"__init__", "__new__"}:
            yield from _parameters(item)
