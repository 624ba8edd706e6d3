// The subset typefaces, embedded at build time by scripts/parts/embed-fonts.
#pragma once

namespace kubetab::web {

struct FontData {
    const unsigned char* bytes;
    int size;
};

enum FontFile { kInterRegular, kInterSemiBold, kMonoRegular, kMonoBold };

// In the order of FontFile.
extern const FontData kFontData[4];

}  // namespace kubetab::web
