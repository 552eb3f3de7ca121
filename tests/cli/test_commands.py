"""The command line as a user meets it: what it prints where, how it exits, what it says to mistakes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import toneguard
from toneguard.rules import builtin_rules

BAD = "You should have told us about the fault."
GOOD = "Thanks for telling me, Mina. Your new kettle leaves here today."


def run(*arguments: str, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command; standard output and error are text."""
    done = subprocess.run(
        [sys.executable, "-m", "toneguard", *arguments],
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "COLUMNS": "100", **environment},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((GOOD,), 0),
        ((BAD,), 1),
        ((BAD, "--fail-on", "error"), 0),
        ((BAD, "--fail-on", "never"), 0),
        ((BAD, "--role", "customer"), 0),
        (("We don't do refunds.", "--fail-on", "error"), 1),
    ],
)
def test_review_exits_by_what_it_found(arguments: tuple[str, ...], code: int) -> None:
    assert run("review", *arguments).returncode == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("review", GOOD, "--role", "boss"), "role: 'boss' is not one of customer, agent, bot, system"),
        (("review", GOOD, "--before", "no colon"), "--before: write it as role: text"),
        (("review", GOOD, "--standard", "nowhere.toml"), "nowhere.toml"),
        (("review", GOOD, "--output-format", "xml"), "xml"),
        (("explain", "respect/blame"), "did you mean 'respect/blame-customer'?"),
        (("rules", "nothing/here"), "no rule begins with 'nothing/here'"),
        (("score", "nowhere.jsonl", "--out", "x.jsonl"), "nowhere.jsonl"),
        (("score", "nowhere.jsonl", "--out", "x.jsonl", "--map", "body"), "write it as THEIRS=OURS"),
        (("no-such-command",), "no-such-command"),
    ],
)
def test_misuse_ends_in_a_clear_line_and_two(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_review_shows_the_place_the_reason_and_the_fix() -> None:
    out = run("review", BAD).stdout
    assert "REVISE" in out
    lines = out.splitlines()
    place = next(index for index, line in enumerate(lines) if BAD in line)
    assert "~~~~~" in lines[place + 1]
    assert "respect/blame-customer" in out
    assert "do: " in out


def test_no_colour_off_a_terminal() -> None:
    assert "\x1b[" not in run("review", BAD).stdout
    assert "\x1b[" not in run("explain", "respect/blame-customer").stdout


def test_json_fits_the_schema() -> None:
    schema = json.loads((Path(toneguard.__file__).parent / "review.schema.json").read_text(encoding="utf-8"))
    data = json.loads(run("review", BAD, "--output-format", "json").stdout)
    jsonschema.validate(data, schema)
    assert data["verdict"] == "revise"


def test_a_text_comes_from_an_argument_a_file_or_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(BAD, encoding="utf-8")
    for done in (
        run("review", BAD),
        run("review", str(path)),
        run("review", "-", stdin=BAD.encode()),
        run("review", stdin=BAD.encode()),
    ):
        assert "respect/blame-customer" in done.stdout
    path.write_bytes(BAD.encode("utf-16"))
    assert "respect/blame-customer" in run("review", str(path)).stdout


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "is binary, not text"),
        (b"one\ntwo \xe9 three", "not UTF-8 at line 2"),
        (b"\xff\xfeabc", "broken"),
    ],
)
def test_files_that_are_no_text_are_named(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(data)
    done = run("review", str(path))
    assert (done.returncode, said in done.stderr) == (2, True)


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    done = run("review", str(tmp_path))
    assert (done.returncode, "is a folder" in done.stderr) == (2, True)


def test_an_empty_pipe_is_an_empty_message() -> None:
    assert run("review", "-", stdin=b"").returncode == 0


def test_strange_characters_can_be_printed() -> None:
    done = run(
        "review", "-", stdin="You should have told us 😀 \x1b[31m \u202e محمد".encode(), PYTHONIOENCODING="ascii"
    )
    assert done.returncode == 1
    assert "\x1b" not in done.stdout


def test_context_comes_from_before() -> None:
    text = "We can offer you store credit only."
    with_fault = run("review", text, "--before", "customer: The kettle arrived cracked.").stdout
    assert "law/au/consumer-guarantees" in with_fault
    assert (
        "law/au/consumer-guarantees"
        not in run("review", text, "--before", "customer: I changed my mind about it.").stdout
    )


def test_explain_tells_everything_of_every_rule() -> None:
    data = json.loads(run("rules", "--output-format", "json").stdout)
    assert {rule["rule"] for rule in data} == set(builtin_rules())
    out = run("explain", "law/au/consumer-guarantees/no-refunds").stdout
    for part in ("Raises it", "Does not raise it", "Law: AU", "Sources", "no legal advice"):
        assert part in out


def test_demo_scores_the_demo_archive(tmp_path: Path) -> None:
    out = tmp_path / "demo.jsonl"
    done = run("demo", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "753 messages in 156 conversations" in done.stdout
    assert "Most frequent findings" in done.stdout
    assert len(out.read_text(encoding="utf-8").splitlines()) == 753


def test_score_lists_what_it_could_not_read(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    rows = [
        {"conversation_id": "1", "role": "customer", "text": "It arrived cracked.", "team": "blue"},
        {"conversation_id": "1", "role": "boss", "text": "Hm."},
        {"conversation_id": "1", "role": "agent", "text": BAD, "team": "blue"},
    ]
    source.write_text("\n".join([*map(json.dumps, rows), "{broken"]), encoding="utf-8")
    out = tmp_path / "out.csv"
    done = run("score", str(source), "--out", str(out))
    assert done.returncode == 3
    rejected = [
        json.loads(line) for line in (tmp_path / "out.csv.rejected.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [row["line"] for row in rejected] == [2, 4]
    assert "It arrived" not in out.read_text(encoding="utf-8")
    assert "blue" in out.read_text(encoding="utf-8")
    again = run("score", str(source), "--out", str(out))
    assert (again.returncode, "--overwrite" in again.stderr or "already" in again.stderr) == (2, True)


def test_score_takes_other_names_for_its_fields(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text("ticket,who,body\n1,agent,Thanks for waiting.\n", encoding="utf-8")
    done = run(
        "score",
        str(source),
        "--out",
        str(out),
        "--map",
        "ticket=conversation_id",
        "--map",
        "who=role",
        "--map",
        "body=text",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text(encoding="utf-8"))["review"]["verdict"] == "pass"


def test_redact_takes_a_key_file_and_leaves_last_digits(tmp_path: Path) -> None:
    key = tmp_path / "mask.key"
    key.write_bytes(b"k" * 32)
    masked = run("redact", "Ring 0491 570 156", "--key-file", str(key), "--last-four").stdout
    assert masked.startswith("Ring <PHONE-k")
    assert masked.endswith(":0156>\n")
    assert masked == run("redact", "Ring 0491570156", "--key-file", str(key), "--last-four").stdout
    refused = run("redact", "Ring 0491 570 156", "--key-file", str(tmp_path / "none"))
    assert refused.returncode == 2
    assert "cannot be read" in refused.stderr


def test_redact_masks_texts_and_archives(tmp_path: Path) -> None:
    assert run("redact", "Mail jo@example.com or jo@example.com").stdout == "Mail <EMAIL-1> or <EMAIL-1>\n"
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        json.dumps({"conversation_id": "1", "role": "customer", "text": "I am at jo@example.com", "x": 1}),
        encoding="utf-8",
    )
    done = run("redact", str(source), "--out", str(out))
    assert done.returncode == 0, done.stderr
    row = json.loads(out.read_text(encoding="utf-8"))
    assert (row["text"], row["x"]) == ("I am at <EMAIL-1>", 1)


def test_a_brand_voice_is_fitted_shown_and_used(tmp_path: Path) -> None:
    ours = tmp_path / "ours.txt"
    ours.write_text(
        "\n".join(
            f"Howdy! No dramas at all, we've got you sorted legend, parcel number {n} is on the truck. Cheers, the crew"
            for n in "one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
        ),
        encoding="utf-8",
    )
    voice = tmp_path / "voice.json"
    done = run("brand", "fit", "--on-brand", str(ours), "--out", str(voice), "--name", "Crew")
    assert done.returncode == 0, done.stderr
    assert "Crew" in run("brand", "show", str(voice)).stdout
    (tmp_path / "standard.toml").write_text(
        'name = "crew"\nversion = "1"\n[options.brand_voice]\nvoice = "voice.json"\n', encoding="utf-8"
    )
    data = json.loads(
        run(
            "review",
            "Howdy! No dramas at all legend, it is on the truck.",
            "--standard",
            str(tmp_path / "standard.toml"),
            "-f",
            "json",
            "--fail-on",
            "never",
        ).stdout
    )
    assert data["scores"]["brand_voice"]["because"]


def test_every_command_and_option_has_help() -> None:
    for command in (
        ["review"],
        ["score"],
        ["explain"],
        ["rules"],
        ["measures"],
        ["redact"],
        ["demo"],
        ["brand"],
        ["brand", "fit"],
        ["brand", "show"],
    ):
        done = run(*command, "--help")
        assert done.returncode == 0
        assert "Usage" in done.stdout


def test_help_names_the_version() -> None:
    assert run("--version").stdout == f"toneguard {toneguard.__version__}\n"
