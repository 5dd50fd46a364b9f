import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "onrecord"


def test_what_lies_in_the_package_is_installed_with_it() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = settings["tool"]["setuptools"]["package-data"]["onrecord"]
    kinds = {pattern.removeprefix("**/*") for pattern in installed if pattern.startswith("**/*")}
    left_out = [
        file.relative_to(PACKAGE)
        for file in sorted(PACKAGE.rglob("*"))
        if file.is_file() and file.suffix not in {".py", ".pyc", *kinds} and file.name not in installed
    ]
    assert left_out == []


def test_weights_are_kept_in_safe_formats_with_a_card() -> None:
    folders = [folder for folder in sorted((PACKAGE / "models").iterdir()) if folder.is_dir() and folder.name[0] != "_"]
    assert folders
    for folder in folders:
        assert (folder / "CARD.md").is_file()
        assert {file.suffix for file in folder.iterdir()} <= {".onnx", ".safetensors", ".json", ".md"}
