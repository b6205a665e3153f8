import Documents
import FileTrees

/// The paths of a project as they are named from the current directory, which is where whoever reads a
/// report looks for them: relative ones, but for what is elsewhere.
struct FindingPlaces {
  /// The components of the project's directory.
  private let components: [String]
  private let isAbsolute: Bool

  init(_ directory: DirectoryArgument) {
    let given = directory.argument.parts(between: "/").filter { !$0.isEmpty && $0 != "." }
    guard directory.argument.begins(with: "/") || given.contains(where: { $0 == ".." }) else {
      components = given
      isAbsolute = false
      return
    }
    let here = DirectoryArgument(".").realComponents
    let there = directory.realComponents
    isAbsolute = !there.starts(with: here)
    components = isAbsolute ? there : Array(there.dropFirst(here.count))
  }

  func path(_ path: RelativePath) -> String {
    let text = (components + path.components).concatenated(by: "/")
    return isAbsolute ? "/" + text : text
  }

  /// A URI, relative where the path is; that of a directory ends with a slash.
  func uri(_ path: RelativePath) -> String {
    var encoded = (components + path.components).map(Self.encoded).concatenated(by: "/")
    if path.isRoot { encoded += encoded.isEmpty ? "./" : "/" }
    return isAbsolute ? "file:///" + encoded : encoded
  }

  /// Each byte that means nothing in any part of a URI as it stands, the others as `%XX`.
  private static func encoded(_ name: String) -> String {
    var result = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += byte < 0x10 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
