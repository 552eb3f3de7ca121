"""YAML, with the place of every text. Tags are not followed: nothing is built, only texts are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from toneguard.macros.formats import Reply, Unreadable
from toneguard.macros.formats.tree import Node, replies
from toneguard.macros.located import align

TEXT = "tag:yaml.org,2002:str"


def read_yaml(source: str, fields: Sequence[str]) -> Iterator[Reply]:
    """The replies of a YAML file, of all its documents."""
    try:
        roots = [root for root in yaml.compose_all(source, Loader=yaml.SafeLoader) if root is not None]
        for root in roots:
            yield from replies(node_of(root, source, {}), fields)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Unreadable(f"is no YAML: {problem.problem or problem.context}", line, column) from None
    except yaml.reader.ReaderError as problem:
        line = source.count("\n", 0, problem.position) + 1
        raise Unreadable("is no YAML: it holds a character that YAML does not allow", line) from None
    except RecursionError:
        raise Unreadable("is no YAML of replies: it is nested too deeply") from None


def node_of(node: yaml.Node, source: str, made: dict[int, Node]) -> Node:
    """A node of PyYAML as ours; an alias is the same node again, and so are those that hold themselves."""
    if id(node) in made:
        return made[id(node)]
    start, end = node.start_mark.index, node.end_mark.index
    ours = made[id(node)] = Node(start)
    if isinstance(node, yaml.ScalarNode):
        if node.tag == TEXT:
            begin = start
            if node.style in ("|", ">"):  # what follows the sign: indentation, chomping, a comment
                begin = min(source.find("\n", start, end) + 1 or end, end)
            elif node.style in ("'", '"'):
                begin, end = start + 1, end - 1
            ours.text = align(node.value, source, begin, end, escapes=node.style == '"')
    elif isinstance(node, yaml.MappingNode):
        ours.entries = [
            (str(key.value) if isinstance(key, yaml.ScalarNode) else "", node_of(value, source, made))
            for key, value in node.value
        ]
    else:
        ours.entries = [("", node_of(value, source, made)) for value in node.value]
    return ours
