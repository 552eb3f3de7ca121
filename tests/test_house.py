"""The house as a whole: what importing costs, what ships, and that the documents do not lie."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = (
    "spacy",
    "pandas",
    "sklearn",
    "scipy",
    "textstat",
    "vaderSentiment",
    "pyarrow",
    "pycld2",
    "phonenumbers",
    "stdnum",
    "numpy",
    "rich",
    "typer",
    "onnxruntime",
    "tokenizers",
    "torch",
    "mcp",
    "django",
    "fastapi",
    "pydantic",
    "starlette",
    "uvicorn",
    "prometheus_client",
    "pathspec",
    "yaml",
)


def modules_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running ``code``."""
    script = f"{code}\nimport sys\nprint(' '.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_loads_nothing_heavy() -> None:
    assert not modules_after("import toneguard") & set(HEAVY)


def test_a_review_loads_no_table_and_no_learning_library() -> None:
    loaded = modules_after("import toneguard; toneguard.review('Thanks for waiting, Mina. Your refund left today.')")
    assert not loaded & {
        "spacy",
        "pandas",
        "sklearn",
        "scipy",
        "textstat",
        "vaderSentiment",
        "pyarrow",
        "rich",
        "typer",
    }


def test_help_loads_no_library_for_data() -> None:
    script = "import sys, toneguard.cli; sys.argv = ['toneguard', '--help']\ntry: toneguard.cli.main()\nexcept SystemExit: pass"
    assert not modules_after(script) & {"spacy", "pandas", "sklearn", "scipy", "textstat", "pyarrow", "numpy", "fastapi", "uvicorn"}


def test_no_file_names_a_private_place() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    # Spelled apart, so that this file does not find itself.
    private = re.compile("\\.\\./sha" + "red|/wo" + "rk/|/tm" + "p/drafts")
    for name in done.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".npz", ".onnx", ".png") or not path.is_file():
            continue
        found = private.search(path.read_text(encoding="utf-8"))
        assert not found, f"{name} names {found.group() if found else ''}"


def test_no_model_is_a_pickle() -> None:
    assert not [path for path in (ROOT / "models").rglob("*") if path.suffix in (".pkl", ".pickle", ".joblib")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist as a packager would."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_models_packs_and_schema(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in [*(ROOT / "models").rglob("*"), *(ROOT / "corpora/demo").rglob("*")]:
        if path.is_file():
            assert f"toneguard/{path.relative_to(ROOT)}" in names
    for path in (ROOT / "src/toneguard").rglob("*"):
        if path.is_file() and path.suffix in (".toml", ".json", ".txt", ".gz", ".typed", ".html", ".js"):
            assert str(path.relative_to(ROOT / "src")) in names


def test_the_installed_wheel_reviews(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere and with no checkout in sight, it finds its models and packs."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    script = (
        "import toneguard, pathlib; from toneguard.resources.models import models_folder;"
        f"assert str(models_folder()).startswith({str(tmp_path)!r}), models_folder();"
        'print(toneguard.review("We don\'t do refunds.").verdict.value)'
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
    )
    assert done.stdout.strip() == "hold", done.stderr
