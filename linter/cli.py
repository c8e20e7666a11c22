"""The command: reads bytes, writes reports, exits.

Exit status: 0 clean, 1 findings, 2 a mistake in usage, rules or input, 3 an internal error.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

# What only one command or case needs is imported there: a check has to start quickly.
from linter import __version__, options
from linter.checking import changed_lines, check_files, clear_kept, end_run, start_run, write_reports
from linter.config import CLEAN, FAIL_ON, FINDINGS, MISTAKE, FailOn, command_line, exit_status
from linter.console import complain, input_lines, tell, write
from linter.files import STDIN, find_files, read_bytes
from linter.language import Parser
from linter.model import CaveatError, FileReport
from linter.outputs import expect_draft, find_outputs, review_output, without_outputs
from linter.readers import SUFFIXES
from linter.reports import RENDERERS
from linter.workspace import Workspace

if TYPE_CHECKING:
    from linter.rulebook import Rulebook

INTERNAL_ERROR, INTERRUPTED = 3, 130
FORMATS = ", ".join(RENDERERS)

_format = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


def main() -> None:
    """Run the command with the arguments of the process, and end the process."""
    # What is made is mostly kept to the end: to look through it again and again would take a tenth of the time.
    gc.set_threshold(200_000, 20, 20)
    status = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # at once: to take apart all that was made would take as long as a tenth of a short run


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status; every error is told on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # reports are UTF-8 everywhere, and no file name is unprintable
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with_traceback = False
    try:
        with cli.make_context("caveat", list(arguments)) as context:
            with_traceback = context.params["traceback"]
            return int(cli.invoke(context) or CLEAN)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
    except CaveatError as error:
        complain(error)
    except Exception as error:
        if with_traceback:
            import traceback as tracebacks

            tracebacks.print_exc()
        else:
            what = " ".join(str(error).split())
            click.echo(f"caveat: internal error: {type(error).__name__}: {what}", err=True, nl=False)
            click.echo("; “caveat --traceback …” shows where", err=True)
        return INTERNAL_ERROR
    return MISTAKE


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--traceback", is_flag=True, help="Show where an internal error happened.")
@click.version_option(__version__, prog_name="caveat", message="%(prog)s %(version)s")
def cli(traceback: bool) -> None:
    """Finds the health claims in marketing copy, and what qualifies them."""


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path())
@options.piped
@click.option("--format", "formats", multiple=True, metavar="NAME[=FILE]", help=f"{FORMATS}; can be given again.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule, as --format statistics does.")
@click.option("-o", "--output", metavar="FILE", help="Where the format without a file goes, instead of to the screen.")
@options.configured
@click.option(
    "--show-config", metavar="FILE", type=click.Path(), help="Show what holds for a file and from where; end."
)
@options.choosing
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="What exits with 1.  [default: error]")
@options.today
@click.option("--no-baseline", is_flag=True, help="Also tell of what the baseline knows.")
@click.option("--force-exclude", is_flag=True, help="Leave out what is excluded even if it is named outright.")
@click.option("--diff-base", metavar="REV", help="Only tell of lines changed since this git revision.")
@options.spending
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
def check(
    paths: tuple[str, ...],
    stdin_filename: str,
    formats: tuple[str, ...],
    statistics: bool,
    output: str | None,
    config: str | None,
    no_config: bool,
    show_config: str | None,
    profile: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn | None,
    today: datetime | None,
    no_baseline: bool,
    force_exclude: bool,
    diff_base: str | None,
    jobs: int | None,
    no_cache: bool,
    color: str,
) -> int:
    """Check files, folders or standard input (“-”).

    Without PATHS, check the current folder. Options outweigh the configuration.
    """
    outputs = find_outputs(dict.fromkeys((*formats, "statistics") if statistics else formats), output)
    workspace = Workspace(config, no_config, *command_line(profile, select, ignore, fail_on))
    if show_config is not None:
        from linter.configview import render_config

        write(render_config(workspace, show_config))
        return CLEAN
    found, missing = find_files(paths or (".",), SUFFIXES, workspace.is_excluded)
    found = without_outputs(found, outputs)
    if force_exclude:
        found = [path for path in found if not workspace.is_excluded(stdin_filename if path == STDIN else path)]
    errors: list[CaveatError] = [*missing]
    changed = changed_lines(found, diff_base, errors)
    wanted = found if changed is None else list(changed)
    run = start_run(workspace, wanted, Parser(), today.date() if today else None, jobs, no_cache)
    files: Sequence[FileReport] = check_files(run, wanted, stdin_filename, errors)
    if not no_baseline:
        files = run.settle(files, errors)
    if changed is not None:
        from linter.changes import only_changed

        files = [only_changed(file, changed[file.path]) for file in files]
    report = run.report(files, errors)
    tell(report)
    is_written = write_reports(run, report, outputs, color)
    return exit_status(report, run.fail_on) if is_written else MISTAKE


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("-o", "--output", metavar="FILE", required=True, help="The review: .html, .md, .csv or .docx.")
@options.piped
@options.configured
@options.choosing
@options.today
@options.spending
def review(
    paths: tuple[str, ...],
    output: str,
    stdin_filename: str,
    config: str | None,
    no_config: bool,
    profile: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    today: datetime | None,
    jobs: int | None,
    no_cache: bool,
) -> int:
    """Write a review of files and folders, to read and to hand on.

    Without PATHS, review the current folder. The review of a Word document can be a copy of it with comments. Findings
    fail no review.
    """
    target = review_output(output)
    workspace = Workspace(config, no_config, *command_line(profile, select, ignore, None))
    found, missing = find_files(paths or (".",), SUFFIXES, workspace.is_excluded)
    wanted = without_outputs(found, [target])
    if wanted or not missing:
        expect_draft(wanted, target)
    run = start_run(workspace, wanted, Parser(), today.date() if today else None, jobs, no_cache)
    errors: list[CaveatError] = [*missing]
    report = run.report(check_files(run, wanted, stdin_filename, errors), errors)
    tell(report)
    is_written = write_reports(run, report, [target], "never")
    return CLEAN if is_written and not report.errors else MISTAKE


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path())
@options.configured
@options.spending
def baseline(paths: tuple[str, ...], config: str | None, no_config: bool, jobs: int | None, no_cache: bool) -> int:
    """Record what is found today, so that only new findings fail.

    Of PATHS, or the current folder; what is known of other files stays.
    """
    from linter.adoption import adopt

    workspace = Workspace(config, no_config)
    found, missing = find_files(paths or (".",), SUFFIXES, workspace.is_excluded)
    run = start_run(workspace, found, Parser(), jobs=jobs, no_cache=no_cache)
    errors: list[CaveatError] = [*missing]
    files = check_files(run, found, "", errors)
    tell(run.report(files, errors))
    end_run(run)
    for line in adopt(workspace, run.by_config(files)):
        write(line + "\n")
    return MISTAKE if errors else CLEAN


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path())
@_format
@options.configured
@options.today
@options.spending
def evidence(
    paths: tuple[str, ...],
    form: str,
    config: str | None,
    no_config: bool,
    today: datetime | None,
    jobs: int | None,
    no_cache: bool,
) -> int:
    """List claims in the copy against the register of evidence, both ways.

    Of PATHS, or the current folder.
    """
    from linter.evidencelist import list_evidence, render_evidence, render_evidence_json

    workspace = Workspace(config, no_config)
    found, missing = find_files(paths or (".",), SUFFIXES, workspace.is_excluded)
    day = today.date() if today else date.today()
    run = start_run(workspace, found, Parser(), day, jobs, no_cache)
    errors: list[CaveatError] = [*missing]
    files = check_files(run, found, "", errors)
    tell(run.report(files, errors))
    render_list = render_evidence_json if form == "json" else render_evidence
    end_run(run)
    write(render_list(list_evidence(run.registers(files), day)))
    return MISTAKE if errors else CLEAN


@cli.group("cache")
def cache_group() -> None:
    """Manage what is kept of earlier runs, in the folder .caveat_cache."""


@cache_group.command("clear")
def clear_cache() -> None:
    """Remove what is kept in the current folder."""
    clear_kept()


@cli.command()
@click.option("--force", is_flag=True, help="Write it anew if there is one.")
@click.option("--evidence", "with_evidence", is_flag=True, help="Write a commented evidence.yml instead.")
def init(force: bool, with_evidence: bool) -> None:
    """Write a commented caveat.yml into the current folder, and show the hook entry."""
    from linter.configview import start_config, start_evidence

    write((start_evidence if with_evidence else start_config)(os.getcwd(), force))


@cli.command()
@click.argument("file", metavar="FILE", type=click.Choice(options.SCHEMAS))
def schema(file: str) -> None:
    """Print the JSON Schema of a kind of file, for editors: config, evidence or rules."""
    from linter.schemas import render_schema

    write(render_schema(file))


@cli.command()
@click.argument("rule")
@options.configured
def explain(rule: str, config: str | None, no_config: bool) -> None:
    """Show what a rule flags, why, on what authority."""
    from linter.handbook import explain as explain_rule

    write(explain_rule(_rulebook(config, no_config), rule))


@cli.group(invoke_without_command=True)
@options.configured
@click.pass_context
def rules(context: click.Context, config: str | None, no_config: bool) -> None:
    """List the rules, or test those of a pack."""
    from linter.handbook import list_rules

    if context.invoked_subcommand is None:
        write(list_rules(_rulebook(config, no_config)))


@rules.command("test")
@click.argument("pack", nargs=-1, type=click.Path())
def test_rules(pack: tuple[str, ...]) -> int:
    """Run the examples that rules carry, and tell what can never match and what nothing uses.

    A PACK is a rule file or a folder of them; it may use the lexicons, agents and cues of the built-in rules. Without
    one, the built-in rules are tested.
    """
    from linter.packcheck import check_pack
    from linter.packs import builtin_pack
    from linter.rulefiles import read_rulebook
    from linter.ruletests import ExampleRunner
    from linter.workspace import combine, read_pack

    builtin = builtin_pack()
    files, own = combine(read_pack(pack), builtin) if pack else (builtin, frozenset(builtin))
    rulebook = read_rulebook(files)
    runner = ExampleRunner(rulebook, own, Parser())
    failed, others = list(runner.failures()), check_pack(rulebook, own)
    told = [str(failure) for failure in sorted([*failed, *others])]
    count = f"examples: {runner.count}, failed: {len(failed)}" + (f"; other mistakes: {len(others)}" if others else "")
    write("\n".join([*told, count]) + "\n")
    return FINDINGS if told else CLEAN


@cli.command()
@click.argument("text", required=False)
@click.option("--page", type=click.Path(), help="Show them for this file as a whole.")
@_format
@options.configured
def why(text: str | None, page: str | None, form: str, config: str | None, no_config: bool) -> None:
    """Show what a text promotes, its claims, agents, cues and scopes.

    Without TEXT, read standard input, and show them for every line of it.
    """
    from linter.readers import read
    from linter.runs import Run
    from linter.source import Source
    from linter.why import look, render_insight, render_insight_json

    run = Run(Workspace(config, no_config), Parser())
    render = render_insight_json if form == "json" else render_insight
    if page is not None:
        if text is not None:
            raise click.UsageError("TEXT and --page exclude each other; expected one of them")
        write(render(look(*run.load(read_bytes(page), page), *run.standard(page))))
        return
    standard = run.standard(".")
    for line in input_lines() if text is None else text.splitlines():
        source = Source("line.txt", line)
        if not write(render(look(source, read(source), *standard))):
            break


@cli.command()
@click.argument("corpus", default="corpus", type=click.Path())
@click.option("--show", is_flag=True, help="List what differs from gold.")
@_format
def evaluate(corpus: str, show: bool, form: str) -> None:
    """Score the findings in a corpus against its gold.

    CORPUS is a folder, by default “corpus”.
    """
    from linter import engine
    from linter.analysis import Analyser
    from linter.evaluation import evaluate as score
    from linter.gold import read_corpus
    from linter.packs import builtin_pack, load_rulebook
    from linter.readers import read
    from linter.scores import render_scores, render_scores_json

    gold = read_corpus(Path(corpus))
    analyser = Analyser(load_rulebook(builtin_pack()), Parser())
    reports = {name: engine.check(source, read(source), analyser) for name, source in gold.sources.items()}
    render = render_scores_json if form == "json" else render_scores
    write(render(gold, score(gold, reports), show))


def _rulebook(config: str | None, no_config: bool) -> Rulebook:
    """The rules that hold in the current folder."""
    workspace = Workspace(config, no_config)
    return workspace.rulebook(workspace.config("."))
