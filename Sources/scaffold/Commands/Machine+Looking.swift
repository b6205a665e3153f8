import Console
import FileSystems
import Layouts

extension Machine {
  /// This machine, and how a directory stands to git on it. Nothing is started, and programs are
  /// looked for only when somebody asks for them.
  init(at destination: DirectoryArgument) {
    let search = ProgramSearch(path: Terminal.environment("PATH") ?? "")
    self.init(repository: Repository(of: destination)) { name in
      guard let path = search.path(of: name) else { return nil }
      return Program(path: path, realName: DirectoryArgument(path).realName ?? name)
    }
  }
}

extension Machine.Repository {
  fileprivate init(of destination: DirectoryArgument) {
    let components = destination.realComponents
    switch DirectoryArgument.repository(around: components) {
    case nil: self = .none
    case components.count: self = .own
    case _: self = .around
    }
  }
}
