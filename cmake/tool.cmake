# The tool `kubetab`: natively, and as kubetab.cjs for node, where tests compare the two.

file(GLOB_RECURSE tool_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/tool/*.cpp)
if(EMSCRIPTEN)
    add_executable(kubetab_node EXCLUDE_FROM_ALL ${tool_sources})
    target_link_options(kubetab_node PRIVATE
        -sENVIRONMENT=node -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB)
    set_target_properties(kubetab_node PROPERTIES OUTPUT_NAME kubetab SUFFIX .cjs)
    set(tool kubetab_node)
else()
    add_executable(kubetab ${tool_sources})
    set(tool kubetab)
endif()
target_link_libraries(${tool} PRIVATE kt_options kt_session kt_cluster)
set_target_properties(${tool} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
