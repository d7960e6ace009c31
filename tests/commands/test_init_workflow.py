"""The workflow of a new site: who may do what in it, who gets a secret, what its scripts do in a real repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from badgesite.cli import run
from badgesite.crypto.key_files.folder import VARIABLE
from badgesite.starter.words import starter

TEXT = starter("badges.yml")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
JOBS: dict[str, Any] = WORKFLOW["jobs"]
ON_THE_MAIN_BRANCH = "github.ref_name == (github.event.repository.default_branch || github.ref_name)"
EVERY_STEP = [(name, step) for name, job in JOBS.items() for step in job["steps"]]
PASSPHRASE = "correct horse battery"


def words(condition: str) -> str:
    """A condition on one line."""
    return " ".join(condition.split())


def step(job: str, name: str) -> dict[str, Any]:
    (found,) = (each for each in JOBS[job]["steps"] if each.get("name") == name)
    assert isinstance(found, dict)
    return found


def commands(job: str) -> list[str]:
    return [line for each in JOBS[job]["steps"] for line in each.get("run", "").splitlines() if "badgesite " in line]


def test_every_action_is_pinned_to_a_commit() -> None:
    uses = re.findall(r"uses: (\S+)(.*)", TEXT)
    assert len(uses) == 9
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name) for name, _ in uses)
    assert all(re.fullmatch(r" # v\d+\.\d+\.\d+", version) for _, version in uses)
    assert len({name for name, _ in uses}) == 5


def test_it_runs_for_what_is_merged_for_pull_requests_and_each_day() -> None:
    assert set(WORKFLOW[True]) == {"push", "pull_request", "schedule", "workflow_dispatch"}


def test_no_job_may_more_than_it_needs() -> None:
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "check": {"contents": "read"},
        "sign": {"contents": "write"},
        "build": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    kept = {name for name, each in EVERY_STEP if "checkout" in each.get("uses", "") and _keeps_credentials(each)}
    assert kept == {"sign"}


def _keeps_credentials(checkout: dict[str, Any]) -> bool:
    return checkout["with"].get("persist-credentials", True) is not False


def test_only_the_step_that_signs_gets_the_keys_and_only_the_checkout_before_it_the_deploy_key() -> None:
    with_secrets = [(name, each) for name, each in EVERY_STEP if "secrets." in str(each)]
    assert [(name, each.get("name", "checkout")) for name, each in with_secrets] == [
        ("sign", "checkout"),
        ("sign", "Sign"),
    ]
    assert re.findall(r"secrets\.\w+", TEXT) == [
        "secrets.BADGESITE_DEPLOY_KEY",
        "secrets.BADGESITE_KEYS",
        "secrets.BADGESITE_PASSPHRASE",
    ]
    assert step("sign", "Sign")["env"] == {
        VARIABLE: "${{ secrets.BADGESITE_KEYS }}",
        "BADGESITE_PASSPHRASE": "${{ secrets.BADGESITE_PASSPHRASE }}",
        "REPLACE": "${{ inputs.replace && 'yes' || '' }}",
    }
    assert not any("env" in holder for holder in (WORKFLOW, *JOBS.values()))


def test_signing_waits_for_its_environment_and_is_for_the_main_branch_of_those_who_asked_for_it() -> None:
    sign = JOBS["sign"]
    assert sign["environment"] == "signing"
    assert words(sign["if"]).split(" && ") == [
        "vars.BADGESITE_SIGN == 'yes'",
        "needs.check.outputs.due == 'yes'",
        "github.event_name != 'pull_request'",
        ON_THE_MAIN_BRANCH,
    ]
    assert [name for name, job in JOBS.items() if job.get("environment") == "signing"] == ["sign"]


def test_two_runs_of_a_branch_never_overlap_nor_do_two_signings_and_none_is_cut_off() -> None:
    assert WORKFLOW["concurrency"] == {
        "group": "badges-${{ github.ref }}",
        "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    }
    assert JOBS["sign"]["concurrency"] == {"group": "badges-sign", "cancel-in-progress": False}


def test_nothing_of_a_pull_request_is_signed_or_published_and_what_is_not_signed_yet_is_no_fault_of_it() -> None:
    assert commands("check") == [
        "badgesite check --drafts --format github",
        "badgesite build --drafts --locked",
        "due=$(badgesite sign --dry-run ${REPLACE:+--replace})",
    ]
    assert step("check", "Build the site, not yet signed awards and all")["if"] == "github.event_name == 'pull_request'"
    for name in ("sign", "build"):
        assert "github.event_name != 'pull_request'" in words(JOBS[name]["if"]).split(" && ")
    assert JOBS["publish"]["if"] == "${{ !cancelled() && needs.build.result == 'success' }}"


def test_the_site_is_built_of_what_was_signed_also_if_the_job_that_signs_was_left_out() -> None:
    build = JOBS["build"]
    assert build["needs"] == ["check", "sign"]
    assert words(build["if"]).split(" && ") == [
        "!cancelled()",
        "needs.check.result == 'success'",
        "(needs.sign.result == 'success' || needs.sign.result == 'skipped')",
        "github.event_name != 'pull_request'",
        ON_THE_MAIN_BRANCH,
    ]
    assert build["steps"][0]["with"]["ref"] == "${{ needs.sign.outputs.commit || needs.check.outputs.commit }}"
    assert JOBS["sign"]["outputs"] == {"commit": "${{ steps.push.outputs.commit }}"}
    assert JOBS["check"]["outputs"]["commit"] == "${{ steps.commit.outputs.commit }}"
    assert commands("build") == [
        "badgesite check --format github",
        "badgesite build --locked",
        "badgesite verify site",
    ]
    assert step("build", "Hand the site over")["with"] == {"path": "site", "include-hidden-files": True}


def test_no_script_has_words_of_others_put_into_it() -> None:
    assert not [each["run"] for _, each in EVERY_STEP if "${{" in each.get("run", "")]


class Runner:
    """Steps of the workflow in a clone, as GitHub runs them: bash that stops at the first fault, and files to tell in.

    What another person pushes comes from a second clone.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.origin, self.here, self.colleague = (
            folder,
            folder / "origin",
            folder / "run",
            folder / "other",
        )
        self.environment = environment | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_REF_NAME": "main",
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        }

    def start(self) -> None:
        """Take the newest commit, as a run does that begins now."""
        shutil.rmtree(self.here, ignore_errors=True)
        self.git(self.folder, "clone", "--quiet", "--depth", "1", self.origin.as_uri(), "run")
        self.git(self.here, "checkout", "--quiet", "--detach")

    def git(self, folder: Path, *words: str) -> str:
        person = ["-c", "user.name=Office", "-c", "user.email=office@example.org"]
        done = subprocess.run(["git", *person, *words], cwd=folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def push(self, message: str, *paths: str) -> None:
        """What somebody of the office commits and pushes."""
        self.git(self.colleague, "add", *paths)
        self.git(self.colleague, "commit", "--quiet", "--message", message)
        self.git(self.colleague, "push", "--quiet", "origin", "HEAD:refs/heads/main")

    def step(self, job: str, name: str) -> tuple[int, str, dict[str, str]]:
        """How a step ends, what it prints, and what it hands on."""
        told = Path(self.environment["GITHUB_OUTPUT"])
        told.write_text("")
        script = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step(job, name)["run"]]
        done = subprocess.run(script, cwd=self.here, env=self.environment, capture_output=True, text=True, timeout=60)
        outputs = dict(line.split("=", 1) for line in told.read_text().splitlines())
        return done.returncode, done.stdout + done.stderr, outputs


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A site whose one award is merged and not signed; the keys are where CI has them."""
    if not shutil.which("git") or not shutil.which("bash"):
        pytest.skip("git and bash are on the machines of GitHub")
    monkeypatch.setenv("BADGESITE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for command in (
        ["init", "--yes", "--language", "en", "--base-url", "https://badges.example.edu/"],
        ["keys", "new", "example-university", "--to", str(tmp_path / "halves")],
        ["award", "english-b2", "ada@example.org", "--result", "merit", "--yes"],
        ["lock"],
    ):
        (tmp_path / "other").mkdir(exist_ok=True)
        assert run(["-C", str(tmp_path / "other"), *command]) == 0
    halves = "".join(path.read_text() for path in sorted((tmp_path / "halves/example-university").glob("*.pem")))
    runner = Runner(tmp_path, {**os.environ, VARIABLE: halves, "HOME": str(tmp_path / "home")})
    runner.git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "main", "origin")
    runner.git(tmp_path / "other", "init", "--quiet", "--initial-branch", "main")
    runner.git(tmp_path / "other", "remote", "add", "origin", runner.origin.as_uri())
    runner.push("Award", ".")
    runner.start()
    return runner


def test_what_is_merged_is_signed_committed_and_pushed_once(runner: Runner) -> None:
    code, told, outputs = runner.step("check", "Say what there is to sign")
    assert (code, outputs) == (0, {"due": "yes"})
    assert "1 new credential, 0 replaced, 1 status list" in told
    assert "1 new credential" in (runner.folder / "summary").read_text()
    for name in ("See that nothing was merged meanwhile", "Sign"):
        code, told, _ = runner.step("sign", name)
        assert code == 0, told
    code, told, outputs = runner.step("sign", "Commit and push what was signed")
    assert code == 0, told
    assert outputs == {"commit": runner.git(runner.origin, "rev-parse", "main")}
    changed = runner.git(runner.origin, "show", "--format=%an", "--name-only", "main").split()
    assert changed[0] == "github-actions[bot]"
    assert [Path(path).suffix for path in changed[1:]] == [".jsonl", ".lock", ".json"]
    assert PASSPHRASE not in told
    runner.start()
    assert runner.step("check", "Say what there is to sign")[::2] == (0, {})
    assert runner.step("sign", "Sign")[0] == 0
    assert runner.step("sign", "Commit and push what was signed")[::2] == (0, outputs)


def test_if_somebody_has_pushed_before_nothing_is_signed(runner: Runner) -> None:
    (runner.colleague / "README.md").write_text("ours")
    runner.push("Ours", "README.md")
    code, told, _ = runner.step("sign", "See that nothing was merged meanwhile")
    assert code == 1
    assert "::error::nothing was signed, as main has moved on since this run began; the next run signs" in told


def test_if_somebody_pushes_while_it_signs_theirs_stays_and_the_next_run_signs(runner: Runner) -> None:
    assert runner.step("sign", "Sign")[0] == 0
    (runner.colleague / "README.md").write_text("ours")
    runner.push("Ours", "README.md")
    newest = runner.git(runner.origin, "rev-parse", "main")
    code, told, outputs = runner.step("sign", "Commit and push what was signed")
    assert (code, outputs) == (1, {})
    assert "::error::main did not take what was signed" in told
    assert runner.git(runner.origin, "rev-parse", "main") == newest
    runner.start()
    assert runner.step("sign", "Sign")[0] == 0
    code, _, outputs = runner.step("sign", "Commit and push what was signed")
    assert (code, outputs) == (0, {"commit": runner.git(runner.origin, "rev-parse", "main")})


def test_the_build_job_takes_what_was_signed_and_nothing_else(runner: Runner) -> None:
    assert runner.step("build", "Build the site")[0] == 4
    for name in ("Sign", "Commit and push what was signed"):
        assert runner.step("sign", name)[0] == 0
    runner.start()
    for name in ("Check the content", "Build the site"):
        code, told, _ = runner.step("build", name)
        assert code == 0, told
    assert list(runner.here.glob("site/awards/*/credential.jwt"))


def test_a_pull_request_is_fine_with_awards_that_are_not_signed_yet(runner: Runner) -> None:
    code, told, _ = runner.step("check", "Check the content")
    assert code == 0
    assert "::warning file=content/awards/" in told
    assert "is recorded and not signed" in told
    assert runner.step("check", "Build the site, not yet signed awards and all")[0] == 0
    assert not list(runner.here.glob("site/awards/*/assertion.json"))


@pytest.mark.parametrize(("taken", "code"), [("", 0), ("badge english-b2\n", 1)], ids=["added", "taken out"])
def test_a_pull_request_takes_no_line_out_of_a_lock_file(runner: Runner, taken: str, code: int) -> None:
    name = "See that no line was taken out of the lock files"
    (lock,) = runner.here.glob("content/published/batches/*.lock")
    text = lock.read_text()
    lock.write_text(text.replace(taken, "") + "\n")
    runner.git(runner.here, "commit", "--quiet", "--all", "--message", "Theirs")
    done, told, _ = runner.step("check", name)
    assert done == code, told
    assert ("::error::these lines were taken out" in told) == bool(taken)
    assert ("-badge english-b2" in told) == bool(taken)


def test_the_lock_files_are_compared_with_the_branch_that_a_pull_request_is_for() -> None:
    assert JOBS["check"]["steps"][0]["with"]["fetch-depth"] == 2
    named = step("check", "See that no line was taken out of the lock files")
    assert named["if"] == "github.event_name == 'pull_request'"


def test_what_was_corrected_since_is_issued_anew_only_if_somebody_asks_for_it(runner: Runner) -> None:
    for name in ("Sign", "Commit and push what was signed"):
        assert runner.step("sign", name)[0] == 0
    (batch,) = runner.here.glob("content/awards/*/*.yaml")
    batch.write_text(batch.read_text().replace("result: merit", "result: distinction"))
    code, told, outputs = runner.step("check", "Say what there is to sign")
    assert (code, outputs) == (4, {})
    assert 'was "merit", now "distinction"' in told
    runner.environment["REPLACE"] = "yes"
    code, told, outputs = runner.step("check", "Say what there is to sign")
    assert (code, outputs) == (0, {"due": "yes"})
    assert "0 new credentials, 1 replaced, 1 status list" in told
    assert runner.step("sign", "Sign")[0] == 0
