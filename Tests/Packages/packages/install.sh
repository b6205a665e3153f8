#!/bin/sh
# Installs scaffold @version@ below a prefix, ~/.local by default, and removes it again:
#
#     curl -fsSL @downloads@/install.sh | sh
#     curl -fsSL @downloads@/install.sh | sh -s -- --remove
#
# It needs find, tar, xz, and curl or wget. What is downloaded is held against the checksums below
# before it is unpacked. SCAFFOLD_DOWNLOADS names another folder of the web to download from.
# A proxy is named by variables: ~/.curlrc and ~/.wgetrc are not heard.
# shellcheck disable=SC2329 # some functions are called by traps

set -eu

version='@version@'
downloads='@downloads@'
home='@home@'
# Of the archive for each kind of machine, as `uname -m` says it.
checksums='@checksums@'

# Where it is written what was installed, below the prefix.
record=share/scaffold/installed
# How the names begin of files that are on their way to their places.
mark=.scaffold-install.
# What is half done, the next run completes.
again='see what is in the way, and do the same once more'

usage() {
    cat <<EOF
Installs scaffold $version below a folder, or removes it.

usage: install.sh [--prefix DIR] [--remove]
  --prefix DIR  the folder; ~/.local by default, so that the program is ~/.local/bin/scaffold
  --remove      takes away what was installed there, and nothing else
  --help        shows this

SCAFFOLD_DOWNLOADS says where to download from instead of $downloads
EOF
    exit
}

# fail PROBLEM [REMEDY] [CODE]
fail() {
    is_told=yes
    printf 'error: %s\n' "$1" >&2
    [ -z "${2-}" ] || printf 'help: %s\n' "$2" >&2
    exit "${3:-1}"
}

# say FORMAT VALUE...: also to somebody who has gone, as in `install.sh | head`.
# shellcheck disable=SC2059
say() { printf "$@" 2>/dev/null || :; }
has() { command -v "$1" >/dev/null 2>&1; }
is_there() { [ -e "$prefix/$1" ] || [ -L "$prefix/$1" ]; }
is_recorded() { [ -s "$work/old" ] && [ ! -s "$work/foreign" ]; }
is_file() { [ -f "$prefix/$1" ] && [ ! -L "$prefix/$1" ]; }

main() {
    # Also what would steer the programs that it calls.
    unset prefix GREP_OPTIONS TAR_OPTIONS XZ_DEFAULTS XZ_OPT
    export LC_ALL=C
    is_removal='' work='' downloading='' is_told=''
    while [ "$#" -gt 0 ]; do
        case $1 in
        --prefix=*) prefix=${1#*=} ;;
        --prefix)
            [ "$#" -gt 1 ] || fail '--prefix lacks its folder' 'see install.sh --help' 2
            shift
            prefix=$1
            ;;
        --remove) is_removal=yes ;;
        --help | -h) usage ;;
        *) fail "there is no option or argument $1" 'see install.sh --help' 2 ;;
        esac
        shift
    done
    find_prefix
    umask 022
    require_programs
    trap 'interrupted INT' INT
    trap 'interrupted TERM' TERM
    trap 'interrupted HUP' HUP
    trap '' PIPE
    trap clean EXIT
    find_absolute "${TMPDIR:-/tmp}"
    work=$(mktemp -d "$absolute/scaffold-install.XXXXXX") ||
        fail 'no temporary folder can be made' 'set TMPDIR to a folder that can be written'
    if [ -n "$is_removal" ]; then remove; else install; fi
}

# As prefix, without a slash at its end: of the root it is empty.
find_prefix() {
    if [ -z "${prefix+set}" ]; then
        [ -n "${HOME-}" ] || fail 'HOME is not set' 'say where to install by --prefix DIR'
        prefix=$HOME/.local
    fi
    [ -n "$prefix" ] || fail '--prefix has an empty folder' 'see install.sh --help' 2
    find_absolute "$prefix"
    prefix=$absolute
    case $prefix in
    *'
'*) fail 'the path of the folder has a line break' 'choose another by --prefix DIR' 2 ;;
    esac
    while [ "$prefix" != "${prefix%/}" ]; do prefix=${prefix%/}; done
}

# find_absolute PATH: as absolute.
find_absolute() { case $1 in /*) absolute=$1 ;; *) absolute=${PWD%/}/$1 ;; esac }

require_programs() {
    missing=
    if [ -z "$is_removal" ]; then
        for program in find tar xz; do has "$program" || missing="$missing $program"; done
        has curl || has wget || missing="$missing curl"
    fi
    has sha256sum || has shasum || has openssl || missing="$missing sha256sum"
    [ -z "$missing" ] || fail "not installed:$missing" \
        'install them and try again, as by: apt-get install curl findutils tar xz-utils'
}

# Also when it fails or is interrupted: nothing temporary stays, and nothing half-made.
clean() {
    code=$?
    # A second Ctrl-C is for nothing.
    trap '' INT TERM HUP
    trap - EXIT
    if [ -n "$downloading" ]; then
        kill "$downloading" 2>/dev/null || :
        wait "$downloading" 2>/dev/null || :
    fi
    [ -z "$work" ] || undo || :
    [ -z "$work" ] || rm -rf "$work"
    if [ "$code" != 0 ] && [ -z "$is_told" ]; then
        fail 'what is said above has failed' 'try again once it is mended' "$code"
    fi
}

# interrupted SIGNAL: dies by it, so that whoever has called knows.
interrupted() {
    is_told=yes
    clean
    trap - "$1"
    kill -s "$1" "$$"
}

# Takes away what was put beside places of files and has not got there, and folders made for it.
undo() {
    [ -f "$work/made" ] || return 0
    while IFS= read -r file; do rm -f "$file"; done <"$work/staged"
    remove_folders "$work/made"
}

# remove_folders LIST: those that are empty; relative ones are below the prefix, and come first.
remove_folders() {
    sort -r "$1" >"$work/sorted"
    (
        cd "$prefix/" 2>/dev/null || cd "$work"
        while IFS= read -r folder; do rmdir "$folder" 2>/dev/null || :; done <"$work/sorted"
    )
}

install() {
    find_archive
    require_writable "$prefix"
    download "$archive"
    unpack
    read_record
    require_free
    stage
    publish
    report
}

find_archive() {
    system=$(uname -s)
    machine=$(uname -m)
    case $system in
    Linux) ;;
    Darwin) fail 'there is no archive for macOS' "Homebrew builds it there: see $home" ;;
    *) fail "there is no archive for $system" "build it of its sources: see $home" ;;
    esac
    checksum=$(printf '%s\n' "$checksums" | sed -n "s/^$machine //p")
    [ -n "$checksum" ] || fail "there is no archive for machines of the kind $machine" \
        "build it of its sources: see $home"
    archive=scaffold-$version-linux-$machine.tar.xz
}

# Whether a folder is writable, or can be made.
require_writable() {
    place=$1
    while [ -n "$place" ] && [ ! -e "$place" ] && [ ! -L "$place" ]; do place=${place%/*}; done
    place=${place:-/}
    [ -d "$place" ] || fail "$place is no folder" 'choose another by --prefix DIR'
    [ -w "$place" ] || fail "$place cannot be written" 'choose another folder by --prefix DIR'
}

# download NAME, in the background: a signal is heard at once, not when the download has ended.
download() {
    url=${SCAFFOLD_DOWNLOADS:-$downloads}
    url=${url%/}/$1
    say 'Downloading %s\n' "$url"
    (
        # A mirror that never ends fills no disk: 32 MiB, or 64 where a block is 1 KiB.
        trap '' XFSZ
        ulimit -f 65536 || :
        if has curl; then
            exec curl --disable --globoff --fail --location --silent --show-error \
                --connect-timeout 30 --retry 2 --output "$work/$1" "$url"
        fi
        export WGETRC="$work/wgetrc"
        : >"$WGETRC"
        # Without -T: of that, the one of Debian's busybox-static dies.
        exec wget -t 2 -O "$work/$1" "$url"
    ) >"$work/log" 2>&1 &
    downloading=$!
    code=0
    wait "$downloading" || code=$?
    downloading=
    if [ "$code" != 0 ]; then
        tail -n 3 "$work/log" >&2 || :
        fail "$url cannot be downloaded" \
            'try again, or name a mirror by SCAFFOLD_DOWNLOADS; nothing was installed'
    fi
    find_sum "$work/$1"
    [ "$sum" = "$checksum" ] || fail "$url is not what was published: its SHA-256 is
       $sum, not
       $checksum" 'it was not unpacked, and nothing was installed; try again, or elsewhere'
}

# find_sum FILE: its SHA-256, as sum.
find_sum() {
    if has sha256sum; then
        sum=$(sha256sum <"$1")
    elif has shasum; then
        sum=$(shasum -a 256 <"$1")
    else
        sum=$(openssl dgst -sha256 -r <"$1")
    fi || fail "$1 cannot be read" "$again"
    sum=${sum%% *}
}

# What is to be installed: all that the archive has in bin and share, and whose the program is.
unpack() {
    xz -dc "$work/$archive" >"$work/archive.tar" || fail "xz cannot unpack $archive"
    mkdir "$work/unpacked"
    (cd "$work/unpacked" && tar -xf ../archive.tar) || fail "tar cannot unpack $archive"
    unpacked=$work/unpacked/${archive%.tar.xz}
    mkdir -p "$unpacked/share/doc/scaffold"
    for file in LICENSE NOTICE; do
        [ ! -f "$unpacked/$file" ] || mv "$unpacked/$file" "$unpacked/share/doc/scaffold/"
    done
    (cd "$unpacked" && find bin share -type f) >"$work/found"
    sort "$work/found" >"$work/files"
    while IFS= read -r file; do
        find_sum "$unpacked/$file"
        printf 'file %s %s\n' "$sum" "$file"
    done <"$work/files" >"$work/new"
}

# What earlier runs have installed, the folders that they have made, and lines that no run writes.
read_record() {
    : >"$work/lines"
    ! is_file "$record" || cat "$prefix/$record" >"$work/lines" ||
        fail "$prefix/$record cannot be read" "$again"
    sed -n '/^file [0-9a-f]\{64\} ./p' "$work/lines" >"$work/old"
    sed -n 's/^folder \(.\)/\1/p' "$work/lines" >"$work/folders"
    sed '/^file [0-9a-f]\{64\} ./d; /^folder ./d' "$work/lines" >"$work/foreign"
    sed 's/^file [^ ]* //' "$work/old" >"$work/before"
}

# Whether a file is one that this script has installed, and as it has.
is_ours() {
    is_file "$1" || return 1
    find_sum "$prefix/$1"
    code=0
    grep -Fqx "file $sum $1" "$work/old" || code=$?
    [ "$code" -le 1 ] || fail "$prefix/$1 cannot be looked up" "$again"
    return "$code"
}

# Nothing is replaced but what an earlier run has installed.
require_free() {
    ! is_there "$record" || is_recorded || printf '       %s\n' "$prefix/$record" >"$work/others"
    while IFS= read -r file; do
        ! is_there "$file" || is_ours "$file" || printf '       %s\n' "$prefix/$file"
    done <"$work/files" >>"$work/others"
    [ ! -s "$work/others" ] || fail "there already is, and this script has not installed it:
$(cat "$work/others")" \
        'take it away, or choose another folder by --prefix DIR; nothing was changed'
}

# make_folder PATH: with those above it. Each is noted, below the prefix as it is seen from there.
make_folder() {
    if [ -n "$1" ] && [ ! -d "$1" ]; then
        make_folder "${1%/*}"
        mkdir "$1" || fail "$1 cannot be made" 'choose another folder by --prefix DIR'
        printf '%s\n' "${1#"$prefix/"}" >>"$work/made"
    fi
}

# put FILE PATH: beside its place, under a name of its own, whole and with its mode.
put() {
    make_folder "$prefix/${2%/*}"
    sweep "$2"
    staged=$prefix/${2%/*}/$mark${2##*/}.$$
    printf '%s\n' "$staged" >>"$work/staged"
    case $2 in bin/*) mode=755 ;; *) mode=644 ;; esac
    { cp "$1" "$staged" && chmod "$mode" "$staged"; } ||
        fail "$prefix/$2 cannot be written" 'choose another folder by --prefix DIR'
}

# sweep PATH: takes away what runs that were killed have left beside a place.
sweep() {
    for stale in "$prefix/${1%/*}/$mark"*.[0-9]*; do
        kill -0 "${stale##*.}" 2>/dev/null || rm -f "$stale" || :
    done
}

stage() {
    : >"$work/staged"
    : >"$work/made"
    make_folder "$prefix/${record%/*}"
    while IFS= read -r file; do put "$unpacked/$file" "$file"; done <"$work/files"
    program=$prefix/bin/${mark}scaffold.$$
    told=$("$program" --version 2>&1) ||
        fail "the program does not run here: $told" 'nothing was installed'
    sort -u "$work/folders" "$work/made" >"$work/all"
    sed 's/^/folder /' "$work/all" >"$work/record"
    # While files are replaced, both versions are this script's.
    cat "$work/record" "$work/old" "$work/new" >"$work/both"
    cat "$work/new" >>"$work/record"
    # With exit code 1 there are none.
    grep -Fvxf "$work/files" "$work/before" >"$work/obsolete" || [ "$?" = 1 ]
    put "$work/both" "$record"
    put "$work/record" "$record.new"
}

# Not interrupted any more: each file is the old or the new one, and at the end all are new.
publish() {
    trap '' INT TERM HUP
    move "$record"
    while IFS= read -r file; do move "$file"; done <"$work/files"
    # What there is no more, and folders that were only for that.
    while IFS= read -r file; do ! is_ours "$file" || rm -f "$prefix/$file"; done <"$work/obsolete"
    remove_folders "$work/folders"
    move "$record.new" "$record"
    # There is nothing to undo any more.
    rm -f "$work/made"
}

# move PATH [OTHER]: what was put beside a place goes there, or to another.
move() {
    mv -f "$prefix/${1%/*}/$mark${1##*/}.$$" "$prefix/${2-$1}" ||
        fail "$prefix/${2-$1} cannot be written" "$again"
}

report() {
    say 'Installed %s below %s:\n' "$told" "${prefix:-/}"
    while IFS= read -r file; do say '  %s\n' "$file"; done <"$work/files"
    case :${PATH-}: in
    *:"$prefix/bin":*)
        first=$(command -v scaffold || :)
        [ "$first" = "$prefix/bin/scaffold" ] ||
            say 'warning: on your PATH another comes first: %s\n' "$first"
        ;;
    *)
        say '%s is not on your PATH: add it, as by this line in ~/.profile:\n' "$prefix/bin"
        quoted=$(printf '%s\n' "$prefix/bin" | sed 's/["$`\\]/\\&/g')
        say '  export PATH="%s:%s"\n' "$quoted" "\$PATH"
        ;;
    esac
}

remove() {
    read_record
    is_recorded || fail "below ${prefix:-/} nothing was installed by this script" \
        'name the folder by --prefix DIR'
    require_writable "$prefix/${record%/*}"
    trap '' INT TERM HUP
    say 'Removed from %s:\n' "${prefix:-/}"
    sort -u "$work/before" >"$work/files"
    while IFS= read -r file; do
        if is_ours "$file"; then
            rm -f "$prefix/$file" || fail "$prefix/$file cannot be removed" "$again"
            say '  %s\n' "$file"
        elif is_there "$file"; then
            say 'warning: left as it is, for it was changed: %s
         before it is installed again, take that away\n' "$prefix/$file" >&2 || :
        fi
        sweep "$file"
    done <"$work/files"
    sweep "$record"
    rm -f "$prefix/$record" || fail "$prefix/$record cannot be removed" "$again"
    remove_folders "$work/folders"
}

# In braces: of a script that was not downloaded whole, nothing is run.
{
    main "$@"
    exit
}
