import Documents
import Layouts
import Projects

extension LayoutVersion.Source {
  /// What a record says of where a layout is: the way from the project to its folder where one git
  /// repository holds both, so that every checkout finds it; else the folder's name.
  ///
  /// - Parameter project: the directory that the record will be in.
  init(_ reference: LayoutReference, from project: DirectoryArgument) {
    guard case .folder(let path) = reference else {
      self = .builtIn
      return
    }
    let folder = DirectoryArgument(path)
    let (here, there) = (project.realComponents, folder.realComponents)
    let shared = zip(here, there).prefix { $0 == $1 }.count
    guard let repository = DirectoryArgument.repository(around: there), repository <= shared,
      repository == DirectoryArgument.repository(around: here)
    else {
      // Under its real name, whatever links lead to it.
      self = .folder(folder.realName ?? folder.name)
      return
    }
    let up = [String](repeating: "..", count: here.count - shared)
    let way = (up.isEmpty ? ["."] : up) + there.dropFirst(shared)
    self = .folder(way.concatenated(by: "/"))
  }
}
