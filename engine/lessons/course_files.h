// The files of lessons/, compiled in, in the order of their paths.
#pragma once

#include <span>
#include <string_view>

namespace kubetab::lessons {

struct CourseFile {
    std::string_view path{};  // 01-introduction/1-declare.yaml
    std::string_view text{};
};

std::span<const CourseFile> course_files();

}  // namespace kubetab::lessons
