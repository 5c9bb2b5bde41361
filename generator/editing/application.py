"""Which page answers which address."""

from pathlib import Path

from generator.editing import commit_pages, new_pages, record_pages
from generator.editing.desk import Desk
from generator.editing.list_page import RecordList
from generator.editing.messages import Request, Response
from generator.editing.preview import Previews
from generator.editing.record_files import NotThereError
from generator.errors import JixiaoError
from generator.render.theme_assets import EDITOR

_SCRIPT = "edit.js"
_STYLE = "edit.css"


class Application:
    """The pages of one run."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._list = RecordList(desk)
        self._previews = Previews(desk)

    def close(self) -> None:
        """Remove what was made for previews."""
        self._previews.close()

    def __call__(self, request: Request) -> Response:
        """Answer a request that was let in."""
        try:
            return self._answer(request)
        except NotThereError as error:
            return self._desk.message(str(error), 404)
        except JixiaoError as error:
            return self._desk.message(str(error), 422)

    def _answer(self, request: Request) -> Response:
        kind, _, rest = request.path.removeprefix("/").partition("/")
        match kind, request.is_post:
            case ("", False) if not rest:
                return self._list.show(request)
            case ("record", False):
                return record_pages.show_record(self._desk, request, rest)
            case ("record", True):
                return record_pages.post_record(self._desk, request, rest)
            case ("check", True):
                return record_pages.check_record(self._desk, request, rest)
            case ("preview", True):
                return self._previews.make(request, rest)
            case ("site", False):
                return self._previews.file(rest)
            case ("new", False) if not rest:
                return new_pages.show_new(self._desk, request)
            case ("new", True) if not rest:
                return new_pages.post_new(self._desk, request)
            case ("commit", False) if not rest:
                return commit_pages.show_commit(self._desk, request)
            case ("commit", True) if not rest:
                return commit_pages.post_commit(self._desk, request)
            case ("assets", False):
                return self._asset(rest)
        return self._desk.message("没有这一页。", 404)

    def _asset(self, name: str) -> Response:
        folders = self._desk.settings.template_dirs
        places = {style: [folder / "assets" / style for folder in folders] for style in self._desk.styles}
        places |= {
            _SCRIPT: [folder / "assets" / EDITOR for folder in folders],
            _STYLE: [folder / "editing" / _STYLE for folder in folders],
        }
        found = next((path for path in places.get(name, []) if path.is_file()), None)
        if found is None:
            return self._desk.message("没有这个文件。", 404)
        return Response(
            _read(found), "text/javascript; charset=utf-8" if name == _SCRIPT else "text/css; charset=utf-8"
        )


def _read(path: Path) -> bytes:
    return path.read_bytes()
