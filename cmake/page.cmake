# The page: SDL2 for the canvas and its events, Dear ImGui's backends, web/platform, and everything the window draws.

include(window)

provide_sources(sdl2 none)
set(sdl ${sdl2_SOURCE_DIR})
# The parts a canvas needs, without SDL's own minutes of configuration.
set(sdl_folders
    . atomic audio audio/dummy cpuinfo events file filesystem/emscripten haptic haptic/dummy hidapi joystick
    joystick/dummy joystick/emscripten libm loadso/dlopen locale locale/emscripten misc misc/emscripten power
    power/emscripten render render/software sensor sensor/dummy stdlib thread thread/generic timer timer/unix video
    video/emscripten video/yuv2rgb)
list(TRANSFORM sdl_folders PREPEND ${sdl}/src/)
list(TRANSFORM sdl_folders APPEND /*.c)
file(GLOB sdl_sources ${sdl_folders})
add_library(sdl2 STATIC ${sdl_sources})
target_include_directories(sdl2 SYSTEM PUBLIC ${sdl}/include PRIVATE ${sdl}/src/video/khronos)
target_compile_definitions(sdl2 PRIVATE
    SDL_LEAN_AND_MEAN=1
    SDL_AUDIO_DISABLED=1 SDL_HAPTIC_DISABLED=1 SDL_HIDAPI_DISABLED=1 SDL_RENDER_DISABLED=1 SDL_SENSOR_DISABLED=1)
target_compile_options(sdl2 PRIVATE -w -Oz)

add_library(imgui_backend STATIC ${imgui_SOURCE_DIR}/backends/imgui_impl_sdl2.cpp)
target_link_libraries(imgui_backend PUBLIC imgui sdl2)
target_compile_options(imgui_backend PRIVATE -w)

file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/platform/*.cpp)
set(shell_file ${CMAKE_SOURCE_DIR}/web/page/index.html)
set(page_script ${CMAKE_SOURCE_DIR}/web/page/page.js)
add_executable(page ${page_sources})
target_link_libraries(page PRIVATE kt_options kt_web imgui_backend)
# EM_JS needs the dollar signs and the empty variadic arguments of its macros.
target_compile_options(page PRIVATE
    -Wno-dollar-in-identifier-extension -Wno-gnu-zero-variadic-macro-arguments)
target_link_options(page PRIVATE
    --shell-file ${shell_file} --pre-js ${page_script}
    -sENVIRONMENT=web -sMINIFY_HTML=0 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2
    -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0 -sALLOW_MEMORY_GROWTH=1
    -sSTACK_SIZE=1MB -sDYNAMIC_EXECUTION=0 -sEXPORTED_FUNCTIONS=_main,_malloc,_free
    -sEXPORTED_RUNTIME_METHODS=UTF8ToString,stringToNewUTF8 -sINCOMING_MODULE_JS_API=canvas,printErr,onAbort,wasmBinary)
set_target_properties(page PROPERTIES
    OUTPUT_NAME index SUFFIX .html RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}
    LINK_DEPENDS "${shell_file};${page_script}")
