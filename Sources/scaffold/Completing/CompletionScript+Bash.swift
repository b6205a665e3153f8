extension CompletionScript {
  /// For bash 3.2 and later, with bash-completion or without it.
  static let bashText = #"""
    # Completion of scaffold for bash: the program itself answers each Tab.
    # shellcheck shell=bash

    _scaffold() {
      local program=scaffold paths=none join=apart line
      local -a lines=()
      COMPREPLY=()
      # The one that is being typed; an alias is not for running.
      [[ $1 = */scaffold ]] && program=${1/#\~\//$HOME/}
      while IFS= read -r line; do
        lines+=("$line")
      done < <("$program" __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" \
        "${COMP_TYPE:-9}" "${COLUMNS:-80}" 2>/dev/null)
      [[ ${#lines[@]} -gt 0 ]] || lines=('none apart')
      paths=${lines[0]%% *} join=${lines[0]#* }
      case $paths in
      none)
        COMPREPLY=("${lines[@]:1}")
        # bash 3.2 has no compopt: there, files are offered where nothing is, and a space is set.
        compopt +o default +o bashdefault 2>/dev/null
        [[ $join = joined ]] && compopt -o nospace 2>/dev/null
        ;;
      *)
        if [[ ${#lines[@]} -gt 2 ]]; then
          _scaffold_paths "$paths" "${lines[1]}" "${lines[2]}"
        elif [[ $paths = directories ]]; then
          compopt -o dirnames +o default +o bashdefault 2>/dev/null
        fi
        ;;
      esac
      return 0
    }

    # Paths behind what readline takes for a part of them: -l./layouts/mine
    _scaffold_paths() {
      local action=-f path
      [[ $1 = directories ]] && action=-d
      while IFS= read -r path; do
        [[ -d $path ]] && path+=/
        COMPREPLY+=("$2$(printf %q "$path")")
      done < <(compgen "$action" -- "$3" 2>/dev/null)
      [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} = */ ]] && compopt -o nospace 2>/dev/null
    }

    complete -o bashdefault -o default -o nosort -F _scaffold scaffold 2>/dev/null ||
      complete -o bashdefault -o default -F _scaffold scaffold

    """#
}
