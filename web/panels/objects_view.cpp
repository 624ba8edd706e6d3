// The ownership tree: Deployment → ReplicaSet → Pods, what nobody owns, and services.

#include "web/panels/cluster_parts.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

template <class T>
void row(const T& object, float indent, const char* kind, const std::string& detail, ImU32 colour, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float x = from.x + indent * 22 * scale;
    if (indent > 0) {
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddLine({x - 12 * scale, from.y - 6 * scale}, {x - 12 * scale, from.y + 9 * scale},
                     palette.line);
        list.AddLine({x - 12 * scale, from.y + 9 * scale}, {x - 3 * scale, from.y + 9 * scale}, palette.line);
    }
    ImGui::GetWindowDrawList()->AddCircleFilled({x + 4 * scale, from.y + 9 * scale}, 3.5F * scale, colour);
    ImGui::SetCursorScreenPos({x + 16 * scale, from.y});
    text(kind, Face::Body, palette.dim);
    ImGui::SameLine(0, 6 * scale);
    const std::string id = std::string(kind) + api::ObjectKey::of(object.metadata).text();
    if (link(id.c_str(), object.metadata.name))
        ui.select(api::kind_of<T>(), api::ObjectKey::of(object.metadata));
    if (ImGui::IsItemClicked(ImGuiMouseButton_Right))
        ui.menu_for = {&api::kind_of<T>(), api::ObjectKey::of(object.metadata)};
    ImGui::SameLine(0, 10 * scale);
    text(detail, Face::Caption, palette.dim);
    ImGui::SetCursorScreenPos({from.x, from.y + 24 * scale});
}

bool hidden(const api::ObjectMeta& metadata) {
    return metadata.namespace_ == "kube-system";
}

bool owned_by(const api::ObjectMeta& metadata, const std::string& uid) {
    const api::OwnerReference* owner = api::controller_of(metadata);
    return owner == nullptr ? uid.empty() : owner->uid == uid;
}

void pods_of(const session::View& view, const std::string& uid, float indent, Ui& ui) {
    for (const auto& [key, object] : view.objects(api::kind_of<api::Pod>())) {
        const auto& pod = static_cast<const api::Pod&>(*object);
        if (hidden(pod.metadata) || !owned_by(pod.metadata, uid)) continue;
        const std::string where = pod.spec->nodeName.empty() ? "no node yet" : pod.spec->nodeName;
        row(pod, indent, "Pod", word_of(pod) + " · " + where, colour_of(state_of(pod)), ui);
    }
}

std::string ready(std::int32_t have, std::int32_t want) {
    return std::to_string(have) + " of " + std::to_string(want) + " ready";
}

void replica_sets_of(const session::View& view, const std::string& uid, float indent, Ui& ui) {
    const Palette& palette = theme().palette();
    for (const auto& [key, object] : view.objects(api::kind_of<api::ReplicaSet>())) {
        const auto& set = static_cast<const api::ReplicaSet&>(*object);
        if (hidden(set.metadata) || !owned_by(set.metadata, uid)) continue;
        const std::int32_t want = set.spec.replicas.value_or(0);
        const bool well = set.status.readyReplicas == want;
        const std::string revision =
            set.metadata.annotations.value_or("deployment.kubernetes.io/revision", "");
        const std::string detail =
            ready(set.status.readyReplicas, want) + (revision.empty() ? "" : " · revision " + revision);
        row(set, indent, "ReplicaSet", detail, want == 0 ? palette.faint : (well ? palette.ok : palette.warn),
            ui);
        pods_of(view, set.metadata.uid, indent + 1, ui);
    }
}

}  // namespace

void draw_objects(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const session::View& view = session.view();
    for (const auto& [key, object] : view.objects(api::kind_of<api::Deployment>())) {
        const auto& deployment = static_cast<const api::Deployment&>(*object);
        if (hidden(deployment.metadata)) continue;
        const std::int32_t want = deployment.spec.replicas.value_or(0);
        const bool well = deployment.status.readyReplicas == want;
        row(deployment, 0, "Deployment", ready(deployment.status.readyReplicas, want),
            well ? palette.ok : palette.warn, ui);
        replica_sets_of(view, deployment.metadata.uid, 1, ui);
        ImGui::Dummy({1, 6});
    }
    replica_sets_of(view, "", 0, ui);
    pods_of(view, "", 0, ui);
    for (const auto& [key, object] : view.objects(api::kind_of<api::Service>())) {
        const auto& service = static_cast<const api::Service&>(*object);
        if (hidden(service.metadata)) continue;
        row(service, 0, "Service", service.spec.type + " " + service.spec.clusterIP, palette.accent, ui);
    }
}

}  // namespace kubetab::web
