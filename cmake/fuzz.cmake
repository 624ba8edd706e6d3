# Fuzzing: kubetab_fuzz runs the targets of tests/fuzz on a corpus and on changed copies of it, with any compiler. With
# clang and KUBETAB_LIBFUZZER its main is LLVM's libFuzzer. Built on request only.

option(KUBETAB_LIBFUZZER "Let LLVM's libFuzzer drive kubetab_fuzz (clang only)" OFF)
if(TARGET kt_rest)
    file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*.cpp)
    if(KUBETAB_LIBFUZZER)
        list(FILTER fuzz_sources EXCLUDE REGEX "/(driver|mutator|samples)\\.cpp$")
    else()
        list(FILTER fuzz_sources EXCLUDE REGEX "/libfuzzer\\.cpp$")
    endif()
    add_executable(kubetab_fuzz EXCLUDE_FROM_ALL ${fuzz_sources})
    target_link_libraries(kubetab_fuzz PRIVATE kt_options kt_rest kt_server kt_api kt_sim)
    set_target_properties(kubetab_fuzz PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
    if(KUBETAB_LIBFUZZER)
        target_link_options(kubetab_fuzz PRIVATE -fsanitize=fuzzer)
    endif()
endif()
