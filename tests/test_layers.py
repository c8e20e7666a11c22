"""An import points down the list of layers or sideways inside one, never up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

LINTER = Path(__file__).parent.parent / "linter"

# From the bottom up. Modules on one line may know each other; so may the modules of a folder.
LAYERS = (
    "model program late hints",
    "cache",
    "inflection words",
    "scan",
    "elements",
    "expectation",
    "patterns patternindex lexicon phrases",
    "source",
    "readers",
    "encoder decoder",
    "language references",
    "quotations",
    "sentences",
    "syntax",
    "agents",
    "qualification",
    "stance anaphora profiles placement",
    "rulebook",
    "shapes packshapes",
    "yamlfile tomlfile",
    "phrasefiles examplefiles profilefiles",
    "pagefiles",
    "rulefiles",
    "packs",
    "fingerprints",
    "suppression",
    "policy",
    "matching",
    "promotion",
    "page",
    "analysis",
    "disclosures",
    "engine",
    "treecache filecache",
    "config",
    "globs",
    "configfiles",
    "evidencefiles",
    "schemas",
    "ignored",
    "files changes",
    "workspace",
    "workers progress",
    "configview runs",
    "adoption",
    "reports",
    "wordreview",
    "outputs",
    "textcache",
    "console",
    "checking evidencelist",
    "gold",
    "evaluation",
    "scores",
    "ruletests handbook why",
    "packcheck options",
    "cli",
)
HEIGHTS = {name: height for height, names in enumerate(LAYERS) for name in names.split()}
MODULES = sorted(LINTER.rglob("*.py"))


def layer(module: str) -> str:
    """``linter.readers.text`` -> ``readers``; nothing for the package itself, which knows nobody."""
    return [*module.split("."), ""][1]


def imports(path: Path) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            if node.module == "linter":
                yield from (f"linter.{alias.name}" for alias in node.names if not alias.name.startswith("__"))
            else:
                yield str(node.module)


def own(path: Path) -> str:
    return layer(".".join(("linter", *path.relative_to(LINTER).with_suffix("").parts)))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LINTER)))
def test_imports_point_down(path: Path) -> None:
    name = own(path)
    if name == "__init__":
        assert not [module for module in imports(path) if module.startswith("linter")]
        return
    higher = [
        module
        for module in imports(path)
        if module.startswith("linter.") and layer(module) != name and HEIGHTS[layer(module)] > HEIGHTS[name]
    ]
    assert higher == []


def test_every_layer_is_there() -> None:
    assert {own(path) for path in MODULES} - {"__init__"} == set(HEIGHTS)


def test_the_readme_lists_the_modules_in_this_order() -> None:
    text = (LINTER.parent / "README.md").read_text(encoding="utf-8")
    table = text.partition("| module | what |")[2].partition("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    listed = [name for cell in cells for name in re.findall(r"`(\w+)/?`", cell)]
    assert sorted(listed) == sorted(HEIGHTS)
    assert [HEIGHTS[name] for name in listed] == sorted(HEIGHTS.values())


def test_only_language_knows_spacy() -> None:
    assert [path.name for path in MODULES if any(module.split(".")[0] == "spacy" for module in imports(path))] == [
        "language.py"
    ]


@pytest.mark.parametrize("path", sorted((LINTER / "reports").glob("*.py")), ids=lambda path: path.name)
def test_reports_know_only_data(path: Path) -> None:
    allowed = {"model", "source", "late", "reports"}
    assert {layer(module) for module in imports(path) if module.startswith("linter.")} <= allowed
