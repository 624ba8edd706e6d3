#include <algorithm>
#include <utility>

#include "engine/base/ensure.h"
#include "engine/lessons/course_files.h"
#include "engine/lessons/lesson.h"

namespace kubetab::lessons {

std::vector<std::string> shown_commands(const Step& step) {
    std::vector<std::string> commands;
    std::string_view rest = step.say;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const bool only_code = line.size() > 2 && line.front() == '`' && line.find('`', 1) == line.size() - 1;
        if (only_code) commands.emplace_back(line.substr(1, line.size() - 2));
    }
    return commands;
}

std::optional<Lesson> find_lesson(std::string_view id) {
    for (const CourseFile& file : course_files()) {
        if (file.id != id) continue;
        base::Result<Lesson> lesson = parse_lesson(file.text);
        ENSURE(lesson.ok());  // The suite reads every lesson; a broken one never ships.
        return std::move(*lesson);
    }
    return std::nullopt;
}

}  // namespace kubetab::lessons
