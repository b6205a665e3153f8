import BuiltInLayouts
import Documents
import Layouts
import Projects
import TestSupport
import Testing

@Suite("What another tool has kept of a project's making")
struct ForeignAnswersTests {
  private func taken(_ text: String, _ name: String, _ layout: String = "tiered") throws
    -> (tool: ForeignAnswers.Tool, answers: [String: String], leftOut: [String: String])?
  {
    let embedded = try #require(BuiltInLayouts.all.first { $0.name == layout })
    guard let foreign = try ForeignAnswers(Array(text.utf8), name: name, shown: name) else {
      return nil
    }
    let taken = foreign.taken(for: Layout(embedded: embedded).manifest)
    let answers = taken.answers.map { answer in (answer.name, answer.items.joined(separator: ",")) }
    return (
      foreign.tool, Dictionary(uniqueKeysWithValues: answers),
      Dictionary(uniqueKeysWithValues: taken.leftOut.map { ($0.name, $0.reason) })
    )
  }

  @Test("is taken from cookiecutter's replay file")
  func replay() throws {
    let found = try #require(
      try taken(
        """
        {"cookiecutter": {"project_name": "My Big Shop", "project_slug": "my_big_shop",
          "project_short_description": "Sells \\"things\\"", "open_source_license": "MIT license",
          "author": "A", "_template": "gh:x/y", "__private": 1}}
        """, "replay.json"))
    #expect(found.tool == .cookiecutter)
    #expect(
      found.answers == [
        "PROJECT_NAME": "my-big-shop", "DESCRIPTION": "Sells \"things\"", "LICENSE": "mit",
      ])
    #expect(
      found.leftOut == [
        "project_slug": "another one says it", "author": "no variable of the layout",
      ])
  }

  @Test("is taken from cruft's file, in which it is deeper")
  func cruft() throws {
    let found = try #require(
      try taken(
        """
        {"template": "x", "commit": "1", "context": {"cookiecutter": {"package_name": "my_pkg",
          "python_version": "3.13", "description": "d", "slack": "no"}}}
        """, "dir/.cruft.json", "src-namespace"))
    #expect(found.tool == .cruft)
    #expect(
      found.answers == [
        "PACKAGE": "my_pkg", "PYTHON_VERSION": "3.13", "DESCRIPTION": "d", "SLACK": "false",
      ])
    #expect(found.leftOut == [:])
  }

  @Test("is taken from copier's file, numbers as they are written")
  func copier() throws {
    let found = try #require(
      try taken(
        """
        # Changes here will be overwritten
        _commit: v1
        _src_path: gh:x/y
        project_name: shop
        port: 8080
        python_version: 3.14
        models: [item, order]
        license: Apache Software License 2.0
        min_python_version: "3.9"
        """, ".copier-answers.yml"))
    #expect(found.tool == .copier)
    #expect(
      found.answers == [
        "PROJECT_NAME": "shop", "PORT": "8080", "PYTHON_VERSION": "3.14", "MODELS": "item,order",
        "LICENSE": "apache-2.0",
      ])
    #expect(found.leftOut == ["min_python_version": "another one says it"])
  }

  @Test("is left out with the reason where its value is none")
  func values() throws {
    let found = try #require(
      try taken(
        """
        {"_template": "x", "python_version": "2.7", "license": "GPL", "port": "many",
          "models": {"a": 1}, "example": "yes"}
        """, ".cookiecutter.json"))
    #expect(found.answers == ["EXAMPLE": "true"])
    #expect(
      found.leftOut == [
        "python_version": "no value of PYTHON_VERSION", "license": "no value of LICENSE",
        "port": "no value of PORT", "models": "no value of MODELS",
      ])
  }

  @Test("is none where it is an answers file of our own, or no such file at all")
  func others() throws {
    #expect(try taken("{\"PROJECT_NAME\": \"x\"}", "answers.json") == nil)
    #expect(try taken("{", "answers.json") == nil)
    #expect(try taken("a = 1\n", "answers.toml") == nil)
    #expect(try taken("PORT: 1\n", "answers.yml") == nil)
    #expect(try taken("_commit: 1\nport: 2\n", "answers.yml")?.answers == ["PORT": "2"])
    #expect(throws: Diagnostic.self) { try taken("a: [", "place/.copier-answers.one.yml") }
  }
}
