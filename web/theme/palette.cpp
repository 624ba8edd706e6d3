// The two colour schemes.

#include "web/theme/theme.h"

namespace kubetab::web {
namespace {

// 0xrrggbb, opaque.
constexpr ImU32 rgb(std::uint32_t value) {
    return IM_COL32((value >> 16) & 0xFFU, (value >> 8) & 0xFFU, value & 0xFFU, 0xFFU);
}

constexpr Palette kDark{
    .background = rgb(0x0d1117),
    .panel = rgb(0x12171f),
    .raised = rgb(0x181f29),
    .sunken = rgb(0x0a0e14),
    .line = rgb(0x222b37),
    .shadow = IM_COL32(0x00, 0x00, 0x00, 0x90),
    .text = rgb(0xd6dee9),
    .prose = rgb(0xc2ccd9),
    .dim = rgb(0x8794a6),
    .faint = rgb(0x566274),
    .accent = rgb(0x58a6ff),
    .link = rgb(0x9cc7ff),
    .on_accent = rgb(0x0a0e14),
    .chosen = rgb(0x1b3657),
    .ok = rgb(0x3fb68b),
    .warn = rgb(0xe0a33e),
    .bad = rgb(0xe5646e),
    .ok_surface = rgb(0x0f1c18),
    .warn_surface = rgb(0x1b1810),
    .bad_surface = rgb(0x1d161a),
    .tile = rgb(0x1a2330),
    .tile_line = rgb(0x2b3748),
    .code = rgb(0x1d2632),
    .code_text = rgb(0xcfe3ff),
    .bar = rgb(0x222c39),
    .bar_filled = rgb(0x5b7fae),
    .selection = rgb(0x264f78),
    .owners = {rgb(0x56b4e9), rgb(0xe69f00), rgb(0x2fb58f), rgb(0xcc79a7), rgb(0xb3a1f2), rgb(0xf0e442),
               rgb(0xd55e00), rgb(0x9aa7b5)},
    .ansi = {rgb(0x3b4553), rgb(0xe5646e), rgb(0x3fb68b), rgb(0xe0a33e), rgb(0x58a6ff), rgb(0xcc79a7),
             rgb(0x4fc1c9), rgb(0xc2ccd9), rgb(0x7f8c9e), rgb(0xff8a92), rgb(0x62d9ac), rgb(0xf5c069),
             rgb(0x8cc3ff), rgb(0xe3a1c6), rgb(0x86e0e6), rgb(0xf2f6fb)},
};

constexpr Palette kLight{
    .background = rgb(0xf3f5f8),
    .panel = rgb(0xffffff),
    .raised = rgb(0xedf1f6),
    .sunken = rgb(0xfafbfd),
    .line = rgb(0xd3dbe5),
    .shadow = IM_COL32(0x18, 0x21, 0x2c, 0x30),
    .text = rgb(0x18212c),
    .prose = rgb(0x2c3846),
    .dim = rgb(0x566272),
    .faint = rgb(0x9aa6b5),
    .accent = rgb(0x0b62c4),
    .link = rgb(0x0b57ad),
    .on_accent = rgb(0xffffff),
    .chosen = rgb(0xd3e5fb),
    .ok = rgb(0x0f7a54),
    .warn = rgb(0x8a5a00),
    .bad = rgb(0xc22f3c),
    .ok_surface = rgb(0xebf7f1),
    .warn_surface = rgb(0xfdf5e3),
    .bad_surface = rgb(0xfdeeef),
    .tile = rgb(0xf4f7fb),
    .tile_line = rgb(0xc6d1de),
    .code = rgb(0xe7edf5),
    .code_text = rgb(0x143a66),
    .bar = rgb(0xdde4ec),
    .bar_filled = rgb(0x5b7fae),
    .selection = rgb(0xb5d5fb),
    .owners = {rgb(0x1f86c7), rgb(0xc98600), rgb(0x008f68), rgb(0xb4558a), rgb(0x7f68d9), rgb(0xa39a00),
               rgb(0xc25400), rgb(0x6b7787)},
    .ansi = {rgb(0x18212c), rgb(0xc22f3c), rgb(0x0f7a54), rgb(0x8a5a00), rgb(0x0b62c4), rgb(0x9a3f73),
             rgb(0x0b6f78), rgb(0x566272), rgb(0x6b7787), rgb(0xa81f2c), rgb(0x0b6647), rgb(0x734b00),
             rgb(0x084f9f), rgb(0x7f2f5d), rgb(0x085a61), rgb(0x2c3846)},
};

}  // namespace

const Palette& palette_of(Scheme scheme) {
    return scheme == Scheme::Dark ? kDark : kLight;
}

ImU32 faded(ImU32 colour, float opacity) {
    const ImU32 alpha = (colour >> IM_COL32_A_SHIFT) & 0xFFU;
    const auto scaled = static_cast<ImU32>(static_cast<float>(alpha) * opacity + 0.5F);
    return (colour & ~IM_COL32_A_MASK) | (scaled << IM_COL32_A_SHIFT);
}

}  // namespace kubetab::web
