"""Runs while an image is built, with the Python of its base: what comes of it is copied, pip and this file are not.

install.py packages --requirements FILE --root DIRECTORY --into DIRECTORY [--certificates FILE]
    Installs exactly what the file pins, each package checked by its hash, into a directory below the root, which is
    ours alone and is copied whole. pip's own settings (PIP_INDEX_URL and so on)
    come from the environment.

install.py check --packages DIRECTORY --server DIRECTORY NAME
    Imports the module, or the script when the name ends with .py, without starting it.

What is wrong is told in one line that begins with "install: error:"; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_IMPORT_SECONDS = 60
# Whoever follows this container's output needs a moment to find it.
_HEAD_START_SECONDS = 1
_IMPORT = """
import importlib.util, sys
name = sys.argv[1]
if name.endswith(".py"):
    specification = importlib.util.spec_from_file_location("server_script", name)
    module = importlib.util.module_from_spec(specification)
    sys.modules["server_script"] = module
    specification.loader.exec_module(module)
else:
    importlib.import_module(name)
"""


class InstallError(Exception):
    """Why no image can be made; a whole sentence."""


def install(requirements: Path, root: Path, into: Path, certificates: Path | None) -> None:
    """Fills a directory below the root with packages: no compiled files, no scripts, no headers, fixed times."""
    if importlib.util.find_spec("pip") is None:
        raise InstallError(
            f"{sys.executable} has no pip, which installs the packages while the image is built. Use a base image with"
            " pip, such as python:3.11-slim."
        )
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-compile"]
    command += ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command += ["--root-user-action", "ignore", "--target", str(root / into), "--requirement", str(requirements)]
    with tempfile.TemporaryDirectory() as directory:
        if certificates is not None:
            command += ["--cert", str(_bundle(certificates, Path(directory)))]
        # A setting of the base image for all of its users, such as Debian's, must not reach this installation.
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PIP_BREAK_SYSTEM_PACKAGES": "1"}
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            raise InstallError(
                f"The Python packages of {requirements.name} could not be installed; pip's lines tell why."
            )
    _tidy(root, root / into)


def _bundle(certificates: Path, directory: Path) -> Path:
    """The certificates that pip trusts by itself, and these: --cert replaces, and does not add."""
    from pip._vendor import certifi

    bundle = directory / "bundle.pem"
    own = Path(certifi.where())
    bundle.write_bytes((own.read_bytes() + b"\n" if own.exists() else b"") + certificates.read_bytes())
    return bundle


def _tidy(root: Path, packages: Path) -> None:
    shutil.rmtree(packages / "bin", ignore_errors=True)
    for directory in [*packages.rglob("__pycache__"), packages / "include"]:
        shutil.rmtree(directory, ignore_errors=True)
    for pattern in ("*.pyc", "*.h", "*.hpp", "*.c", "*.a", "*.o", "*.pc"):
        for file in packages.rglob(pattern):
            if file.is_file():
                file.unlink()
    paths = [root, *root.rglob("*")]
    for path in paths:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        os.utime(path, (1, 1), follow_symlinks=False)


def check(packages: Path, server: Path, name: str) -> None:
    """Imports the server as the image will."""
    script = name.endswith(".py")
    what = f"The server script {name}" if script else f"The server {name}"
    environment = {"MODEL_PATH": "/app/models/model.gguf", "BITNET_PORT": "8001"} | os.environ
    environment |= {"PYTHONPATH": f"{packages}:{server}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(
            [sys.executable, "-c", _IMPORT, str(server / name) if script else name],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_IMPORT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InstallError(
            f"{what} is still busy {_IMPORT_SECONDS} seconds after it was imported. What starts the server belongs"
            ' under if __name__ == "__main__":.'
        ) from None
    if run.returncode != 0:
        output = run.stdout.decode(errors="replace").strip()
        print(output[-4000:])
        lines = output.splitlines()
        # A missing package is the likely reason, and the place in the script is worth more than the words alone.
        places = re.findall(rf'File "{re.escape(str(server))}/([^"]+)", line (\d+)', output)
        where = f" ({places[-1][0]}, line {places[-1][1]})" if places else ""
        reason = lines[-1] if lines else f"it ended with exit code {run.returncode}"
        mend = " Add its package to <image><serverRequirements>." if "ModuleNotFoundError" in reason else ""
        raise InstallError(f"{what} cannot be imported: {reason}{where}.{mend}")


def main(arguments: list[str]) -> int:
    """Runs the command; returns the exit code."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    packages = commands.add_parser("packages")
    packages.add_argument("--requirements", type=Path, required=True)
    packages.add_argument("--root", type=Path, required=True)
    packages.add_argument("--into", type=Path, required=True)
    packages.add_argument("--certificates", type=Path)
    checking = commands.add_parser("check")
    checking.add_argument("--packages", type=Path, required=True)
    checking.add_argument("--server", type=Path, required=True)
    checking.add_argument("name")
    given = parser.parse_args(arguments)
    try:
        if given.command == "packages":
            install(given.requirements, given.root, given.into, given.certificates)
        else:
            check(given.packages, given.server, given.name)
    except InstallError as error:
        print(f"install: error: {error}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    time.sleep(_HEAD_START_SECONDS)
    sys.exit(main(sys.argv[1:]))
