import Foundation
import PackagePlugin

/// Turns the layouts in `Templates/` into Swift source before `BuiltInLayouts` is compiled.
@main
struct EmbedTemplates: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let templates = context.package.directoryURL.appending(path: "Templates")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedLayouts.swift")
    return [
      .buildCommand(
        displayName: "Embedding Templates",
        executable: try context.tool(named: "embed-templates").url,
        arguments: [templates.path(percentEncoded: false), output.path(percentEncoded: false)],
        inputFiles: files(below: templates),
        outputFiles: [output])
    ]
  }

  /// Every file, so that a change in one embeds anew. The target's own link to the folder makes
  /// the build notice files that come and go.
  private func files(below folder: URL) -> [URL] {
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var result: [URL] = []
    while let url = walk?.nextObject() as? URL {
      if !url.hasDirectoryPath { result.append(url) }
    }
    return result.sorted { $0.path < $1.path }
  }
}
