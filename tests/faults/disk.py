"""A disk of a few megabytes that can be filled to the brim."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.requirements import require


@dataclass(frozen=True)
class Disk:
    """A small file system.

    Attributes:
        folder: Where it is mounted.
    """

    folder: Path

    def fill(self, *, leave: int = 0) -> None:
        """Takes all the room but so many bytes."""
        free = os.statvfs(self.folder)
        (self.folder / "filler").write_bytes(b"\0" * (free.f_bavail * free.f_bsize - leave))

    def free(self) -> None:
        """Gives the room back."""
        (self.folder / "filler").unlink()


@contextmanager
def small_disk(folder: Path, *, mib: int) -> Iterator[Disk]:
    """Mounts a file system in memory on a new folder."""
    require(os.geteuid() == 0, "root, who may mount a small disk")
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "none", folder], check=True)
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
