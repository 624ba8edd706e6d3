# Benchmarks: tests/bench/<folder>_bench.cpp becomes the program bench_<folder>, which prints lines `name value unit`.
# Built on request only.

file(GLOB bench_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/bench/*_bench.cpp)
foreach(source IN LISTS bench_sources)
    cmake_path(GET source STEM name)
    string(REPLACE "_bench" "" folder ${name})
    add_executable(bench_${folder} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(bench_${folder} PRIVATE kt_options kt_${folder})
endforeach()
