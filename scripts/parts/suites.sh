# Sourced after common.sh: running suites and counting them.

passed=0
failed_suites=()

# Has the sanitizers name functions and lines; they look for a program without a version in its name.
symbolizer=$(command -v llvm-symbolizer-16 || true)
[ -z "$symbolizer" ] || export ASAN_SYMBOLIZER_PATH=$(realpath "$symbolizer")

# Runs a command as one suite.
suite() {
    local name=$1 begin=$SECONDS
    shift
    echo "== $name"
    if "$@"; then
        passed=$((passed + 1))
        echo "-- $name passed ($((SECONDS - begin)) s)"
    else
        failed_suites+=("$name")
        echo "-- $name FAILED ($((SECONDS - begin)) s)"
    fi
}

# The unit suites: one for each folder of tests/unit with tests.
unit_suite_names() {
    local folder name
    for folder in tests/unit/*/; do
        name=unit_$(basename "$folder")
        ! compgen -G "${folder}*_test.cpp" >/dev/null || echo "$name"
    done
}

# Builds targets of a preset; nothing after it makes sense when that fails.
build_suite() {
    local preset=$1
    suite "$preset build" configure_and_build "$@"
    [ ${#failed_suites[@]} = 0 ] || [ "${failed_suites[-1]}" != "$preset build" ] || summary
}

configure_and_build() {
    local preset=$1
    shift
    configure "$preset" && cmake --build --preset "$preset" --target "$@"
}

unit_suites() {
    local preset=$1 name
    for name in $(unit_suite_names); do
        suite "$preset $name" "build/$preset/$name"
    done
}

# Prints how many passed and failed, and ends the script accordingly.
summary() {
    local name
    for name in "${failed_suites[@]}"; do
        echo "failed: $name"
    done
    echo "$passed passed, ${#failed_suites[@]} failed"
    [ ${#failed_suites[@]} = 0 ] || exit 1
    exit 0
}
