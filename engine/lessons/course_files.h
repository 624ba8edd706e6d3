// The course: the files of lessons/, compiled in, in the order of their paths. What a list of lessons shows
// stands beside the text, so that only a lesson that is opened needs reading.
#pragma once

#include <span>
#include <string_view>

namespace kubetab::lessons {

struct CourseFile {
    std::string_view path{};     // 01-introduction/1-declare.yaml
    std::string_view id{};       // introduction/declare
    std::string_view title{};    // of the lesson
    std::string_view chapter{};  // "1 Introduction"
    std::string_view text{};
};

std::span<const CourseFile> course_files();

}  // namespace kubetab::lessons
