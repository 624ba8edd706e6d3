# The course: every lessons/*/*.yaml becomes text in kt_lessons, with what its list shows beside it.

# The value of a key at the beginning of a line, written without quotes.
function(lesson_value text key result)
    if(NOT "\n${text}" MATCHES "\n${key}: ([^\n\"]+)\n")
        message(FATAL_ERROR "lessons/${file}: no plain \"${key}: \" at the beginning of a line")
    endif()
    set(${result} ${CMAKE_MATCH_1} PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE lesson_files CONFIGURE_DEPENDS
    RELATIVE ${CMAKE_SOURCE_DIR}/lessons ${CMAKE_SOURCE_DIR}/lessons/*/*.yaml)
list(SORT lesson_files)
set(lesson_rows "")
foreach(file IN LISTS lesson_files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lessons/${file})
    file(READ ${CMAKE_SOURCE_DIR}/lessons/${file} text)
    lesson_value("${text}" id id)
    lesson_value("${text}" title title)
    lesson_value("${text}" chapter chapter)
    string(APPEND lesson_rows
        "    {\"${file}\", \"${id}\", \"${title}\", \"${chapter}\", R\"LESSON(${text})LESSON\"},\n")
endforeach()
set(lesson_source ${CMAKE_BINARY_DIR}/assets/course_files.cpp)
file(CONFIGURE OUTPUT ${lesson_source} @ONLY CONTENT [=[
#include "engine/lessons/course_files.h"

namespace kubetab::lessons {
namespace {

constexpr CourseFile kFiles[] = {
@lesson_rows@};

}  // namespace

std::span<const CourseFile> course_files() { return kFiles; }

}  // namespace kubetab::lessons
]=])
target_sources(kt_lessons PRIVATE ${lesson_source})
