"""The list of all that was ever published, as it stands in a project; see `model.publications`."""

import json
from pathlib import Path

from generator.build.names import PUBLISHED, RELEASES
from generator.build.repository import has_commit
from generator.errors import JixiaoError, disk_reason
from generator.model.publications import NotPublicationsError, Publications, parse_publications


def list_of(project: Path) -> Path:
    """Return where the list of a project stands; it need not be there."""
    return project / RELEASES / PUBLISHED


def read_history(place: Path) -> Publications:
    """Return what was published before; raise JixiaoError where the list cannot be read."""
    try:
        return parse_publications(place.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return Publications()
    except OSError as error:
        raise JixiaoError(f"读不出 {place}：{disk_reason(error)}。") from error
    except UnicodeDecodeError as error:
        raise JixiaoError(f"{place} 不是 UTF-8 编码的文本。请用 git 恢复它。") from error
    except NotPublicationsError as error:
        raise JixiaoError(f"{place} 第 {error.line} 行读不懂。请用 git 恢复它；有合并冲突的，先解决冲突。") from error


def revision_of(name: str, project: Path) -> str:
    """Return the commit that a release is of, where git itself knows nothing of that name; else the name."""
    place = project / RELEASES / f"{name}.json"
    if not name or "/" in name or has_commit(name, project) or not place.is_file():
        return name
    try:
        found = json.loads(place.read_bytes()).get("commit", "")
    except (OSError, ValueError, AttributeError):
        return name
    return found if isinstance(found, str) and found else name
