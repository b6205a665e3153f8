import Foundation

/// What was recorded in place of being compared: a reason for the test that did so to fail.
private struct Recorded: Error, CustomStringConvertible {
  let name: String

  var description: String { "recorded \(name); run again without RECORD_SNAPSHOTS" }
}

/// The text in `file`, which is to be what a test has found. `RECORD_SNAPSHOTS=1 swift test` puts
/// that, `found`, into the file, and fails the run that recorded.
package func recorded(in file: URL, found: String) throws -> String {
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    try Data(found.utf8).write(to: file)
    throw Recorded(name: file.lastPathComponent)
  }
  return try String(contentsOf: file, encoding: .utf8)
}
