# Compiler options of our own targets, by way of the interface target kt_options.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_C_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

# Paths below the checkout are hashed relative to it, so that worktrees share what they have compiled.
find_program(CCACHE ccache)
if(CCACHE)
    set(launcher ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

add_library(kt_options INTERFACE)
target_include_directories(kt_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(kt_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Werror)

option(KUBETAB_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)
if(KUBETAB_SANITIZE)
    # What is left out takes longest to compile, and mostly finds what the address sanitizer finds, too.
    add_compile_options(-fsanitize=address,undefined -fno-sanitize=null,alignment,object-size,vptr
                        -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    # Statement expressions, as of TRY, are fine in clang too.
    target_compile_options(kt_options INTERFACE -Wno-gnu-statement-expression)
endif()

if(EMSCRIPTEN)
    # Nothing catches, so a throw would end the page anyway, and nobody asks for an object's type at run time: without
    # the code for both the page is smaller.
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions> $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti> -Os)
    add_link_options(-fno-exceptions -Os)
    set(CMAKE_C_FLAGS_RELEASE "")
    set(CMAKE_CXX_FLAGS_RELEASE "")
endif()
