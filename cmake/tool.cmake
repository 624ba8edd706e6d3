# The native tool `kubetab`.

file(GLOB_RECURSE tool_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/tool/*.cpp)
if(tool_sources)
    add_executable(kubetab ${tool_sources})
    target_link_libraries(kubetab PRIVATE kt_options kt_session kt_cluster)
    set_target_properties(kubetab PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endif()
