import DataFiles
import Documents
import Templating

// What a check needs of rules that the build has read. Globs and selectors are written as they
// stand and read again: that is short work, and most commands have no use for them.

extension Rule: Packable {
  package init(coding rule: Rule?, with coder: inout PackedCoder) {
    id = coder.code(rule?.id)
    summary = coder.code(rule?.summary)
    reason = coder.code(rule?.reason)
    remedy = coder.code(optional: rule?.remedy)
    when = coder.code(optional: rule?.when)
    whenText = coder.code(optional: rule?.whenText)
    subject = coder.code(rule?.subject)
    places = coder.code(rule?.places)
    exceptions = coder.code(rule?.exceptions)
    forms = coder.code(rule?.forms)
    demands = coder.code(rule?.demands)
  }
}

extension Rule.Subject: Packable {
  package init(coding subject: Self?, with coder: inout PackedCoder) {
    var cases = PackedCases(of: subject, with: &coder)
    cases.code(.project, &coder) { if case .project = $0 { true } else { false } }
    cases.code(Self.each, &coder) { if case .each(let glob) = $0 { glob } else { nil } }
    cases.code(Self.files, &coder) { if case .files(let globs) = $0 { globs } else { nil } }
    self = cases.coded
  }
}

extension Rule.Form: Packable {
  package init(coding form: Self?, with coder: inout PackedCoder) {
    capture = coder.code(form?.capture)
    pattern = coder.code(form?.pattern)
  }
}

extension Rule.Demands: Packable {
  package init(coding demands: Self?, with coder: inout PackedCoder) {
    required = coder.code(demands?.required)
    forbidden = coder.code(demands?.forbidden)
    numbers = coder.code(optional: demands?.numbers)
    matches = coder.code(demands?.matches)
    refusals = coder.code(demands?.refusals)
    lines = coder.code(demands?.lines)
    data = coder.code(demands?.data)
  }
}

extension Rule.Numbers: Packable {
  package init(coding numbers: Self?, with coder: inout PackedCoder) {
    capture = coder.code(numbers?.capture)
    isConsecutive = coder.code(numbers?.isConsecutive)
    first = coder.code(optional: numbers?.first)
  }
}

extension Rule.LineDemand: Packable {
  package init(coding demand: Self?, with coder: inout PackedCoder) {
    with = coder.code(demand?.with)
    match = coder.code(optional: demand?.match)
    refuse = coder.code(optional: demand?.refuse)
  }
}

extension DataDemand: Packable {
  package init(coding demand: Self?, with coder: inout PackedCoder) {
    selector = coder.code(demand?.selector)
    format = coder.code(optional: demand?.format)
    exists = coder.code(optional: demand?.exists)
    keys = coder.code(demand?.keys)
    refusedKeys = coder.code(demand?.refusedKeys)
    match = coder.code(optional: demand?.match)
    refuse = coder.code(optional: demand?.refuse)
    any = coder.code(optional: demand?.any)
    isPath = coder.code(demand?.isPath)
  }
}

extension DataFormat: Packable {
  package init(coding format: Self?, with coder: inout PackedCoder) {
    self = coder.code(format, among: Self.allCases)
  }
}

extension CapturingPattern: Packable {
  package init(coding pattern: Self?, with coder: inout PackedCoder) {
    text = coder.code(pattern?.text)
    captures = coder.code(pattern?.captures)
  }
}

extension CapturingGlob: Packable {
  package init(coding glob: Self?, with coder: inout PackedCoder) {
    let text = coder.code(glob?.text)
    do {
      self = try CapturingGlob(parsing: text)
    } catch {
      preconditionFailure("“\(text)” was a glob when the build read it")
    }
  }
}

extension DataSelector: Packable {
  package init(coding selector: Self?, with coder: inout PackedCoder) {
    let text = coder.code(selector?.text)
    do {
      self = try DataSelector(parsing: text)
    } catch {
      preconditionFailure("“\(text)” was a selector when the build read it")
    }
  }
}

extension KeyGlob: Packable {
  package init(coding glob: Self?, with coder: inout PackedCoder) {
    self.init(coder.code(glob?.text))
  }
}
