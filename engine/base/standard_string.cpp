// The standard string's functions, compiled as our own code is. The library that comes with Emscripten has
// them without any inlining, and with those a day of virtual time takes twice as long.
#ifdef __EMSCRIPTEN__

#include <string>

template class std::basic_string<char>;

#endif
