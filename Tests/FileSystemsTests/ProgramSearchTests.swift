import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("A program that is looked for", .removingTemporaryDirectories)
struct ProgramSearchTests {
  private let directory: String

  init() throws {
    directory = try TemporaryDirectory().path
    for folder in ["first", "second"] {
      try FileManager.default.createDirectory(
        atPath: "\(directory)/\(folder)", withIntermediateDirectories: false)
    }
  }

  private func make(_ path: String, mode: Int = 0o755) throws {
    let path = "\(directory)/\(path)"
    try Data("#!/bin/sh\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  private var search: ProgramSearch {
    ProgramSearch(path: ":first:/no-such-folder:\(directory)/first::\(directory)/second")
  }

  @Test("is the first file of the path that may be run")
  func first() throws {
    try make("second/tool")
    #expect(search.path(of: "tool") == "\(directory)/second/tool")
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory)/first/tool", withDestinationPath: "nowhere")
    #expect(search.path(of: "tool") == "\(directory)/second/tool")
    try make("first/real")
    try FileManager.default.removeItem(atPath: "\(directory)/first/tool")
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory)/first/tool", withDestinationPath: "real")
    #expect(search.path(of: "tool") == "\(directory)/first/tool")
  }

  @Test("is no directory, and no file without the executable bit")
  func others() throws {
    try FileManager.default.createDirectory(
      atPath: "\(directory)/first/tool", withIntermediateDirectories: false)
    try make("second/tool", mode: 0o644)
    #expect(search.path(of: "tool") == nil)
  }

  @Test("has a name, and no path")
  func names() throws {
    try make("first/tool")
    for name in ["", "../first/tool", "first/tool", "/bin/sh", "."] {
      #expect(search.path(of: name) == nil)
    }
    #expect(ProgramSearch(path: "").path(of: "sh") == nil)
  }
}
