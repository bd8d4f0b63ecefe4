"""How a text for citizens is judged: the measures and word lists of the acceptance scenarios (A-02, part 9)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.texts.book import Book
from tests.journeys.wording import promises

CITIZEN_SECTIONS = (
    "citizen",
    "citizen_step",
    "step",
    "step_of_another",
    "stage",
    "bot",
    "shared",
    "lead",
    "open",
    "bridge",
    "offer",
    "board",
    "numbers",
)
"""The sections that a citizen reads; the rest is read by staff."""

_OFFICE_STEMS = (
    "vedrørende|angående|såfremt|endvidere|ydermere|førnævnt|nærværende|henholdsvis|jævnfør|foranledig|fremsend"
    "|henvendelse|tilkendegiv|iværksæt|effektuer|imødekom|imødese|meddel|bekendtgør|pågældende|hvorvidt|foreligge"
    "|forelægge|foretag|sagsbehandl|sagsnummer|visiter|fagforvaltning"
)
_OFFICE_PHRASES = (
    "i henhold til|i medfør af|jf\\.|rette henvendelse|i forbindelse med|med henblik på|på baggrund af"
    "|snarest muligt|hurtigst muligt|desværre må vi"
)
OFFICE = re.compile(rf"\b({_OFFICE_STEMS})\w*|\b({_OFFICE_PHRASES})", re.IGNORECASE)
_POLITE = re.compile(r"(?<=[a-zæøå,] )(De|Dem|Deres)\b|(?i:\bborgeren\b)")
_PASSIVE = re.compile(
    r"\b(behandles|vurderes|besvares|kontaktes|undersøges|afgøres|videresendes|sendes|læses|drøftes|besluttes|godkendes"
    r"|afvises|lukkes|slettes|gemmes|opbevares|registreres|overdrages|oplyses|orienteres|informeres|inddrages|svares"
    r"|planlægges|tildeles|fordeles|tages|gives|anvendes|bruges)\b",
    re.IGNORECASE,
)
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
_STOP = re.compile(r"[!?:…]+|\n+|\.(?=\s|$)")
_NO_STOP = re.compile(r"\b(kl|nr|ca|fx|bl\.a|f\.eks|osv|evt|mv)\.|(?<=\d)\.(?= ?[a-zæøå\d])")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a sentence ends at `.` `!` `?` `:` or a line break, but not at "kl." or "4."."""
    whole = _NO_STOP.sub(lambda found: found.group().replace(".", ""), text)
    parts = (re.findall(r"[\w’'-]+", part) for part in _STOP.split(whole))
    return [words for words in parts if words]


def lix(text: str) -> float:
    """Words a sentence plus the percentage of long words; names and *sparringsagent* are no long words (1.6)."""
    said = sentences(text)
    count = sum(map(len, said))
    if not count:
        return 0.0
    long = sum(1 for words in said for place, word in enumerate(words) if _is_long(word, place))
    return count / len(said) + 100 * long / count


def _is_long(word: str, place: int) -> bool:
    if len(word) <= 6 or word.lower().startswith("sparringsagent") or (place > 0 and word[0].isupper()):
        return False
    return _WORD.match(word) is not None


def faults(text: str) -> list[str]:
    """Everything in a citizen's text that the acceptance scenarios don't allow, in words."""
    said = sentences(text)
    words = sum(map(len, said))
    found = [f"office word: {hit.group()}" for hit in OFFICE.finditer(text)]
    found += [f"promise: {hit}" for hit in promises(text)]
    found += [f"not to “du”: {hit.group()}" for hit in _POLITE.finditer(text)]
    found += [f"passive: {hit.group()}" for hit in _PASSIVE.finditer(text)]
    found += [f"{len(one)} words in a sentence: {' '.join(one)}" for one in said if len(one) > 22]
    if words >= 25 and lix(text) > 40:
        found.append(f"LIX {lix(text):.0f}")
    found += [f"{text.count(sign)} of {sign}" for sign in "!?" if text.count(sign) > 1]
    emoji = _EMOJI.findall(text)
    if len(emoji) > 1 or (emoji and text.lstrip().startswith(emoji[0])):
        found.append(f"emoji: {''.join(emoji)}")
    if "klik her" in text.lower():
        found.append("klik her")
    return found


def for_citizens(book: Book) -> list[str]:
    """The keys of all texts that a citizen reads, in the order of the alphabet."""
    return sorted(key for key in book.known() if key.split(".")[0] in CITIZEN_SECTIONS)


@cache
def labels(folder: Path) -> frozenset[str]:
    """The keys that the code puts on buttons, read from its calls of `Button(key, ...)` and `.button(key, ...)`."""
    return frozenset(key for key, is_label in _named(folder) if is_label)


def named_keys(folder: Path, sections: frozenset[str]) -> frozenset[str]:
    """Every string in the code that looks like the key of a text in one of these sections, and is no module's name."""
    looks_like_a_key = re.compile(rf"({'|'.join(sections)})(\.[a-z0-9_]+)+")
    found = {key for key, _ in _named(folder) if looks_like_a_key.fullmatch(key)}
    return frozenset(key for key in found if not _is_module(folder.parent / key.replace(".", "/")))


def _is_module(path: Path) -> bool:
    return path.is_dir() or path.with_suffix(".py").is_file()


def _named(folder: Path) -> Iterator[tuple[str, bool]]:
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pieces = {id(piece) for made in ast.walk(tree) if isinstance(made, ast.JoinedStr) for piece in made.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
                yield node.value, False
            if isinstance(node, ast.Call) and node.args and _callee(node).lower() == "button":
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, True


def _callee(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
