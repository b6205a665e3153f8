import Processes

/// Which repository and whose settings a process of git's is to see.
enum Surroundings {
  /// No repository, whatever is around the temporary directory, and nobody's settings.
  case none
  /// The repository at this path, and nobody's settings but its own.
  case repository(String)
  /// The repository that the directory at hand is in, and nobody's settings but its own.
  case discovered
  /// As the user's own call of git sees it in the directory at hand.
  case user
}

extension Environment {
  /// - Parameter temporary: a directory of ours.
  func ofGit(in surroundings: Surroundings, temporary: String) -> Environment {
    // A hook runs with variables that name the repository that it is a hook of; others lead output,
    // objects or attributes elsewhere, or bring settings. These alone say where not to look.
    let limits = ["GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"]
    if case .user = surroundings {
      return without(
        "GIT_", but: limits + ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"])
    }
    var result = without("GIT_", but: limits)
    for name in ["LANGUAGE", "LANG", "PAGER"] { result[name] = nil }
    result["LC_ALL"] = "C"
    // Attributes are looked for there, not only settings, of which an older git looks there alone.
    result["HOME"] = temporary
    result["XDG_CONFIG_HOME"] = temporary
    result["GIT_CONFIG_NOSYSTEM"] = "1"
    result["GIT_CONFIG_GLOBAL"] = "/dev/null"
    result["GIT_ATTR_NOSYSTEM"] = "1"
    result["GIT_TERMINAL_PROMPT"] = "0"
    result["GIT_OPTIONAL_LOCKS"] = "0"
    result["GIT_NO_REPLACE_OBJECTS"] = "1"
    // What a partial clone lacks is not fetched. Older versions know the second alone, which goes
    // before all that the repository's own settings allow.
    result["GIT_NO_LAZY_FETCH"] = "1"
    result["GIT_ALLOW_PROTOCOL"] = "none"
    switch surroundings {
    case .none: result["GIT_DIR"] = "/dev/null"
    case .repository(let path): result["GIT_DIR"] = path
    case .discovered, .user: break
    }
    return result
  }
}
