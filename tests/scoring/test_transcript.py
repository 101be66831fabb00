import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.acts import Speaker
from trainer.errors import TranscriptError
from trainer.scoring.columns import Columns
from trainer.scoring.transcript import named_lines, parse_transcript, read_transcript

A, K = Speaker.TRAINEE, Speaker.CUSTOMER
CALL = ((K, "Becker?"), (A, "Guten Tag, Frau Becker."), (K, "Ja, schön."))


def parse(text: str, suffix: str = ".txt") -> tuple[tuple[Speaker, str], ...]:
    return parse_transcript(text.encode(), suffix)


def test_plain_text_with_speakers() -> None:
    assert parse("Kunde: Becker?\nAgent: Guten Tag,\n  Frau Becker.\nKunde: Ja, schön.\n") == CALL


@pytest.mark.parametrize(
    ("agent", "customer"),
    [
        ("Agentin", "Kundin"),
        ("TRAINEE", "CUSTOMER"),
        ("Berater 1", "Kunde 2"),
        ("Mitarbeiterin (Vogt)", "Frau Becker"),
        ("Lena Vogt", "Kunde"),
    ],
)
def test_speakers_by_their_names(agent: str, customer: str) -> None:
    text = f"{customer}: Becker?\n{agent}: Guten Tag, Frau Becker.\n{customer}: Ja, schön."
    assert parse(text) == CALL


def test_two_unknown_names_are_told_apart_by_who_introduces_the_call() -> None:
    text = "Becker: Becker?\nVogt: Mein Name ist Vogt.\nBecker: Ja?"
    assert [speaker for speaker, _ in parse(text)] == [K, A, K]


@pytest.mark.parametrize(
    "text",
    [
        "Anna: Hallo.\nBernd: Hallo.",
        "Anna: Mein Name ist Anna.\nBernd: Mein Name ist Bernd.",
        "Agent: Hallo.\nAnna: Hallo.\nBernd: Hallo.",
        "Zutaten: drei Eier\nZubereitung: rühren\nBacken: eine Stunde",
    ],
)
def test_who_is_who_is_never_guessed(text: str) -> None:
    with pytest.raises(TranscriptError, match="name them “Agent” and “Kunde”"):
        parse(text)


def test_time_stamps_before_or_after_the_speaker_are_left_out() -> None:
    text = (
        "[00:01] Kunde: Becker?\n00:00:03 Agent: Guten Tag, Frau Becker.\nKunde (0:05): Ja, schön."
    )
    assert parse(text) == CALL


def test_lines_of_one_speaker_in_a_row_are_one_turn() -> None:
    assert parse("Agent: Guten Tag.\nAgent: Vogt hier.\nKunde: Ja?") == (
        (A, "Guten Tag. Vogt hier."),
        (K, "Ja?"),
    )


def test_json_as_a_list_or_under_turns() -> None:
    turns = [{"speaker": "agent" if s is A else "customer", "text": t, "at": 1} for s, t in CALL]
    assert parse(json.dumps(turns), ".json") == CALL
    assert parse(json.dumps({"turns": turns}), ".json") == CALL
    assert parse(json.dumps(turns), ".txt") == CALL


@pytest.mark.parametrize("text", ["{", '{"a": 1}', '[{"speaker": "agent"}]', "[1]", "null"])
def test_bad_json_is_one_sentence(text: str) -> None:
    with pytest.raises(TranscriptError) as caught:
        parse(text, ".json")
    assert "\n" not in str(caught.value)


def test_webvtt_with_voices_and_with_names() -> None:
    cues = (
        "WEBVTT\n\nNOTE made by hand\n\n1\n00:00.000 --> 00:01.000\n<v Kunde>Becker?</v>\n\n"
        "00:01.000 --> 00:02.000\n<v.loud Agent>Guten Tag,\n\n00:02.000 --> 00:03.000\n"
        "Agent: <b>Frau Becker.</b>\n\n00:03.000 --> 00:04.000 align:start\nKunde: Ja, schön.\n"
    )
    assert parse(cues, ".vtt") == CALL


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_any_usual_separator(separator: str) -> None:
    rows = [("Zeit", "Sprecher", "Text"), ("0", "Kunde", "Becker?")]
    rows += [("1", "Agent", '"Guten Tag, Frau Becker."'), ("2", "Kunde", '"Ja, schön."'), ("3",)]
    assert parse("\n".join(separator.join(row) for row in rows), ".csv") == CALL


def test_csv_without_the_two_columns_names_those_it_has() -> None:
    with pytest.raises(TranscriptError, match="the columns are wer_sprach, satz"):
        parse("wer_sprach,satz\nKunde,Ja", ".csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_usual_encoding_and_line_end(encoding: str, line_end: str) -> None:
    text = "Kunde: Becker?\nAgent: Guten Tag, Frau Becker.\nKunde: Ja, schön.\n"
    assert parse_transcript(text.replace("\n", line_end).encode(encoding), ".txt") == CALL


def test_text_that_was_decoded_wrongly_is_repaired() -> None:
    broken = "Kunde: Ja, schön, für Grüße.\nAgent: Übrigens.".encode().decode("cp1252", "replace")
    text = "Kunde: Ja, schÃ¶n.\nAgent: GrÃ¼ÃŸe."
    assert parse(text) == ((K, "Ja, schön."), (A, "Grüße."))
    assert parse(broken)[0][0] is K


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<v Agent>Guten Tag,\nFrau Becker.</v>", "<v Kunde>Ja, schön.</v>"),
        ("Agent: Guten Tag,\n\n00:02.000 --> 00:03.000\nFrau Becker.", "Kunde: Ja, schön."),
        ("<v Agent>Guten Tag,</v>\n\n00:02.000 --> 00:03.000\nFrau Becker.", "<v Kunde>Ja, schön."),
        ("<v Agent>Guten Tag,<v Agent>Frau&nbsp;Becker.", "<v.loud Kunde><i>Ja</i>, schön."),
    ],
)
def test_no_line_of_a_webvtt_cue_is_lost(first: str, second: str) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{first}\n\n00:04.000 --> 00:05.000\n{second}\n"
    assert parse(text, ".vtt") == CALL[1:]


def test_a_csv_text_cut_at_its_comma_is_refused() -> None:
    with pytest.raises(TranscriptError, match="row 2 has 3 columns instead of 2; put texts with"):
        parse("speaker,text\nAgent,Guten Tag, Frau Becker.\nKunde,Ja.", ".csv")


def test_empty_csv_cells_after_the_header_do_not_matter() -> None:
    text = (
        'speaker,text\nKunde,Becker?,,\n,,\nAgent,"Guten Tag, Frau Becker."\n\nKunde,"Ja, schön."'
    )
    assert parse(text, ".csv") == CALL


def test_a_csv_text_whose_quotation_mark_is_never_closed_is_refused() -> None:
    with pytest.raises(TranscriptError, match="no valid CSV"):
        parse('speaker,text\nAgent,"Guten Tag.\nKunde,Ja.', ".csv")


def test_a_csv_row_of_very_many_cells_or_very_many_rows_are_refused() -> None:
    with pytest.raises(TranscriptError, match="no valid CSV"):
        parse(f"speaker,text\nAgent,{',' * 900}\nKunde,Ja.", ".csv")
    with pytest.raises(TranscriptError, match="more than 20000; split it"):
        parse("speaker,text\n" + "Agent,Ja\n" * 20_001, ".csv")


def test_two_csv_columns_of_one_name_are_refused() -> None:
    with pytest.raises(TranscriptError, match="two columns are named text"):
        parse("speaker,text,text\nAgent,Guten Tag.,Ja.", ".csv")


def test_chosen_csv_columns_are_read_whatever_their_names() -> None:
    content = b"wer_sprach;satz;text\nKunde;Becker?;x\nAgent;Guten Tag, Frau Becker.;y"
    named = named_lines(content, ".csv", Columns("wer_sprach", "satz"))
    assert named == [("Kunde", "Becker?"), ("Agent", "Guten Tag, Frau Becker.")]
    with pytest.raises(TranscriptError, match="the columns are wer_sprach, satz, text"):
        named_lines(content, ".csv", Columns("wer_sprach", "nirgends"))


def test_half_a_character_in_json_is_shown_as_broken() -> None:
    entries = '[{"speaker": "Agent", "text": "Ja \\ud83d"}, {"speaker": "Kunde", "text": "Ja"}]'
    assert parse(entries, ".json")[0] == (A, "Ja \ufffd")


@pytest.mark.parametrize("content", [b"", b"  \n ", "\ufeff".encode()])
def test_an_empty_file_says_so(content: bytes) -> None:
    with pytest.raises(TranscriptError, match="the transcript is empty"):
        parse_transcript(content, ".txt")


def test_a_recipe_is_no_transcript() -> None:
    with pytest.raises(TranscriptError, match="no line begins with a speaker"):
        parse("Man nehme drei Eier und 200 g Mehl.\nAlles gut verrühren.")


@pytest.mark.parametrize(
    "text",
    [
        "SPEAKER_00: Becker?\nSPEAKER_01: Guten Tag, Frau Becker.\nSPEAKER_00: Ja, schön.",
        "[00:00.000 --> 00:01.000] SPEAKER_00: Becker?\n"
        "[00:01.000 --> 00:02.500] SPEAKER_01: Guten Tag, Frau Becker.\n"
        "[00:02.500 --> 00:03.000] SPEAKER_00: Ja, schön.",
        "00:00:01 - 00:00:02 SPEAKER_00: Becker?\n00:00:02 - 00:00:04 SPEAKER_01: Guten Tag,\n"
        "Frau Becker.\n00:00:05 SPEAKER_00: Ja, schön.",
        "SPEAKER_00  0:01\nBecker?\n\nSPEAKER_01  0:02\nGuten Tag,\nFrau Becker.\n\n"
        "SPEAKER_00 [0:05]\nJa, schön.",
    ],
    ids=["plain", "ranges", "ranges without brackets", "name and time above"],
)
def test_diarised_names_with_the_agent_told(text: str) -> None:
    assert parse_transcript(text.encode(), ".txt", ["speaker_01"]) == CALL


def test_without_being_told_numbered_speakers_are_not_guessed() -> None:
    text = "SPEAKER_00: Becker?\nSPEAKER_01: Guten Tag, Frau Becker.\nSPEAKER_00: Ja, schön."
    with pytest.raises(TranscriptError, match="--agent"):
        parse(text)
    assert parse_transcript(text.encode(), ".txt", ["somebody", "SPEAKER_01"]) == CALL


def test_who_is_told_wins_over_what_a_name_says() -> None:
    text = "Agent: Becker?\nKunde: Guten Tag, Frau Becker.\nAgent: Ja, schön."
    assert parse_transcript(text.encode(), ".txt", ["Kunde"]) == CALL


def test_a_time_in_what_is_said_makes_no_speaker() -> None:
    assert parse("Kunde: Wann?\nAgent: Am Montag, etwa 10:30\nKunde: Gut.")[1] == (
        A,
        "Am Montag, etwa 10:30",
    )


@pytest.mark.parametrize("name", ["turns", "segments", "utterances", "messages", "transcript"])
def test_json_of_programs_that_transcribe(name: str) -> None:
    turns = [{"speaker": "agent" if s is A else "customer", "text": t, "start": 1} for s, t in CALL]
    assert parse(json.dumps({name: turns, "language": "de"}), ".json") == CALL


def test_subtitles() -> None:
    text = "1\n00:00:00,000 --> 00:00:01,000\nKunde: Becker?\n\n2\n00:00:01,000 --> 00:00:02,000\n"
    text += (
        "Agent: Guten Tag,\nFrau Becker.\n\n3\n00:00:03,000 --> 00:00:04,000\nKunde: Ja, schön.\n"
    )
    assert parse(text, ".srt") == CALL


def test_binary_is_no_text() -> None:
    with pytest.raises(TranscriptError, match="no readable text"):
        parse_transcript(bytes(range(256)) * 4, ".txt")


def test_a_file_that_is_not_there_is_named_by_its_cause(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="cannot be read"):
        read_transcript(tmp_path / "none.txt")


@given(st.binary(max_size=300), st.sampled_from([".txt", ".json", ".vtt", ".csv", ""]))
def test_any_bytes_give_lines_or_a_transcript_error(content: bytes, suffix: str) -> None:
    try:
        lines = parse_transcript(content, suffix)
    except TranscriptError:
        return
    assert lines and all(text.strip() for _, text in lines)


@given(st.text(max_size=200), st.sampled_from([".txt", ".json", ".vtt", ".csv"]))
def test_any_text_after_a_speaker_is_read_or_refused(text: str, suffix: str) -> None:
    try:
        parse(f"Agent: a\nKunde: {text}", suffix)
    except TranscriptError as error:
        assert str(error)
