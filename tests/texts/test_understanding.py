"""Plain words instead of buttons: what is understood, and what is left as the person's own words."""

import pytest

from bot.texts.understanding import fold, understand


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("hvad sker der nu?", "status"),
        ("er der nyt?", "status"),
        ("hallo??", "status"),
        ("har i glemt mig", "status"),
        ("Hvor langt er I?", "status"),
        ("STATUS", "status"),
        ("status nr. 12", "status"),
        ("Що відбувається?", "status"),
        ("send", "send"),
        ("Ja, send den!", "send"),
        ("Надішліть, будь ласка", ""),
        ("надіслати", "send"),
        ("ret", "edit"),
        ("Drop den", "drop"),
        ("øh jo alligevel", "undo_drop"),
        ("fortryd", "undo_drop"),
        ("jeg har fortrudt", "regret"),
        ("slet min sidste besked", "delete_last"),
        ("jeg vil gerne trække min idé tilbage", "withdraw"),
        ("kan jeg ikke bare ringe", "human"),
        ("/hjælp", "help"),
        ("hjælp", "help"),
        ("HJAELP", "help"),
        ("hja\u030alp", ""),
        ("?", "help"),
        ("stop", "stop"),
        ("nej", "no"),
        ("Nej tak.", "no"),
        ("ja", "yes"),
        ("👍🏽", "yes"),
        ("så er det fint 🙂", ""),
        ("ved ikke", "skip"),
        ("vis det samlet", "summary"),
        ("ny idé", "new"),
        ("NY IDE", "new"),
        ("jeg har en god ide", "new"),
        ("privatliv", "privacy"),
        ("slet alt hvad I har om mig", "own_data"),
        ("følg 12", "follow"),
        ("stop med at følge nr. 12", "unfollow"),
        ("følger jeg noget?", "followed"),
        ("giv mig hele listen som en fil", "list_file"),
        ("Can I get the whole list as a file?", "list_file"),
        ("I don't know", "skip"),
        ("I don’t know", "skip"),
        ("допомога", "help"),
        ("ні", "no"),
    ],
)
def test_a_short_phrase_is_understood(said: str, intent: str) -> None:
    assert understand(said) == intent


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "🙂",
        "hej",
        "tak",
        "flere bænke på torvet",
        "ja det kunne være fedt",
        "nej vent, det er ikke stativer, det er bænke man kan sidde på, nede på torvet",
        "måske flere stativer og så en der samler de gamle op",
        "stop for trafikken på Ordrupvej",
        "hjælp til ensomme",
        "send mig en bog",
        "en telefon til seniorer",
        "er der nyt om mødet?? nr 1",
        "er der nyt om mødet?? nr 1 og en ting til",
        "ny legeplads",
        "hvad er en sparringsagent?",
        "12",
        "stop " * 40,
    ],
)
def test_words_of_their_own_are_left_alone(said: str) -> None:
    assert understand(said) == ""


def test_every_spelling_of_a_danish_letter_is_the_same() -> None:
    assert fold("Hjælp på ØEN") == fold("hjaelp paa oeen") == fold("hjælp pa\u030a øen")
