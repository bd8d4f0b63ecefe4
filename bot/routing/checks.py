"""What a rules file must mean, beyond its form: topics and agents that exist, stand-ins that don't run in a ring."""

from collections.abc import Iterator, Mapping

from bot.routing.danish import SMALL_WORDS
from bot.routing.document import Document, Path, Tree, nearest
from bot.routing.faults import Problem, fault
from bot.routing.rules import KINDS, TAXONOMY, Rules
from bot.routing.spelling import fold

LONGEST_ID = 24
"""Bytes of a topic's or an agent's id: a button sends it back among others, and may send 64 (Bot API)."""
FACETS = ("hvor", "hvem", "selv", "hvordan")
"""What questions can be about (see `facets`; whether somebody has said how is never certain)."""
NEEDED_SIGNPOSTS = ("service_request", "personal_case", "complaint", "other_authority")


def check_meaning(document: Document, rules: Rules | None) -> None:
    """Report what is wrong in the file's meaning; works on the raw tree too, so that all faults come at once."""
    tree = document.tree if isinstance(document.tree, dict) else {}
    _check_topics(document, _block(tree, "emner"))
    _check_kinds(document, _block(tree, "slags"))
    _check_ids(document, tree)
    _check_agents(document, tree)
    _check_shared_words(document, _block(tree, "emner"))
    _check_examples(document, _block(tree, "emner"))
    _check_kle_words(document, tree)
    if rules is not None:
        _check_small_words(document, rules)
        _check_stand_ins(document, rules)
        _check_numbers(document, rules)
        _check_names(document, rules)
        _check_facets(document, rules)
        _check_signposts(document, rules)


def find_agent(rules: Rules, written: str) -> str:
    """The id of the agent that is named by id or by name; raises KeyError when nobody is."""
    if written in rules.agents:
        return written
    for agent_id, agent in rules.agents.items():
        if fold(agent.name) == fold(written):
            return agent_id
    raise KeyError(written)


def _block(tree: Tree, key: str) -> dict[str, Tree]:
    value = tree.get(key) if isinstance(tree, dict) else None
    return value if isinstance(value, dict) else {}


def _check_topics(document: Document, topics: dict[str, Tree]) -> None:
    if not topics:
        return
    missing = [topic for topic in TAXONOMY if topic not in topics]
    for topic in topics:
        meant = nearest(topic, missing)
        if topic not in TAXONOMY and meant:
            missing.remove(meant)
            document.report(document.key_marks[("emner", topic)], "unknown_topic", meant=meant, topic=topic)
    place = document.key_marks.get(("emner",), (1, 1))
    for topic in missing:
        document.report(place, "topic_missing", topic=topic)


def _check_kinds(document: Document, kinds: dict[str, Tree]) -> None:
    place = document.key_marks.get(("slags",), (1, 1))
    for kind in KINDS if kinds else ():
        if kind not in kinds:
            document.report(place, "kind_missing", kind=kind)


def _named_agents(tree: Tree) -> Iterator[tuple[Path, Tree]]:
    if not isinstance(tree, dict):
        return
    for field in ("koordinator", "leder"):
        if field in tree:
            yield (field,), tree[field]
    for topic, block in _block(tree, "emner").items():
        if isinstance(block, dict) and "ansvarlig" in block:
            yield ("emner", topic, "ansvarlig"), block["ansvarlig"]
        helpers = block.get("medspillere") if isinstance(block, dict) else None
        for number, helper in enumerate(helpers if isinstance(helpers, list) else []):
            yield ("emner", topic, "medspillere", number), helper
    for agent, block in _block(tree, "agenter").items():
        if isinstance(block, dict) and "afløser" in block:
            yield ("agenter", agent, "afløser"), block["afløser"]
    for group, places in _block(tree, "steder").items():
        for number, place in enumerate(places if isinstance(places, list) else []):
            if isinstance(place, dict) and "agent" in place:
                yield ("steder", group, number, "agent"), place["agent"]


def _check_ids(document: Document, tree: Tree) -> None:
    for block in ("emner", "agenter"):
        for own in _block(tree, block):
            if len(own.encode()) > LONGEST_ID:
                document.report(document.key_marks[(block, own)], "long_id", id=own, most=LONGEST_ID)


def _check_agents(document: Document, tree: Tree) -> None:
    agents = _block(tree, "agenter")
    names = [str(block["navn"]) for block in agents.values() if isinstance(block, dict) and block.get("navn")]
    known = {*agents, *(fold(name) for name in names)}
    for path, written in _named_agents(tree):
        if not isinstance(written, str) or written in known or fold(written) in known:
            continue
        meant = nearest(written, names) or nearest(written, list(agents))
        document.report(document.place(path), "unknown_agent", meant=meant, agent=written, known=", ".join(agents))


def _check_shared_words(document: Document, topics: dict[str, Tree]) -> None:
    first: dict[str, str] = {}
    for topic, block in topics.items():
        words = block.get("ord") if isinstance(block, dict) else None
        for number, word in enumerate(words if isinstance(words, list) else []):
            if not isinstance(word, str):
                continue
            other = first.setdefault(fold(word), topic)
            if other != topic:
                at = document.place(("emner", topic, "ord", number))
                document.report(at, "shared_word", refused=False, word=word, first=other, second=topic)


def _check_examples(document: Document, topics: dict[str, Tree]) -> None:
    """Examples are each topic's own proof; where no topic has any, the file is one that does without."""
    without = [topic for topic, block in topics.items() if isinstance(block, dict) and not block.get("eksempler")]
    for topic in without if len(without) < len(topics) else ():
        document.report(document.key_marks[("emner", topic)], "no_examples", refused=False, topic=topic)


def _check_kle_words(document: Document, tree: Tree) -> None:
    topics = _block(tree, "emner")
    for topic in _block(tree, "kle_ord") if topics else ():
        if topic not in topics:
            at = document.key_marks[("kle_ord", topic)]
            document.report(at, "kle_topic", meant=nearest(topic, list(topics)), refused=False, topic=topic)


def _check_small_words(document: Document, rules: Rules) -> None:
    for topic, block in rules.topics.items():
        for number, word in enumerate(block.words):
            if fold(word) in SMALL_WORDS:
                at = document.place(("emner", topic, "ord", number))
                document.report(at, "small_word", refused=False, word=word, topic=topic)


def _check_stand_ins(document: Document, rules: Rules) -> None:
    told: set[str] = set()
    for start in rules.agents:
        chain = [start]
        while (written := rules.agents[chain[-1]].stand_in) is not None:
            try:
                following = find_agent(rules, written)
            except KeyError:
                break
            if following in chain:
                ring = chain[chain.index(following) :]
                if told.isdisjoint(ring):
                    names = " → ".join(rules.agents[agent].name for agent in [*ring, ring[0]])
                    document.report(
                        document.place(("agenter", ring[0], "afløser")),
                        "ring",
                        refused=False,
                        names=names,
                        coordinator=_name(rules, rules.coordinator),
                    )
                told.update(ring)
                break
            chain.append(following)


def _check_numbers(document: Document, rules: Rules) -> None:
    owners: dict[int, str] = {}
    for agent, block in rules.agents.items():
        if (telegram := block.telegram) is None:
            continue
        other = owners.setdefault(telegram, agent)
        if other != agent:
            at = document.place(("agenter", agent, "telegram"))
            document.report(at, "same_number", number=telegram, other=other)


def _check_names(document: Document, rules: Rules) -> None:
    first: set[str] = set()
    for agent, block in rules.agents.items():
        if fold(block.name) in first:
            document.report(document.place(("agenter", agent, "navn")), "same_name", refused=False, name=block.name)
        first.add(fold(block.name))


def _check_facets(document: Document, rules: Rules) -> None:
    """A question whose `om` is misspelled would be asked also where the answer was given."""
    asked = [
        (("spørgsmål",), rules.questions),
        *((("emner", t, "spørgsmål"), b.questions) for t, b in rules.topics.items()),
    ]
    for path, questions in asked:
        for number, question in enumerate(questions):
            if question.facet not in FACETS:
                at, meant = document.place((*path, number, "om")), nearest(question.facet, FACETS)
                told = {"facet": question.facet, "known": ", ".join(FACETS)}
                document.report(at, "unknown_facet", meant=meant, refused=False, **told)


def find_unseated(rules: Rules, seats: Mapping[str, int], places: Mapping[str, tuple[int, int]]) -> Iterator[Problem]:
    """Who can't be reached, as a warning where their block stands (`places`), once anybody has a Telegram id.

    `seats` are the ids that stand outside the file.
    """
    seated = {agent for agent, block in rules.agents.items() if block.telegram is not None or agent in seats}
    for agent, block in rules.agents.items():
        if seated and agent not in seated:
            heir = _name(rules, block.stand_in or rules.coordinator)
            told = {"name": block.name, "agent": agent, "heir": heir}
            yield fault("no_number", places.get(agent, (1, 1)), told, refused=False)


def _name(rules: Rules, written: str) -> str:
    """The full name of an agent who is named by id or by name; what is written where nobody is."""
    try:
        return rules.agents[find_agent(rules, written)].name
    except KeyError:
        return written


def _check_signposts(document: Document, rules: Rules) -> None:
    there = {signpost.kind for signpost in rules.signposts.values()}
    for kind in NEEDED_SIGNPOSTS:
        if kind not in there:
            document.report(document.key_marks.get(("vejvisere",), (1, 1)), "no_signpost", kind=kind)
