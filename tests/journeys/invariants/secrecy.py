"""N3: internal remarks, CPR numbers, usernames, telephone numbers, ids and what is not public stay where they are.

Every call is held against the one who receives it, whether it was carried out or not: also the alert over a button,
which goes to whoever pressed.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from tests.journeys import labels
from tests.journeys.invariants.traffic import Call, Traffic, bare, is_citizen, pressed, shown, texts
from tests.journeys.person import Act, Person
from tests.journeys.residents import serves

TEN = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[- ]?(\d{4})(?!\d)")
EIGHT = re.compile(r"(?<![\d-])(?:\+?45 ?)?(\d{2} ?\d{2} ?\d{2} ?\d{2})(?![\d-])")
STREET = re.compile(r"\b\w{3,}(?:vej|gade|allé|stræde|bakken|vænget) \d{1,3}[a-z]?\b", re.IGNORECASE)
NUMBER = re.compile(r"(?:\bnr\.|\bno\.|№) ?(\d+)", re.IGNORECASE)
WORDS, LONG = 4, 16
"""So many of a citizen's words, and letters, in a row are theirs, and no turn of phrase that anybody uses."""
OPENED = (labels.PUBLIC_OK, labels.SEEK_OK, labels.SHOW_YES)
"""The presses by which a citizen lets everybody read what they were shown."""
SHARED = (
    *OPENED, labels.BRIDGE_YES, labels.HELP_YES, labels.JOIN, labels.ASK_THEM, "bridge.button.join_number",
    "bridge.button.merge_ok",
)  # fmt: skip
"""And those by which they let one other citizen read it."""


def nothing_leaked(traffic: Traffic) -> None:
    """No call tells anybody what they should not have."""
    presses = {act.press: act.person.id for act in traffic.acts if act.press}
    numbers = [number for act in traffic.acts for number in _cpr_in(act.text)]
    remarks = _internal(traffic)
    for call in traffic.new_calls:
        receiver = presses.get(call["params"].get("callback_query_id", ""), call.get("chat_id"))
        if receiver is None:
            continue
        seen = shown(call) + call.get("file", "")
        assert call["method"] != "forwardMessage", f"N3: a forwarded message shows its author to {receiver}: {seen}"
        for link in ("tg://user", "text_mention"):
            assert link not in seen, f"N3: a link to a person came to {receiver}: {seen}"
        for number in numbers:
            assert not number.search(seen), f"N3: a CPR number came to {receiver}: {seen}"
        _hidden(traffic, call, receiver, seen)
        if traffic.is_staff(receiver):
            continue
        for marker in traffic.internal:
            assert marker not in seen, f"N3: the internal {marker!r} came to citizen {receiver}: {seen}"
        words = bare(" ".join(texts(call)) + call.get("file", ""))
        for remark in remarks:
            assert remark not in words, f"N3: the internal {remark!r} came to citizen {receiver}: {seen}"
        if words:
            _nobody_elses(traffic, call, receiver, words)


def secrets_of(person: Person) -> list[str]:
    """What staff must not see of a citizen."""
    return [secret for secret in (person.username, person.last_name, str(person.id)) if secret]


def _hidden(traffic: Traffic, call: Call, receiver: int, seen: str) -> None:
    """Neither staff nor another citizen reads a citizen's username, last name or id; another citizen no first name."""
    here = traffic.people.get(receiver)
    for person in traffic.citizens:
        if person.id == receiver:
            continue
        for secret in secrets_of(person):
            shared = here is not None and secret == here.last_name
            assert shared or secret not in seen, f"N3: {secret!r} of {person.first_name} came to {receiver}: {seen}"
        if not traffic.is_staff(receiver) and _name(person.first_name).search(seen):
            assert _may_be_named(traffic, call, person, receiver), (
                f"N3: the name of {person.first_name} came to citizen {receiver}: {seen}"
            )


@lru_cache(maxsize=256)
def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b")


def _may_be_named(traffic: Traffic, call: Call, person: Person, receiver: int) -> bool:
    """Whether a first name is no secret there: the reader's own, said by the reader or by staff, or shared by a yes."""
    here, name = traffic.people.get(receiver), _name(person.first_name)
    if here is not None and here.first_name == person.first_name:
        return True
    before, words = traffic.acts_before(call["n"]), bare(" ".join(texts(call)))
    said = any(
        name.search(act.text) and (act.person.id == receiver or (serves(act.person.id) and bare(act.text) in words))
        for act in before
    )
    namesakes = {one.id for one in traffic.citizens if one.first_name == person.first_name}
    return said or any(act.person.id in namesakes and pressed(act, *SHARED) for act in before)


def _internal(traffic: Traffic) -> list[str]:
    """What staff wrote in a group without choosing a citizen for it."""
    plain = [act for act in traffic.acts if act.chat < 0 and serves(act.person.id) and act.kind == "text"]
    said = [bare(act.text) for act in plain if not act.text.startswith("/")]
    return [words for words in said if len(words.split()) >= WORDS]


@lru_cache(maxsize=64)
def _cpr_in(text: str) -> tuple[re.Pattern[str], ...]:
    """The CPR numbers of a text: ten digits of which the first six are a day; found however they are written."""
    found = []
    for hit in TEN.finditer(text):
        day, month, year, rest = hit.groups()
        try:
            date(2000 + int(year), int(month), int(day))
        except ValueError:
            continue
        digits = day + month + year + rest
        found.append(re.compile(r"(?<!\d)" + r"[\s.\-–]*".join(digits) + r"(?!\d)"))
    return tuple(found)


def _nobody_elses(traffic: Traffic, call: Call, receiver: int, words: str) -> None:
    """Nothing of what another citizen wrote, unless they had let others read it."""
    before = traffic.acts_before(call["n"])
    own = " ".join(bare(act.text) for act in before if receiver in (act.person.id, act.chat))
    for act in before:
        if act.kind in ("press", "clock") or receiver in (act.person.id, act.chat) or serves(act.person.id):
            continue
        said = bare(act.text)
        if len(said) >= LONG and said.count(" ") >= WORDS - 1 and said in words and said not in own:
            assert _agreed(before, said), f"N3: {act.text!r} of {act.person.name} came to {receiver}: {texts(call)}"
        for private in _private(act.text):
            assert not private.search(words) or private.search(own), (
                f"N3: {private.pattern!r} of {act.person.name} came to citizen {receiver}: {texts(call)}"
            )
    for text in texts(call):
        for number in map(int, NUMBER.findall(text)):
            owner = traffic.owners.get(number)
            if owner is not None and owner.id != receiver and is_citizen(owner.id):
                assert any(act.person.id == owner.id and pressed(act, *SHARED) for act in before), (
                    f"N3: nr. {number}, which is not public, came to citizen {receiver}: {text!r}"
                )


def _agreed(before: Sequence[Act], words: str) -> bool:
    """Whether one of those who said these words had let others read them."""
    sayers = {act.person.id for act in before if words in bare(act.text)}
    return any(act.person.id in sayers and pressed(act, *SHARED) for act in before)


@lru_cache(maxsize=4096)
def _private(text: str) -> tuple[re.Pattern[str], ...]:
    """The telephone numbers in a text, however they are written elsewhere, and the houses."""
    numbers = (r"(?<!\d)" + " ?".join(re.sub(r"\D", "", hit)) + r"(?!\d)" for hit in EIGHT.findall(text))
    houses = (rf"\b{bare(hit.group(0))}\b" for hit in STREET.finditer(text))
    return tuple(re.compile(one) for one in (*numbers, *houses))
