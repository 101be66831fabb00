"""Who was called, in words and as a picture: a persona, or somebody real without one."""

from trainer.practice import Review
from trainer.ui.avatar import picture
from trainer.ui.html import icon
from trainer.ui.texts import Texts


def title_of(review: Review, t: Texts) -> str:
    """Returns the heading of a review."""
    if review.persona is None:
        return t("real.head", title=review.call.title)
    return t("review.head.title", name=review.persona.full_name)


def called(review: Review, t: Texts) -> str:
    """Returns how the other side of the call is named over its lines."""
    return t("real.customer") if review.persona is None else review.persona.salutation


def portrait(review: Review, *, size: int) -> str:
    """Returns the picture beside the heading."""
    if review.persona is None:
        return f'<span class="wh-portrait">{icon("record_voice_over")}</span>'
    return picture(review.persona, size=size)
