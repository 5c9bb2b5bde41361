"""The official forms and one whole page as they come out, kept to be looked at in a browser."""

import re
from pathlib import Path

import pytest

from tests.golden_files import Golden
from tests.site_tools import TESTS

_FORM = re.compile(r'<div class="official-form.*?>\n(?P<form>.*?)</div>\n<p class="form-code">', re.DOTALL)
_SHEET = """\
<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="stylesheet" href="../../../templates/assets/jixiao.css">
</head>
<body class="official-form">
{form}</body>
</html>
"""
# The address of an asset, the policy and the rules carry hashes of files that have tests of their own.
_HASHES = re.compile(r"(?<=\.)[0-9a-f]{8}(?=\.)|(?<='sha256-)[^']+|(?<=指纹：<code>)[0-9a-f]+")


@pytest.mark.parametrize(
    ("form", "record"),
    [
        ("self_evaluation_a1", "2024/xinzhuang/liangxin"),
        ("self_evaluation_a2", "2023/jiuliting/zizhi"),
        ("department_evaluation_b1", "2023/xinhong/zhengti"),
        ("target_declaration_c1", "2024/xidu/zhuanhu"),
    ],
)
def test_an_official_form_comes_out_as_accepted(own_site: Path, golden: Golden, form: str, record: str) -> None:
    page = (own_site / f"records/{record}.html").read_text(encoding="utf-8")
    match = _FORM.search(page)
    assert match is not None

    golden(f"forms/{form}.html", _SHEET.format(title=record, form=match["form"]))


def test_the_general_form_comes_out_as_accepted(families_site: Path, golden: Golden) -> None:
    page = (families_site / "records/2024/shi/zhengti.hunan.html").read_text(encoding="utf-8")
    match = _FORM.search(page)
    assert match is not None

    golden("forms/general.html", _SHEET.format(title="2024/shi/zhengti.hunan", form=match["form"]))


def test_a_whole_page_comes_out_as_accepted(own_site: Path, golden: Golden) -> None:
    page = (own_site / "records/2024/xidu/zhuanhu.html").read_text(encoding="utf-8")

    golden("pages/record.html", _HASHES.sub("00000000", page))


def test_every_golden_form_can_be_opened_with_its_style_sheet() -> None:
    for path in sorted((TESTS / "golden/forms").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        (target,) = re.findall(r'rel="stylesheet" href="([^"]+)"', text)
        assert (path.parent / target).resolve().is_file()
