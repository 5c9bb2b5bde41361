"""The command `jixiao` as typed: what it prints, and the exit codes scripts rely on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__
from generator.cli import COMMANDS, WITHOUT_CONFIG, main
from tests.site_tools import PROJECT, TESTS, copied

MINIMAL = TESTS / "sites/minimal"
OWN_FORM = TESTS / "sites/own_form"
INVALID = TESTS / "sites_invalid"


def config(project: Path) -> list[str]:
    return ["-f", str(project / "mkdocs.yml")]


def jixiao(*arguments: str, cwd: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator.cli", *arguments],
        cwd=cwd, env={**os.environ, **environment}, check=False, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])

    assert caught.value.code == 0
    assert capsys.readouterr().out == f"jixiao {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])

    assert caught.value.code == 0
    shown = "-f 文件, --config-file 文件" in capsys.readouterr().out
    assert shown is (command not in WITHOUT_CONFIG)


def test_no_command_and_an_unknown_one_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["biuld"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
    assert "build" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "没有写 命令。"),
        (["biuld"], "命令 没有 biuld 这一种。可以写的：build、check、"),
        (["import"], "没有写 文件或文件夹。请补上"),
        (["import", "a", "--into"], "--into 后面没有写值。"),
        (["import", "a", "--format", "x"], "--format 没有 x 这一种。可以写的：text、json"),
        (["import", "a", "--bogus"], "不认识 --bogus。"),
        (["import", "a", "--upd"], "不认识 --upd。"),
        (["import", "a", "--jobs", "0"], "--jobs 应是 1 以上的整数，现在是 0"),
        (["import", "a", "--jobs=-1"], "--jobs 应是 1 以上的整数，现在是 -1"),
        (["build", "--jobs", "many"], "-j/--jobs 应是 1 以上的整数，现在是 many"),
        (["build", "--full=1"], "--full 后面不写值，请去掉 1"),
        (["build", "--keep"], "不认识 --keep。"),
    ],
)
def test_a_slip_on_the_command_line_is_told_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)

    told = capsys.readouterr().err
    assert caught.value.code == 2
    assert told.startswith(said)
    assert f"\n用法：{' '.join(['jixiao', *words[:1]]) if words and words[0] != 'biuld' else 'jixiao'} [" in told
    assert "error:" not in told


def test_check_of_sound_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--select", "REC015", *config(copied(OWN_FORM, tmp_path / "project"))]) == 0
    assert capsys.readouterr().out.startswith("检查了 1 份可公开的记录：没有发现问题。规则指纹 ")


def test_check_with_a_warning_still_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *config(copied(MINIMAL, tmp_path / "project"))]) == 0
    assert "检查了 1 份可公开的记录：1 处警告。" in capsys.readouterr().out


def test_build_says_what_it_did_and_where_to_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    code = main(["build", *config(copied(OWN_FORM, tmp_path / "project")), "-d", str(site)])
    told = capsys.readouterr()

    assert code == 0
    assert told.out.splitlines()[0] == "读入 1 份记录"
    assert told.out.splitlines()[-1] == f"网站在 {site}，打开其中的 index.html 即可查看。"
    assert told.err == ""


def test_a_quiet_build_says_nothing_where_nothing_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = copied(OWN_FORM, tmp_path / "project")

    assert main(["build", "--quiet", *config(project), "-d", str(tmp_path / "site")]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_site_goes_where_the_configuration_says(tmp_path: Path) -> None:
    (tmp_path / "content/records/2024/shiyan").mkdir(parents=True)
    (tmp_path / "content/pages").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        (MINIMAL / "mkdocs.yml").read_text(encoding="utf-8") + "site_dir: gongkai\n", encoding="utf-8"
    )

    assert main(["build", "-q", *config(tmp_path)]) == 0
    assert (tmp_path / "gongkai/index.html").is_file()


def test_keep_going_may_stand_in_the_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = tmp_path / "content/records/2024/shiyan"
    records.mkdir(parents=True)
    (tmp_path / "content/pages").mkdir()
    (records / "hao.yaml").write_text("表样: 项目自评表\n年度: 2024\n", encoding="utf-8")
    (records / "huai.yaml").write_text("表样: 项目自评表\n", encoding="utf-8")
    text = (MINIMAL / "mkdocs.yml").read_text(encoding="utf-8").replace("[jixiao]", "[jixiao: {keep_going: true}]")
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")

    assert main(["build", "-q", *config(tmp_path)]) == 1
    assert (tmp_path / "site/records/2024/shiyan/hao.html").is_file()
    assert "  content/records/2024/shiyan/huai.yaml" in capsys.readouterr().err


def test_an_edition_for_the_inside_is_marked_as_such(tmp_path: Path) -> None:
    (tmp_path / "content/records").mkdir(parents=True)
    (tmp_path / "content/pages").mkdir()
    (tmp_path / "mkdocs.yml").write_text((MINIMAL / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")

    assert main(["build", "-q", "--internal", *config(tmp_path)]) == 0
    assert "内部版，不得公开" in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert main(["build", "-q", *config(tmp_path)]) == 0
    assert "内部版，不得公开" not in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_a_folder_without_configuration_is_no_place_to_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "-f", str(tmp_path / "mkdocs.yml")]) == 2
    assert capsys.readouterr().err.startswith("找不到 ")


def test_a_setting_without_effect_is_mentioned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content/records").mkdir(parents=True)
    (tmp_path / "content/pages").mkdir()
    text = (MINIMAL / "mkdocs.yml").read_text(encoding="utf-8") + "extra_css: [a.css]\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")

    assert main(["build", "-q", *config(tmp_path)]) == 0
    assert "注意：mkdocs.yml：extra_css 不起作用，样式文件请放进 templates/assets/。" in capsys.readouterr().err


def test_a_template_with_a_slip_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content/records").mkdir(parents=True)
    (tmp_path / "content/pages").mkdir()
    (tmp_path / "templates/pages").mkdir(parents=True)
    (tmp_path / "templates/pages/home.html").write_text("<h1>首页</h1>\n{% if %}\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_bytes((MINIMAL / "mkdocs.yml").read_bytes())

    assert main(["build", "-q", *config(tmp_path)]) == 2
    assert "home.html 第 2 行写法有误" in capsys.readouterr().err
    assert not (tmp_path / "site/index.html").exists()


def test_it_runs_from_any_folder_and_on_a_terminal_without_chinese(tmp_path: Path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    project = copied(OWN_FORM, tmp_path / "project")
    done = jixiao("check", "--select", "REC015", *config(project), cwd=tmp_path, **ascii_only)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("检查了 1 份可公开的记录：没有发现问题。规则指纹 ")


def test_a_path_with_blanks_and_chinese_is_fine(tmp_path: Path) -> None:
    project = tmp_path / "绩效 公开"
    (project / "content/records/2024/shiyan").mkdir(parents=True)
    (project / "content/pages").mkdir()
    (project / "mkdocs.yml").write_bytes((MINIMAL / "mkdocs.yml").read_bytes())
    (project / "content/records/2024/shiyan/hao.yaml").write_text("表样: 项目自评表\n年度: 2024\n", encoding="utf-8")
    done = jixiao("build", cwd=project)

    assert done.returncode == 0, done.stderr
    assert (project / "site/records/2024/shiyan/hao.html").is_file()


def test_a_fault_that_no_message_foresaw_is_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_settings: object, **_options: object) -> None:
        raise RuntimeError("奇怪的事")

    monkeypatch.setattr("generator.cli.check.check_content", fail)
    project = copied(MINIMAL, tmp_path / "project")

    assert main(["check", *config(project)]) == 2
    told = capsys.readouterr().err
    assert "程序内部出错：RuntimeError: 奇怪的事" in told
    assert "Traceback" not in told
    monkeypatch.setenv("JIXIAO_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["check", *config(project)])


def test_ctrl_c_is_answered_even_while_a_command_is_being_loaded(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_names: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.cli.build_parser", stop)

    assert main(["import", "a"]) == 130
    assert "已停下（Ctrl-C）" in capsys.readouterr().err


def test_a_reader_of_a_pipe_who_stops_reading_is_no_fault() -> None:
    command = f"{sys.executable} -m generator.cli new --list | true"
    done = subprocess.run(["sh", "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_report_that_cannot_be_written_whole_is_no_success() -> None:
    command = f"env -u PYTHONUNBUFFERED {sys.executable} -m generator.cli new --list > /dev/full"
    done = subprocess.run(["sh", "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr == "结果没有写全：磁盘满了。\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_command_that_nobody_listens_to_does_its_work(closed: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m generator.cli rules --family BUD {closed}"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0
    assert done.stderr == ""


def test_the_last_line_of_a_report_arrives() -> None:
    """The process ends at once when its work is done, but not before."""
    command = f"env -u PYTHONUNBUFFERED {sys.executable} -m generator.cli rules --family BUD"
    whole = subprocess.run(["sh", "-c", command], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    at_once = jixiao("rules", "--family", "BUD", PYTHONUNBUFFERED="1").stdout

    assert whole == at_once
    assert whole.endswith("\n")
