#include <catch2/catch_test_macros.hpp>

#include "engine/shell/pattern.h"
#include "engine/shell/regex.h"
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
    {"echo -n a; echo -e 'b\\tc'; echo -x", "ab\tc\n-x\n"},
    {"printf '%-5s|%5s|%03d|%x|%c\\n' ab cd 7 255 xyz", "ab   |   cd|007|ff|x\n"},
    {"printf '%s-%s\\n' a b c", "a-b\nc-\n"},
    {"printf '%.2f %5.1f %d%%\\n' 3.14159 2.55 50", "3.14   2.6 50%\n"},
    {"seq 3; seq -w 8 10; seq -s, 1 2 7", "1\n2\n3\n08\n09\n10\n1,3,5,7\n"},
    {"seq 20 | head -3; seq 20 | tail -2; seq 5 | tail -n +4; seq 3 | head -c 3", "1\n2\n3\n19\n20\n4\n5\n1\n2"},
    {"printf 'b 2\\na 10\\nc 1\\n' | sort; printf 'b 2\\na 10\\nc 1\\n' | sort -k2 -n", "a 10\nb 2\nc 1\nc 1\nb 2\na 10\n"},
    {"printf '10\\n9\\n9\\n' | sort -nr -u", "10\n9\n"},
    {"printf 'pod-10\\npod-2\\n' | sort -V", "pod-2\npod-10\n"},
    {"printf 'a\\na\\nb\\n' | uniq -c; printf 'a\\na\\nb\\n' | uniq -d", "      2 a\n      1 b\na\n"},
    {"printf 'one two\\nthree\\n' | wc; printf 'a\\nb\\n' | wc -l", "      2       3      14\n2\n"},
    {"printf 'Web\\ndb\\nweb-2\\n' | grep -i web; printf 'a\\nb\\n' | grep -vn a; printf 'a\\nb\\n' | grep -c b", "Web\nweb-2\n2:b\n1\n"},
    {"echo 'x=12 y=34' | grep -o '[0-9]*'; echo 'foobar foo' | grep -ow foo", "12\n34\nfoo\n"},
    {"printf 'a\\nb\\nc\\nd\\n' | grep -A1 b; echo a | grep -q b; echo $?", "b\nc\n1\n"},
    {"echo abc | grep -E 'x|b' | grep -F b; echo 'a.b' | grep -F 'a.b' && echo axb | grep -cF a.b", "abc\na.b\n0\n", 1},
    {"echo hello world | sed 's/o/0/g; s/\\(w\\)\\(.\\)/\\2\\1/'", "hell0 0wrld\n"},
    {"echo image: nginx:1.25 | sed -E 's#(nginx):[0-9.]+#\\1:1.27#'", "image: nginx:1.27\n"},
    {"seq 5 | sed -n '2,3p'; seq 5 | sed '2,4d'; seq 3 | sed -n '$p'; seq 3 | sed 2q", "2\n3\n1\n5\n3\n1\n2\n"},
    {"printf 'a\\nb\\n' | sed '/b/i x' | sed '$a end'", "a\nx\nb\nend\n"},
    {"echo 'replicas: 1' > d.yaml; sed -i 's/: 1/: 3/' d.yaml; cat d.yaml", "replicas: 3\n"},
    {"echo a:b:c | cut -d: -f2,3; echo abcdef | cut -c2-4; echo abc | tr a-c A-C | tr -d B; echo aabb | tr -s ab", "b:c\nbcd\nAC\nab\n"},
    {"echo hi | tee f g; cat f g", "hi\nhi\nhi\n"},
    {"seq 3 | xargs echo got; seq 4 | xargs -n 2 echo; echo a b | xargs -I{} echo '<{}>'", "got 1 2 3\n1 2\n3 4\n<a b>\n"},
    {"expr 2 + 3 \\* 4; expr abc : 'a\\(.*\\)'; expr 1 = 2", "14\nbc\n0\n", 1},
    {"basename /a/b.txt .txt; dirname /a/b.txt; dirname x", "b\n/a\n.\n"},
    {"echo -n secret | base64; echo c2VjcmV0 | base64 -d; echo", "c2VjcmV0\nsecret\n"},
    {"printf 'a\\nb\\nc\\n' > x; printf 'a\\nB\\nc\\nd\\n' > y; diff x y; echo $?", "2c2\n< b\n---\n> B\n3a4\n> d\n1\n"},
    {"seq 9 > x; seq 9 | sed 's/5/five/' > y; diff -u x y | tail -n +3", "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
    {"echo a > x; cp x y; mv y z; ls; rm x z; ls", "x\nz\n"},
    {"mkdir -p a/b; echo 1 > a/b/c; cp -r a d; find d -type f; rm -r a d; ls", "d/b/c\n"},
    {"touch f; chmod 750 f; ls -l f | cut -c1-10; ls -d .", "-rwxr-x---\n.\n"},
    {"test -f nofile || echo none; [ 3 -gt 2 ] && [ a != b ] && [ -z '' ] && echo ok; [ ! -d /nodir -a 1 = 1 ] && echo and", "none\nok\nand\n"},
    {"date -u +%Y-%m-%dT%H:%M:%SZ; sleep 90; date +%s", "2025-01-01T00:00:00Z\n1735689690\n"},
    {"timeout 5 sleep 100; echo $?; env -i A=1 env", "124\nA=1\n"},
    {"seq 3 | tac | rev; which ls nosuch", "3\n2\n1\n/usr/bin/ls\n", 1},
    {"time sleep 2 2>/dev/null", ""},
};
// clang-format on

const Example kAwk[] = {
    {"printf 'NAME READY\\nweb 1/1\\ndb 0/1\\n' | awk '{print $1}'", "NAME\nweb\ndb\n"},
    {"printf 'NAME READY\\nweb 1/1\\ndb 0/1\\n' | awk 'NR>1 && $2==\"1/1\" {print $1, NF}'", "web 2\n"},
    {"echo a:b:c | awk -F: '{print $NF, $(NF-1)}'; echo a,b | awk -F, -v OFS=- '{$1=$1; print}'",
     "c b\na-b\n"},
    {"seq 10 | awk '{s+=$1} END {print s, s/NR, s%7}'", "55 5.5 6\n"},
    {"printf 'x 1\\ny 2\\nx 3\\n' | awk '{n[$1]+=$2} END {for (k in n) print k, n[k]}'", "x 4\ny 2\n"},
    {"seq 3 | awk '/2/'; seq 3 | awk '!/2/ {printf \"%d-\", $1} END {print \"\"}'", "2\n1-3-\n"},
    {"awk 'BEGIN {for (i=0;i<3;i++) printf \"%03d \", i*2; print length(\"abc\"), toupper(\"x\") "
     "substr(\"hello\",2,3)}'",
     "000 002 004 3 Xell\n"},
    {"echo 'a b' | awk '{gsub(/[ab]/,\"<&>\"); print; n=split(\"p/q/r\",t,\"/\"); print n, t[2]; print ($1 ~ "
     "/a/ ? \"yes\" : \"no\")}'",
     "<a> <b>\n3 q\nyes\n"},
    {"awk 'BEGIN {i=5; while (i-->3) print i; if (i<3) print \"low\"; else print \"high\"; exit 4}'",
     "4\n3\nlow\n", 4},
    {"awk 'BEGIN {printf \"%.2f %5.1f%%|%-4s|%4s\\n\", 2/3, 12.345, \"ab\", \"cd\"}'",
     "0.67  12.3%|ab  |  cd\n"},
    {"awk 'function f(x) {return x}' 2>&1", "awk: `function' is not supported near `function f(x) {retur'\n",
     2},
    {"awk 'BEGIN {while (1) i++}' 2>&1", "awk: the program takes too long\n", 2},
};

TEST_CASE("awk works on fields") {
    for (const Example& example : kAwk) {
        INFO(example.script);
        ScriptWorld world;
        const auto outcome = world.run(example.script);
        INFO("errors: " << outcome.errors);
        CHECK(outcome.output == example.output);
        CHECK(outcome.code == example.code);
    }
}

TEST_CASE("the tools do what their namesakes do") {
    for (const Example& example : kExamples) {
        INFO(example.script);
        ScriptWorld world;
        const auto outcome = world.run(example.script);
        INFO("errors: " << outcome.errors);
        CHECK(outcome.output == example.output);
        CHECK(outcome.code == example.code);
    }
}

TEST_CASE("tail -f prints what is appended") {
    ScriptWorld world;
    CHECK(world.run("echo a > log; (sleep 3; echo b >> log) & timeout 10 tail -f log").output == "a\nb\n");
}

struct RegexExample {
    const char* pattern;
    bool extended;
    const char* text;
    const char* match;  // null: none
};

TEST_CASE("regular expressions find the leftmost longest match") {
    const RegexExample examples[] = {
        {"a|ab|abc", true, "xabcd", "abc"},
        {"a*", true, "baaa", ""},
        {"[[:digit:]]+", true, "ab123c", "123"},
        {"^b", true, "ab", nullptr},
        {"b$", true, "ab", "b"},
        {"a+b", false, "aab a+b", "a+b"},
        {"a\\+b", false, "aab", "aab"},
        {"(ab){2,3}", true, "abababab", "ababab"},
        {"\\(.\\)\\1", false, "abccd", "cc"},
        {"[^a-c]", true, "abcd", "d"},
        {"[]x]", true, "a]", "]"},
        {"\\bfoo\\b", true, "foobar foo", "foo"},
        {"(a*)*b", true, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", nullptr},
        {"ü.", true, "xüß", "üß"},
        {"a{,2}", true, "aaa", "aa"},
    };
    for (const RegexExample& example : examples) {
        INFO(example.pattern << " in " << example.text);
        const auto regex = Regex::compile(example.pattern, {example.extended, false});
        REQUIRE(regex.ok());
        std::vector<std::optional<RegexSpan>> groups;
        const bool found = regex->search(example.text, 0, groups);
        REQUIRE(found == (example.match != nullptr));
        if (!found) continue;
        const std::string text = example.text;
        CHECK(text.substr(groups[0]->begin, groups[0]->end - groups[0]->begin) == example.match);
    }
    for (const char* broken : {"(", "[a", "a{2,1}", "\\"}) CHECK(!Regex::compile(broken, {true, false}).ok());
}

TEST_CASE("wildcards match names") {
    CHECK(matches("*.yaml", "web.yaml"));
    CHECK(matches("a*b*c", "axxbyyc"));
    CHECK(!matches("a*b", "abc"));
    CHECK(matches("[a-c]?", "bz"));
    CHECK(matches("[!a]", "b"));
    CHECK(matches("\\*", "*"));
    CHECK(!matches("\\*", "x"));
}

TEST_CASE("files in memory answer as an operating system does") {
    MemoryFiles files([] { return sim::Instant{}; }, {100, 10, 80});
    CHECK(files.write("/nodir/f", "x").error().message == "No such file or directory");
    CHECK(files.write("/", "x").error().message == "Is a directory");
    REQUIRE(files.make_directories("/a/b").ok());
    CHECK(files.remove("/a").error().message == "Directory not empty");
    CHECK(files.write("/a/f", std::string(81, 'x')).error().message == "File too large");
    REQUIRE(files.write("/a/f", std::string(80, 'x')).ok());
    CHECK(files.write("/a/g", std::string(21, 'x')).error().message == "No space left on device");
    CHECK(files.read("/a/f/g").error().message == "Not a directory");
    CHECK(files.list("/a")->size() == 2);
}

}  // namespace
}  // namespace kubetab::shell
