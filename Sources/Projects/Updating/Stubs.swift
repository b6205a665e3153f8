import FileTrees
import Layouts
import Documents
extension RenderedFile { var isOnce: Bool { false } }
extension Layout { func template(movedFrom recorded: String) -> String? { nil } }
extension Manifest { func changes(after: String) -> [Change] { [] } }
extension Record {
  static func resolving(_ bytes: [UInt8], file: String, _ present: (RelativePath) -> GitObjectID?)
    throws(Diagnostics) -> (record: Record, remarks: [String])?
  { nil }
}
