/// Words that a language keeps for itself, which layouts refuse by the set: `"reserved"`.
///
/// They are lower-case throughout, since names and identifiers are.
package enum ReservedWords: String, CaseIterable, Sendable {
  /// `keyword.kwlist` of Python 3.12 to 3.14; its soft keywords are names like any other.
  case pythonKeywords = "python-keywords"
  /// `sys.stdlib_module_names` of Python 3.12 to 3.14, without those that begin with `_`, and
  /// `test`: an import of such a name finds the library's module, or hides it from the library.
  case pythonModules = "python-modules"

  /// Why a word of the set is refused.
  var reason: String {
    switch self {
    case .pythonKeywords: "a keyword of Python"
    case .pythonModules: "a module of Python's standard library"
    }
  }

  /// Whether `word` is one of the set, in the form that it has in code: `my-word` as `my_word`.
  func contains(_ word: String) -> Bool {
    let identifier = String(word.map { $0 == "-" ? "_" : $0 })
    return words.split(whereSeparator: \.isWhitespace).contains { $0 == identifier }
  }

  private var words: String {
    switch self {
    case .pythonKeywords:
      """
      and as assert async await break class continue def del elif else except finally for from
      global if import in is lambda nonlocal not or pass raise return try while with yield
      """
    case .pythonModules:
      """
      abc aifc annotationlib antigravity argparse array ast asyncio atexit audioop base64 bdb
      binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop
      collections colorsys compileall compression concurrent configparser contextlib contextvars
      copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest
      email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions
      ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq
      hmac html http idlelib imaplib imghdr importlib inspect io ipaddress itertools json keyword
      lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap
      modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers
      opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform
      plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc
      pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched
      secrets select selectors shelve shlex shutil signal site smtplib sndhdr socket socketserver
      spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
      subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios
      test textwrap this threading time timeit tkinter token tokenize tomllib trace traceback
      tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv
      warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile
      zipimport zlib zoneinfo
      """
    }
  }
}
