"""What different readers would read differently is refused, and its line is known."""

from pathlib import Path

import pytest

from config_tools.yaml_reader import read_yaml


def read(tmp_path: Path, text: str) -> tuple[object, list[str]]:
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    document, faults = read_yaml(path, "file.yaml")
    return document and document.value, [str(fault) for fault in faults]


def test_values_are_read_as_they_are_written(tmp_path: Path) -> None:
    text = (
        "a: text\nb: 'on'\nc: [1, -2, 0.5]\nd: {e: true, f: null}\ng: \"22:30\"\nh: >-\n  x\n  y\n"
    )
    assert read(tmp_path, text) == (
        {
            "a": "text",
            "b": "on",
            "c": [1, -2, 0.5],
            "d": {"e": True, "f": None},
            "g": "22:30",
            "h": "x y",
        },
        [],
    )


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("on", "true"),
        ("No", "false"),
        ("22:30", "1350"),
        ("010", "8"),
        ("0x1F", "31"),
        ("1_000", "1000"),
        ("1.5e+3", "1500.0"),
        (".inf", "inf"),
        ("~", "null"),
        ("2025-01-06", "a date"),
        ("2025-13-45", "a date"),
        ("TRUE", "true"),
    ],
)
def test_a_value_with_two_readings_is_refused(tmp_path: Path, written: str, reading: str) -> None:
    _, [fault] = read(tmp_path, f"first: 1\nsecond: {written}\n")
    assert fault.startswith(f"file.yaml:2: YAML reads {written} as {reading}\n")
    assert f'write "{written}" for the text' in fault


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key a is already in line 1", "keep one of the two"),
        ("a: &x [1]\nb: *x\n", 2, "an alias stands for something above", "write it out here"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, "a merge key", "write it out here"),
        ("a: 1\non: 2\n", 2, "a key is not a text", 'write "on"'),
        ("a: 1\n1: 2\n", 2, "a key is not a text", 'write "1"'),
        ("a: 1\n[x]: 2\n", 2, "a key is not a text", "write a text"),
        ("a: 1\nb:\n", 2, "there is no value", "write one, or null"),
        ("a: !!binary YQ==\n", 1, "the tag binary is not known here", "a plain value"),
        ("a: !mine 5\n", 1, "the tag !mine is not known here", "a plain value"),
        ("a: &x 1\nb:\n  - *x\n", 2, "an alias stands for something above", "write it out"),
        ("a: 1\nb: [\n", 3, "this is not YAML", "correct it"),
        ("a: 1\n\tb: 2\n", 2, "this is not YAML", "correct it"),
        ("a: 1\n---\nb: 2\n", 2, "this is not YAML", "correct it"),
        ("# nothing\n", 1, "the file is empty", "remove it"),
        ("a: \0\n", 1, "this is no text", "UTF-8"),
    ],
)
def test_a_fault_has_its_line_and_a_remedy(
    tmp_path: Path, text: str, line: int, message: str, remedy: str
) -> None:
    _, [fault] = read(tmp_path, text)
    assert fault.startswith(f"file.yaml:{line}: {message}")
    assert remedy in fault.partition("\n  help: ")[2]


def test_all_faults_of_a_file_are_found(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "a: on\nb: [off, {c: 1, c: 2}]\n")
    assert [fault.partition(" ")[0] for fault in faults] == [
        "file.yaml:1:",
        "file.yaml:2:",
        "file.yaml:2:",
    ]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"a: \xff\n")
    document, [fault] = read_yaml(path, "file.yaml")
    assert document is None
    assert "file.yaml:1: this is no text" in str(fault)


def test_every_value_has_a_line(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a:\n  - b: >-\n      x\n    c: 1\n", encoding="utf-8")
    document, _ = read_yaml(path, "file.yaml")
    assert document is not None
    lines = [
        document.locate(path).line for path in (("a",), ("a", 0), ("a", 0, "b"), ("a", 0, "c"))
    ]
    assert lines == [1, 2, 2, 4]
    assert document.locate(("a", 0, "missing", "deeper")).line == 2
