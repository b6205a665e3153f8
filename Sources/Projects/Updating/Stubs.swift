import FileTrees
import Layouts
import Documents
extension Record {
  static func resolving(_ bytes: [UInt8], file: String, _ present: (RelativePath) -> GitObjectID?)
    throws(Diagnostics) -> (record: Record, remarks: [String])?
  { nil }
}
