"""Reads the municipality's own texts: what stands in place of the bot's, or everything that is wrong, and where."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.keeper.text_faults import TEXT_FAULTS
from bot.routing.document import Document, Path, Tree, nearest, read_document
from bot.routing.faults import Judged, Problem, fault
from bot.routing.language import tell_language
from bot.routing.load import digest
from bot.texts import style
from bot.texts.book import FIRST, Book, Entry, Own
from bot.texts.moments import FORMS
from bot.texts.readers import CITIZEN, LONGEST_LABEL, is_label, reader_of
from bot.texts.specimen import specimen
from bot.texts.template import Template, TemplateFault
from bot.texts.understanding import understand

LIMITS: Final = {"bot.description": 512, "bot.short": 120}
"""Characters that Telegram takes of what a bot says of itself."""
FEWEST_WORDS: Final = 6
"""In a shorter text no language can be told."""
FEW_WORDS: Final = 3
"""A shorter text may be the same in every alphabet: a name, a command, a file."""
MEANT: Final = {"dk": "da", "dansk": "da", "gb": "en", "engelsk": "en", "ua": "uk", "ukrainsk": "uk"}
"""What people write for a language, and what it is called here."""
_COMMAND_NAME = re.compile(r"bot\.(?:\w+_)?command\.\w+\.name")
_A_WORD = re.compile(r"[^\W\d_]{2,}")
_QUOTED = re.compile('"([^"]+)"')
_CYRILLIC = "uk"


@dataclass(frozen=True, slots=True)
class Found(Judged):
    """What a file holds: texts that may be used, and `problems`; where one of these is a fault, none is used."""

    own: Own
    problems: tuple[Problem, ...] = ()

    @property
    def many(self) -> int:
        """How many texts there are."""
        return sum(map(len, self.own.entries.values()))


def read_own(data: bytes, book: Book) -> Found:
    """Check the bytes of a file of own texts all the way; never raises for what they hold."""
    if not any(line.strip() and not line.lstrip().startswith(b"#") for line in data.splitlines()):
        return Found(Own())
    document = read_document(data, {})
    if document.problems:
        return Found(Own(), tuple(sorted(document.problems)))
    reading = _Reading(replace(book, own=Own()), document)
    entries = reading.languages(document.tree)
    own = Own(entries, digest(data))
    reading.listen(replace(book, own=own))
    return Found(own, tuple(sorted(reading.problems)))


class _Reading:
    """One reading of a file: what it holds so far, and what is wrong."""

    def __init__(self, shipped: Book, document: Document) -> None:
        self._book = shipped
        self._document = document
        self._paths: dict[tuple[str, str], Path] = {}
        self.problems: list[Problem] = []

    def languages(self, tree: Tree) -> dict[str, dict[str, Entry]]:
        """The texts of the file by language and key."""
        entries: dict[str, dict[str, Entry]] = {}
        if not isinstance(tree, dict):
            self._report((), "no_texts")
            return entries
        for lang, below in tree.items():
            if lang not in self._book.languages:
                known = ", ".join(self._book.languages)
                is_text = any(key == lang or key.startswith(f"{lang}.") for key in self._book.known())
                meant = MEANT.get(lang.casefold(), nearest(lang, self._book.languages)) if not is_text else ""
                self._report((lang,), "lang_first" if is_text else "unknown_lang", meant=meant, lang=lang, known=known)
            elif isinstance(below, list):
                self._report((lang,), "a_list", lang=lang)
            elif below is not None:
                entries[lang] = dict(self._entries(below, (lang,), lang, ""))
        return entries

    def listen(self, book: Book) -> None:
        """Read what was found aloud: what an editor should hear of it, though it can be used."""
        for (lang, key), path in self._paths.items():
            said = specimen(book, key, lang)
            most = LONGEST_LABEL if is_label(key) else LIMITS.get(key, 0)
            if most and len(said) > most:
                self._report(path, "too_long", key=key, count=len(said), most=most)
            own, shipped = book.entry(key, lang), self._book.entry(key, lang)
            if lang != _CYRILLIC and not _is_in(lang, own) and _is_in(lang, shipped):
                self._report(path, "language", refused=False, key=key, lang=lang)
            for word in _QUOTED.findall(said):
                if reader_of(key) == CITIZEN and not understand(word):
                    self._report(path, "not_understood", refused=False, key=key, word=word)
            for slip in style.slips_of(key, said) if lang == FIRST and not is_label(key) else ():
                self._report(path, "slip", refused=False, key=key, slip=slip)
            if is_label(key) and style.BARE.fullmatch(said):
                self._report(path, "bare", refused=False, key=key, said=said)

    def _entries(self, tree: Tree, path: Path, lang: str, above: str) -> Iterator[tuple[str, Entry]]:
        if not isinstance(tree, dict):
            self._report(path, "one_text" if above else "no_texts", key=above.removesuffix("."))
            return
        for name, below in tree.items():
            key, here = f"{above}{name}", (*path, name)
            shipped = self._book.entries[lang].get(key)
            if shipped is not None:
                entry = self._entry(key, below, here, lang, shipped)
                if entry is not None:
                    self._paths[lang, key] = here
                    yield key, entry
            elif isinstance(below, dict) and any(known.startswith(f"{key}.") for known in self._book.known(lang)):
                yield from self._entries(below, here, lang, f"{key}.")
            else:
                self._report(here, "unknown_key", meant=nearest(key, sorted(self._book.known(lang))), key=key)

    def _entry(self, key: str, tree: Tree, path: Path, lang: str, shipped: Entry) -> Entry | None:
        """The text, bent by a number where the shipped one is; None where something is wrong."""
        if _COMMAND_NAME.fullmatch(key) and tree != shipped.templates["other"].written:
            self._report(path, "fixed", key=key)
            return None
        before, forms = len(self.problems), ", ".join(shipped.templates)
        if len(shipped.templates) == 1:
            written: Mapping[str, Tree] = {"other": tree}
        elif isinstance(tree, dict):
            written = tree
            for form in shipped.templates:
                if form not in tree:
                    self._report(path, "form_missing", key=key, form=form, forms=forms)
            for form in tree.keys() - shipped.templates.keys():
                self._report((*path, form), "bends", key=key, forms=forms)
        else:
            self._report(path, "bends", key=key, forms=forms)
            return None
        templates: dict[str, Template] = {}
        for form, text in written.items():
            template = self._template(key, text, (*path, form), lang, shipped)
            if template is not None and form in shipped.templates:
                templates[form] = template
        if len(self.problems) > before or templates.keys() != shipped.templates.keys():
            return None
        entry = Entry.of(templates)
        missing = sorted(shipped.fields - entry.fields)
        for name in missing:
            self._report(path, "field_missing", key=key, found=f"{{{name}}}")
        return None if missing else entry

    def _template(self, key: str, text: Tree, path: Path, lang: str, shipped: Entry) -> Template | None:
        if not isinstance(text, str | None):
            self._report(path, "one_text", key=key)
            return None
        if text is None or not text.strip():
            self._report(path, "no_text", key=key)
            return None
        known = ", ".join(f"{{{name}}}" for name in sorted(shipped.fields))
        try:
            template = Template.parse(text.rstrip("\n"))
        except TemplateFault as wrong:
            ways = ", ".join(sorted(FORMS)) if wrong.kind == "form" else known
            what = "no_field" if wrong.kind == "field" and not shipped.fields else wrong.kind
            self._report(path, what, key=key, found=wrong.found, known=ways)
            return None
        for name in sorted(template.fields - shipped.fields):
            meant = nearest(name, sorted(shipped.fields))
            what = "field" if shipped.fields else "no_field"
            self._report(path, what, meant=meant and f"{{{meant}}}", key=key, found=f"{{{name}}}", known=known)
        if _is_in_wrong_letters(template, lang):
            self._report(path, "language", key=key, lang=lang)
        return template

    def _report(self, path: Path, what: str, *, meant: str = "", refused: bool = True, **fields: object) -> None:
        place = self._document.key_marks.get(path) or self._document.place(path)
        self.problems.append(fault(what, place, fields, meant=meant, refused=refused, among=TEXT_FAULTS))


def _is_in(lang: str, entry: Entry | None) -> bool:
    """Whether a text of some length is told to be in this language by its own words, whatever fills its fields."""
    templates = entry.templates.values() if entry is not None else ()
    said = " ".join(piece.plain for template in templates for piece in template.pieces if not piece.field)
    return len(said.split()) < FEWEST_WORDS or tell_language(said) == lang


def _is_in_wrong_letters(template: Template, lang: str) -> bool:
    said = " ".join(piece.plain for piece in template.pieces if not piece.field)
    cyrillic = any("\u0400" <= sign <= "\u04ff" for sign in said)
    words = [part for part in said.split() if _A_WORD.search(part)]
    return not cyrillic and len(words) >= FEW_WORDS if lang == _CYRILLIC else cyrillic
