import DataFiles
import Documents
import Layouts
import Templating

/// The answers that another tool has kept of a project's making, by the names that its template has for
/// them.
package struct ForeignAnswers: Sendable {
  package let tool: Tool
  private let members: [DataNode.Member]
  private let document: DataDocument

  package enum Tool: String, Sendable {
    case cookiecutter
    case cruft
    case copier
  }

  /// Where the tools keep them in a project, in the order in which they are looked for.
  package static let fileNames = [
    ".cruft.json", ".copier-answers.yml", ".copier-answers.yaml", ".cookiecutter.json",
  ]

  /// - Parameter name: what the file is called.
  /// - Returns: nil where it is no such file.
  /// - Throws: that it is meant as one, and cannot be read.
  package init?(_ bytes: [UInt8], name: String, shown: String) throws(Diagnostic) {
    guard let format = DataFormat(fileName: name), format == .json || format == .yaml else {
      return nil
    }
    let isNamedSo = Self.isNamed(name)
    let document: DataDocument
    do {
      document = try DataDocument(parsing: bytes, as: format, file: shown)
    } catch {
      // Answers of our own are JSON, and are told of by their own reader.
      if !isNamedSo { return nil }
      throw error
    }
    guard let root = document.documents.first, document.documents.count == 1 else { return nil }
    if format == .yaml {
      guard isNamedSo || root["_src_path"] != nil || root["_commit"] != nil else { return nil }
      self.init(.copier, root, document)
    } else if let context = root["context"]?["cookiecutter"] {
      self.init(.cruft, context, document)
    } else if let context = root["cookiecutter"] {
      self.init(.cookiecutter, context, document)
    } else if root["_template"] != nil {
      self.init(.cookiecutter, root, document)
    } else {
      return nil
    }
  }

  /// Whether a file is called as copier calls its own, in whatever directory.
  package static func isNamed(_ name: String) -> Bool {
    let last = name.dividedAtLast("/")?.behind ?? name
    return last.begins(with: ".copier-answers") && DataFormat(fileName: last) == .yaml
  }

  private init?(_ tool: Tool, _ node: DataNode, _ document: DataDocument) {
    guard case .map(let members) = node.value else { return nil }
    self.tool = tool
    self.members = members
    self.document = document
  }

  /// What of it a layout takes.
  package struct Taken: Sendable {
    package var answers: [GivenAnswer] = []
    package var leftOut: [(name: String, reason: String)] = []
  }

  /// - Parameter manifest: decides which names mean its variables, and which values do.
  package func taken(for manifest: Manifest) -> Taken {
    var taken = Taken()
    var open = manifest.variables
    var rest: [DataNode.Member] = []
    // A name that is the variable's own comes before all that mean the same.
    for member in members where !member.key.begins(with: "_") {
      guard let index = open.firstIndex(where: { $0.name == Self.upperCase(member.key) }) else {
        rest.append(member)
        continue
      }
      if take(member, for: open[index], &taken) { open.remove(at: index) }
    }
    for (name, meanings) in Self.meanings {
      guard let index = open.firstIndex(where: { $0.name == name }) else { continue }
      for meaning in meanings {
        guard let member = members.first(where: { $0.key == meaning }),
          let answer = answer(member, for: open[index])
        else { continue }
        taken.answers.append(answer)
        rest.removeAll { $0.key == meaning }
        break
      }
    }
    for member in rest {
      let variable = Self.meanings.first { $0.meanings.contains(member.key) }.flatMap { meaning in
        manifest.variable(named: meaning.name)
      }
      let isTaken = taken.answers.contains { $0.name == variable?.name }
      taken.leftOut.append(
        (
          member.key,
          variable == nil
            ? "no variable of the layout"
            : isTaken ? "another one says it" : "no value of \(variable?.name ?? "")"
        ))
    }
    return taken
  }

  private func take(
    _ member: DataNode.Member, for variable: Variable, _ taken: inout Taken
  ) -> Bool {
    guard let answer = answer(member, for: variable) else {
      taken.leftOut.append((member.key, "no value of \(variable.name)"))
      return false
    }
    taken.answers.append(answer)
    return true
  }

  /// - Returns: nil where the value is none that the variable can have.
  private func answer(_ member: DataNode.Member, for variable: Variable) -> GivenAnswer? {
    let value: Value?
    switch member.node.value {
    case .scalar(let text, _): value = variable.value(like: text)
    case .list(let nodes):
      let texts = nodes.compactMap(\.text)
      value = texts.count == nodes.count ? variable.value(likeItems: texts) : nil
    case .null, .map: value = nil
    }
    guard let value else { return nil }
    var answer = variable.answer(value)
    answer.origin = member.key
    answer.location = document.location(of: member.node)
    return answer
  }

  private static func upperCase(_ key: String) -> String {
    String(
      decoding: key.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self
    )
    .uppercased()
  }

  /// What templates call the variables that many layouts have, the most telling first.
  private static let meanings: [(name: String, meanings: [String])] = [
    (
      "PROJECT_NAME",
      [
        "project_slug", "repo_name", "repository_name", "service_name", "app_name", "project_name",
        "distribution_name", "name",
      ]
    ),
    (
      "PACKAGE",
      [
        "package_name", "module_name", "pkg_name", "package_slug", "python_package", "import_name",
        "app_slug",
      ]
    ),
    (
      "DESCRIPTION",
      [
        "project_short_description", "project_description", "short_description",
        "repository_description", "package_description", "summary",
      ]
    ),
    (
      "PYTHON_VERSION",
      ["python", "python_ver", "min_python_version", "minimum_python_version", "python_requires"]
    ),
    (
      "LICENSE",
      [
        "open_source_license", "project_license", "license_type", "copyright_license", "licence",
      ]
    ),
    ("PORT", ["service_port", "app_port", "http_port", "server_port"]),
    ("REGISTRY", ["docker_registry", "container_registry", "image_registry"]),
    ("AWS_REGION", ["region", "aws_default_region"]),
  ]
}
