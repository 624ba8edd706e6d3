# Sourced by the scripts beside it: where things are, and how they report. Changes into the checkout.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
checkout=$PWD

# Downloads and tools that setup fills: $KUBETAB_DEPS, else .deps here, else .deps of the main checkout of a worktree.
find_deps() {
    if [ -n "${KUBETAB_DEPS:-}" ]; then
        realpath -m "$KUBETAB_DEPS"
        return
    fi
    local git_folder
    git_folder=$(git rev-parse --path-format=absolute --git-common-dir 2>/dev/null || true)
    if [ ! -d .deps/src ] && [ -n "$git_folder" ] && [ -d "$(dirname "$git_folder")/.deps/src" ]; then
        echo "$(dirname "$git_folder")/.deps"
    else
        echo "$checkout/.deps"
    fi
}
deps=$(find_deps)
export KUBETAB_DEPS=$deps
# What setup has fetched, where the machine has none of its own.
export PATH=$PATH:$deps/kubectl/usr/bin
# For Emscripten: shims that choose among Pythons cost it a second a file.
[ ! -x /usr/bin/python3 ] || export EMSDK_PYTHON=${EMSDK_PYTHON:-/usr/bin/python3}

# Configures a preset. KUBETAB_UNITY=ON has a new build folder compile several sources at a time (cmake/unity.cmake).
configure() {
    local options=()
    [ -e "build/$1/CMakeCache.txt" ] || options=("-DKUBETAB_UNITY=${KUBETAB_UNITY:-OFF}")
    cmake --preset "$1" "${options[@]}" >/dev/null
}

say() { printf '%s\n' "$*" >&2; }
die() {
    say "$*"
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
