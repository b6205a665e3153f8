import Console
import Documents
import Layouts

/// How the components of layouts are shown.
enum ComponentTable {
  /// What help in a project says of them.
  static func help(of manifests: [Manifest]) -> HelpText.List {
    HelpText.List(
      title: "Components",
      rows: manifests.flatMap { manifest in
        manifest.components.map { Wrapping.Row($0.name, manifest.summary(of: $0)) }
      })
  }

  /// What `show` says of them.
  static func rows(of manifest: Manifest) -> [Wrapping.Row] {
    manifest.components.map { component in
      var remark = "an item of \(component.list)"
      if let role = component.before { remark += ", before \(role) unless another place is named" }
      return Wrapping.Row(
        component.name, manifest.summary(of: component), [.init(remark, .aside)])
    }
  }

  /// What `list --components` prints.
  static func text(of manifests: [Manifest], _ style: Style) -> String {
    style.table(
      manifests.flatMap { manifest in
        manifest.components.map { component in
          Wrapping.Row("\(manifest.name) \(component.name)", manifest.summary(of: component))
        }
      }, indentation: 0)
  }

  static func json(of manifests: [Manifest]) -> JSON {
    let items = manifests.flatMap { manifest in
      manifest.components.map { component in
        JSON.object([
          .init("layout", .string(manifest.name)), .init("name", .string(component.name)),
          .init("list", .string(component.list)),
          .init("summary", .string(manifest.summary(of: component))),
        ])
      }
    }
    return .object([.init("version", .integer(1)), .init("components", .array(items))])
  }
}

extension Manifest {
  /// One line on what comes with an item.
  fileprivate func summary(of component: Component) -> String {
    let variable = variable(named: component.list)
    return component.help ?? variable?.help ?? variable?.prompt ?? component.list
  }
}
