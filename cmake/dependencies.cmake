# The libraries we build from source: nlohmann_json, fmt, Dear ImGui, Catch2 and yaml-cpp (native) and SDL2 (the page).
# Of the system's: Boost's headers (Asio and Beast) and OpenSSL, natively. Without the first the tool is built without
# `kubetab serve`, without the second `kubetab serve` has no `--tls`.
#
# Sources are looked for in the dependency folder that scripts/setup fills: $KUBETAB_DEPS, else .deps of the checkout,
# else .deps of the main checkout when this is one of its worktrees. What is not there is fetched from its project,
# same version, checked by hash. Addresses and hashes stand in scripts/dependencies.txt.

include(FetchContent)

# Sets `result` to the dependency folder in use, or to the checkout's .deps when there is none yet.
function(find_dependency_folder result)
    set(${result} ${CMAKE_SOURCE_DIR}/.deps PARENT_SCOPE)
    if(DEFINED ENV{KUBETAB_DEPS})
        set(${result} $ENV{KUBETAB_DEPS} PARENT_SCOPE)
    elseif(NOT EXISTS ${CMAKE_SOURCE_DIR}/.deps/src)
        execute_process(
            COMMAND git rev-parse --path-format=absolute --git-common-dir
            WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE git_folder
            OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
        cmake_path(GET git_folder PARENT_PATH main_checkout)
        if(EXISTS ${main_checkout}/.deps/src)
            set(${result} ${main_checkout}/.deps PARENT_SCOPE)
        endif()
    endif()
endfunction()

# Makes the sources of a library available; their folder is then ${<name>_SOURCE_DIR}.
# `subdirectory` is where its own build stands; one that does not exist keeps FetchContent from adding it.
macro(provide_sources name subdirectory)
    if(EXISTS ${KUBETAB_DEPS}/src/${name})
        string(TOUPPER ${name} upper_name)
        set(FETCHCONTENT_SOURCE_DIR_${upper_name} ${KUBETAB_DEPS}/src/${name})
    endif()
    file(STRINGS ${CMAKE_SOURCE_DIR}/scripts/dependencies.txt origin REGEX "^${name} upstream ")
    string(REPLACE " " ";" origin "${origin}")
    list(GET origin 2 address)
    list(GET origin 3 hash)
    FetchContent_Declare(${name} URL ${address} URL_HASH SHA256=${hash} SOURCE_SUBDIR ${subdirectory})
    FetchContent_MakeAvailable(${name})
endmacro()

find_dependency_folder(found_folder)
set(KUBETAB_DEPS ${found_folder})

provide_sources(nlohmann_json none)
add_library(nlohmann_json INTERFACE)
target_include_directories(nlohmann_json SYSTEM INTERFACE ${nlohmann_json_SOURCE_DIR}/single_include)

provide_sources(fmt none)
add_library(fmt STATIC ${fmt_SOURCE_DIR}/src/format.cc)
target_include_directories(fmt SYSTEM PUBLIC ${fmt_SOURCE_DIR}/include)

provide_sources(imgui none)
set(imgui_sources imgui.cpp imgui_demo.cpp imgui_draw.cpp imgui_tables.cpp imgui_widgets.cpp)
list(TRANSFORM imgui_sources PREPEND ${imgui_SOURCE_DIR}/)
add_library(imgui STATIC ${imgui_sources})
target_include_directories(imgui SYSTEM PUBLIC ${imgui_SOURCE_DIR})
# WebGL2 has no base vertex: with 16-bit indices a draw list breaks past 64k vertices.
target_compile_definitions(imgui PUBLIC
    ImDrawIdx=unsigned\ int IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS)
target_compile_options(imgui PRIVATE -w)

if(NOT EMSCRIPTEN)
    find_package(Boost 1.74 CONFIG QUIET)
    find_package(Threads REQUIRED)
    find_package(OpenSSL QUIET)
    provide_sources(catch2 .)
    set_target_properties(Catch2 PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 30)
    target_compile_options(Catch2 PRIVATE -w)

    # A second reader of YAML, for the tests of ours.
    provide_sources(yaml_cpp none)
    file(GLOB yaml_cpp_sources ${yaml_cpp_SOURCE_DIR}/src/*.cpp)
    add_library(yaml-cpp STATIC EXCLUDE_FROM_ALL ${yaml_cpp_sources})
    target_include_directories(yaml-cpp SYSTEM PUBLIC ${yaml_cpp_SOURCE_DIR}/include)
    target_compile_definitions(yaml-cpp PUBLIC YAML_CPP_STATIC_DEFINE)
    target_compile_options(yaml-cpp PRIVATE -w)
endif()
