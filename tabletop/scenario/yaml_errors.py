"""YAML syntax errors in plain words, at the place of the author's mistake instead of the parser's."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tabletop.scenario.problems import Mark

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_EXPLANATIONS = {
    "mapping values are not allowed": "a ': ' that can't stand here: put the text in quotes, or check the indentation",
    "sequence entries are not allowed": "a list item can't stand here: begin the list on the next line",
    "a tab character": "a tab: indent with spaces",
    "cannot start any token": "no text can begin with this character: put the text in quotes",
    "unexpected end of stream": "a quotation mark that is never closed",
    "unknown escape character": r"an unknown \ code in double quotes: use single quotes, or write \\",
    "expected ',' or ']'": "a list in [ ] that lacks a comma or its closing ]",
    "expected ',' or '}'": "a mapping in { } that lacks a comma or its closing }",
    "expected key": "this doesn't fit the lines above: check the indentation and the quotation marks",
    "expected <block end>": "this doesn't fit the lines above: check the indentation and the quotation marks",
    "expected '-' indicator": "this doesn't fit the list above: check the indentation, or begin with '- '",
    "could not find expected ':'": "a key without ': ' after it",
    "expected node content": "a value is missing here, or its text needs quotes",
    "undefined tag handle": "tags (!) are not allowed: put the text in quotes",
    "unknown directive": "lines that begin with % are not allowed",
}

_TAB = "a tab: indent with spaces"
_CURLY = re.compile(r"(?:[:,\[{-] +|^\s*)([“”„‘’])")
_BRACES = re.compile(r": (\{\w+\})[^,}\]]")
_COMMENT = re.compile(r"(?<=\S) #(?! *meant\b)")


def explain_yaml_error(error: yaml.YAMLError, text: str, file: str) -> tuple[str, Mark]:
    """The message for a YAML parser error, and the place of the mistake that caused it."""
    lines = text.split("\n")
    problem = str(getattr(error, "problem", "") or "")
    at, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if "unexpected end of stream" in problem or "unknown directive" in problem:  # where the construct began
        at = context or at
    if at is None:
        return _explanation(problem), Mark(file, 1, 1)
    mark = Mark(file, at.line + 1, at.column + 1)
    if "\t" in _line(lines, at.line)[: at.column + 1]:
        return _TAB, mark
    if "unexpected end of stream" in problem:
        return _explanation(problem), mark
    first = context.line if context is not None and "flow" in str(getattr(error, "context", "")) else at.line - 1
    return (
        _unclosed_quote(text, file, at)
        or _cut_by_comment(lines, file, max(0, first), at.line)
        or _missing_quotes(lines, file, at)
        or (_explanation(problem), mark)
    )


def _line(lines: list[str], number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""


def _explanation(problem: str) -> str:
    for part, words in _EXPLANATIONS.items():
        if part in problem:
            return words
    return f"this can't be read as YAML: {problem or 'it is broken'}"


def _unclosed_quote(text: str, file: str, at: Any) -> tuple[str, Mark] | None:
    """A quoted text without a closing quote, which continues to the next quotation mark, where the parser fails."""
    quoted: Any = None
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                quoted = token
            if token.start_mark.index > at.index:
                break
    except yaml.YAMLError:
        pass  # the error that is being explained
    if quoted is None or quoted.start_mark.line == quoted.end_mark.line or quoted.end_mark.line != at.line:
        return None
    start, end = quoted.start_mark, quoted.end_mark
    message = f"a quotation mark that is never closed: the text runs on to the next one, in line {end.line + 1}"
    return message, Mark(file, start.line + 1, start.column + 1)


def _cut_by_comment(lines: list[str], file: str, first: int, last: int) -> tuple[str, Mark] | None:
    """An unquoted text (or another part of a line) that is cut off at ' #'."""
    message = "' #' begins a comment, and what follows it on this line is lost: put the text in quotes"
    for number in range(first, min(last + 1, len(lines))):
        line = lines[number]
        found = _COMMENT.search(line)
        if found and line[: found.start()].count('"') % 2 == 0 and "  #" not in line:
            return message, Mark(file, number + 1, found.start() + 1)
        if re.match(r"\s+#\w", line):
            return message, Mark(file, number + 1, line.index("#") + 1)
    return None


def _missing_quotes(lines: list[str], file: str, at: Any) -> tuple[str, Mark] | None:
    """Typographic quotes, or a leading parameter in braces, without straight quotes around the text."""
    line = _line(lines, at.line)
    curly = _CURLY.search(line[: at.column + 1])
    if curly:
        message = f"{curly[1]} is no quotation mark to YAML: put the text in straight quotes, \" or '"
        return message, Mark(file, at.line + 1, curly.start(1) + 1)
    braces = _BRACES.search(line)
    if braces and braces.start(1) <= at.column:
        message = f"a text that begins with {braces[1]} needs quotes: braces begin a mapping"
        return message, Mark(file, at.line + 1, braces.start(1) + 1)
    return None
