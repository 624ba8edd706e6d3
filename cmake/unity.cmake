# With KUBETAB_UNITY the sources of a target are compiled several at a time, which halves the work of a build from
# nothing. Off by default: changing one file then compiles its whole group, and a missing #include goes unnoticed.

option(KUBETAB_UNITY "Compile several sources at a time" OFF)
set(unity_lines 1600)

# Lets a target's sources (absolute paths below the checkout) be compiled in groups.
function(compile_in_groups target)
    if(NOT KUBETAB_UNITY)
        return()
    endif()
    set(files)
    foreach(source IN LISTS ARGN)
        cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
        list(APPEND files ${source})
    endforeach()
    find_program(KUBETAB_PYTHON NAMES python3 REQUIRED NO_CMAKE_FIND_ROOT_PATH)
    execute_process(
        COMMAND ${KUBETAB_PYTHON} ${CMAKE_SOURCE_DIR}/scripts/parts/unity-groups ${unity_lines} ${files}
        OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" lines "${output}")
    foreach(line IN LISTS lines)
        if(line MATCHES "^([^ ]+) ([0-9]+)$")
            set_source_files_properties(${CMAKE_SOURCE_DIR}/${CMAKE_MATCH_1} PROPERTIES UNITY_GROUP ${CMAKE_MATCH_2})
        endif()
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
