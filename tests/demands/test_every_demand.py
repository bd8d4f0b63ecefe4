"""What users of such systems complain of, all 36: each has a test, here by its number or elsewhere by its name."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
ELSEWHERE = {
    10: "conversation/test_deliver.py::test_a_deleted_topic_is_made_anew_before_what_was_to_go_there",
    11: "acceptance/test_s07_the_group_is_renamed_or_upgraded.py::"
    "test_b_c_another_number_loses_nothing_and_the_admin_gets_the_line_to_change",
    14: "core/test_doorway.py::test_stop_in_an_open_initiative_asks_what_is_meant_and_changes_nothing",
    17: "acceptance/test_s09_followers_at_telegrams_pace.py::"
    "test_fifty_of_fifty_followers_are_told_once_within_two_minutes_without_a_429",
    18: "core/test_moving.py::test_every_way_to_work_carries_words_both_ways_and_stays_as_it_is",
    22: "acceptance/test_s05_the_promised_date_passes.py::test_f_the_three_dates_and_the_quiet_hours",
    30: "acceptance/test_s02_internal_remarks.py::test_in_order_only_the_chosen_words_reach_the_citizen",
    32: "acceptance/test_d04_time_limits_and_logs.py::"
    "test_b_after_twelve_months_personal_data_is_gone_and_the_public_history_stays",
    33: "acceptance/test_b04_a_cpr_number.py::test_c_d_and_e_captions_edits_and_file_names_in_an_open_dialogue",
    34: "acceptance/test_b07_an_idea_like_an_existing_one.py::"
    "test_1_her_words_first_then_the_like_one_with_three_ways_on",
    35: "acceptance/test_b01_a_half_formed_idea.py::test_aases_words_become_an_idea_with_a_named_person_and_a_date",
}
"""Topics stored and made anew; a group's new id; stop; the pace; a group a subject; quiet; internal notes; retention;
numbers masked; like ideas; no account."""


def _named(file: Path) -> set[str]:
    """The tests that a file holds."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_of_the_36_demands_has_a_test() -> None:
    numbered = {
        int(number)
        for file in Path(__file__).parent.glob("test_demand*.py")
        for name in _named(file)
        for number in re.findall(r"(?<=_)\d+(?=_)", name.replace("test_", "_", 1))
    }
    assert set(range(1, 37)) - numbered == set(ELSEWHERE)


def test_what_is_named_elsewhere_is_there() -> None:
    lost = [where for where in ELSEWHERE.values() if where.split("::")[1] not in _named(TESTS / where.split("::")[0])]
    assert lost == []
