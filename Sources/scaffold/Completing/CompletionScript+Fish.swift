extension CompletionScript {
  static let fishText = #"""
    # Completion of scaffold for fish: the program itself answers each Tab.

    function __scaffold_complete
        set -l words (commandline -opc)
        set -l program scaffold
        # The one that is being typed, where that is a path.
        if string match -q -- '*/scaffold' $words[1]
            set program (string replace -r -- '^~/' "$HOME/" $words[1])
        end
        command -q -- $program; or return
        set -l current (commandline -ct)
        set -l lines ($program __complete fish $words[2..-1] "$current" 2>/dev/null)
        if test (count $lines) -lt 3
            return
        end
        set -l prefix $lines[2]
        # fish completes a word of a command line, where “~” stands for what it does.
        set -l path (string escape -n -- "$lines[3]" | string replace -r '^\\\\~' '~')
        for line in $lines[4..-1]
            echo -- $line
        end
        # A command that nobody has takes any path.
        switch $lines[1]
            case 'directories *'
                for found in (complete -C "'' $path" | string match -r '^[^\t]*/')
                    echo -- $prefix$found
                end
            case 'files *'
                for found in (complete -C "'' $path")
                    echo -- $prefix$found
                end
        end
    end

    complete -c scaffold -e
    complete -c scaffold -f -k -a '(__scaffold_complete)'

    """#
}
