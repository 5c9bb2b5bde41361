"""Any file that can be imported, to its tables."""

from importlib import import_module

from msgspec.structs import replace

from generator.importers.document import Document, UnreadableError
from generator.importers.guard import check_size
from generator.importers.kind import extension_remark, kind_of


def read(data: bytes, name: str) -> Document:
    """Return the tables of a file; raise UnreadableError where it is none that can be imported."""
    check_size(data)
    kind = kind_of(data, name)
    try:
        # A kind is called as the module that reads it; each brings a heavy library, and most runs need one of them.
        document: Document = import_module(f"generator.importers.{kind}").read(data, name)
    # Where memory or a package is missing, that says nothing of the file.
    except (UnreadableError, ModuleNotFoundError, MemoryError):
        raise
    except RecursionError as error:
        raise UnreadableError("文件太复杂，读不下去。请只留下绩效表，另存后再导入。") from error
    # A damaged or hostile file shows as any error at all, deep inside a library; the next file must still be read.
    except Exception as error:
        raise UnreadableError(
            f"文件的内部结构不合规范，读不出来（{type(error).__name__}）。请用办公软件打开，另存一份再导入。"
        ) from error
    remark = extension_remark(kind, name)
    return replace(document, remarks=(remark, *document.remarks)) if remark else document
