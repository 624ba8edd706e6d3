#include <catch2/catch_test_macros.hpp>

#include "tests/unit/shell/script.h"

namespace kubetab::shell {
namespace {

struct Example {
    const char* script;
    const char* output;
    int code = 0;
};

// clang-format off
const Example kExamples[] = {
    // Quoting and parameters.
    {"echo a  b", "a b\n"},
    {"echo 'a  b' \"c  $HOME\" d\\ e", "a  b c  /home/learner d e\n"},
    {"x=1; echo $x ${x}2 \"${y:-none}\" ${x:+yes}", "1 12 none yes\n"},
    {"echo ${y:=7} $y ${#HOME}", "7 7 13\n"},
    {"f=/a/b.tar.gz; echo ${f##*/} ${f%.*} ${f%%.*} ${f#/}", "b.tar.gz /a/b.tar /a/b a/b.tar.gz\n"},
    {"v=abcabc; echo ${v/b/X} ${v//b/X} ${v:1:2} ${v: -2} ${v^^}", "aXcabc aXcaXc bc bc ABCABC\n"},
    {"set -- a 'b c' d; echo $# \"$2\" $*; for i in \"$@\"; do echo [$i]; done", "3 b c a b c d\n[a]\n[b c]\n[d]\n"},
    {"set --; for i in \"$@\"; do echo no; done; echo $#", "0\n"},
    {"x='a b'; for w in $x; do echo $w; done", "a\nb\n"},
    {"e=; set -- $e \"$e\"; echo $#", "1\n"},
    {"echo $'a\\tb\\x41'", "a\tbA\n"},
    // Substitution and arithmetic.
    {"echo $(echo hi; echo there)", "hi there\n"},
    {"echo \"$(echo a; echo b)\"", "a\nb\n"},
    {"echo `echo \\`echo x\\``", "x\n"},
    {"x=$(false); echo $?", "1\n"},
    {"echo $((1 + 2 * 3)) $(( (1+2)*3 )) $((7/2)) $((7%3)) $((2**10))", "7 9 3 1 1024\n"},
    {"i=5; echo $((i++)) $i $((i += 2)) $((i > 7 ? 1 : 0))", "5 6 8 1\n"},
    {"i=0; echo $((i++))$(echo x)$((i++)) $i", "0x1 2\n"},
    {"echo $((0x1f)) $((010)) $((!0)) $((-3))", "31 8 1 -3\n"},
    // Braces, files.
    {"echo {a,b}c x{1..3} {03..1} {c..a}", "ac bc x1 x2 x3 03 02 01 c b a\n"},
    {"touch b.txt a.txt c.md; echo *.txt; echo '*.txt' *.none", "a.txt b.txt\n*.txt *.none\n"},
    {"mkdir -p d/e; touch d/e/f; echo d/*/f ~", "d/e/f /home/learner\n"},
    // Control.
    {"if true; then echo y; else echo n; fi", "y\n"},
    {"if false; then echo 1; elif true; then echo 2; fi", "2\n"},
    {"i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done", "0\n1\n2\n"},
    {"until true; do echo x; done; echo $?", "0\n"},
    {"for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done", "1\n3\n"},
    {"for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done", "1a\n2a\n"},
    {"for i in 1 2 3; do if [ $i = 2 ]; then break; fi; echo $i; done", "1\n"},
    {"for ((i=0;i<3;i++)); do echo -n $i; done; echo", "012\n"},
    {"case foo.yaml in *.json) echo j;; *.yaml|*.yml) echo y;; esac", "y\n"},
    {"case x in x) echo 1;& y) echo 2;; z) echo 3;; esac", "1\n2\n"},
    {"f() { echo $1 $#; return 3; }; f a b; echo $?", "a 2\n3\n"},
    {"f() { local x=2; echo $x; }; x=1; f; echo $x", "2\n1\n"},
    {"f() { [ $1 -le 1 ] && echo 1 && return; echo $(( $1 * $(f $(($1-1))) )); }; f 5", "120\n"},
    {"true && echo a || echo b; false && echo c || echo d; ! true; echo $?", "a\nd\n1\n"},
    {"(x=2; echo $x); echo ${x:-unset}", "2\nunset\n"},
    {"{ echo a; echo b; } | wc -l", "2\n"},
    {"[[ abc == a* && 3 -lt 5 ]] && echo yes; [[ web-12 =~ ^web-[0-9]+$ ]] && echo re", "yes\nre\n"},
    {"set -e; false || true; echo a; false; echo b", "a\n", 1},
    {"set -e; if false; then :; fi; ! true; echo still; (exit 3); echo no", "still\n", 3},
    {"echo $((1 / 0)); echo gone\necho $?", "1\n"},
    {"f() { for i in 1 2; do echo $((2 +)); done; echo gone; }; f; echo gone\necho on", "on\n"},
    {"(echo $((1 / 0)); echo gone)\necho $?", "1\n"},
    {"set -u; echo $nope\necho gone", "", 1},
    {"echo ${nope?}\necho gone", "", 1},
    {"exit 7", "", 7},
    {"trap 'echo bye' EXIT; echo hi", "hi\n"},
    {"trap 'echo bye' EXIT; exit 4", "bye\n", 4},
    // Pipes and redirections.
    {"echo b > f; echo a >> f; sort < f; cat < f | tac; rm f", "a\nb\na\nb\n"},
    {"printf 'c\\na\\nb\\n' | sort | head -n 2", "a\nb\n"},
    {"yes | head -n 3", "y\ny\ny\n"},
    {"seq 1 100000 | tail -n 1", "100000\n"},
    {"while true; do echo x; done | head -n 2", "x\nx\n"},
    {"nosuch 2>/dev/null; echo $?", "127\n"},
    {"{ echo out; echo err >&2; } 2>&1 | sort", "err\nout\n"},
    {"echo hi > /dev/null; echo $?", "0\n"},
    {"cat <<EOF\nx=$HOME\n$((1+1))\nEOF", "x=/home/learner\n2\n"},
    {"cat <<'EOF'\n$HOME\nEOF", "$HOME\n"},
    {"cat <<-EOF\n\ta\n\tEOF\necho b", "a\nb\n"},
    {"cat <<A; cat <<B\n1\nA\n2\nB", "1\n2\n"},
    {"cat <<< \"here $((2+3))\"", "here 5\n"},
    {"printf 'a b\\nc d\\n' | while read x y; do echo $y-$x; done", "b-a\nd-c\n"},
    {"exec > log; echo hidden; exec > /dev/null; cat log", ""},
    {"set -o pipefail; false | true; echo $?", "1\n"},
    // Time and jobs.
    {"sleep 300 & wait; echo done", "done\n"},
    {"A=1 sh -c 'echo $A $0 $1' name arg; echo ${A:-unset}", "1 name arg\nunset\n"},
    {"alias ll='echo list'\nll a", "list a\n"},
    {"eval 'x=3; echo $x'; echo 'y=4' > s; . s; echo $y", "3\n4\n"},
    {"echo 'echo ran $1' > s.sh; chmod +x s.sh; ./s.sh ok", "ran ok\n"},
    {"command -v cd; type nosuch 2>/dev/null; echo $?", "cd\n1\n"},
};
// clang-format on

TEST_CASE("scripts print what a POSIX shell prints") {
    for (const Example& example : kExamples) {
        INFO(example.script);
        ScriptWorld world;
        const auto outcome = world.run(example.script);
        INFO("errors: " << outcome.errors);
        CHECK(outcome.output == example.output);
        CHECK(outcome.code == example.code);
    }
}

const Example kMistakes[] = {
    {"echo a; )", "bash: line 1, column 9: syntax error near unexpected token `)'\n", 2},
    {"if true; then\necho x", "bash: line 2, column 7: syntax error: unexpected end of file\n", 2},
    {"echo 'abc", "bash: line 1, column 7: unexpected EOF while looking for matching `''\n", 2},
    {"nosuch", "bash: line 1: nosuch: command not found\n", 127},
    {"cat nofile", "cat: nofile: No such file or directory\n", 1},
    {"cd nodir", "bash: line 1: cd: nodir: No such file or directory\n", 1},
    {"cat < nofile", "bash: line 1: nofile: No such file or directory\n", 1},
    {"set -u; echo $nope", "bash: line 1: nope: unbound variable\n", 1},
    {"grep -Z x", "grep: option '-Z' is not supported\n", 2},
    {"a=(1 2)", "bash: line 1, column 3: arrays are not supported by this shell\n", 2},
};

TEST_CASE("mistakes are named with their place") {
    for (const Example& example : kMistakes) {
        INFO(example.script);
        ScriptWorld world;
        const auto outcome = world.run(example.script);
        CHECK(outcome.errors == example.output);
        CHECK(outcome.code == example.code);
    }
}

TEST_CASE("a container's shell speaks as busybox does") {
    ScriptWorld world(Dialect::Ash);
    CHECK(world.run("nosuch").errors == "sh: nosuch: not found\n");
    CHECK(world.run("cat < nofile").errors == "sh: can't open nofile: no such file\n");
    CHECK(world.run("echo )").errors == "sh: line 1, column 6: syntax error: unexpected \")\"\n");
}

TEST_CASE("a loop that never waits does not hold the caller up") {
    ScriptWorld world;
    world.runner.run("while true; do :; done");
    const sim::Instant before = world.now;
    world.runner.poll(world.now);
    REQUIRE(world.runner.running());
    CHECK(world.runner.wake() == before + sim::milliseconds(1));
    world.runner.interrupt();
    world.runner.poll(world.now);
    CHECK(!world.runner.running());
    CHECK(world.runner.exit_code() == 130);
}

TEST_CASE("a fork bomb is stopped") {
    ScriptWorld world;
    world.runner.run("f() { f | f & }; f");
    for (int i = 0; i < 50 && world.runner.running(); ++i) world.runner.poll(world.now);
    CHECK(world.runner.take_errors().find("Resource temporarily unavailable") != std::string::npos);
}

}  // namespace
}  // namespace kubetab::shell
