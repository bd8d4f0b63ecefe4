"""Other people in a citizen's words: a careful guess whether somebody is named, and whether it says what is theirs."""

import re
from collections.abc import Collection

_NAME = re.compile(
    r"(?<![\w.])([A-ZÆØÅ][a-zæøåéöü]+(?:-[A-ZÆØÅ][a-zæøåéöü]+)?)\s+([A-ZÆØÅ][a-zæøåéöü]{2,})\b(?!\s*[A-ZÆØÅ])"
)
_ADDRESS = re.compile(r"(?<![\w.])[\w.]*(?:vej|gade|allé|alle|vænget|parken|strædet|stræde)\s+\d{1,3}\s?[A-Za-z]?\b")
"""Looked for from the beginning of a word alone: from each dot within one it took half a minute for a long text."""
_RELATION = re.compile(
    r"\b(?:min|mit|mine|vores|hans|hendes)\s+(?:\w+\s+)?(?:nabo|genbo|underbo|overbo|mor|far|søn|datter|bror|søster|mand"
    r"|kone|kæreste|ven|veninde|kollega|chef|lærer|læge|svigermor|svigerfar|onkel|tante|mormor|farmor|morfar|farfar"
    r"|neighbour|neighbor|mother|father|son|daughter|brother|sister|husband|wife|friend|teacher)\w{0,3}\b",
    re.IGNORECASE,
)
_ILLNESS = re.compile(
    r"\b(?:alkoholik\w*|drikker|misbrug\w*|narkoman\w*|dement\w*|demens|alzheimer\w*|parkinson\w*|kræft\w*|depression\w*"
    r"|deprimeret|angst|skizofren\w*|bipolar\w*|psykisk syg\w*|sindslidende|autis\w*|adhd|sclerose|blodprop|diabet\w*"
    r"|epileps\w*|selvmord\w*|kontanthjælp\w*|straffet|fængsel|hjemløs|alcoholic\w*|addict\w*|dementia|cancer"
    r"|depress\w*|schizophren\w*|mentally ill)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:station|kommune|skole|bibliotek|kirke|park|torv|sø|havn|hal|strand|skov|plads|hospital|cent(?:er|r)|rådhus"
    r"|klub|idrætsforening|boldklub|gymnasi|museum|teater|svømmehal|stadion|råd|talks|council|town|school|library"
    r"|church|street|road)(?:et|en|erne|um)?",
    re.IGNORECASE,
)
"""Second words of names that belong to a place or an organisation."""
_ROADS = ("vej", "vejen", "gade", "gaden", "allé", "alle", "torv", "plads", "skov", "park", "skole", "station", "havn")
_OPENER = re.compile(
    r"(?:kan|kunne|hvad|hvorfor|hvordan|hvis|når|jeg|vi|der|det|den|de|en|et|på|i|ved|til|fra|hej|kære|tak|måske|også"
    r"|lav|sæt|giv|åbn|the|we|could|can|why|how|please|dear|at|in|on|eine?|der|die|das|mehr|wir|keine?|können|könnte|im|am"
    r"|bei)",
    re.IGNORECASE,
)
"""Plain words with which a sentence begins: their capital says nothing."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def are_told_of(text: str, known: Collection[str] = ()) -> bool:
    """Whether the words seem to say what belongs to somebody else: who they are, and something of their life.

    `known` are names that may stand anywhere (staff's). It is meant to miss some rather than to nag many: a name or an
    address alone is no reason, nor is an illness of nobody in particular.
    """
    named, lives = bool(names(text, known)), bool(_ADDRESS.search(text))
    related, ill = bool(_RELATION.search(text)), bool(_ILLNESS.search(text))
    return (named and (related or ill or lives)) or (lives and related and ill)


def is_about_health(text: str) -> bool:
    """Whether the words speak of an illness or a social difficulty."""
    return bool(_ILLNESS.search(text))


def names(text: str, known: Collection[str] = ()) -> list[str]:
    """The full names in the words, but for those of places, organisations and `known` people."""
    found = []
    for hit in _NAME.finditer(text):
        first, last = hit[1], hit[2]
        place = (
            _PLACE.fullmatch(last) is not None or last.casefold().endswith(_ROADS) or first.casefold().endswith(_ROADS)
        )
        begins = hit.start() == 0 or bool(re.search(r"[.!?\n]\s*$", text[: hit.start()]))
        feast = first in ("Sankt", "Skt")
        whole = f"{first} {last}"
        if not (place or feast) and whole not in known and not (begins and _OPENER.fullmatch(first)):
            found.append(whole)
    return found


def without(text: str, known: Collection[str] = ()) -> str:
    """The words without the sentences that name somebody or give an address: what others may be shown."""
    sentences = [one for one in _SENTENCE.split(text) if one.strip()]
    kept = [one for one in sentences if not names(one, known) and not _ADDRESS.search(one)]
    return text if len(kept) == len(sentences) else " ".join(kept)
