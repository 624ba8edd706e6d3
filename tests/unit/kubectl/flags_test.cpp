// The reader of flags: pflag's rules and its error texts.

#include "engine/kubectl/flags.h"

#include <catch2/catch_test_macros.hpp>

using namespace kubetab;
using kubectl::FlagType;

namespace {

const kubectl::FlagTable kTable = {
    {"all", 0, FlagType::Bool, "false", ""},      {"watch", 'w', FlagType::Bool, "false", ""},
    {"quiet", 'q', FlagType::Bool, "false", ""},  {"namespace", 'n', FlagType::Text, "", ""},
    {"replicas", 0, FlagType::Int, "1", ""},      {"dry-run", 0, FlagType::Text, "none", "", "unchanged"},
    {"image", 0, FlagType::TextSlice, "", ""},    {"from-literal", 0, FlagType::TextArray, "", ""},
    {"timeout", 0, FlagType::Duration, "0s", ""},
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("Flags are read in every form that pflag knows") {
    const auto parsed = kubectl::parse_flags(
        kTable, Words{"--all", "-wq", "-nprod", "web", "--replicas=3", "--image", "a,b", "--image=c",
                      "--from-literal=k=a,b", "--dry-run", "--timeout=1m30s", "--", "-x", "sleep"});
    REQUIRE(parsed.ok());
    const kubectl::Flags& flags = parsed->flags;
    CHECK(flags.truth("all"));
    CHECK(flags.truth("watch"));
    CHECK(flags.truth("quiet"));
    CHECK(flags.text("namespace") == "prod");
    CHECK(flags.number("replicas") == 3);
    CHECK(flags.list("image") == Words{"a", "b", "c"});
    CHECK(flags.list("from-literal") == Words{"k=a,b"});
    CHECK(flags.text("dry-run") == "unchanged");
    CHECK(flags.duration("timeout") == sim::seconds(90));
    CHECK(parsed->arguments == Words{"web", "-x", "sleep"});
    CHECK(parsed->arguments_before_dash == 1);
}

TEST_CASE("A wrong flag is refused in pflag's words") {
    const std::vector<std::pair<Words, std::string>> table = {
        {{"--nope"}, "unknown flag: --nope"},
        {{"-x"}, "unknown shorthand flag: 'x' in -x"},
        {{"-wx"}, "unknown shorthand flag: 'x' in -x"},
        {{"-n"}, "flag needs an argument: 'n' in -n"},
        {{"--namespace"}, "flag needs an argument: --namespace"},
        {{"--all=maybe"},
         "invalid argument \"maybe\" for \"--all\" flag: strconv.ParseBool: parsing \"maybe\": invalid "
         "syntax"},
        {{"--replicas=x"},
         "invalid argument \"x\" for \"--replicas\" flag: strconv.ParseInt: parsing \"x\": invalid syntax"},
        {{"--timeout=5"},
         "invalid argument \"5\" for \"--timeout\" flag: time: missing unit in duration \"5\""},
    };
    for (const auto& [words, message] : table) {
        const auto parsed = kubectl::parse_flags(kTable, words);
        REQUIRE_FALSE(parsed.ok());
        CHECK(parsed.error().message == message);
    }
}
