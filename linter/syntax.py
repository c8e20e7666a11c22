"""Who does what to what, read off a dependency tree (ClearNLP labels as spaCy's English models use them).

The questions that rules ask of a sentence, answered through passives, infinitives, relative clauses, participles,
coordination and nominalisations. Nothing here knows a word of the domain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.language import Tree

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
OBJECTS = frozenset(("dobj", "obj", "dative", "oprd"))
CLAUSES = frozenset(("ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "conj", "parataxis"))
NOUN_MODIFIERS = frozenset(("compound", "amod", "nmod", "npadvmod", "appos", "poss"))
# Prepositions through which a verb or a nominalisation reaches what it acts on ("relief from", "improvement in").
REACHING = frozenset("of in from with against for to on over".split())
# Prepositions that lead from a measure, a part or a state to what it is one of ("levels of pain", "pain in the knee").
INNER = frozenset("of in for with from to on between around throughout associated related".split())


def is_verb(tree: Tree, index: int) -> bool:
    """Whether the token is tagged as a verb form or used as one."""
    token = tree.tokens[index]
    return token.tag.startswith(("VB", "MD")) and token.dep not in ("amod", "compound")


def subtree(tree: Tree, index: int, stop: frozenset[str] = frozenset()) -> set[int]:
    """The token and all that depends on it, without branches whose label is in ``stop``."""
    found = {index}
    todo = [index]
    while todo:
        for child in tree.children[todo.pop()]:
            if tree.tokens[child].dep not in stop:
                found.add(child)
                todo.append(child)
    return found


def is_within(tree: Tree, index: int, top: int, stop: frozenset[str] = frozenset()) -> bool:
    """Whether a token is another one or depends on it, through no label of ``stop``."""
    for _ in tree.tokens:
        token = tree.tokens[index]
        if index == top:
            return True
        if token.head == index or token.dep in stop:
            return False
        index = token.head
    return False


def ancestors(tree: Tree, index: int) -> Iterator[int]:
    """The heads above a token, nearest first."""
    for _ in tree.tokens:
        head = tree.tokens[index].head
        if head == index:
            return
        yield head
        index = head


def head_of(tree: Tree, tokens: Iterable[int]) -> int:
    """The token of a run that the others of it hang on: the one nearest to the root, the first of equals."""
    candidates = [i for i in tokens if tree.tokens[i].dep not in ("punct", "det", "case")] or list(tokens)
    return min(candidates, key=lambda i: (tree.depths[i], i))


def children(tree: Tree, index: int, *labels: str) -> list[int]:
    """The dependents with one of these labels."""
    dependents = tree.children[index]
    if not dependents:  # as most tokens
        return []
    tokens = tree.tokens
    return [child for child in dependents if tokens[child].dep in labels]


def conjuncts(tree: Tree, index: int) -> list[int]:
    """The token and everything coordinated with it to the right, through chains."""
    found = [index]
    for current in found:
        found.extend(child for child in children(tree, current, "conj") if child not in found)
    return found


def first_conjunct(tree: Tree, index: int) -> int:
    """The first member of the coordination that a token belongs to."""
    while tree.tokens[index].dep == "conj":
        index = tree.tokens[index].head
    return index


def prepositional_objects(tree: Tree, index: int, prepositions: frozenset[str]) -> list[int]:
    """The objects of a token's prepositional phrases that begin with one of ``prepositions``; nested ones too."""
    found: list[int] = []
    for child in children(tree, index, "prep", "agent", "dative"):
        if tree.tokens[child].text.lower() in prepositions:
            found.extend(children(tree, child, "pobj", "pcomp"))
            for nested in children(tree, child, "prep"):  # "because of", "out of"
                found.extend(children(tree, nested, "pobj", "pcomp"))
    return found


def themes(tree: Tree, action: int, last: int) -> list[int]:
    """What ``action`` acts on: a verb's object, its passive's subject, its participle's noun, its noun's complement.

    ``last`` is the last token of the action's words: of "say goodbye to" it is "to", whose object is meant.
    """
    token = tree.tokens[action]
    found: list[int] = []
    if last != action:
        found.extend(children(tree, last, "pobj", "dobj", "pcomp"))
    if is_verb(tree, action):
        found.extend(_verb_themes(tree, action))
    if token.dep in ("amod", "compound", "nmod") or (token.dep == "acl" and token.tag == "VBN"):
        found.append(token.head)
    if not is_verb(tree, action):
        found.extend(prepositional_objects(tree, action, REACHING))
        found.extend(children(tree, action, "compound", "amod", "nmod", "npadvmod", "dobj"))
        found.extend(child for child in children(tree, action, "poss") if tree.tokens[child].tag.startswith("NN"))
    return [conjunct for theme in found for conjunct in conjuncts(tree, theme)]


def _verb_themes(tree: Tree, verb: int) -> list[int]:
    token = tree.tokens[verb]
    found = children(tree, verb, "dobj", "obj", "nsubjpass", "oprd", "npadvmod")
    relative = [child for child in found if tree.tokens[child].tag in ("WDT", "WP")]
    if token.dep == "relcl" and relative:
        found.append(token.head)
    if not found:
        found.extend(prepositional_objects(tree, verb, REACHING))
    if not found:
        for conjunct in conjuncts(tree, verb)[1:]:  # "ease and prevent pain": the object hangs on the second verb
            if is_verb(tree, conjunct) and not children(tree, conjunct, *SUBJECTS):
                found.extend(children(tree, conjunct, "dobj", "obj"))
    if token.dep == "conj" and token.tag == "VBN" and not found:
        first = first_conjunct(tree, verb)
        found.extend(children(tree, first, "nsubjpass"))
    if token.tag == "VBN" and token.dep == "conj" and tree.tokens[token.head].dep == "amod":
        found.append(tree.tokens[token.head].head)
    return found


def bearers(tree: Tree, action: int) -> list[int]:
    """What does or has ``action``: subject of a verb, noun of an attribute, subject of a predicate."""
    token = tree.tokens[action]
    found: list[int] = []
    if token.dep in ("amod", "compound", "nmod", "npadvmod"):
        found.append(token.head)
    if token.dep in ("acomp", "attr", "oprd", "prep"):
        found.extend(own_subject(tree, token.head))
    if token.dep in ("relcl", "acl"):
        found.append(token.head)
    if is_verb(tree, action) or tree.children[action]:
        found.extend(own_subject(tree, action))
    return [conjunct for bearer in found for conjunct in conjuncts(tree, bearer)]


def own_subject(tree: Tree, verb: int) -> list[int]:
    """The subject of a clause: its own or, for a coordinated verb or infinitive, that of the clause it continues."""
    for _ in tree.tokens:
        subjects = children(tree, verb, *SUBJECTS)
        if subjects:
            return subjects
        token = tree.tokens[verb]
        if token.dep not in ("conj", "xcomp", "advcl", "aux"):
            return []
        verb = token.head
    return []


def inner_nouns(tree: Tree, noun: int) -> set[int]:
    """The tokens that a noun phrase is about: head, modifiers, coordinated heads, inner prepositional objects."""
    found: set[int] = set()
    todo = [noun]
    while todo:
        current = todo.pop()
        if current in found:
            continue
        found.add(current)
        todo.extend(children(tree, current, "conj", *NOUN_MODIFIERS))
        todo.extend(prepositional_objects(tree, current, INNER))
        if tree.tokens[current].dep == "pcomp" or tree.tokens[current].tag == "VBG":
            todo.extend(children(tree, current, "dobj"))
        for participle in children(tree, current, "acl"):  # "pain caused by", "symptoms associated with"
            if tree.tokens[participle].tag == "VBN":
                todo.extend(prepositional_objects(tree, participle, INNER | {"by"}))
        for child in children(tree, current, "prep"):
            if tree.tokens[child].text.lower() in ("like", "including"):
                todo.extend(children(tree, child, "pobj"))
            if tree.tokens[child].text.lower() == "as":
                todo.extend(children(tree, child, "pobj"))
    return found
