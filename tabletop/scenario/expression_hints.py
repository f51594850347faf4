"""Suggestions for expressions written as in a spreadsheet or another language, such as "write 'and' for &&"."""

from __future__ import annotations

import ast
import re

from tabletop.scenario.scalar_typos import intended_boolean, intended_integer

_CHOICE = ": a choice between two amounts is written 'A if condition else B'"
_PER_CENT = re.compile(r"(\d+)\s*%(?!\s*[\w(])|(\d+)\s*%(?=\s*of\b)")

#: Patterns in a text that does not parse, in the order in which they are tried, with the hint for each.
_WRITTEN: tuple[tuple[str, str], ...] = (
    ("[\u201c\u201d\u2018\u2019\u00ab\u00bb]", ": names stand without quotation marks"),
    (r"&&?", ": write 'and' for &&"),
    (r"\|\|?", ": write 'or' for ||"),
    (r"<>|\u2260", ": write != for 'is not'"),
    (r"\u2265", ": write >= for \u2265"),
    (r"\u2264", ": write <= for \u2264"),
    (r"[\uff1d\uff1e\uff1c\uff0b\uff08\uff09]", ": signs are those of an English keyboard, such as = < > + ( )"),
    (r"\u2212|\u2013", ": write - for a minus"),
    (r"\u00d7|\u00b7", ": write * for 'times'"),
    (r"\u00f7", ": write // for whole-number division"),
    (r"!(?!=)", ": write 'not' for !"),
    (r"=>|=<|===", ": comparisons are written == != < <= > >="),
    (r"(?<![<>=!])=(?!=)", ": things are compared with =="),
    (r"\bif\s*\(", _CHOICE),
    (r"\?|\bthen\b", _CHOICE),
    (r"\bAND\b|\bOR\b|\bNOT\b", ": 'and', 'or' and 'not' are written in small letters"),
    (r"\{", ": { } stand for the parameters of an action, and only there"),
)

_CALLS = {"min": "min", "max": "max", "clamp": "clamp", "minimum": "min", "maximum": "max"}


def hint(text: str) -> str:
    """What to write instead of a text that does not parse; "" if unknown.

    >>> hint("a && b"), hint("odds < 40%")
    (": write 'and' for &&", ': per cent are whole numbers: write 40')
    """
    per_cent = _PER_CENT.search(text)
    if per_cent:
        return f": per cent are whole numbers: write {per_cent[1] or per_cent[2]}"
    digits = re.search(r"\d+", re.sub("[0-9]", " ", text))
    if digits:
        return f": write {intended_integer(digits[0])} for {digits[0]}"
    for pattern, words in _WRITTEN:
        if re.search(pattern, text):
            return words
    if re.search(r"\bif\b", text) and not re.search(r"\belse\b", text):
        return ": an 'if' needs an 'else' too"
    return ""


def hint_of_constant(value: object) -> str:
    """What to write instead of a text or a fraction in an expression."""
    if isinstance(value, str) and value.isidentifier():
        return f": names stand without quotation marks, as in == {value}"
    meant = intended_integer(str(value))
    if meant is not None:
        return f": write {meant}"
    return ": a share is written in whole numbers, as in x // 2 or x * 3 // 4" if isinstance(value, float) else ""


def hint_of_name(name: str) -> str:
    """What to write instead of an undeclared name that means something in other languages."""
    meant = intended_boolean(name)
    return "" if meant is None else f": write {str(meant).lower()}"


def hint_of_operator(operator: ast.operator) -> str:
    """What to write instead of an unsupported operator."""
    if isinstance(operator, ast.BitAnd):
        return ": write 'and'"
    if isinstance(operator, ast.BitOr):
        return ": write 'or'"
    return "; whole-number division is //"


def hint_of_comparison(operator: ast.cmpop) -> str:
    """What to write instead of a comparison in words."""
    if isinstance(operator, ast.In | ast.NotIn):
        return ": write 'x == a or x == b' for 'x in (a, b)'"
    return ": write == for 'is', and != for 'is not'"


def hint_of_call(name: str) -> str:
    """What to write instead of a function of a spreadsheet."""
    if name.lower() == "if":
        return _CHOICE
    known = _CALLS.get(name.lower())
    if known:
        return f": write {known}( )"
    return {"and": ": write 'a and b'", "or": ": write 'a or b'", "not": ": write 'not a'"}.get(name.lower(), "")


def hint_of(tree: ast.expr) -> str:
    """What to write instead of an unsupported construct."""
    if isinstance(tree, ast.Tuple):
        last = tree.elts[-1] if tree.elts else None
        return ": numbers are written without commas" if isinstance(last, ast.Constant) else ""
    if isinstance(tree, ast.Set) or (isinstance(tree, ast.Dict) and not tree.keys):
        return ": { } stand for the parameters of an action, and only there"
    return ""
