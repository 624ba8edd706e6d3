// Lesson: one lesson as its YAML file says it. See lessons/README.md for the format.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/cloud_choice.h"
#include "engine/api/former_kinds.h"
#include "engine/base/status.h"

namespace kubetab::lessons {

// What must hold for a step to be done, as the learner could query it.
struct Condition {
    std::string text{};  // how the missing condition is named, e.g. "three pods of web are ready"
    std::string get{};   // "rs/web", "pods -l app=web"; "" when `event` is set
    std::string path{};  // jsonpath-like: .status.readyReplicas; "" with `count`
    std::string is{};    // the value wanted
    std::string is_not{};
    std::string event{};  // reason of an Event
    std::string of{};     // object of the Event, "rs/web"
    std::int64_t times = 1;
    std::int64_t count = -1;  // how many objects `get` finds; -1: not asked
    int line = 0;             // in the lesson file
};

struct Almost {
    std::vector<std::string> commands{};
    std::string reply{};
};

struct Step {
    std::string id{};
    std::string title{};
    std::string
        say{};  // plain text with `code` and **bold**; a line that is only `code` is a command to click
    std::vector<std::string> hints{};
    std::vector<Condition> done_when{};
    std::vector<std::string> solution{};
    std::vector<Almost> almost{};
};

struct Lesson {
    std::string id{};
    std::string title{};
    std::string chapter{};
    std::vector<std::string> after{};
    std::vector<std::string> concepts{};
    int nodes = 3;
    std::uint64_t seed = 7;
    api::ServedApis apis = api::ServedApis::Today;
    api::CloudChoice cloud{};
    std::string given{};                                       // YAML applied before the first step
    std::vector<std::pair<std::string, std::string>> files{};  // name and text, put into the home directory
    std::vector<Step> steps{};
    std::string ends_with{};
};

// The lines of a step's text that are nothing but `code`: commands that run with a click.
std::vector<std::string> shown_commands(const Step& step);

// Reads one lesson. Errors name line and field.
base::Result<Lesson> parse_lesson(std::string_view yaml);
// Reads a lesson of the course (course_files.h); nullopt when there is none of that id.
std::optional<Lesson> find_lesson(std::string_view id);

}  // namespace kubetab::lessons
