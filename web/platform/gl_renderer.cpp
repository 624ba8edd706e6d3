#include "web/platform/gl_renderer.h"

#include <EGL/egl.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace kubetab::web {
namespace {

constexpr GLuint kPosition = 0;
constexpr GLuint kTexturePlace = 1;
constexpr GLuint kColour = 2;
// The same for all vertices: unlike a uniform's, its place need not be asked for, which would wait for the
// program.
constexpr GLuint kProjection = 3;

constexpr const char* kVertexShader = R"(#version 300 es
precision highp float;
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 texture_place;
layout(location = 2) in vec4 colour;
layout(location = 3) in vec4 projection;
out vec2 place;
out vec4 shade;
void main() {
    place = texture_place;
    shade = colour;
    gl_Position = vec4(position * projection.xy + projection.zw, 0, 1);
}
)";

constexpr const char* kFragmentShader = R"(#version 300 es
precision mediump float;
uniform sampler2D glyphs;
in highp vec2 place;
in vec4 shade;
out vec4 result;
void main() {
    result = vec4(shade.rgb, shade.a * texture(glyphs, place).r);
}
)";

// The language is the one every WebGL 2 has; after a lost context there is nobody to complain to.
GLuint shader(GLenum type, const char* source) {
    const GLuint made = glCreateShader(type);
    glShaderSource(made, 1, &source, nullptr);
    glCompileShader(made);
    return made;
}

void attribute(GLuint place, GLint parts, GLenum type, GLboolean normalized, std::size_t offset) {
    glEnableVertexAttribArray(place);
    glVertexAttribPointer(place, parts, type, normalized, sizeof(ImDrawVert),
                          reinterpret_cast<const void*>(offset));
}

}  // namespace

void GlRenderer::set_up() {
    program_ = glCreateProgram();
    glAttachShader(program_, shader(GL_VERTEX_SHADER, kVertexShader));
    glAttachShader(program_, shader(GL_FRAGMENT_SHADER, kFragmentShader));
    glLinkProgram(program_);

    GLuint array = 0;
    glGenVertexArrays(1, &array);
    glBindVertexArray(array);
    glGenBuffers(1, &vertices_);
    glGenBuffers(1, &indices_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
    attribute(kPosition, 2, GL_FLOAT, GL_FALSE, offsetof(ImDrawVert, pos));
    attribute(kTexturePlace, 2, GL_FLOAT, GL_FALSE, offsetof(ImDrawVert, uv));
    attribute(kColour, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(ImDrawVert, col));

    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    fonts_ = 0;
}

void GlRenderer::load_fonts() {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    // As atlas.Build(), which would bring a typeface of ImGui's own into the page.
    ImFontAtlasGetBuilderForStbTruetype()->FontBuilder_Build(&atlas);
    if (fonts_ == 0) glGenTextures(1, &fonts_);
    glBindTexture(GL_TEXTURE_2D, fonts_);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, atlas.TexWidth, atlas.TexHeight, 0, GL_RED, GL_UNSIGNED_BYTE,
                 atlas.TexPixelsAlpha8);
    atlas.SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(fonts_)));
}

void GlRenderer::upload(const ImDrawData& data) {
    vertex_data_.clear();
    index_data_.clear();
    for (const ImDrawList* list : data.CmdLists) {
        const auto first = static_cast<ImDrawIdx>(vertex_data_.size());
        vertex_data_.insert(vertex_data_.end(), list->VtxBuffer.begin(), list->VtxBuffer.end());
        for (const ImDrawIdx index : list->IdxBuffer) index_data_.push_back(index + first);
    }
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertex_data_.size() * sizeof(ImDrawVert)),
                 vertex_data_.data(), GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(index_data_.size() * sizeof(ImDrawIdx)),
                 index_data_.data(), GL_STREAM_DRAW);
}

void GlRenderer::draw(const ImDrawData& data, const ImVec4& ground) {
    const ImVec2 scale = data.FramebufferScale;
    const ImVec2 size(data.DisplaySize.x * scale.x, data.DisplaySize.y * scale.y);
    glViewport(0, 0, static_cast<GLsizei>(size.x), static_cast<GLsizei>(size.y));
    glDisable(GL_SCISSOR_TEST);
    glClearColor(ground.x, ground.y, ground.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    if (data.TotalIdxCount == 0 || size.x <= 0 || size.y <= 0) return;

    glUseProgram(program_);
    glVertexAttrib4f(kProjection, 2 / data.DisplaySize.x, -2 / data.DisplaySize.y, -1, 1);
    upload(data);
    glEnable(GL_SCISSOR_TEST);
    std::size_t first_index = 0;
    for (const ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            const ImVec4& clip = command.ClipRect;
            const auto left = static_cast<GLint>(clip.x * scale.x);
            const auto top = static_cast<GLint>(clip.y * scale.y);
            const auto right = static_cast<GLint>(clip.z * scale.x);
            const auto bottom = static_cast<GLint>(clip.w * scale.y);
            if (right <= left || bottom <= top) continue;
            glScissor(left, static_cast<GLint>(size.y) - bottom, right - left, bottom - top);
            const std::size_t offset = (first_index + command.IdxOffset) * sizeof(ImDrawIdx);
            glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
                           reinterpret_cast<const void*>(offset));
        }
        first_index += static_cast<std::size_t>(list->IdxBuffer.Size);
    }
}

}  // namespace kubetab::web

// SDL looks up functions by name where it is asked for what we never ask. Emscripten's own answer would bring
// all of WebGL into the page.
extern "C" __eglMustCastToProperFunctionPointerType eglGetProcAddress(const char* /*name*/) {
    return nullptr;
}
