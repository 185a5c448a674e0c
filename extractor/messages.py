"""The sentence and the hint of every error and warning, in English and in Chinese, in one table.

Codes are stable: programs may rely on them. Sentences are for people and may change.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.terms import Language

Argument = str | int


@dataclass(frozen=True, slots=True)
class Message:
    """Sentence and hint in both languages; ``{name}`` stands for an argument."""

    en: str
    en_hint: str
    zh: str
    zh_hint: str

    def sentence(self, language: Language, arguments: dict[str, Argument]) -> str:
        """The sentence with its arguments filled in."""
        return (self.zh if language == "zh" else self.en).format_map(arguments)

    def hint(self, language: Language, arguments: dict[str, Argument]) -> str:
        """The hint with its arguments filled in."""
        return (self.zh_hint if language == "zh" else self.en_hint).format_map(arguments)


#: Errors, by code.
ERRORS: dict[str, Message] = {
    "unreadable": Message(
        "{path} cannot be read: {detail}.",
        "Check the file and the disk that it lies on.",
        "无法读取 {path}：{detail}。",
        "请检查文件及其所在磁盘。",
    ),
    "not-found": Message(
        "There is no file {path}.",
        "Check the spelling and the folder.",
        "找不到文件 {path}。",
        "请检查文件名和所在文件夹。",
    ),
    "is-a-folder": Message(
        "{path} is a folder, not a file.",
        "Name the files in it, as in {path}/*.txt.",
        "{path} 是文件夹，不是文件。",
        "请指定其中的文件，例如 {path}/*.txt。",
    ),
    "no-permission": Message(
        "There is no permission to read {path}.",
        "Ask for the right to read the file, or copy it to a place of your own.",
        "没有读取 {path} 的权限。",
        "请取得读取权限，或将文件复制到自己的文件夹。",
    ),
    "empty": Message(
        "{path} holds no text.",
        "Check whether the file was saved or copied whole.",
        "{path} 中没有文字。",
        "请检查文件是否完整保存或复制。",
    ),
    "binary": Message(
        "{path} holds no text that can be read: it looks like {looks}.",
        "Save the report as plain text, Word, PDF, OFD or as a web page, and try again.",
        "{path} 中没有可读取的文字：看起来是{looks}。",
        "请将报道另存为纯文本、Word、PDF、OFD 或网页后重试。",
    ),
    "undecodable": Message(
        "{path} cannot be decoded as {encoding}: the byte 0x{byte} at offset {offset} does not fit.",
        "Name the encoding with --encoding, or go on despite the damage with --on-damage keep.",
        "{path} 无法按 {encoding} 解码：偏移 {offset} 处的字节 0x{byte} 不合法。",
        "请用 --encoding 指定编码，或用 --on-damage keep 忽略损坏继续处理。",
    ),
    "too-large": Message(
        "{path} is too large: more than {limit} {unit} (limit {name}).",
        "Split it, one report a file, or raise the limit with --max {name}=N.",
        "{path} 太大：超过 {limit} {unit}（上限 {name}）。",
        "请拆分文件，一个文件一篇报道；或用 --max {name}=N 提高上限。",
    ),
    "too-slow": Message(
        "Reading {path} took more than {seconds} seconds.",
        "Split it, or give it more time with --max seconds=N.",
        "读取 {path} 超过 {seconds} 秒。",
        "请拆分文件，或用 --max seconds=N 延长时间。",
    ),
    "broken": Message(
        "{path} looks like {looks}, but is damaged or not whole: {detail}.",
        "Check whether the file was saved or copied whole; open it in the program it was made with and save it again.",
        "{path} 看起来是{looks}，但已损坏或不完整：{detail}。",
        "请检查文件是否完整保存或复制；或用原来的软件打开后重新保存。",
    ),
    "encrypted": Message(
        "{path} is {looks} that opens only with a password.",
        "Save a copy without a password and try again.",
        "{path} 是加密的{looks}，需要密码才能打开。",
        "请去除密码后另存一份再试。",
    ),
    "unsafe": Message(
        "{path} is {looks} that could do harm: {detail}. It was not read.",
        "Ask where the file came from; open it in the program it was made with and save it again.",
        "{path} 是可能有害的{looks}：{detail}。未予读取。",
        "请查明文件来源；或用原来的软件打开后重新保存。",
    ),
    "missing-extra": Message(
        "{path} is {looks}; to read it, the extra {extra} must be installed.",
        "Run pip install 'meeting-extractor[{extra}]' and try again.",
        "{path} 是{looks}；读取它需要安装扩展 {extra}。",
        "请运行 pip install 'meeting-extractor[{extra}]' 后重试。",
    ),
    "missing-program": Message(
        "{path} is {looks}; to read it, LibreOffice, antiword or catdoc must be installed.",
        "Install LibreOffice from libreoffice.org (apt install libreoffice-writer), or save the report as .docx.",
        "{path} 是{looks}；读取它需要安装 LibreOffice、antiword 或 catdoc。",
        "请从 libreoffice.org 安装 LibreOffice（apt install libreoffice-writer），或将报道另存为 .docx。",
    ),
    "worker-died": Message(
        "The process that read {path} ended before it was done: out of memory, or a library crashed.",
        "Try this file alone; if it is large, split it.",
        "读取 {path} 的进程意外结束：内存不足，或程序库崩溃。",
        "请单独处理该文件；文件较大时请拆分。",
    ),
    "worker-hung": Message(
        "The process that read {path} was stopped after {seconds} seconds.",
        "Try this file alone, or give it more time with --max seconds=N.",
        "读取 {path} 的进程超过 {seconds} 秒，已停止。",
        "请单独处理该文件，或用 --max seconds=N 延长时间。",
    ),
    "usage": Message(
        "Wrong usage: {detail}.",
        "See extract --help.",
        "用法有误：{detail}。",
        "参见 extract --help。",
    ),
    "unknown-encoding": Message(
        "There is no encoding called {encoding}.",
        "Common ones are utf-8, gb18030, big5 and utf-16.",
        "没有名为 {encoding} 的编码。",
        "常用编码有 utf-8、gb18030、big5、utf-16。",
    ),
    "bad-published": Message(
        "{value} is not a date of publication.",
        "Give a day as 2021-03-24.",
        "{value} 不是有效的发布日期。",
        "请按 2021-03-24 的形式给出日期。",
    ),
    "bad-limit": Message(
        "{value} is no limit: there are {names}.",
        "Give one as pages=5000.",
        "{value} 不是有效的上限：可用的有 {names}。",
        "请按 pages=5000 的形式给出。",
    ),
    "bad-manifest": Message(
        "Line {line} of {path} is wrong: {detail}.",
        'Each line is one JSON object, as {{"path": "report.txt", "published": "2021-03-24"}}.',
        "{path} 第 {line} 行有误：{detail}。",
        '每行应为一个 JSON 对象，例如 {{"path": "report.txt", "published": "2021-03-24"}}。',
    ),
    "bad-gold": Message(
        "{path} is wrong ({place}): {detail}.",
        "docs/gold.md describes the format of annotations.",
        "{path} 有误（{place}）：{detail}。",
        "标注格式见 docs/gold.md。",
    ),
    "bad-records": Message(
        "Line {line} of {path} is no record{place}: {detail}.",
        "Give the records as extract writes them, with -o records.jsonl.",
        "{path} 第 {line} 行不是记录{place}：{detail}。",
        "请给出 extract 用 -o records.jsonl 写出的记录。",
    ),
    "bad-floors": Message(
        "The floors of {path} are wrong ({place}): {detail}.",
        'Give one JSON object, as {{"leaders": 0.9, "core": 0.85}}, with the fields of the table, core, kind or perfect.',
        "{path} 中的下限有误（{place}）：{detail}。",
        '应为一个 JSON 对象，例如 {{"leaders": 0.9, "core": 0.85}}，键为表中字段或 core、kind、perfect。',
    ),
    "bad-lexicon": Message(
        "Line {line} of {path} is wrong: {detail} ({value}).",
        "See docs/lexicon.md for what a lexicon holds; no report was read.",
        "{path} 第 {line} 行有误：{detail}（{value}）。",
        "词表的写法见 docs/lexicon.md；尚未读取任何报道。",
    ),
    "lexicon-conflict": Message(
        "Line {line} of {path} does not agree with line {first}: {detail} ({value}).",
        "Keep one of the two entries; no report was read.",
        "{path} 第 {line} 行与第 {first} 行不一致：{detail}（{value}）。",
        "请保留其中一条；尚未读取任何报道。",
    ),
    "not-writable": Message(
        "{path} cannot be written: {detail}.",
        "Check the folder and the right to write in it.",
        "无法写入 {path}：{detail}。",
        "请检查文件夹及其写入权限。",
    ),
    "busy": Message(
        "Another run is writing this output: {path} is in use.",
        "Wait until it has ended, or name another output.",
        "另一个进程正在写这个输出：{path} 被占用。",
        "请等它结束，或指定别的输出文件。",
    ),
    "bad-journal": Message(
        "{path} is no journal of a run, or is damaged.",
        "Delete it and run the command again: all reports are then read anew.",
        "{path} 不是运行日志，或已损坏。",
        "请删除它后重新运行：所有报道将重新读取。",
    ),
    "bad-database": Message(
        "{path} cannot take the records: {detail}.",
        "Name another file.",
        "{path} 无法存入记录：{detail}。",
        "请指定别的文件。",
    ),
    "missing-package": Message(
        "{what} needs the extra {extra}, which is not installed.",
        "Run pip install 'meeting-extractor[{extra}]' and try again.",
        "{what} 需要安装扩展 {extra}。",
        "请运行 pip install 'meeting-extractor[{extra}]' 后重试。",
    ),
    "disk-full": Message(
        "There is no space left to write {path}.",
        "Free some space and run the command again.",
        "磁盘空间不足，无法写入 {path}。",
        "请清理磁盘后重新运行。",
    ),
    "internal": Message(
        "A fault of the program: {detail}.",
        "Please report it together with the input.",
        "程序内部错误：{detail}。",
        "请连同输入文件一并反馈。",
    ),
    "rule-malformed": Message(
        "A rule of the package is malformed: {detail}.",
        "Install the package again.",
        "程序包中的规则有误：{detail}。",
        "请重新安装程序包。",
    ),
}

#: Warnings of a record, by code: what was left out, and why.
WARNINGS: dict[str, Message] = {
    "not-a-meeting": Message(
        "The text reports no meeting.",
        "If it does, its headline or first paragraph says so in an unusual way.",
        "文中没有会议。",
        "如确有会议，可能是标题或首段的写法不常见。",
    ),
    "no-date": Message(
        "The report gives no date of the meeting.",
        "The date of publication is none.",
        "文中未载明会议日期。",
        "发布日期不作会议日期。",
    ),
    "vague-date": Message(
        "The report dates the meeting only vaguely: {text}.",
        "With --published, 今天 and 昨日 become days; 近日 does not.",
        "会议日期表述含糊：{text}。",
        "用 --published 给出发布日期后，今天、昨日可以确定，近日不能。",
    ),
    "year-unknown": Message(
        "The year of the meeting is not stated: {text}.",
        "Give the date of publication with --published.",
        "会议年份未载明：{text}。",
        "可用 --published 给出发布日期。",
    ),
    "no-leaders": Message(
        "The report names nobody who chaired, spoke with authority, reported or attended.",
        "Posts without names (县领导) are not listed.",
        "文中没有主持、讲话、报告或出席人员的姓名。",
        "只有职务没有姓名的（如县领导）不列入。",
    ),
    "list-open": Message(
        "A list of those who attended ends with 等: it may not name everybody.",
        "See the places given as evidence.",
        "参会名单以“等”结尾，可能未列全。",
        "参见出处所示位置。",
    ),
    "text-damaged": Message(
        "Characters are lost (U+FFFD) or were recognised with little certainty: {text}.",
        "Compare these places with the original; for a scan, scan again at 300 dpi; for text, name the encoding with --encoding.",
        "有字符缺损（显示为 U+FFFD）或识别把握不足：{text}。",
        "请对照原件核对；扫描件可用 300 dpi 重新扫描，文本可用 --encoding 指定编码。",
    ),
    "parts-unread": Message(
        "Parts of the file were not read: {text}.",
        "Save attachments and read them as files of their own; for pages that are images, install the extra ocr.",
        "文件中有未读取的部分：{text}。",
        "附件请另存后单独读取；图像页请安装扩展 ocr。",
    ),
    "truncated": Message(
        "The text breaks off in the middle of a sentence.",
        "Check whether the file was copied whole.",
        "文本在句中中断，可能不完整。",
        "请检查文件是否完整。",
    ),
}
