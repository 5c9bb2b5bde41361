from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfWriter

from generator.importers.document import UnreadableError
from generator.importers.kind import extension_remark, kind_of
from tests.importers.office_files import ONE_ROW, archive, book, book_parts

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _ole2(stream: str) -> bytes:
    """Return the head of a compound document whose directory names one stream."""
    return _OLE2 + stream.encode("utf-16-le").ljust(128, b"\0")


def _pdf(password: str = "", owner: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (book(ONE_ROW), "xlsx"),
        (archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "docx"),
        (archive({"[Content_Types].xml": "<Types/>", "xl\\workbook.xml": "<w/>"}), "xlsx"),
        (_ole2("Workbook"), "xls"),
        (_ole2("Book"), "xls"),
        (b"\x09\x08\x08\x00\x00\x05\x10\x00", "xls"),
        (_pdf(), "pdf"),
        (b"\r\n" + _pdf(), "pdf"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        ("<!DOCTYPE HTML><p>甲</p>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?>\n<!-- a -->\n<!-- b --> <p/> --><html/>' * 2 + b"<table>", "html"),
        (b'<?xml version="1.0"?> <!-- a --><!-- <data> --> <HTML lang="zh">', "html"),
        ("  <!-- 系统导出 -->\n<TABLE border=1><tr><td>项目</td></tr></TABLE>".encode("gb18030"), "html"),
        (b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "html"),
    ],
)
@pytest.mark.parametrize("name", ["a.xls", "a.docx", "没有扩展名"])
def test_the_kind_is_told_from_the_content(data: bytes, kind: str, name: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "found", "cure"),
    [
        (archive({**book_parts(ONE_ROW), "xl/vbaProject.bin": b"x"}), "带宏", "不带宏"),
        (archive({"[Content_Types].xml": "x", "word/document.xml": "x", "word/vbaProject.bin": b"x"}), "带宏", "docx"),
        (archive({"[Content_Types].xml": "x", "xl/workbook.bin": b"x"}), "xlsb", "xlsx"),
        (archive({"[Content_Types].xml": "x", "ppt/presentation.xml": "x"}), "演示文稿", "复制"),
        (archive({"[Content_Types].xml": "x"}), "没有工作表", "另存"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument", "xlsx"),
        (archive({"OFD.xml": "<a/>"}), "OFD", "PDF"),
        (archive({"a.xlsx": b"x", "b.xlsx": b"x"}), "zip 压缩包，里面有 2 个文件", "解压"),
        (book(ONE_ROW)[:700], "不完整", "重新下载"),
        (_ole2("EncryptedPackage"), "密码", "取消密码"),
        (_ole2("WordDocument"), "doc", "另存为 docx"),
        (_ole2("PowerPoint Document"), "演示文稿", "复制"),
        (_ole2("ETData"), "et", "另存为 xlsx"),
        (_ole2("Something"), "找不到工作表", "另存"),
        (_OLE2[:100], "只有文件头", "重新下载"),
        (_pdf("1234"), "设有密码的 PDF", "取消密码"),
        (_pdf()[:200], "不完整的 PDF", "重新下载"),
        (b"\x89PNG\r\n\x1a\n", "PNG 图片", "文字识别"),
        (b"\xff\xd8\xff\xe0", "JPEG 图片", "文字识别"),
        (b"RIFF1234WEBPVP8 ", "WebP 图片", "文字识别"),
        (b"Rar!\x1a\x07", "RAR", "解压"),
        (b"MZ\x90\0", "程序", "不要运行"),
        (b"{\\rtf1 a}", "RTF", "docx"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003", "xlsx"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word 2003", "docx"),
        (b'<?xml version="1.0"?><data/>', "XML", "电子表格"),
        ("项目名称,金额\n甲,1\n".encode(), "CSV", "合并单元格"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07", "不认识", "另存"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(data: bytes, found: str, cure: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        kind_of(data, "表.xlsx")

    assert found in str(raised.value)
    assert cure in str(raised.value)


# Where each is looked for to the end again, these do not end before the time that every test has.
@pytest.mark.parametrize(
    "start", [b"<!---->" * 900_000, b"<!-- -->\n" * 700_000 + b"<!--", b"<!---->" * 40 + b"<!--" * 800_000]
)
def test_comments_without_end_cost_little(start: bytes) -> None:
    with pytest.raises(UnreadableError, match="XML"):
        kind_of(start + b"<data/>", "a.html")


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert kind_of(_pdf(owner="1234"), "a.pdf") == "pdf"


def test_a_name_that_promises_another_kind_is_remarked() -> None:
    file = BytesIO()
    openpyxl.Workbook().save(file)
    remark = extension_remark(kind_of(file.getvalue(), "a.xls"), "a.xls")

    assert remark is not None
    assert ".xls 结尾，内容却是xlsx 表格" in remark.text
    assert extension_remark("xls", "甲.et") is None
    assert extension_remark("html", "没有扩展名") is None
