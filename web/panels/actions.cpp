#include "web/panels/actions.h"

#include "engine/cluster/faults/fault_board.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

std::string namespace_flag(const api::ObjectKey& key) {
    return key.namespace_.empty() || key.namespace_ == "default" ? "" : " -n " + key.namespace_;
}

void pod_actions(const api::ObjectKey& key, std::vector<Action>& actions) {
    const std::string where = namespace_flag(key);
    actions.push_back({"Describe", "kubectl describe pod " + key.name + where, false});
    actions.push_back({"Logs", "kubectl logs " + key.name + where, true});
    actions.push_back({"Delete", "kubectl delete pod " + key.name + where, false});
    actions.push_back({"Crash", "chaos crash pod" + where + " " + key.name, false});
}

void node_actions(const session::Session& session, const std::string& name, std::vector<Action>& actions) {
    const api::Ref<api::Node> node = session.view().find<api::Node>({"", name});
    if (!node) return;
    actions.push_back({"Describe", "kubectl describe node " + name, true});
    if (node->spec.unschedulable) {
        actions.push_back({"Uncordon", "kubectl uncordon " + name, false});
    } else {
        actions.push_back({"Cordon", "kubectl cordon " + name, false});
    }
    actions.push_back(
        {"Drain", "kubectl drain " + name + " --ignore-daemonsets --force --delete-emptydir-data", true});
    const bool running = session.cluster().node_running(name);
    actions.push_back(
        {running ? "Stop" : "Start", (running ? "chaos stop node " : "chaos start node ") + name, false});
    const bool connected = session.cluster().node_connected(name);
    if (running) {
        actions.push_back({connected ? "Cut off" : "Reconnect",
                           (connected ? "chaos partition node " : "chaos heal node ") + name, false});
    }
}

void deployment_actions(const session::Session& session, const api::ObjectKey& key,
                        std::vector<Action>& actions) {
    const api::Ref<api::Deployment> deployment = session.view().find<api::Deployment>(key);
    if (!deployment) return;
    const std::string target = "deployment " + key.name + namespace_flag(key);
    const std::int32_t replicas = deployment->spec.replicas.value_or(1);
    const auto scale = [&](std::int32_t to) {
        return "kubectl scale " + target + " --replicas=" + std::to_string(to);
    };
    actions.push_back({"Describe", "kubectl describe " + target, true});
    actions.push_back({"Scale up", scale(replicas + 1), false});
    if (replicas > 0) actions.push_back({"Scale down", scale(replicas - 1), false});
    actions.push_back({"Restart", "kubectl rollout restart " + target, true});
    actions.push_back({"Delete", "kubectl delete " + target, false});
}

}  // namespace

std::vector<Action> actions_of(const session::Session& session, const Selection& selection) {
    std::vector<Action> actions;
    if (!selection || session.view().past()) return actions;
    const api::ObjectKey& key = selection.key;
    if (selection.kind == &api::kind_of<api::Pod>()) {
        if (session.view().find<api::Pod>(key)) pod_actions(key, actions);
    } else if (selection.kind == &api::kind_of<api::Node>()) {
        node_actions(session, key.name, actions);
    } else if (selection.kind == &api::kind_of<api::Deployment>()) {
        deployment_actions(session, key, actions);
    }
    return actions;
}

std::vector<Action> faults_of(const session::Session& session, const Selection& selection) {
    std::vector<Action> actions;
    if (!selection || session.view().past()) return actions;
    const bool pod = selection.kind == &api::kind_of<api::Pod>();
    if (!pod && selection.kind != &api::kind_of<api::Node>()) return actions;
    const std::string target = selection.key.text();
    for (const cluster::Fault& fault : cluster::faults()) {
        if (fault.acts_on != (pod ? cluster::ActsOn::Pod : cluster::ActsOn::Node)) continue;
        const bool active = session.cluster().faults().is_active(fault.name, target);
        const std::string words = std::string(fault.name) + " " + target;
        actions.push_back({(active ? "End " : "") + std::string(fault.name),
                           (active ? "chaos end " : "chaos ") + words, false});
    }
    return actions;
}

void action_menu(const session::Session& session, Ui& ui) {
    static constexpr const char* kId = "actions";
    if (ui.menu_for) {
        ui.selection = ui.menu_for;
        ui.menu_for = {};
        ImGui::OpenPopup(kId);
    }
    if (!ImGui::BeginPopup(kId)) return;
    text(ui.selection.key.name, Face::CaptionStrong, theme().palette().dim);
    const std::vector<Action> actions = actions_of(session, ui.selection);
    if (actions.empty()) text("Nothing can be done to it here.", Face::Caption, theme().palette().dim);
    for (const Action& action : actions) {
        if (ImGui::MenuItem(action.label.c_str())) ui.run(action.line);
        if (action.ends_group) ImGui::Separator();
    }
    const std::vector<Action> faults = faults_of(session, ui.selection);
    if (!faults.empty() && ImGui::BeginMenu("Faults")) {
        for (const Action& fault : faults) {
            if (ImGui::MenuItem(fault.label.c_str())) ui.run(fault.line);
        }
        ImGui::EndMenu();
    }
    ImGui::EndPopup();
}

void action_buttons(const session::Session& session, const Selection& selection, Ui& ui) {
    const float gap = 6 * theme().scale();
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    bool first = true;
    for (const Action& action : actions_of(session, selection)) {
        if (!first) {
            ImGui::SameLine(0, gap);
            if (ImGui::GetCursorScreenPos().x + button_width(action.label.c_str()) > right) ImGui::NewLine();
        }
        first = false;
        if (button(action.label.c_str())) ui.run(action.line);
    }
}

}  // namespace kubetab::web
