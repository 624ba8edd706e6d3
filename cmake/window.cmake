# The window's own code without a platform: panels, widgets, theme and app draw with Dear ImGui alone. Natively it is
# built for the tests, which draw it without a display.

file(GLOB_RECURSE window_sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/web/app/*.cpp ${CMAKE_SOURCE_DIR}/web/panels/*.cpp
    ${CMAKE_SOURCE_DIR}/web/theme/*.cpp ${CMAKE_SOURCE_DIR}/web/widgets/*.cpp)
include(fonts)
add_library(kt_web STATIC ${window_sources} ${font_data})
compile_in_groups(kt_web ${window_sources})
target_include_directories(kt_web PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(kt_web PUBLIC imgui kt_session PRIVATE kt_options)
# What takes time in a frame is in imgui.
if(EMSCRIPTEN)
    target_compile_options(kt_web PRIVATE -Oz)
endif()
