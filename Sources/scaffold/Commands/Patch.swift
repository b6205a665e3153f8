import Console
import Documents
import Git

extension GitProgram {
  /// What `git diff` prints of these files, as text.
  func patch(of differences: [Difference], _ style: Style) throws(Failure) -> String {
    do {
      let patch = try diff(differences, isColoured: style.isEnabled)
      return String(decoding: patch, as: UTF8.self)
    } catch {
      throw Failure(.unwritableTarget, Diagnostics(Diagnostic("\(error)")))
    }
  }
}
