#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/lessons/course_files.h"
#include "engine/lessons/lesson.h"

namespace kubetab::lessons {

const std::vector<Lesson>& built_in_lessons() {
    static const std::vector<Lesson> lessons = [] {
        std::vector<Lesson> all;
        for (const CourseFile& file : course_files()) {
            base::Result<Lesson> lesson = parse_lesson(file.text);
            ENSURE(lesson.ok());  // The suite reads every lesson; a broken one never ships.
            all.push_back(std::move(*lesson));
        }
        return all;
    }();
    return lessons;
}

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

const Lesson* find_lesson(std::string_view id) {
    for (const Lesson& lesson : built_in_lessons()) {
        if (lesson.id == id) return &lesson;
    }
    return nullptr;
}

}  // namespace kubetab::lessons
