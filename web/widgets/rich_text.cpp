// Running text with `code` and **bold**.

#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

struct Piece {
    std::string_view words{};
    enum class Kind { Plain, Bold, Code } kind = Piece::Kind::Plain;
};

std::vector<Piece> pieces_of(std::string_view words) {
    std::vector<Piece> pieces;
    while (!words.empty()) {
        const bool code = words.starts_with('`');
        const bool bold = words.starts_with("**");
        const std::string_view mark = code ? "`" : "**";
        if (code || bold) {
            const std::size_t end = words.find(mark, mark.size());
            if (end != std::string_view::npos) {
                pieces.push_back({words.substr(mark.size(), end - mark.size()),
                                  code ? Piece::Kind::Code : Piece::Kind::Bold});
                words = words.substr(end + mark.size());
                continue;
            }
        }
        std::size_t next = 1;
        while (next < words.size() && words[next] != '`' && words.substr(next, 2) != "**") ++next;
        pieces.push_back({words.substr(0, next), Piece::Kind::Plain});
        words = words.substr(next);
    }
    return pieces;
}

// Lays words out from left to right and down.
class Flow {
public:
    Flow(float width, ImU32 colour)
        : origin_(ImGui::GetCursorScreenPos()),
          width_(width),
          colour_(colour),
          scale_(theme().scale()),
          step_(21 * scale_) {}

    void word(std::string_view word, Face face, ImU32 colour, bool space_before) {
        const FaceScope scope(face);
        const float size = ImGui::CalcTextSize(word.data(), word.data() + word.size()).x;
        const float space = space_before && x_ > 0 ? ImGui::CalcTextSize(" ").x : 0;
        if (x_ > 0 && x_ + space + size > width_) {
            newline();
        } else {
            x_ += space;
        }
        ImGui::GetWindowDrawList()->AddText(place(), colour, word.data(), word.data() + word.size());
        x_ += size;
    }

    void plain(std::string_view words, Face face) {
        bool space = false;
        while (!words.empty()) {
            if (words.front() == ' ' || words.front() == '\n') {
                space = true;
                words.remove_prefix(1);
                continue;
            }
            const std::size_t end = words.find_first_of(" \n");
            word(words.substr(0, end), face, colour_, space);
            space = false;
            words = end == std::string_view::npos ? std::string_view() : words.substr(end);
        }
        trailing_space_ = space;
    }

    // True when it was pressed.
    bool code(std::string_view words, bool clickable, int id) {
        const Palette& palette = theme().palette();
        const FaceScope scope(Face::Mono);
        const ImVec2 size = ImGui::CalcTextSize(words.data(), words.data() + words.size());
        const float pad = 4 * scale_;
        const float space = trailing_space_ && x_ > 0 ? 4 * scale_ : 0;
        if (x_ > 0 && x_ + space + size.x + 2 * pad > width_) {
            newline();
        } else {
            x_ += space;
        }
        trailing_space_ = false;
        const ImVec2 at = place();
        const ImVec2 box(size.x + 2 * pad, size.y + 3 * scale_);
        bool pressed = false;
        bool hovered = false;
        if (clickable) {
            const ImVec2 cursor = ImGui::GetCursorScreenPos();
            ImGui::SetCursorScreenPos(at);
            ImGui::PushID(id);
            pressed = ImGui::InvisibleButton("code", box);
            hovered = ImGui::IsItemHovered();
            ImGui::PopID();
            ImGui::SetCursorScreenPos(cursor);
        }
        if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        fill(ImVec2(at.x, at.y - 1 * scale_), box, hovered ? palette.chosen : palette.code, 4 * scale_);
        ImGui::GetWindowDrawList()->AddText(ImVec2(at.x + pad, at.y + 0.5F * scale_), palette.code_text,
                                            words.data(), words.data() + words.size());
        x_ += box.x;
        return pressed;
    }

    void finish() {
        ImGui::SetCursorScreenPos(origin_);
        ImGui::Dummy(ImVec2(width_, y_ + step_ - 3 * scale_));
    }
    bool wants_space() const { return trailing_space_; }
    void bold(std::string_view words) {
        const bool space = trailing_space_;
        bool first = true;
        while (!words.empty()) {
            const std::size_t end = words.find(' ');
            word(words.substr(0, end), Face::Strong, colour_, first ? space : true);
            first = false;
            words = end == std::string_view::npos ? std::string_view() : words.substr(end + 1);
        }
        trailing_space_ = false;
    }

private:
    ImVec2 place() const { return ImVec2(origin_.x + x_, origin_.y + y_); }
    void newline() {
        x_ = 0;
        y_ += step_;
    }

    ImVec2 origin_;
    float width_;
    ImU32 colour_;
    float scale_;
    float step_;
    float x_ = 0;
    float y_ = 0;
    bool trailing_space_ = false;
};

}  // namespace

void rich_text(std::string_view words, float width, ImU32 colour, std::string* pressed) {
    Flow flow(width, colour);
    int id = 0;
    for (const Piece& piece : pieces_of(words)) {
        if (piece.kind == Piece::Kind::Plain) flow.plain(piece.words, Face::Body);
        if (piece.kind == Piece::Kind::Bold) flow.bold(piece.words);
        if (piece.kind == Piece::Kind::Code && flow.code(piece.words, pressed != nullptr, id++))
            *pressed = piece.words;
    }
    flow.finish();
}

}  // namespace kubetab::web
