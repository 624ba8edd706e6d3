// The standard string's functions, compiled as our own code is. The library that comes with Emscripten has
// them without any inlining, and the engine spends much of its time in them.
#ifdef __EMSCRIPTEN__

#include <string>

template class std::basic_string<char>;

#endif
