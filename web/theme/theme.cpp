#include "web/theme/theme.h"

#include <algorithm>

#include "web/theme/font_data.h"

namespace kubetab::web {
namespace {

// Which characters a face can show.
enum class Shows {
    Digits,  // and the rest of ASCII
    Labels,  // what the window says itself, and names of objects
    Words,   // what people write and programs print
};

struct FaceStyle {
    FontFile file;
    float size;
    Shows shows;
};

// In the order of Face.
constexpr std::array<FaceStyle, kFaces> kFaceStyles{{
    {kInterRegular, 13.5F, Shows::Words},
    {kInterSemiBold, 13.5F, Shows::Labels},
    {kInterRegular, 11.5F, Shows::Labels},
    {kInterSemiBold, 11.5F, Shows::Labels},
    {kInterRegular, 10.5F, Shows::Labels},
    {kInterSemiBold, 19.0F, Shows::Labels},
    {kMonoRegular, 12.5F, Shows::Words},
    {kMonoBold, 12.5F, Shows::Words},
    {kMonoRegular, 16.0F, Shows::Digits},
}};

// What the embedded subsets hold; glyphs a file lacks are skipped.
constexpr ImWchar kDigitRanges[] = {0x20, 0x7e, 0xd7, 0xd7, 0xfffd, 0xfffd, 0};
constexpr ImWchar kWesternRanges[] = {0x20, 0xff, 0x2010, 0x27ff, 0xfffd, 0xfffd, 0};
constexpr ImWchar kLatinRanges[] = {0x20, 0x17f, 0x1e9e, 0x1e9e, 0x2010, 0x27ff, 0xfffd, 0xfffd, 0};
constexpr ImWchar kAllRanges[] = {0x20,   0x17f,  0x391,  0x451,  0x1e9e, 0x1e9e,
                                  0x2010, 0x27ff, 0xfffd, 0xfffd, 0};
// What the bold subsets leave to the regular ones.
constexpr ImWchar kFurtherRanges[] = {0x100, 0x17f, 0x391, 0x451, 0x1e9e, 0x1e9e, 0};
// Signs that Inter lacks come from the other family, but not what terminals draw boxes of.
constexpr ImWchar kSignRanges[] = {0x2190, 0x24ff, 0x25a0, 0x27ff, 0};

const ImWchar* ranges_of(Shows shows, Letters letters) {
    if (shows == Shows::Digits) return kDigitRanges;
    if (letters == Letters::Western) return kWesternRanges;
    return shows == Shows::Words ? kAllRanges : kLatinRanges;
}

// Type sizes are of the em square, as in CSS; ImGui counts from the ascender to the descender.
float height_per_em(FontFile file) {
    constexpr float kInter = 1.21F;
    constexpr float kMono = 1.32F;
    return file == kMonoRegular || file == kMonoBold ? kMono : kInter;
}

ImFont* add_font(ImFontAtlas& atlas, FontFile file, float em, const ImWchar* ranges, bool merge) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.MergeMode = merge;
    const float pixels = em * height_per_em(file);
    // The atlas only reads the data; ImGui's parameter lacks the const.
    void* bytes = const_cast<unsigned char*>(kFontData[file].bytes);
    return atlas.AddFontFromMemoryTTF(bytes, kFontData[file].size, pixels, &config, ranges);
}

ImVec4 vec(ImU32 colour) {
    return ImGui::ColorConvertU32ToFloat4(colour);
}

void set_sizes(ImGuiStyle& style, float scale) {
    style = ImGuiStyle();
    style.WindowPadding = ImVec2(18, 14);
    style.FramePadding = ImVec2(10, 5);
    style.ItemSpacing = ImVec2(8, 6);
    style.ItemInnerSpacing = ImVec2(6, 4);
    style.ScrollbarSize = 10;
    style.ScrollbarRounding = 5;
    style.GrabMinSize = 10;
    style.WindowRounding = 0;
    style.ChildRounding = 8;
    style.FrameRounding = 6;
    style.PopupRounding = 8;
    style.GrabRounding = 5;
    style.TabRounding = 6;
    style.WindowBorderSize = 0;
    style.ChildBorderSize = 1;
    style.FrameBorderSize = 1;
    style.PopupBorderSize = 1;
    style.TabBorderSize = 0;
    style.HoverStationaryDelay = 0.15F;
    style.ScaleAllSizes(scale);
}

void set_colours(ImGuiStyle& style, const Palette& palette) {
    ImVec4* const colours = style.Colors;
    colours[ImGuiCol_Text] = vec(palette.text);
    colours[ImGuiCol_TextDisabled] = vec(palette.dim);
    colours[ImGuiCol_WindowBg] = vec(palette.background);
    colours[ImGuiCol_ChildBg] = vec(faded(palette.panel, 0));
    colours[ImGuiCol_PopupBg] = vec(palette.raised);
    colours[ImGuiCol_Border] = vec(palette.line);
    colours[ImGuiCol_FrameBg] = vec(palette.sunken);
    colours[ImGuiCol_FrameBgHovered] = vec(palette.raised);
    colours[ImGuiCol_FrameBgActive] = vec(palette.raised);
    colours[ImGuiCol_ScrollbarBg] = vec(faded(palette.panel, 0));
    colours[ImGuiCol_ScrollbarGrab] = vec(palette.line);
    colours[ImGuiCol_ScrollbarGrabHovered] = vec(palette.tile_line);
    colours[ImGuiCol_ScrollbarGrabActive] = vec(palette.dim);
    colours[ImGuiCol_CheckMark] = vec(palette.accent);
    colours[ImGuiCol_SliderGrab] = vec(palette.accent);
    colours[ImGuiCol_SliderGrabActive] = vec(palette.accent);
    colours[ImGuiCol_Button] = vec(palette.raised);
    colours[ImGuiCol_ButtonHovered] = vec(palette.tile_line);
    colours[ImGuiCol_ButtonActive] = vec(palette.chosen);
    colours[ImGuiCol_Header] = vec(palette.chosen);
    colours[ImGuiCol_HeaderHovered] = vec(palette.tile_line);
    colours[ImGuiCol_HeaderActive] = vec(palette.chosen);
    colours[ImGuiCol_Separator] = vec(palette.line);
    colours[ImGuiCol_SeparatorHovered] = vec(palette.accent);
    colours[ImGuiCol_SeparatorActive] = vec(palette.accent);
    colours[ImGuiCol_Tab] = vec(faded(palette.panel, 0));
    colours[ImGuiCol_TabHovered] = vec(palette.raised);
    colours[ImGuiCol_TabActive] = vec(palette.raised);
    colours[ImGuiCol_TableBorderLight] = vec(palette.line);
    colours[ImGuiCol_TableBorderStrong] = vec(palette.line);
    colours[ImGuiCol_TextSelectedBg] = vec(palette.selection);
    colours[ImGuiCol_NavHighlight] = vec(palette.accent);
    colours[ImGuiCol_DragDropTarget] = vec(palette.accent);
    colours[ImGuiCol_ModalWindowDimBg] = vec(faded(palette.background, 0.6F));
}

}  // namespace

void Theme::apply(const Look& look, float pixel_ratio) {
    look_ = look;
    palette_ = &palette_of(look.scheme);
    ImGuiIO& io = ImGui::GetIO();
    io.UserData = this;
    set_sizes(ImGui::GetStyle(), look.text_scale);
    set_colours(ImGui::GetStyle(), *palette_);

    // Glyphs are drawn at device pixels and shown at CSS pixels.
    io.FontGlobalScale = 1.0F / pixel_ratio;
    io.Fonts->Clear();
    io.Fonts->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
    for (std::size_t i = 0; i < kFaces; ++i) {
        const FaceStyle& face = kFaceStyles[i];
        const float pixels = face.size * look.text_scale * pixel_ratio;
        fonts_[i] = add_font(*io.Fonts, face.file, pixels, ranges_of(face.shows, look.letters), false);
        if (look.letters != Letters::Western && face.file == kInterSemiBold)
            add_font(*io.Fonts, kInterRegular, pixels, kFurtherRanges, true);
        if (look.letters != Letters::Western && face.file == kMonoBold)
            add_font(*io.Fonts, kMonoRegular, pixels, kFurtherRanges, true);
        if (face.file == kInterRegular || face.file == kInterSemiBold) {
            add_font(*io.Fonts, kMonoRegular, pixels, kSignRanges, true);
        }
    }
    io.FontDefault = fonts_[0];
}

// In UTF-8 the characters from U+0100 to U+07FF begin with these bytes, and those around U+1E9E with the
// last.
bool beyond_western(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char byte) {
        const auto value = static_cast<unsigned char>(byte);
        return (value >= 0xc4 && value <= 0xdf) || value == 0xe1;
    });
}

const Theme& theme() {
    return *static_cast<const Theme*>(ImGui::GetIO().UserData);
}

}  // namespace kubetab::web
