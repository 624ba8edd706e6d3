# Toolchain file of the asan preset: clang where there is one, since it compiles what the sanitizers add in half the
# time of g++, and reads the code with other eyes.

find_program(KUBETAB_CLANG NAMES clang-16 clang)
find_program(KUBETAB_CLANGXX NAMES clang++-16 clang++)
if(KUBETAB_CLANG AND KUBETAB_CLANGXX)
    set(CMAKE_C_COMPILER ${KUBETAB_CLANG})
    set(CMAKE_CXX_COMPILER ${KUBETAB_CLANGXX})
endif()
