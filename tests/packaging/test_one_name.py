"""What is installed is one package, found beside a stranger's own models.py and optimizer/, as a wheel and editable."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import friendshore
from tests.run import program

ROOT = Path(__file__).parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(python: Path | str, *arguments: str, cwd: Path) -> str:
    """What a Python says on stdout; what it said on stderr where it failed. It finds nothing by PYTHONPATH."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run([str(python), *arguments], cwd=cwd, env=clean, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir",
        str(folder), str(ROOT), cwd=folder,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A folder of somebody else's work, with modules of the names that our folders have."""
    folder = tmp_path / "work"
    (folder / "optimizer").mkdir(parents=True)
    for name in ("models.py", "optimizer/__init__.py", "inputs.py"):
        (folder / name).write_text("raise RuntimeError('a stranger was imported')\n", encoding="utf-8")
    return folder


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """The Python of an environment of its own that finds this one's libraries, ours aside."""
    place = tmp_path / "environment"
    venv.create(place, symlinks=os.name != "nt")
    python = place / SCRIPTS / ("python.exe" if os.name == "nt" else "python")
    packages = sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)})
    libraries = [path for path in (*site.getsitepackages(), site.getusersitepackages()) if Path(path).is_dir()]
    Path(packages, "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    return python


def install(python: Path, *what: str, cwd: Path) -> None:
    """Install without looking for anything elsewhere."""
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--ignore-installed", "--no-warn-script-location")
    run(sys.executable, "-m", "pip", "--python", str(python), "install", *options, *what, cwd=cwd)


def test_the_wheel_holds_one_package(wheel: Path) -> None:
    """friendshore and its metadata, and nothing beside; the declarations of types and the examples are in it."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"friendshore"}
    assert {"friendshore/py.typed", "friendshore/__main__.py", "friendshore/examples/tutorial.xlsx"} <= set(names)
    assert not [name for name in names if "__pycache__" in name or name.startswith("friendshore/examples/source")]


@pytest.mark.parametrize("editable", [False, True], ids=["wheel", "editable"])
def test_it_works_beside_strangers(wheel: Path, environment: Path, stranger: Path, editable: bool) -> None:
    """In a folder with its own models.py and optimizer/, the door, the module and a whole run work."""
    install(environment, *(("--editable", str(ROOT)) if editable else (str(wheel),)), cwd=stranger)
    where = run(environment, "-c", "import friendshore as fs; print(fs.__file__, fs.__version__)", cwd=stranger)
    assert where.startswith(str(ROOT if editable else environment.parents[1]))
    assert run(environment, "-m", "friendshore", "--version", cwd=stranger).split()[-1] == where.split()[-1]
    run(environment, "-m", "friendshore", "new", "mine.xlsx", "--example", "tutorial", cwd=stranger)
    command = environment.with_name("friendshore.exe" if os.name == "nt" else "friendshore")
    assert "6.63 million" in run(command, "solve", "mine.xlsx", "--report", cwd=stranger)
    assert (stranger / "reports" / "mine.plan.xlsx").is_file()


def test_programs_that_tests_start_are_what_is_tested() -> None:
    """Begun in the checkout, they import the friendshore that the tests import: the wheel, where that is installed."""
    for command in (
        [sys.executable, "-c", "import friendshore; print(friendshore.__file__)"],
        program("tests.packaging.where"),
    ):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
        assert done.stdout.strip() == friendshore.__file__
