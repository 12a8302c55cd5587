"""What runs while an image is built."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT))
import install


def check(directory: Path, name: str, script: str) -> str:
    (directory / name).write_text(script)
    with pytest.raises(install.InstallError) as error:
        install.check(directory / "packages", directory, name)
    return str(error.value)


def test_a_script_that_can_be_imported_is_fine_and_is_not_started(tmp_path):
    (tmp_path / "serve.py").write_text("import os\nos.environ['MODEL_PATH']\nif __name__ == '__main__':\n    1 / 0\n")
    install.check(tmp_path / "packages", tmp_path, "serve.py")
    assert [path.name for path in tmp_path.iterdir()] == ["serve.py"]


def test_our_own_server_can_be_imported(tmp_path):
    install.check(tmp_path, ROOT, "bitnet_server")


def test_a_script_that_misses_a_package_is_refused_with_the_line(tmp_path):
    assert check(tmp_path, "serve.py", "import os\nimport no_such_package\n") == (
        "The server script serve.py cannot be imported: ModuleNotFoundError: No module named 'no_such_package'"
        " (serve.py, line 2). Add its package to <image><serverRequirements>."
    )


def test_a_script_with_a_mistake_is_refused_with_the_line(tmp_path):
    assert check(tmp_path, "serve.py", "x = 1\nx.y\n") == (
        "The server script serve.py cannot be imported: AttributeError: 'int' object has no attribute 'y'"
        " (serve.py, line 2)."
    )


def test_a_script_that_starts_when_it_is_imported_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "_IMPORT_SECONDS", 1)
    assert check(tmp_path, "serve.py", "import time\ntime.sleep(60)\n") == (
        "The server script serve.py is still busy 1 seconds after it was imported. What starts the server belongs under"
        ' if __name__ == "__main__":.'
    )


def test_packages_without_hashes_are_refused(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("h11==0.16.0\n")
    command = [sys.executable, str(ROOT / "install.py"), "packages", "--requirements", str(requirements)]
    command += ["--root", str(tmp_path / "root"), "--into", "into"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "Hashes are required in --require-hashes mode" in run.stderr
    assert run.stdout.splitlines()[-1] == (
        "install: error: The Python packages of requirements.txt could not be installed; pip's lines tell why."
    )


def test_packages_are_installed_without_what_is_not_needed(tmp_path):
    root = tmp_path / "root"
    into = root / "app/packages"
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("click=="))
    end = next(number for number, line in enumerate(lines[start:], start) if line.strip().startswith("#"))
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("\n".join(lines[start:end]).rstrip("\\ ") + "\n")
    install.install(requirements, root, Path("app/packages"), None)
    assert (into / "click/__init__.py").is_file()
    assert not list(into.rglob("__pycache__"))
    assert not (into / "bin").exists()
    for path in [root, *root.rglob("*")]:
        assert path.stat().st_mtime == 1
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)
