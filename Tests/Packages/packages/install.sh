#!/bin/sh
# Installs scaffold @version@ below a prefix, ~/.local by default, and removes it again:
#
#     curl -fsSL @downloads@/install.sh | sh
#     curl -fsSL @downloads@/install.sh | sh -s -- --remove
#
# It needs find, tar, xz, and curl or wget. What is downloaded is held against the checksums below
# before it is unpacked. SCAFFOLD_DOWNLOADS names another folder of the web to download from.
# shellcheck disable=SC2329 # some functions are called by traps

set -eu

version='@version@'
downloads='@downloads@'
home='@home@'
# Of the archive for each kind of machine, as `uname -m` says it.
checksums='@checksums@'

# Where it is written what was installed, below the prefix.
record=share/scaffold/installed

usage() {
    cat <<EOF
Installs scaffold $version below a folder, or removes it.

usage: install.sh [--prefix DIR] [--remove]

  --prefix DIR  the folder; ~/.local by default, so that the program is ~/.local/bin/scaffold
  --remove      takes away what was installed there, and nothing else
  --help        shows this

SCAFFOLD_DOWNLOADS names where to download from instead of
$downloads
EOF
}

# fail PROBLEM [REMEDY] [CODE]
fail() {
    printf 'error: %s\n' "$1" >&2
    if [ -n "${2-}" ]; then
        printf 'help: %s\n' "$2" >&2
    fi
    exit "${3:-1}"
}

has() {
    command -v "$1" >/dev/null 2>&1
}

main() {
    prefix=
    is_removal=
    while [ "$#" -gt 0 ]; do
        case $1 in
        --prefix)
            [ "$#" -gt 1 ] || fail '--prefix lacks its folder' 'see install.sh --help' 2
            prefix=$2
            [ -n "$prefix" ] || fail '--prefix has an empty folder' 'see install.sh --help' 2
            shift
            ;;
        --prefix=?*) prefix=${1#*=} ;;
        --remove) is_removal=yes ;;
        --help | -h)
            usage
            return
            ;;
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
    trap clean EXIT
    work=$(mktemp -d "${TMPDIR:-/tmp}/scaffold-install.XXXXXX") ||
        fail 'no temporary folder can be made' 'set TMPDIR to a folder that can be written'
    if [ -n "$is_removal" ]; then
        remove
    else
        install
    fi
}

find_prefix() {
    if [ -z "$prefix" ]; then
        [ -n "${HOME-}" ] || fail 'HOME is not set' 'say where to install by --prefix DIR'
        prefix=$HOME/.local
    fi
    case $prefix in
    *'
'*) fail 'the folder of --prefix has a line break' 'choose another' 2 ;;
    /*) ;;
    *) prefix=$PWD/$prefix ;;
    esac
    while [ "$prefix" != "${prefix%/}" ]; do
        prefix=${prefix%/}
    done
}

require_programs() {
    missing=
    if [ -z "$is_removal" ]; then
        for program in find tar xz; do
            has "$program" || missing="$missing $program"
        done
        has curl || has wget || missing="$missing curl"
    fi
    has sha256sum || has shasum || has openssl || missing="$missing sha256sum"
    # Debian's package of xz has another name.
    [ -z "$missing" ] || fail "not installed:$missing" \
        'install them and try again, as by: apt-get install curl findutils tar xz-utils'
}

work=
downloading=

# Also when it fails or is interrupted: nothing temporary stays, and nothing half-made.
clean() {
    # A second Ctrl-C is for nothing.
    trap '' INT TERM HUP
    trap - EXIT
    if [ -n "$downloading" ]; then
        kill "$downloading" 2>/dev/null || :
        wait "$downloading" 2>/dev/null || :
    fi
    if [ -n "$work" ]; then
        undo
        rm -rf "$work"
    fi
}

# interrupted SIGNAL: dies by it, so that whoever has called knows.
interrupted() {
    clean
    trap - "$1"
    kill -s "$1" "$$"
}

# Takes away what was put beside places of files and has not got there, and folders made for it.
undo() {
    if [ -f "$work/staged" ]; then
        while IFS= read -r file; do
            rm -f "$file"
        done <"$work/staged"
    fi
    if [ -f "$work/made" ]; then
        LC_ALL=C sort -r "$work/made" >"$work/unmade"
        while IFS= read -r folder; do
            rmdir "$folder" 2>/dev/null || :
        done <"$work/unmade"
    fi
}

install() {
    find_archive
    require_writable "$prefix"
    download "$archive"
    unpack
    require_free
    stage
    publish
    report
}

find_archive() {
    system=$(uname -s)
    case $system in
    Linux) ;;
    Darwin) fail 'there is no archive for macOS' "Homebrew builds it there: see $home" ;;
    *) fail "there is no archive for $system" "build it of its sources: see $home" ;;
    esac
    machine=$(uname -m)
    case $machine in
    amd64) machine=x86_64 ;;
    arm64) machine=aarch64 ;;
    esac
    checksum=$(printf '%s\n' "$checksums" | sed -n "s/^$machine //p")
    [ -n "$checksum" ] ||
        fail "there is no archive for machines of the kind $machine" \
            "build it of its sources: see $home"
    archive=scaffold-$version-linux-$machine.tar.xz
}

# Whether a folder is writable, or can be made.
require_writable() {
    place=$1
    while [ -n "$place" ] && [ ! -e "$place" ] && [ ! -L "$place" ]; do
        place=${place%/*}
    done
    place=${place:-/}
    [ -d "$place" ] || fail "$place is no folder" 'choose another by --prefix DIR'
    [ -w "$place" ] || fail "$place cannot be written" 'choose another folder by --prefix DIR'
}

# download NAME, in the background: a signal is heard at once, not when the download has ended.
download() {
    url=${SCAFFOLD_DOWNLOADS:-$downloads}
    url=${url%/}/$1
    printf 'Downloading %s\n' "$url"
    if has curl; then
        curl --fail --location --silent --show-error --connect-timeout 30 --retry 2 \
            --output "$work/$1" "$url" 2>"$work/log" &
    else
        wget -t 2 -T 30 -O "$work/$1" "$url" >"$work/log" 2>&1 &
    fi
    downloading=$!
    code=0
    wait "$downloading" || code=$?
    downloading=
    if [ "$code" != 0 ]; then
        tail -n 3 "$work/log" >&2
        fail "$url cannot be downloaded" \
            'try again, or name a mirror by SCAFFOLD_DOWNLOADS; nothing was installed'
    fi
    found=$(sha256 "$work/$1")
    [ "$found" = "$checksum" ] || fail "$url is not what was published: its SHA-256 is
       $found, not
       $checksum" 'it was not unpacked, and nothing was installed; try again, or elsewhere'
}

sha256() {
    if has sha256sum; then
        sha256sum <"$1" | cut -d ' ' -f 1
    elif has shasum; then
        shasum -a 256 <"$1" | cut -d ' ' -f 1
    else
        openssl dgst -sha256 -r <"$1" | cut -d ' ' -f 1
    fi
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
    (cd "$unpacked" && find bin share -type f) | LC_ALL=C sort >"$work/files"
    while IFS= read -r file; do
        printf 'file %s %s\n' "$(sha256 "$unpacked/$file")" "$file"
    done <"$work/files" >"$work/new"
}

# Whether a file is one that this script has installed, and as it has.
is_ours() {
    [ -f "$prefix/$record" ] && [ -f "$prefix/$1" ] &&
        grep -Fqx "file $(sha256 "$prefix/$1") $1" "$prefix/$record"
}

# Nothing is replaced but what an earlier run has installed.
require_free() {
    others=
    while IFS= read -r file; do
        if [ -L "$prefix/$file" ] || { [ -e "$prefix/$file" ] && ! is_ours "$file"; }; then
            others="$others
       $prefix/$file"
        fi
    done <"$work/files"
    [ -z "$others" ] ||
        fail "there already is, and this script has not installed it:$others" \
            'take it away, or choose another folder by --prefix DIR; nothing was changed'
}

# make_folder PATH: with those above it, each of which is noted.
make_folder() {
    if [ -n "$1" ] && [ ! -d "$1" ]; then
        make_folder "${1%/*}"
        mkdir "$1" || fail "$1 cannot be made" 'choose another folder by --prefix DIR'
        printf '%s\n' "$1" >>"$work/made"
    fi
}

# put FILE PATH: beside its place, under a name of its own, whole and with its mode.
put() {
    make_folder "$prefix/${2%/*}"
    staged=$prefix/${2%/*}/.${2##*/}.$$
    printf '%s\n' "$staged" >>"$work/staged"
    case $2 in
    bin/*) mode=755 ;;
    *) mode=644 ;;
    esac
    { cp "$1" "$staged" && chmod "$mode" "$staged"; } ||
        fail "$prefix/$2 cannot be written" 'choose another folder by --prefix DIR'
}

stage() {
    : >"$work/made"
    make_folder "$prefix/${record%/*}"
    while IFS= read -r file; do
        put "$unpacked/$file" "$file"
    done <"$work/files"
    program=$prefix/bin/.scaffold.$$
    told=$("$program" --version 2>&1) ||
        fail "the program does not run here: $told" 'nothing was installed'
    : >"$work/old"
    if [ -f "$prefix/$record" ]; then
        grep '^file ' "$prefix/$record" >"$work/old" || :
        sed -n 's/^folder //p' "$prefix/$record" >"$work/folders"
    else
        : >"$work/folders"
    fi
    # Folders below the prefix as seen from there.
    while IFS= read -r folder; do
        printf '%s\n' "${folder#"$prefix/"}"
    done <"$work/made" >>"$work/folders"
    LC_ALL=C sort -u "$work/folders" | sed 's/^/folder /' >"$work/record"
    # While files are replaced, both versions are this script's.
    cat "$work/record" "$work/old" "$work/new" >"$work/both"
    cat "$work/new" >>"$work/record"
    put "$work/both" "$record"
    put "$work/record" "$record.new"
}

# Not interrupted any more: each file is the old or the new one, and at the end all are new.
publish() {
    trap '' INT TERM HUP
    move "$record"
    while IFS= read -r file; do
        move "$file"
    done <"$work/files"
    while read -r _ _ file; do
        if ! grep -Fqx "$file" "$work/files" && [ -f "$prefix/$file" ] && is_ours "$file"; then
            rm -f "$prefix/$file"
        fi
    done <"$work/old"
    staged=$prefix/${record%/*}/.${record##*/}.new.$$
    mv -f "$staged" "$prefix/$record" || fail "$prefix/$record cannot be written"
}

move() {
    mv -f "$prefix/${1%/*}/.${1##*/}.$$" "$prefix/$1" || fail "$prefix/$1 cannot be written"
}

report() {
    printf 'Installed %s below %s:\n' "$told" "$prefix"
    sed 's/^/  /' "$work/files"
    case :${PATH-}: in
    *:"$prefix/bin":*)
        first=$(command -v scaffold || :)
        if [ "$first" != "$prefix/bin/scaffold" ]; then
            printf 'warning: on your PATH another comes first: %s\n' "$first"
        fi
        ;;
    *)
        printf '%s is not on your PATH. Add it, here and in what your shell reads at its start:\n' \
            "$prefix/bin"
        # shellcheck disable=SC2016
        printf '  export PATH="%s:$PATH"\n' "$prefix/bin"
        ;;
    esac
}

remove() {
    [ -f "$prefix/$record" ] ||
        fail "below $prefix nothing was installed by this script" 'name the folder by --prefix DIR'
    require_writable "$prefix/${record%/*}"
    trap '' INT TERM HUP
    printf 'Removed from %s:\n' "$prefix"
    grep '^file ' "$prefix/$record" | cut -d ' ' -f 3- | LC_ALL=C sort -u >"$work/files"
    sed -n 's/^folder //p' "$prefix/$record" | LC_ALL=C sort -r >"$work/folders"
    while IFS= read -r file; do
        if [ ! -e "$prefix/$file" ] && [ ! -L "$prefix/$file" ]; then
            continue
        elif is_ours "$file"; then
            rm -f "$prefix/$file" || fail "$prefix/$file cannot be removed"
            printf '  %s\n' "$file"
        else
            printf 'warning: left as it is, for it was changed: %s\n' "$prefix/$file" >&2
        fi
    done <"$work/files"
    rm -f "$prefix/$record" || fail "$prefix/$record cannot be removed"
    # Those below the prefix, then itself and what is above it; only what is empty goes.
    sed -n '/^[^/]/p' "$work/folders" >"$work/below"
    while IFS= read -r folder; do
        rmdir "$prefix/$folder" 2>/dev/null || :
    done <"$work/below"
    sed -n '/^\//p' "$work/folders" >"$work/above"
    while IFS= read -r folder; do
        rmdir "$folder" 2>/dev/null || :
    done <"$work/above"
}

# In braces: of a script that was not downloaded whole, nothing is run.
{
    main "$@"
    exit
}
