# Toolchain file of the web preset: the Emscripten on PATH (an emsdk), else the one scripts/setup installed.

find_program(emcc_on_path emcc NO_CMAKE_FIND_ROOT_PATH)
if(DEFINED ENV{KUBETAB_DEPS})
    set(private_emscripten $ENV{KUBETAB_DEPS}/emscripten)
else()
    set(private_emscripten ${CMAKE_CURRENT_LIST_DIR}/../.deps/emscripten)
endif()

if(EXISTS ${private_emscripten}/complete)
    set(EMSCRIPTEN_ROOT_PATH ${private_emscripten}/root/usr/share/emscripten)
elseif(emcc_on_path)
    file(REAL_PATH ${emcc_on_path} emcc_file)
    cmake_path(GET emcc_file PARENT_PATH EMSCRIPTEN_ROOT_PATH)
else()
    message(FATAL_ERROR "No Emscripten: run scripts/setup, or put an emsdk (3.1.69 or later) on PATH.")
endif()
include(${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake)
