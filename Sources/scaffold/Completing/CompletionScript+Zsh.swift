extension CompletionScript {
  /// For a file of `$fpath`, and for `source`.
  static let zshText = #"""
    #compdef scaffold
    # Completion of scaffold for zsh: the program itself answers each Tab.

    _scaffold() {
      local program=scaffold prefix ret=1
      local -a lines header options
      # The one that is being typed, where that is a path.
      if [[ ${(Q)words[1]} == */scaffold ]]; then
        program=${${(Q)words[1]}/#\~\//$HOME/}
      fi
      lines=("${(@f)$("$program" __complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" \
        2>/dev/null)}")
      header=(${(s: :)lines[1]})
      (( $#header >= 3 )) || return 1
      prefix=$lines[2]
      lines=("${(@)lines[3,-1]}")
      [[ $header[2] == joined ]] && options=(-S '')
      if [[ -n $prefix ]]; then
        # Only what comes behind it is completed, and shown.
        if [[ $PREFIX == "$prefix"* ]]; then
          IPREFIX+=$prefix
          PREFIX=${PREFIX#"$prefix"}
        else
          compset -P "${(b)prefix}" || return 1
        fi
      fi
      if (( $#lines )); then
        _describe -V "${header[3,-1]}" lines "$options[@]" && ret=0
      fi
      case $header[1] in
      (directories)
        options=()
        # The slash says that a layout is a folder: it is not taken back when a blank is typed.
        [[ $header[3] == layout ]] && options=(-S /)
        _path_files -/ "$options[@]" && ret=0
        ;;
      (files) _files && ret=0 ;;
      esac
      return ret
    }

    if [[ $funcstack[1] == _scaffold ]]; then
      _scaffold "$@"
    elif (( $+functions[compdef] )); then
      compdef _scaffold scaffold
    else
      print -u2 'scaffold: completions need “autoload -Uz compinit && compinit” before them'
    fi

    """#
}
