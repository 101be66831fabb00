from trainer.llm.base import Message
from trainer.llm.chat import RINGING, alternating, without_system

SYSTEM = Message("system", "Du bist Kundin.")


def test_the_telephone_rings_before_the_customer_speaks_first() -> None:
    talk = [SYSTEM, Message("assistant", "Ja bitte?"), Message("user", "Guten Tag.")]
    assert alternating(talk) == [SYSTEM, Message("user", RINGING), *talk[1:]]


def test_neighbours_of_one_role_are_joined() -> None:
    talk = [Message("user", "Hallo?"), Message("user", "Sind Sie da?"), Message("assistant", "Ja.")]
    assert alternating(talk) == [Message("user", "Hallo?\nSind Sie da?"), talk[2]]


def test_system_messages_go_to_the_front() -> None:
    late = Message("system", "Kurz.")
    assert alternating([SYSTEM, Message("user", "Hallo?"), late])[0] == Message(
        "system", "Du bist Kundin.\nKurz."
    )


def test_without_a_system_role_its_words_open_the_first_user_message() -> None:
    talk = [SYSTEM, Message("user", "Hallo?"), Message("assistant", "Ja.")]
    assert without_system(talk) == [Message("user", "Du bist Kundin.\n\nHallo?"), talk[2]]
    assert without_system(talk[1:]) == talk[1:]
    assert without_system([SYSTEM]) == [Message("user", "Du bist Kundin.")]
