"""What a file is, told from its content alone."""

import re
import zipfile
from pathlib import PurePath

from generator.importers.document import Remark, UnreadableError
from generator.importers.guard import opened_archive

EXPECTED = "可以导入的是 Excel 表格（xlsx、xls）、Word 文档（docx）、PDF 和网页（html）"

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BOOKS = (b"\x09\x08\x08\x00\x00\x05", b"\x09\x04\x06\x00\x00\x00", b"\x09\x02\x06\x00\x00\x00")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BARE_SECTOR = 512

_SIGNATURES = {
    b"\x89PNG": "PNG 图片",
    b"\xff\xd8\xff": "JPEG 图片",
    b"GIF8": "GIF 图片",
    b"BM": "BMP 图片",
    b"II*\0": "TIFF 图片",
    b"MM\0*": "TIFF 图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"MZ": "可执行程序",
    b"\x7fELF": "可执行程序",
}
_DO = {
    "图片": "图片里的表格读不出文字，请找原来的电子表格，或先做文字识别并核对",
    "压缩包": "请先解压，再导入里面的文件",
    "程序": "不要运行它；请核对来源",
}
_EXTENSIONS = {
    "xlsx": {".xlsx", ".xltx", ".et", ".ett"},
    "xls": {".xls", ".xlt", ".et", ".ett"},
    "docx": {".docx", ".dotx", ".wps"},
    "pdf": {".pdf"},
    "html": {".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".jsp", ".aspx", ".php"},
}
_NAMES = {"xlsx": "xlsx 表格", "xls": "xls 表格", "docx": "docx 文档", "pdf": "PDF", "html": "网页"}
# There is one way only to read a run of comments; with several, hostile ones would take for ever.
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|meta|body|table|div|title|style|center)\b",
    re.IGNORECASE,
)
_ANY_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_MHTML = re.compile(rb"(?:^|\n)(?:MIME-Version:|Content-Type:\s*(?:multipart/related|text/html))", re.IGNORECASE)


def kind_of(data: bytes, name: str) -> str:
    """Tell what a file is: xlsx, xls, docx, pdf or html; raise UnreadableError for anything else."""
    found = _kind(data, name)
    if found is None:
        found = f"不认识的文件，开头是 {data[:8].hex(' ')}"
        raise _refusal(found, "请用办公软件打开，另存为 xlsx 或 docx 再导入")
    return found


def extension_remark(kind: str, name: str) -> Remark | None:
    """Return what to say of a name whose extension is not that of the content, or None where it fits."""
    extension = PurePath(name).suffix.lower()
    if not extension or extension in _EXTENSIONS[kind]:
        return None
    return Remark(f"文件名以 {extension} 结尾，内容却是{_NAMES[kind]}；已按{_NAMES[kind]}读取。")


def _kind(data: bytes, name: str) -> str | None:
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE2):
        return _ole2_kind(data)
    if data.startswith(_OLD_BOOKS):
        return "xls"
    # The mark may stand behind some rubbish, such as the head of a mail.
    if b"%PDF-" in data[:1024]:
        return _pdf_kind(data)
    return _text_kind(data, name)


def _refusal(found: str, cure: str) -> UnreadableError:
    return UnreadableError(f"这是{found}；{EXPECTED}。{cure}。")


def _zip_kind(data: bytes) -> str:
    with opened_archive(data) as archive:
        names = {member.replace("\\", "/").lower() for member in archive.namelist()}
        mimetype = _mimetype(archive)
    if any(member.endswith("vbaproject.bin") for member in names):
        raise _refusal("带宏的文件（xlsm、docm）", "请在办公软件里另存为不带宏的 xlsx 或 docx 再导入")
    if "[content_types].xml" in names:
        return _office_kind(names)
    if "opendocument" in mimetype:
        raise _refusal("OpenDocument 文件（ods、odt）", "请另存为 xlsx 或 docx 再导入")
    if "ofd.xml" in names:
        raise _refusal("OFD 版式文件", "请导出为 PDF，或找原来的 xlsx、docx 再导入")
    raise _refusal(f"zip 压缩包，里面有 {len(names)} 个文件", "请先解压，再导入里面的文件")


def _mimetype(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as file:
            return file.read(100).decode("ascii", "replace")
    except (KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return ""


def _office_kind(names: set[str]) -> str:
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        raise _refusal("二进制的 Excel 表格（xlsb）", "请另存为 xlsx 再导入")
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("ppt/") for name in names):
        raise _refusal("演示文稿（pptx）", "请把其中的表格复制到 xlsx 或 docx 再导入")
    raise _refusal("办公软件的文件，但里面没有工作表，也没有正文", "请用办公软件打开，另存为 xlsx 或 docx 再导入")


def _ole2_kind(data: bytes) -> str:
    if _has_stream(data, "EncryptedPackage") or _has_stream(data, "EncryptionInfo"):
        raise _refusal("设有密码的文件", "请用办公软件打开，取消密码，另存后再导入")
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return "xls"
    if _has_stream(data, "WordDocument"):
        raise _refusal("旧式的 Word 文档（doc）或 WPS 文字（wps）", "请用 Word 或 WPS 打开，另存为 docx 再导入")
    if _has_stream(data, "PowerPoint Document"):
        raise _refusal("演示文稿（ppt）", "请把其中的表格复制到 xlsx 或 docx 再导入")
    if _has_stream(data, "ETData") or _has_stream(data, "ETFile"):
        raise _refusal("WPS 表格自有格式（et）的文件", "请用 WPS 打开，另存为 xlsx 再导入")
    if len(data) <= _BARE_SECTOR:
        raise _refusal("不完整的旧式办公文件，只有文件头", "请重新下载或重新复制后再导入")
    raise _refusal("旧式的办公文件，但里面找不到工作表，也可能不完整", "请用办公软件打开，另存为 xlsx 或 docx 再导入")


def _has_stream(data: bytes, name: str) -> bool:
    """Tell whether the directory of an OLE2 file names a stream; its entries stand on multiples of 128 bytes."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    position = data.find(wanted)
    while position >= 0:
        if position % 128 == 0:
            return True
        position = data.find(wanted, position + 1)
    return False


def _pdf_kind(data: bytes) -> str:
    if b"startxref" not in data[-4096:] and b"%%EOF" not in data[-4096:]:
        raise _refusal("不完整的 PDF，后面的部分缺失", "请重新下载或重新复制后再导入")
    if b"/Encrypt" in data and not _opens_without_password(data):
        raise _refusal("设有密码的 PDF", "请打开后取消密码，另存后再导入")
    return "pdf"


def _opens_without_password(data: bytes) -> bool:
    # Only a file that speaks of encryption pays for the library: many may be read but not printed.
    import pypdfium2  # type: ignore[import-untyped] # noqa: PLC0415

    try:
        pypdfium2.PdfDocument(data).close()
    except pypdfium2.PdfiumError as error:
        return "password" not in str(error).lower()
    return True


def _text_kind(data: bytes, name: str) -> str | None:
    for signature, found in _SIGNATURES.items():
        if data.startswith(signature):
            raise _refusal(found, next(cure for word, cure in _DO.items() if word in found))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise _refusal("WebP 图片", _DO["图片"])
    if data.startswith(b"{\\rtf"):
        raise _refusal("RTF 文档", "请用 Word 或 WPS 打开，另存为 docx 再导入")
    start = _narrow(data[: 64 * 1024])
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise _refusal("Excel 2003 的 XML 表格", "请用 Excel 或 WPS 打开，另存为 xlsx 再导入")
    if b"<?mso-application" in start or b"schemas.microsoft.com/office/word/2003" in start:
        raise _refusal("Word 2003 的 XML 文档", "请用 Word 或 WPS 打开，另存为 docx 再导入")
    if _MARKUP.match(start) or _MHTML.search(start[:4096]) or (b"\0" not in start and _ANY_TABLE.search(start)):
        return "html"
    if b"\0" in start:
        return None
    extension = PurePath(name).suffix.lower()
    if start.lstrip().startswith(b"<"):
        raise _refusal("XML 文件，不是网页", "请找原来的电子表格再导入")
    if extension == ".csv" or re.match(rb"[^\n]*[,\t;][^\n]*\n?", start):
        raise _refusal(
            "CSV 或纯文本", "它没有合并单元格，认不出表样；请用 Excel 或 WPS 打开，按表样排好，另存为 xlsx 再导入"
        )
    raise _refusal("纯文本", "请把表格放到 xlsx 或 docx 里再导入")


def _narrow(start: bytes) -> bytes:
    """Return the start of a text as single bytes, whatever its encoding, to look for markup in it."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if start.startswith(mark):
            return start[len(mark) :].decode(encoding, "ignore").encode("utf-8")
    return start
