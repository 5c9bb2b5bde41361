"""What MkDocs says of a faulty `mkdocs.yml`, in Chinese."""

import re

# The whole message, and what an author reads instead; a message not listed is shown as MkDocs wrote it.
_MESSAGES: tuple[tuple[str, str], ...] = (
    (r"Required configuration not provided\.", "必须填写，现在没有。"),
    (r"The path '(?P<path>.*)' isn't an existing (?:directory|file)\.", "{path} 不存在，请新建它或改正路径。"),
    (r'The "(?P<name>.*)" plugin is not installed', "没有安装名为 {name} 的插件。"),
    (r"Plugin '(?P<name>.*)' option '(?P<key>.*)': (?P<rest>.*)", "插件 {name} 的 {key}：{rest}"),
    (r"Expected type: <class '(?P<wanted>\w+)'> but received: <class '(?P<got>\w+)'>", "应是{wanted}，现在是{got}。"),
    (r"Expected one of: \((?P<words>.*)\) but received: (?P<got>.*)", "应是 {words} 之一，现在是 {got}。"),
    (r"Unrecognised theme name: '(?P<name>.*)'\..*", "没有安装名为 {name} 的主题，请写 material。"),
    (r"The URL isn't valid, it should include the http:// \(scheme\)", "网址须以 http:// 或 https:// 开头。"),
    (r"Expected a list of items, but a <class '(?P<got>\w+)'> was given\.", "应是列表，例如 [甲, 乙]，现在是{got}。"),
    (r"Expected a string, got <class '(?P<got>\w+)'>", "应是文字，现在是{got}。"),
    (r"Expected nav to be a list, got .*", "应是列表，每行以“- ”开头。"),
    (r"Invalid Plugins configuration.*", "应是列表，每行以“- ”开头。"),
    (r"Unable to parse the URL\.", "不是网址。"),
    (r"The configuration is invalid\. Expected a key-value mapping.*", "内容应是“键: 值”的形式。"),
)
_TYPES = {"str": "文字", "bool": "true 或 false", "int": "整数", "float": "数", "list": "列表", "dict": "一组键值"}


def explain(message: str) -> str:
    """Return the message in Chinese, one line for each of its lines."""
    return "\n    ".join(_explain_line(line) for line in message.splitlines())


def _explain_line(line: str) -> str:
    for pattern, chinese in _MESSAGES:
        match = re.fullmatch(pattern, line)
        if match:
            parts = {key: _TYPES.get(value, value) for key, value in match.groupdict().items()}
            if "rest" in parts:
                parts["rest"] = _explain_line(parts["rest"])
            return chinese.format(**parts)
    return line
