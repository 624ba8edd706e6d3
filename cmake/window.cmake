# The window's own code without a platform: panels, widgets, theme and app draw with Dear ImGui alone. Natively it is
# built for the tests, which draw it without a display.

file(GLOB_RECURSE window_sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/web/app/*.cpp ${CMAKE_SOURCE_DIR}/web/panels/*.cpp
    ${CMAKE_SOURCE_DIR}/web/theme/*.cpp ${CMAKE_SOURCE_DIR}/web/widgets/*.cpp)
if(window_sources)
    set(scope PUBLIC)
    add_library(kt_web STATIC ${window_sources})
    target_link_libraries(kt_web PRIVATE kt_options)
else()
    set(scope INTERFACE)
    add_library(kt_web INTERFACE)
endif()
target_include_directories(kt_web ${scope} ${CMAKE_SOURCE_DIR})
target_link_libraries(kt_web ${scope} imgui kt_session)
