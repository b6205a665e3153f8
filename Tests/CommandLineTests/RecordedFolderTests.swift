import Testing

@Suite("Where a record says that a folder layout is")
struct RecordedFolderTests {
  /// Below `work`: a repository with a layout and places for projects, and a layout outside of it.
  private func shell() throws -> Shell {
    let shell = try Shell()
    let made = try shell.run(
      """
      for place in repository/layouts/mine elsewhere; do
        mkdir -p $place/base && echo x > $place/base/x
        printf '{"name":"mine","summary":"s","version":"1.0.0","layers":[{"folder":"base"}]}' \
          > $place/layout.json
      done
      mkdir -p repository/.git repository/projects
      """)
    #expect(made.code == 0)
    return shell
  }

  private func source(of project: String, _ call: String) throws -> String {
    let shell = try shell()
    defer { shell.remove() }
    let result = try shell.run(
      "{ \(call); } > out 2>&1; cat out >&2; sed -n 's/.*\"source\": //p' \(project)/.scaffold.json"
    )
    #expect(result.code == 0, "\(result.errors)")
    return result.output.filter { !"\",\n".contains($0) }
  }

  @Test("is the way from the project, where one repository holds both")
  func inRepository() throws {
    #expect(
      try source(
        of: "repository/projects/new/demo",
        "cd repository/layouts && scaffold new --layout ./mine ../projects/new/demo; cd ../..")
        == "folder:../../../layouts/mine")
    #expect(
      try source(
        of: "repository/layouts/mine",
        "cd repository/layouts/mine; scaffold new --layout . .; cd ../../..") == "folder:.")
    #expect(
      try source(of: "repository", "cd repository; scaffold new --layout layouts/mine .; cd ..")
        == "folder:./layouts/mine")
  }

  @Test("is the folder's name elsewhere: the way to it tells of machines")
  func outside() throws {
    for call in [
      "scaffold new --layout ./elsewhere repository/projects/demo",
      "mkdir other other/.git; scaffold new --layout $PWD/repository/layouts/mine other/demo",
      "ln -s repository/layouts/mine link; scaffold new --layout ./link demo",
    ] {
      let project = call.split(separator: " ").last.map(String.init) ?? ""
      let expected = call.contains("elsewhere") ? "folder:elsewhere" : "folder:mine"
      #expect(try source(of: project, call) == expected)
    }
  }

  @Test("leads to the layout also where a link leads to the record")
  func isFoundThroughLink() throws {
    let shell = try shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      scaffold new --layout repository/layouts/mine repository/projects/demo > /dev/null || exit 9
      mkdir links; ln -s ../repository/projects/demo/.scaffold.json links/record
      scaffold new --answers links/record other > /dev/null
      """)
    #expect(result.code == 0, "\(result.errors)")
  }

  @Test("leads to the layout from wherever the record is read")
  func isFound() throws {
    let shell = try shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      scaffold new --layout repository/layouts/mine repository/projects/demo > /dev/null || exit 9
      mv repository moved; cd elsewhere
      scaffold new --answers ../moved/projects/demo/.scaffold.json ../moved/other
      """)
    #expect(result.code == 0)
    #expect(
      result.errors
        == "note: the layout is “../moved/projects/demo/../../layouts/mine”, as"
        + " “../moved/projects/demo/.scaffold.json” says\n")
  }
}
