#include "web/app/app.h"

namespace kubetab::web {

struct App::State {
    Platform& platform;
    Look look{};
};

App::App(Platform& platform) : state_(std::make_unique<State>(State{platform})) {
    if (platform.prefers_light()) state_->look.scheme = Scheme::Light;
}

App::~App() = default;

Wish App::advance(double) { return {}; }

double App::draw(double) {
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(viewport.Pos);
    ImGui::SetNextWindowSize(viewport.Size);
    ImGui::Begin("kubetab", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    {
        const FaceScope face(Face::Title);
        ImGui::TextUnformatted("kubetab");
    }
    ImGui::TextUnformatted("The window is being built.");
    ImGui::End();
    return kNever;
}

void App::activate(std::string_view) {}

Look App::look() const { return state_->look; }

}  // namespace kubetab::web
