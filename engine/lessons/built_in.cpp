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

const Lesson* find_lesson(std::string_view id) {
    for (const Lesson& lesson : built_in_lessons()) {
        if (lesson.id == id) return &lesson;
    }
    return nullptr;
}

}  // namespace kubetab::lessons
