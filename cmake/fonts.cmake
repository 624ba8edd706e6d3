# The embedded typefaces: subset from the system's fonts-inter and fonts-jetbrains-mono (or from KUBETAB_FONTS).

set(KUBETAB_FONTS /usr/share/fonts CACHE PATH "Where the Inter and JetBrains Mono files are")
set(font_data ${CMAKE_BINARY_DIR}/generated/font_data.cpp)
find_program(KUBETAB_PYTHON NAMES python3 REQUIRED NO_CMAKE_FIND_ROOT_PATH)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated)
add_custom_command(
    OUTPUT ${font_data}
    COMMAND ${KUBETAB_PYTHON} ${CMAKE_SOURCE_DIR}/scripts/parts/embed-fonts ${font_data} ${KUBETAB_FONTS}
    DEPENDS ${CMAKE_SOURCE_DIR}/scripts/parts/embed-fonts
    COMMENT "Subsetting the typefaces" VERBATIM)
