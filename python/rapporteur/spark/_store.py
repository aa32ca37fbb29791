"""Files by address, on whatever store both the engine and its workers reach."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow.fs

from .._program import RapporteurError

# What engines and Arrow call the same store.
_ALIASES = {"s3a": "s3", "s3n": "s3", "dbfs": "file"}


class Place:
    """A folder or file: a path, or an address such as `s3://bucket/folder` that Arrow has a file system for.

    Relative paths mean something else on each machine, and are made absolute by the driver.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def __truediv__(self, name: str) -> Place:
        return Place(f"{self.address}/{name}")

    def opened(self) -> tuple[Any, str]:
        """Returns the file system of Arrow, and the path in it."""
        scheme, separator, rest = self.address.partition("://")
        if not separator:
            return pyarrow.fs.LocalFileSystem(), self.address
        try:
            return pyarrow.fs.FileSystem.from_uri(f"{_ALIASES.get(scheme, scheme)}://{rest}")  # type: ignore[no-any-return]
        except (ValueError, NotImplementedError) as error:
            message = f"the workers have no file system for {self.address}"
            raise RapporteurError(message, "name a folder that all machines have mounted", [str(error)]) from error

    def names(self) -> list[str]:
        """Returns the names of the files in a folder, sorted."""
        return [name for name in self.entries() if not name.endswith("/")]

    def entries(self) -> list[str]:
        """Returns the names of the files in a folder and of the folders in it, which end in a slash, sorted."""
        store, path = self.opened()
        found = store.get_file_info(pyarrow.fs.FileSelector(path, allow_not_found=True))
        return sorted(entry.base_name + ("" if entry.is_file else "/") for entry in found)

    def files(self) -> Iterator[tuple[str, int]]:
        """Yields the files in a folder and in those below it by their paths from there, sorted, each with its size."""
        store, path = self.opened()
        found = store.get_file_info(pyarrow.fs.FileSelector(path, allow_not_found=True, recursive=True))
        for entry in sorted(found, key=lambda entry: str(entry.path)):
            if entry.is_file:
                yield posixpath.relpath(entry.path, path), int(entry.size)

    def exists(self) -> bool:
        store, path = self.opened()
        [found] = store.get_file_info([path])
        return bool(found.type != pyarrow.fs.FileType.NotFound)

    def stream(self) -> BinaryIO:
        store, path = self.opened()
        return store.open_input_stream(path, compression=None)  # type: ignore[no-any-return]

    def read(self, offset: int = 0, length: int | None = None) -> bytes:
        """Returns the bytes of a file, or a stretch of them."""
        store, path = self.opened()
        with store.open_input_file(path) as file:
            return bytes(file.read_at(file.size() - offset if length is None else length, offset))

    def write(self, content: bytes) -> None:
        """Writes a file whole: under another name, which then becomes its own where the store can do that."""
        store, path = self.opened()
        store.create_dir(posixpath.dirname(path), recursive=True)
        if isinstance(store, pyarrow.fs.LocalFileSystem):
            with store.open_output_stream(path + ".new") as file:
                file.write(content)
            store.move(path + ".new", path)
        else:
            # An object appears when it is closed.
            with store.open_output_stream(path, compression=None) as file:
                file.write(content)

    def remove(self) -> None:
        """Removes a folder with all that is in it, if it is there."""
        store, path = self.opened()
        [found] = store.get_file_info([path])
        if found.type == pyarrow.fs.FileType.Directory:
            store.delete_dir(path)
        elif found.type == pyarrow.fs.FileType.File:
            store.delete_file(path)
