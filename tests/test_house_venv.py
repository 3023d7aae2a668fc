"""A virtual environment where Python comes without ensurepip: what is fetched is checked, what is missing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

import make_venv


def answers(page: str, wheel: bytes = b"") -> dict[str, bytes]:
    return {"https://index.invalid/simple/pip/": page.encode(), f"https://index.invalid/files/{make_venv.WHEEL}": wheel}


@pytest.fixture
def without_ensurepip(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.invalid/simple")
    monkeypatch.setattr("sys.argv", ["make_venv.py", "never-made"])
    return monkeypatch


@pytest.mark.parametrize(
    "given",
    [
        answers('<a href="/files/pip-1.0-py3-none-any.whl">'),
        answers(f'<a href="../../files/{make_venv.WHEEL}#sha256=00">', b"not the wheel"),
    ],
)
def test_what_is_not_the_expected_wheel_is_refused(
    without_ensurepip: pytest.MonkeyPatch, given: dict[str, bytes], tmp_path: Path
) -> None:
    without_ensurepip.chdir(tmp_path)
    without_ensurepip.setattr(make_venv, "_read", given.__getitem__)
    with pytest.raises(SystemExit, match=r"does not give the expected .*apt-get install python3-venv"):
        make_venv.main()
    assert not any(tmp_path.iterdir())


def test_without_a_network_one_line_says_what_to_install(without_ensurepip: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unreachable(url: str) -> bytes:
        raise OSError(f"no route to {url}")

    without_ensurepip.chdir(tmp_path)
    without_ensurepip.setattr(make_venv, "_read", unreachable)
    with pytest.raises(SystemExit) as found:
        make_venv.main()
    assert "no route" in str(found.value)
    assert "\n" not in str(found.value)
    assert not any(tmp_path.iterdir())


def test_without_an_index_the_wheel_comes_out_of_debians_package(
    without_ensurepip: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[list[str]] = []

    def run(command: list[str], place: Path) -> None:
        seen.append(command)
        if command[0] == "apt-get":
            (place / "pip.deb").touch()
        else:
            (place / "usr/share/python-wheels").mkdir(parents=True)
            (place / "usr/share/python-wheels/pip-1-py3-none-any.whl").touch()

    without_ensurepip.setattr(make_venv, "_run", run)
    assert make_venv.from_debian(tmp_path).name == "pip-1-py3-none-any.whl"
    assert seen[1] == ["dpkg-deb", "--extract", str(tmp_path / "pip.deb"), "."]


def test_where_apt_is_missing_too_one_line_says_what_to_install(
    without_ensurepip: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing(command: list[str], place: Path) -> None:
        raise FileNotFoundError(f"no {command[0]} in {place.name}")

    without_ensurepip.chdir(tmp_path)
    without_ensurepip.delenv("PIP_INDEX_URL")
    without_ensurepip.setattr(make_venv, "_run", missing)
    with pytest.raises(SystemExit, match=r"PIP_INDEX_URL is not set .*no apt-get.*apt-get install python3-venv"):
        make_venv.main()
    assert not any(tmp_path.iterdir())
