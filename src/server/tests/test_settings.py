"""What is refused before anything starts."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FAKE, ROOT

from bitnet_server.settings import SettingsError, available_cpus, from_environment


def refused(**environment: str) -> str:
    with pytest.raises(SettingsError) as error:
        from_environment({"BITNET_BACKEND": str(FAKE)} | environment)
    return str(error.value)


def test_a_model_that_is_not_there_is_refused_with_what_to_mount_where(tmp_path):
    assert refused(MODEL_PATH="/app/models/m.gguf") == (
        "There is no model at /app/models/m.gguf. Mount the directory that holds the model, as in: docker run -v"
        " /path/to/models:/app/models:ro ..., or set MODEL_PATH to the model's path in the container."
    )


def test_without_a_model_the_exit_code_is_not_0():
    run = subprocess.run(
        [sys.executable, "-m", "bitnet_server"],
        env={"PYTHONPATH": str(ROOT), "MODEL_PATH": "/nowhere/m.gguf", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("bitnet-server: There is no model at /nowhere/m.gguf. Mount the directory")
    assert len(run.stderr.splitlines()) == 1


def test_what_is_no_model_is_refused(tmp_path):
    assert refused() == (
        "MODEL_PATH is not set. It has to name the GGUF file in the container, such as"
        " /app/models/ggml-model-i2_s.gguf."
    )
    assert refused(MODEL_PATH=str(tmp_path)) == (
        f"The model path {tmp_path} is a directory. Set MODEL_PATH to the GGUF file in it."
    )
    (tmp_path / "x").write_text("not a model")
    assert refused(MODEL_PATH=str(tmp_path / "x")) == (
        f"The model at {tmp_path}/x is not a GGUF file: it does not begin with the letters GGUF."
    )


@pytest.mark.parametrize("text", ["0", "65536", "eighty", "1.5", "-1"])
def test_a_number_out_of_range_is_refused(model, text):
    assert refused(MODEL_PATH=str(model), BITNET_PORT=text) == (
        f"BITNET_PORT is '{text}', but must be a whole number from 1 to 65535."
    )


def test_a_backend_that_is_not_there_is_refused(model):
    assert refused(MODEL_PATH=str(model), BITNET_BACKEND="/nowhere/llama-server") == (
        "BITNET_BACKEND is /nowhere/llama-server, but there is no program. It has to name llama-server in the"
        " container."
    )


def test_defaults(model):
    settings = from_environment({"MODEL_PATH": str(model), "BITNET_BACKEND": str(FAKE)}, ["--ctx-size", "8"])
    assert settings.port == 8001
    assert settings.max_requests == 64
    assert settings.model_name == "tiny"
    assert settings.backend_arguments == ("--ctx-size", "8")


@pytest.mark.parametrize(("quota", "cpus"), [("50000 100000", 1), ("100000 100000", 1), ("max 100000", None)])
def test_threads_are_no_more_than_the_quota_of_the_container(tmp_path: Path, quota, cpus):
    file = tmp_path / "cpu.max"
    file.write_text(quota + "\n")
    everything = available_cpus(tmp_path / "nothing")
    assert available_cpus(file) == (everything if cpus is None else cpus)
