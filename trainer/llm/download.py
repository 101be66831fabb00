"""A fetch in the background, for a page that shows how far it is."""

import threading
from pathlib import Path
from typing import Any

from tqdm.auto import tqdm

from trainer.errors import LLMError
from trainer.llm.hub import fetch


class Download(threading.Thread):
    """Fetches one model; it goes on when the page is left.

    Attributes:
        model: Its hub id.
        share: How much of the files is here, in [0, 1].
        folder: Where the model is when it is whole, else None.
        error: Why it could not be fetched, else None.
    """

    def __init__(
        self, model: str, *, endpoint: str | None = None, folder: Path | None = None
    ) -> None:
        """Takes what `fetch` takes; `start` begins."""
        super().__init__(name=f"fetch {model}", daemon=True)
        self.model = model
        self.share = 0.0
        self.folder: Path | None = None
        self.error: LLMError | None = None
        self._endpoint, self._cache = endpoint, folder

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.folder is not None or self.error is not None

    def run(self) -> None:
        """Fetches; what comes of it stands in `folder` or `error`."""
        try:
            self.folder = fetch(
                self.model,
                endpoint=self._endpoint,
                folder=self._cache,
                progress=self._bar(),
            )
        except LLMError as error:
            self.error = error

    def _bar(self) -> "type[tqdm[Any]]":
        download = self

        class Bar(tqdm):  # type: ignore[type-arg]
            """Reports bytes to the download and draws nothing."""

            def __init__(self, *args: Any, **kwargs: Any) -> None:
                kwargs.pop("name", None)
                super().__init__(*args, **{**kwargs, "disable": False, "file": _Nowhere()})

            def update(self, n: float | None = 1) -> bool | None:
                shown = super().update(n)
                if self.unit == "B" and self.total:
                    download.share = max(download.share, min(1.0, self.n / self.total))
                return shown

        return Bar


class _Nowhere:
    """A file that keeps nothing."""

    def write(self, _: str) -> None:
        """Keeps nothing."""

    def flush(self) -> None:
        """Has nothing to flush."""
