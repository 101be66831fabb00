"""Chat models from the Hugging Face hub: which are worth trying, and fetching one.

Fetching is the only thing here that talks to the internet, and only when a person asks for it.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx2 import HTTPError
from huggingface_hub import HfApi, constants, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
)
from tqdm.auto import tqdm

from trainer.errors import LLMError

_WANTED = ("*.safetensors", "*.json", "*.jinja", "*.model", "*.txt")
_ROOM = 1.2
"""Room a model needs in memory, as a multiple of its files."""
_GB = 10**9


@dataclass(frozen=True, slots=True)
class Choice:
    """A model worth trying.

    Attributes:
        id: Its hub id.
        billions: Weights in thousand millions.
        licence: Its licence, and whether the hub asks for a log-in first.
        gpu_gb: Memory of the graphics card it wants to answer within seconds; None where a
            processor will do.
    """

    id: str
    billions: float
    licence: str
    gpu_gb: int | None

    @property
    def download_gb(self) -> float:
        """Size of the files: two bytes a weight."""
        return round(2 * self.billions, 1)

    @property
    def memory_gb(self) -> float:
        """Memory it needs while it runs."""
        return round(_ROOM * self.download_gb, 1)


CHOICES = (
    Choice("Qwen/Qwen3-0.6B", 0.75, "Apache-2.0", None),
    Choice("utter-project/EuroLLM-1.7B-Instruct", 1.7, "Apache-2.0", None),
    Choice("Qwen/Qwen3-1.7B", 2.0, "Apache-2.0", None),
    Choice("HuggingFaceTB/SmolLM3-3B", 3.1, "Apache-2.0", 8),
    Choice("microsoft/Phi-4-mini-instruct", 3.8, "MIT", 12),
    Choice("Qwen/Qwen3-4B-Instruct-2507", 4.0, "Apache-2.0", 12),
    Choice("mistralai/Mistral-7B-Instruct-v0.3", 7.2, "Apache-2.0", 24),
    Choice("swiss-ai/Apertus-8B-Instruct-2509", 8.1, "Apache-2.0", 24),
    Choice("utter-project/EuroLLM-9B-Instruct", 9.2, "Apache-2.0", 24),
    Choice("mistralai/Mistral-Nemo-Instruct-2407", 12.2, "Apache-2.0", 40),
    Choice("mistralai/Mistral-Small-24B-Instruct-2501", 23.6, "Apache-2.0", 80),
    Choice("Qwen/Qwen3-30B-A3B-Instruct-2507", 30.5, "Apache-2.0", 80),
)
"""Open instruction models that speak German, smallest first."""


def fetch(
    model: str,
    *,
    endpoint: str | None = None,
    folder: Path | None = None,
    progress: "type[tqdm[Any]] | None" = None,
) -> Path:
    """Fetches a model to this machine; goes on where an earlier try broke off.

    The hub's own client checks every file.

    Args:
        model: Hub id, such as `Qwen/Qwen3-0.6B`.
        endpoint: Another hub than huggingface.co.
        folder: Where to keep it; by default where all programs of this user keep theirs.
        progress: Another progress bar than the one in the terminal.

    Returns:
        The folder with the model.

    Raises:
        LLMError: No such model, no access, no connection, or it does not fit this machine.
    """
    where = folder or Path(constants.HF_HUB_CACHE)
    try:
        HfApi(endpoint=endpoint).model_info(model)  # a dry run does not say why it failed
        plan = snapshot_download(  # nosec B615
            model, endpoint=endpoint, cache_dir=where, allow_patterns=list(_WANTED), dry_run=True
        )
        missing = sum(file.file_size or 0 for file in plan if file.will_download)
        weights = sum(
            file.file_size or 0 for file in plan if file.filename.endswith(".safetensors")
        )
        _check_room(model, missing=missing, weights=weights, where=where)
        found = snapshot_download(  # nosec B615
            model,
            endpoint=endpoint,
            cache_dir=where,
            allow_patterns=list(_WANTED),
            tqdm_class=progress,
        )
    except GatedRepoError as error:
        raise LLMError(
            f"{model} wants you to accept its licence on its page first; then log in with: "
            "hf auth login"
        ) from error
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise LLMError(
            f"the hub has no model {model}; see: python -m trainer model list"
        ) from error
    except (LocalEntryNotFoundError, HTTPError, OSError) as error:
        raise LLMError(
            f"{model} could not be fetched ({type(error).__name__}); check the connection and run "
            "the command again, it goes on where it stopped"
        ) from error
    return Path(found)


def _check_room(model: str, *, missing: int, weights: int, where: Path) -> None:
    if weights == 0:
        raise LLMError(
            f"{model} has no safetensors weights; other formats can carry code, take another"
        )
    base = next(folder for folder in (where, *where.parents) if folder.exists())
    free = shutil.disk_usage(base).free
    if missing > free:
        raise LLMError(
            f"{model} needs {missing / _GB:.1f} GB, {base} has {free / _GB:.1f} GB free; make room "
            "or set HF_HOME to another disk"
        )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if weights * _ROOM > memory:
        raise LLMError(
            f"{model} needs about {weights * _ROOM / _GB:.0f} GB of memory, this machine has "
            f"{memory / _GB:.0f} GB; take a smaller one"
        )
