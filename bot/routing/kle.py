"""Words that Danish municipalities sort their mail by (KLE), brought into the rules in a block of their own."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from bot.routing.document import read_document
from bot.routing.insertion import write_item
from bot.routing.live import find_lost
from bot.routing.load import Loaded, load_rules
from bot.routing.match import Router
from bot.routing.rules import Rules
from bot.routing.spelling import compact, fold_words
from bot.routing.vocabulary import Vocabulary

BLOCK = "kle_ord"
HEAD = (
    "# Ord fra KLE, hentet med »skab rules import-kle«. Ret dem ikke her: kør kommandoen igen, når et emnes kle: er",
    "# ændret. De er svage ord. Slet hele blokken, hvis I ikke vil bruge dem. De er ikke jeres egne: OS2KLE tilhører",
    "# OS2 - Offentligt digitaliseringsfællesskab og har licensen MPL 2.0, https://mozilla.org/MPL/2.0/",
)
"""What stands above the block, so that whoever reads the file knows where the words come from and whose they are."""
NUMBER, WORD = "kle", "keyword"
"""The columns that are read; others may be there."""
SHORTEST = 4
MOST_PARTS = 2
"""Words in a keyword; what is longer is office language that no citizen writes."""
MOST_TOPICS = 2
"""Topics that may share a keyword; one that more of them have tells none of them."""
ROUNDS = 4
"""How often words that take an example from its topic are left out before the import is given up."""
_PLAIN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_WIDTH = 116


class KleError(ValueError):
    """The file holds no keywords; the message says why, in Danish and English."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """One row of the file: a number of the plan, and a word that belongs to it."""

    number: str
    word: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The rules file with the words in it, what came of checking it, and the words by topic."""

    data: bytes
    loaded: Loaded
    words: Mapping[str, Sequence[str]]


def read_keywords(data: bytes) -> tuple[Keyword, ...]:
    """The rows of a csv file with the columns `kle` and `keyword`, separated by comma, semicolon or tab.

    Raises:
        KleError: it is no such file.
    """
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise KleError("filen er ikke gemt som UTF-8 (it is not UTF-8)") from None
    head = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=max(",;\t", key=head.count))
    if not {NUMBER, WORD} <= set(reader.fieldnames or ()):
        raise KleError(f"filen har ikke kolonnerne {NUMBER} og {WORD} (it lacks these columns)")
    try:
        rows = [(row[NUMBER], row[WORD]) for row in reader]
    except csv.Error as error:
        raise KleError(f"filen er ikke en csv-fil ({error}) (it is no csv file)") from None
    found = tuple(Keyword(number.strip(), word.strip()) for number, word in rows if number and word)
    if not found:
        raise KleError("der er ingen ord i filen (there are no words in it)")
    return found


def bring_in(data: bytes, keywords: Iterable[Keyword]) -> Imported:
    """The rules file with the keywords of each topic's `kle` numbers, instead of those that stood there before.

    Only words that the rules don't know or build already come in, and none that takes an example from its topic.
    Nothing but the block is changed. `loaded` tells what is wrong where the file could not be used as it was.
    """
    bare = take_out(data)
    loaded = load_rules(bare)
    if loaded.rules is None:
        return Imported(data, loaded, {})
    words = _choose(loaded.rules, Router(loaded.rules).vocabulary, keywords)
    for _ in range(ROUNDS):
        data = _put_in(bare, words)
        loaded = load_rules(data)
        if loaded.rules is None:
            break
        router = Router(loaded.rules)
        taken = {lost.found: lost.text for lost in find_lost(router)}
        if not taken:
            break
        for topic, example in taken.items():
            roots = {router.vocabulary.root(word) for word in router.read(example).words}
            words[topic] = [word for word in words.get(topic, ()) if roots.isdisjoint(_roots(router.vocabulary, word))]
    return Imported(data, loaded, {topic: found for topic, found in words.items() if found})


def take_out(data: bytes) -> bytes:
    """The rules file without the block, and without what stands above it."""
    lines = data.decode("utf-8", "replace").splitlines(keepends=True)
    place = read_document(data).key_marks.get((BLOCK,))
    if place is None:
        return data
    first = last = place[0] - 1
    while last + 1 < len(lines) and (lines[last + 1][:1].isspace() or lines[last + 1].startswith("]")):
        last += 1
    while first > 0 and lines[first - 1].strip() in HEAD:
        first -= 1
    while first > 0 and not lines[first - 1].strip() and last + 1 == len(lines):
        first -= 1
    return "".join((*lines[:first], *lines[last + 1 :])).encode("utf-8")


def _choose(rules: Rules, vocabulary: Vocabulary, keywords: Iterable[Keyword]) -> dict[str, list[str]]:
    """For each topic the keywords under its numbers that add something to what the rules know."""
    rows = [(keyword.number, keyword.word.lower()) for keyword in keywords]
    under = {
        topic: dict.fromkeys(word for number, word in rows if any(_is_under(number, wanted) for wanted in block.kle))
        for topic, block in rules.topics.items()
    }
    often = Counter(word for words in under.values() for word in words)
    return {
        topic: [word for word in words if often[word] <= MOST_TOPICS and _is_new(vocabulary, word)]
        for topic, words in under.items()
    }


def _is_under(number: str, wanted: str) -> bool:
    return number == wanted or number.startswith(wanted.rstrip(".") + ".")


def _is_new(vocabulary: Vocabulary, word: str) -> bool:
    if not _PLAIN.fullmatch(word) or len(word) < SHORTEST:
        return False
    parts = fold_words(word)
    return len(parts) <= MOST_PARTS and not all(
        part in vocabulary.small or vocabulary.knows(part) or vocabulary.leads(part) for part in (*parts, compact(word))
    )


def _roots(vocabulary: Vocabulary, word: str) -> Iterator[str]:
    yield vocabulary.root(compact(word))
    yield from map(vocabulary.root, fold_words(word))


def _put_in(data: bytes, words: Mapping[str, Sequence[str]]) -> bytes:
    text = data.decode("utf-8")
    ending = "\r\n" if "\r\n" in text else "\n"
    written = [*HEAD, f"{BLOCK}:"]
    for topic, found in words.items():
        if found:
            listed = ", ".join(write_item(word) for word in found)
            rows = wrap(listed, _WIDTH, break_long_words=False, break_on_hyphens=False)
            written += [f"  {topic}: [", *(f"    {row}" for row in rows), "  ]"]
    if len(written) == len(HEAD) + 1:
        return data
    above = "" if not text or text.endswith("\n") else ending
    return (text + above + ending + ending.join(written) + ending).encode("utf-8")
