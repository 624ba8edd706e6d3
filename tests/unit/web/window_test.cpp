#include "tests/unit/web/window.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <string>

namespace kubetab::web {
namespace {

constexpr double kSecond = 1000;

// How much of what was drawn lies outside the window or the font texture, or is not a number.
int strange_parts() {
    int strange = 0;
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            const ImVec4& clip = command.ClipRect;
            if (!(clip.x >= -1 && clip.y >= -1 && clip.z <= size.x + 1 && clip.w <= size.y + 1)) ++strange;
        }
        for (const ImDrawVert& vertex : list->VtxBuffer) {
            const bool placed = vertex.pos.x == vertex.pos.x && vertex.pos.y == vertex.pos.y;
            if (!placed || !(vertex.uv.x >= 0 && vertex.uv.x <= 1)) ++strange;
        }
    }
    return strange;
}

void require_sane_drawing() {
    REQUIRE(ImGui::GetDrawData()->TotalVtxCount > 500);
    REQUIRE(strange_parts() == 0);
}

// The clock of the timeline, in seconds since midnight.
int clock_seconds(const TestWindow& window) {
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    const std::string text = window.mirrored(Mirror::Timeline);
    REQUIRE(std::sscanf(text.c_str(), "%d:%d:%d", &hours, &minutes, &seconds) == 3);
    return hours * 3600 + minutes * 60 + seconds;
}

TEST_CASE("The first frame shows lesson, cluster and terminal") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.frame();
    require_sane_drawing();
    CHECK(window.shows(Mirror::Cluster, "Node node-1 Ready"));
    CHECK(window.shows(Mirror::Cluster, "Service kubernetes"));
    CHECK(window.shows(Mirror::Lesson, "missing: "));
    CHECK(window.shows(Mirror::Terminal, "$"));
    CHECK_FALSE(platform.warns);
}

TEST_CASE("What is typed goes to the terminal, and pods appear") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.type("kubectl create deployment web --image=nginx --replicas=3");
    window.press(ImGuiKey_Enter);
    CHECK(window.wait_for(Mirror::Terminal, "deployment.apps/web created", 5 * kSecond));
    CHECK(window.wait_for(Mirror::Cluster, "3 pods running", 60 * kSecond));
    CHECK(platform.warns);
    require_sane_drawing();
}

TEST_CASE("Letters beyond Western Europe are loaded once something needs them") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.type("echo äöß…");
    CHECK(window.letters() == Letters::Western);
    window.type("Ж");
    CHECK(window.letters() == Letters::All);
}

TEST_CASE("A stopped node shows as lost, and its pods are replaced, at the times of Kubernetes") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.act("run kubectl create deployment web --image=nginx --replicas=3");
    REQUIRE(window.wait_for(Mirror::Cluster, "3 pods running", 60 * kSecond));
    window.act("run chaos stop node node-2");
    CHECK(window.shows(Mirror::Cluster, "Node node-2 Ready"));
    // Virtual time passes ten times as fast. The last heartbeat may be up to ten seconds older than the stop.
    window.act("speed 10");
    window.pass(3.9 * kSecond);
    CHECK(window.shows(Mirror::Cluster, "Node node-2 Ready"));
    CHECK(window.wait_for(Mirror::Cluster, "Node node-2 NotReady", 1.8 * kSecond));
    require_sane_drawing();
    window.pass(29 * kSecond);
    CHECK_FALSE(window.shows(Mirror::Cluster, "Terminating"));
    CHECK(window.wait_for(Mirror::Cluster, "Terminating", 2 * kSecond));
    CHECK(window.wait_for(Mirror::Cluster, "3 pods running", 5 * kSecond));
    CHECK(window.shows(Mirror::Cluster, "Start node-2"));
}

TEST_CASE("Time keeps its pace in a window that is called only when it asks") {
    MemoryPlatform platform;
    TestWindow window(platform);
    for (const int speed : {1, 10}) {
        const int before = clock_seconds(window);
        window.act("speed " + std::to_string(speed));
        window.pass_as_asked(20 * kSecond);
        window.act("speed 0");
        const int passed = clock_seconds(window) - before;
        CHECK(passed >= 19 * speed);
        CHECK(passed <= 21 * speed);
    }
}

TEST_CASE("While time runs fast the lists of the mirror lag a little, and a frame follows that mends it") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.act("speed 1000");
    window.frame(kSecond);
    const std::string clock = window.mirrored(Mirror::Timeline);
    window.frame(100);
    CHECK(window.mirrored(Mirror::Timeline) == clock);
    CHECK(window.again_in_ms() <= kSecond / 2);
    window.frame(kSecond / 2);
    CHECK(window.mirrored(Mirror::Timeline) != clock);
    window.act("speed 0");
    CHECK(window.shows(Mirror::Timeline, "Pause (chosen)"));
}

TEST_CASE("A busy cluster of many pods draws, as tiles and as dots") {
    for (const char* replicas : {"200", "600"}) {
        MemoryPlatform platform;
        TestWindow window(platform);
        window.act("speed 100");
        window.act(std::string("run kubectl create deployment many --image=nginx --replicas=") + replicas);
        window.pass(3 * kSecond);
        require_sane_drawing();
        CHECK(window.shows(Mirror::Cluster, " more pods"));
        CHECK(window.shows(Mirror::Cluster, "no node") == (std::string(replicas) == "600"));
    }
}

TEST_CASE("A broken cluster draws: failing images, and no nodes") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.act("run kubectl create deployment broken --image=nosuchimage:1");
    window.act("speed 10");
    CHECK(window.wait_for(Mirror::Cluster, "ErrImagePull", 30 * kSecond));
    require_sane_drawing();
    for (const char* node : {"node-1", "node-2", "node-3"}) {
        window.act(std::string("run chaos stop node ") + node);
    }
    window.act("run kubectl delete nodes --all");
    window.pass(2 * kSecond);
    CHECK_FALSE(window.shows(Mirror::Cluster, "Node node-"));
    require_sane_drawing();
}

TEST_CASE("The past is shown as it was, and nothing can be done in it") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.act("select Node node-1");
    std::string earlier;
    for (const MirrorItem& item : platform.mirrored[Mirror::Inspector]) {
        if (item.action.starts_with("look ")) earlier = item.action;
    }
    REQUIRE_FALSE(earlier.empty());
    window.act(earlier);
    CHECK(window.shows(Mirror::Timeline, "(the past)"));
    CHECK_FALSE(window.shows(Mirror::Inspector, "Cordon node-1"));
    require_sane_drawing();
    window.act("now");
    CHECK_FALSE(window.shows(Mirror::Timeline, "(the past)"));
    CHECK(window.shows(Mirror::Inspector, "Cordon node-1"));
}

TEST_CASE("A clicked pod is inspected: facts, and why it is there") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.act("run kubectl create deployment web --image=nginx");
    REQUIRE(window.wait_for(Mirror::Cluster, "1 pod running", 60 * kSecond));
    std::string select;
    for (const MirrorItem& item : platform.mirrored[Mirror::Cluster]) {
        if (item.action.starts_with("select Pod default/web-")) select = item.action;
    }
    REQUIRE_FALSE(select.empty());
    window.act(select);
    CHECK(window.shows(Mirror::Inspector, "Status: Running, ready"));
    CHECK(window.shows(Mirror::Inspector, "scheduler"));
    require_sane_drawing();
}

TEST_CASE("The session survives a reload, and a damaged one is put aside with a word") {
    MemoryPlatform platform;
    {
        TestWindow window(platform);
        window.act("run kubectl create deployment kept --image=nginx");
        window.pass(3 * kSecond);
    }
    {
        TestWindow window(platform);
        window.act("run kubectl get deployments");
        window.pass(1 * kSecond);
        CHECK(window.shows(Mirror::Terminal, "kept"));
    }
    platform.stored["session"] = "{\"not\": \"a session\"}";
    TestWindow window(platform);
    CHECK(window.shows(Mirror::Status, "could not be read"));
    CHECK(platform.stored["session.damaged"] == "{\"not\": \"a session\"}");
}

TEST_CASE("A shared link with a mistake says so") {
    MemoryPlatform platform;
    platform.fragment = "lesson=nowhere";
    TestWindow window(platform);
    CHECK(window.shows(Mirror::Status, "lesson=nowhere"));
}

TEST_CASE("Windows of other sizes and ratios draw sanely") {
    for (const ImVec2 size : {ImVec2(1920, 1080), ImVec2(1024, 700), ImVec2(700, 900), ImVec2(320, 480)}) {
        MemoryPlatform platform;
        TestWindow window(platform, size, 2);
        window.frame();
        require_sane_drawing();
    }
}

TEST_CASE("Sessions that links put aside are all kept, and go on at their own address") {
    MemoryPlatform platform;
    TestWindow window(platform);
    const auto follow = [&](const std::string& fragment) {
        platform.fragment = fragment;
        window.act("address");
    };
    const auto deployments = [&] {
        window.act("run clear; kubectl get deployments -o name");
        window.pass(1 * kSecond);
        return window.mirrored(Mirror::Terminal);
    };
    window.act("run kubectl create deployment mine --image=nginx");
    window.pass(1 * kSecond);
    follow("lesson=&seed=1&nodes=1");
    CHECK(window.shows(Mirror::Status, "Yours is kept"));
    window.act("run kubectl create deployment first --image=nginx");
    window.pass(1 * kSecond);
    follow("lesson=&seed=2&nodes=2");
    CHECK(deployments().find("deployment.apps/") == std::string::npos);
    follow("lesson=&seed=1&nodes=1");
    CHECK(deployments().find("deployment.apps/first") != std::string::npos);
    follow("lesson=introduction/declare&seed=7&nodes=3");
    CHECK(deployments().find("deployment.apps/mine") != std::string::npos);
}

TEST_CASE("The session that a link put aside comes back with a click") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.act("run kubectl create deployment mine --image=nginx");
    window.pass(1 * kSecond);
    platform.fragment = "lesson=&seed=1&nodes=1";
    window.act("address");
    CHECK_FALSE(window.shows(Mirror::Cluster, "Node node-2"));
    window.act("restore kept");
    window.pass(1 * kSecond);
    CHECK(window.shows(Mirror::Cluster, "Node node-2"));
    CHECK(window.shows(Mirror::Cluster, "Pod mine-"));
}

TEST_CASE("The inspector offers what can be done to a node") {
    MemoryPlatform platform;
    TestWindow window(platform);
    window.act("select Node node-1");
    CHECK(window.shows(Mirror::Inspector, "Cordon node-1"));
    window.act("run kubectl cordon node-1");
    window.pass(1 * kSecond);
    CHECK(window.shows(Mirror::Inspector, "Uncordon node-1"));
}

TEST_CASE("In a narrow window the inspector lies over the rest, on a surface of its own") {
    MemoryPlatform platform;
    TestWindow window(platform, {1024, 700});
    window.act("select Node node-1");
    const ImDrawData& data = *ImGui::GetDrawData();
    int terminal = -1;
    int drawer = -1;
    bool opaque = false;
    for (int i = 0; i < data.CmdLists.Size; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        const std::string_view owner(list._OwnerName);
        if (owner.find("/terminal") != std::string_view::npos) terminal = i;
        if (owner.find("/inspector_") == std::string_view::npos || drawer >= 0) continue;
        drawer = i;
        // The first thing in it is the surface, from its left edge to the window's right one.
        const ImU32 panel = palette_of(Scheme::Dark).panel;
        opaque = list.VtxBuffer.Size > 4 && list.VtxBuffer[0].col == panel && list.VtxBuffer[2].pos.x > 1020;
    }
    REQUIRE(drawer >= 0);
    CHECK(drawer > terminal);
    CHECK(opaque);
}

TEST_CASE("A right click on a node opens its menu, and chooses it") {
    MemoryPlatform platform;
    TestWindow window(platform);
    const ImVec2 first_card(460, 290);  // its empty lower part, in a window of the usual size
    window.click(first_card, ImGuiMouseButton_Right);
    window.frame();
    CHECK(window.shows(Mirror::Inspector, "Node node-1"));
    CHECK(ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel));
}

}  // namespace
}  // namespace kubetab::web
