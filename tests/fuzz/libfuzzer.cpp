// The entry of LLVM's libFuzzer: the first byte chooses the target.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto targets = kubetab::fuzz::targets();
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    targets[data[0] % targets.size()].run(bytes.substr(1));
    return 0;
}
