"""Words that several people write and no rule knows are told; what one person wrote is not."""

from bot.routing.match import Router
from bot.routing.unmatched import Unmatched, find_unmatched


def test_a_word_that_three_people_write_is_told_with_where_it_went(router: Router) -> None:
    texts = [
        ("Vi mangler et hvirvleri i kommunen", "idraet"),
        ("Hvirvleri ville være godt for cyklister", "trafik"),
        ("hvirvleri hvirvleri", "idraet"),
        ("Et brumlehus til alle, ring 12345678", ""),
        ("brumlehus", ""),
    ]
    assert find_unmatched(router, texts) == (Unmatched("hvirvleri", 3, ("idraet", "trafik")),)


def test_known_small_and_misspelled_words_are_not_told(router: Router) -> None:
    texts = [("Flere cykelstativer og cykelpakering ved stationen, ikke", "trafik")] * 5
    assert find_unmatched(router, texts) == ()


def test_a_word_of_texts_without_a_topic_is_told_too(router: Router) -> None:
    assert find_unmatched(router, [("brumlehus", "")] * 3) == (Unmatched("brumlehus", 3, ()),)


def test_a_word_in_several_forms_is_told_once_in_its_usual_form(router: Router) -> None:
    texts = [("hvirvleriet", ""), ("hvirvlerier", "idraet"), ("Vi vil se hvirvleriet", ""), ("hvirvleri", "")]
    assert find_unmatched(router, texts) == (Unmatched("hvirvleriet", 4, ("idraet",)),)
