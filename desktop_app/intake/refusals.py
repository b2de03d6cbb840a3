"""Why a file is not read: the codes and the sentences that the user sees."""

from __future__ import annotations

from desktop_app.errors import FileError

_SAVE_AS = "请在 Excel 或 WPS 中打开它,另存为“Excel 工作簿(.xlsx)”后再导入。"
_SEND_AGAIN = "请让对方重新发送,或在 Excel、WPS 中打开后另存为新的 .xlsx 文件再导入。"
_SMALLER = "请删去无关的工作表、图片和空白行列,或拆成几个文件后再导入。"

FULL = "memory"  # the reason of a child whose memory did not do
LOCKED = "file-password"  # the code of a file behind an opening password that is not known

_TEXTS: dict[str, tuple[str, str, str]] = {
    # reason: (code, sentence, remedy)
    "missing": ("file-missing", "找不到文件《{name}》。", "请确认文件没有被移走或改名,U盘已插好。"),
    "folder": (
        "file-not-a-workbook",
        "《{name}》是文件夹,不是表格文件。",
        "请选择文件夹里的表格文件。",
    ),
    "forbidden": (
        "file-locked",
        "《{name}》不能读取,可能正被其他程序占用。",
        "请在 Excel 或 WPS 中关闭它,或检查文件的权限,然后再试。",
    ),
    "unreadable": (
        "file-unreadable",
        "读取《{name}》时磁盘或网络出错。",
        "请把文件复制到本机桌面后再导入。",
    ),
    "empty": (
        "file-not-a-workbook",
        "《{name}》是空文件,里面没有内容。",
        "请让对方重新发送这份文件。",
    ),
    "password": (
        LOCKED,
        "《{name}》有打开密码,不能读取。",
        "请向单位要密码,输入后再读;或请单位取消“文件加密”后重发。",
    ),
    "password-wrong": (
        LOCKED,
        "《{name}》的打开密码不对。",
        "请向单位核对密码,注意大小写,再输入一次。",
    ),
    "password-kind": (
        LOCKED,
        "《{name}》的加密方式在这里打不开。",
        "请在 Excel 或 WPS 中输入密码打开,取消“文件加密”后保存,再导入。",
    ),
    "damaged": ("file-damaged", "《{name}》已损坏,不能完整读取。", _SEND_AGAIN),
    "quotes": ("file-damaged", "《{name}》里的引号没有成对,行列会错位。", _SAVE_AS),
    "crashed": ("file-damaged", "《{name}》的内容异常,读取没有完成。", _SEND_AGAIN),
    "not-a-workbook": (
        "file-not-a-workbook",
        "《{name}》不是表格文件。",
        "请选择 .xlsx、.xls、.et、.ods 或 .csv 文件。",
    ),
    "encoding": ("file-not-a-workbook", "《{name}》的文字编码认不出来。", _SAVE_AS),
    "old": ("file-not-a-workbook", "《{name}》是很旧的表格格式,不能直接读取。", _SAVE_AS),
    "web-archive": ("file-not-a-workbook", "《{name}》是网页格式,不是真正的表格文件。", _SAVE_AS),
    "too-large": ("file-too-large", "《{name}》太大,超出了可以读取的范围。", _SMALLER),
    "bomb": ("file-too-large", "《{name}》展开后的内容过大,为安全起见没有读取。", _SMALLER),
    FULL: ("file-too-large", "读取《{name}》需要的内存过多,已停止读取。", _SMALLER),
    "time": ("file-too-large", "读取《{name}》用时过长,已停止读取。", _SMALLER),
    "scan": (
        "scan-not-readable",
        "《{name}》不是能打开的图片或 PDF。",
        "请重新扫描或拍照,存为 PDF、TIFF、JPG 或 PNG 后再添加。",
    ),
    "scan-too-large": (
        "scan-too-large",
        "《{name}》太大,不能添加(每个文件不超过 20 MB、4000 万像素)。",
        "请用较低的分辨率(200 dpi 即可)重新扫描。",
    ),
    "stack-too-large": (
        "scan-too-large",
        "《{name}》太大,没有收(一叠不超过 100 MB、500 页,一页不超过 4000 万像素)。",
        "请分成几叠扫描,或用较低的分辨率(200 dpi 即可)重新扫描。",
    ),
    "scan-password": (
        "scan-not-readable",
        "《{name}》有打开密码,不能添加。",
        "请取消 PDF 的密码后再添加。",
    ),
    "no-text": (
        "proof-without-text",
        "《{name}》是扫描件或图片,里面没有文字,不能逐人核对。",
        "请单位提供从社保网站下载的 PDF 或表格原件,或看着附件人工核对。",
    ),
    "no-people": (
        "proof-without-people",
        "《{name}》里没有认出参保人员,不能逐人核对。",
        "请看是不是拿错了文件:证明里要有“姓名”一列,最好还有身份证号;也可以看着附件人工核对。",
    ),
    "proof-password": (
        "proof-locked",
        "《{name}》有打开密码,不能读取。",
        "请取消文件的密码后另存一份,再添加。",
    ),
    "pdf": (
        "pdf-not-readable",
        "《{name}》不是PDF,或者已损坏,不能核对签名。",
        "请让对方重新发送原来的文件;打印后再扫描的没有电子签名。",
    ),
    "pdf-password": (
        "pdf-locked",
        "《{name}》有打开密码,不能核对签名。",
        "请让对方发送没有密码的文件。",
    ),
    "pdf-too-large": (
        "pdf-not-readable",
        "《{name}》太大或太复杂,没有核对签名(不超过100 MB)。",
        "请让对方分成几份发送。",
    ),
    "start": (
        "reader-not-started",
        "读取文件的后台程序没有启动,《{name}》没有读取。",
        "请重新启动本程序;若重复出现,请重新安装。",
    ),
}


class Refusal(Exception):  # noqa: N818 - an answer of the child, turned into a FileError by the parent
    """The file is not read, for one of the reasons above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def refusal(reason: str, name: str) -> FileError:
    """The error for a file; an unknown reason counts as damage."""
    code, sentence, remedy = _TEXTS.get(reason, _TEXTS["damaged"])
    return FileError(code, sentence.format(name=name), remedy, where=name)


def reason_of(error: OSError) -> str:
    """Why the system did not give a file's bytes."""
    if isinstance(error, FileNotFoundError):
        return "missing"
    return "forbidden" if isinstance(error, PermissionError) else "unreadable"
