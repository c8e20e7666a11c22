"""JUnit's XML, as Jenkins reads it: a suite a file, a failure a finding."""

from __future__ import annotations

from xml.etree import ElementTree

from linter.model import CaveatError, FileReport, Report
from linter.reports.wording import NOT_CHECKED, explanation, one_line, passing, refusal
from linter.reports.xmltext import xml_text


def render_junit(report: Report) -> str:
    """The report as one XML document.

    What passes is skipped, a file without findings is one test that passes, one that was not checked an error.
    """
    failures, errors = sum(len(file.findings) for file in report.files), len(report.errors)
    tests = sum(max(len(file.weighed()), 1) for file in report.files) + errors
    root = _element(None, "testsuites", name="caveat", **_counts(tests, failures, errors))
    for file in report.files:
        _suite(root, file, report)
    for error in report.errors:
        _refused(root, error)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(root: ElementTree.Element, file: FileReport, report: Report) -> None:
    found = file.weighed()
    counts = _counts(max(len(found), 1), len(file.findings), 0)
    suite = _element(root, "testsuite", name=file.path, **counts, skipped=str(len(file.suppressed)))
    for finding, passed in found:
        name = f"{finding.rule}, line {finding.start.line}, column {finding.start.column}"
        case = _element(suite, "testcase", name=name, classname=file.path)
        if passed:
            _element(case, "skipped").text = xml_text(passing(passed))
            continue
        failure = _element(case, "failure", type=finding.severity, message=one_line(finding.message))
        place = f"{file.path}:{finding.start.line}:{finding.start.column}"
        failure.text = xml_text(f"{place}\n{explanation(finding, report.citations)}")
    if not found:
        _element(suite, "testcase", name="no findings", classname=file.path)


def _refused(root: ElementTree.Element, error: CaveatError) -> None:
    suite = _element(root, "testsuite", name=error.path, **_counts(1, 0, 1))
    case = _element(suite, "testcase", name=NOT_CHECKED, classname=error.path)
    _element(case, "error", type="not checked", message=refusal(error))


def _counts(tests: int, failures: int, errors: int) -> dict[str, str]:
    return {"tests": str(tests), "failures": str(failures), "errors": str(errors)}


def _element(parent: ElementTree.Element | None, tag: str, **attributes: str) -> ElementTree.Element:
    allowed = {name: xml_text(value) for name, value in attributes.items()}
    return ElementTree.Element(tag, allowed) if parent is None else ElementTree.SubElement(parent, tag, allowed)
