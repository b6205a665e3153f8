import Console
import Documents
import Git

extension GitProgram {
  /// What `git diff` prints of these files, and `git apply` takes.
  func patch(of differences: [Difference], _ style: Style) throws(Failure) -> [UInt8] {
    do {
      return try diff(differences, isColoured: style.isEnabled)
    } catch {
      throw Failure(.unwritableTarget, Diagnostics(Diagnostic("\(error)")))
    }
  }
}
