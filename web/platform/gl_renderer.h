// GlRenderer: draws what Dear ImGui made, with WebGL 2.
//
// It owns the whole GL state of the canvas, so nothing is asked back from the browser: every such question
// makes the page wait until the graphics process has done all it was told before. A frame is one upload of
// vertices, one of indices, and a draw call for each command. All text comes from one texture that holds only
// opacity.
#pragma once

#include <GLES3/gl3.h>
#include <imgui.h>

#include <vector>

namespace kubetab::web {

class GlRenderer {
public:
    // Makes programs and buffers in the current context; again after the context was lost, when all of them
    // are gone. The font texture has to be loaded afterwards.
    void set_up();
    // Takes the pixels of the current ImGui context's font atlas, which is built if it is not yet.
    void load_fonts();
    // Clears the canvas to `ground` and draws.
    void draw(const ImDrawData& data, const ImVec4& ground);

private:
    void upload(const ImDrawData& data);

    GLuint program_ = 0;
    GLuint vertices_ = 0;
    GLuint indices_ = 0;
    GLuint fonts_ = 0;
    std::vector<ImDrawVert> vertex_data_{};  // of all lists
    std::vector<ImDrawIdx> index_data_{};
};

}  // namespace kubetab::web
