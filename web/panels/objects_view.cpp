// The ownership tree: workloads → pods (of a Deployment through its ReplicaSets, of a CronJob through its
// Jobs), what nobody owns, and services.

#include <optional>
#include <string>

#include "engine/api/batch.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/daemon_set.h"
#include "engine/api/pod_status.h"
#include "engine/api/stateful_set.h"
#include "web/panels/cluster_parts.h"
#include "web/panels/workload.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

constexpr std::string_view kDeploymentRevision = "deployment.kubernetes.io/revision";

void row(const api::Kind& kind, const api::Object& object, float indent, const std::string& detail,
         ImU32 colour, Ui& ui) {
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
    text(kind.kind, Face::Body, palette.dim);
    ImGui::SameLine(0, 6 * scale);
    const std::string id = std::string(kind.kind) + api::ObjectKey::of(object.metadata).text();
    if (link(id.c_str(), object.metadata.name)) ui.select(kind, api::ObjectKey::of(object.metadata));
    if (ImGui::IsItemClicked(ImGuiMouseButton_Right))
        ui.menu_for = {&kind, api::ObjectKey::of(object.metadata)};
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
        row(api::kind_of<api::Pod>(), pod, indent, word_of(pod) + " · " + where, colour_of(state_of(pod)),
            ui);
    }
}

// The objects of the kind that `owner` controls, each with what it controls.
void workloads_of(const session::View& view, const api::Kind& kind, const std::string& owner, float indent,
                  Ui& ui) {
    const Palette& palette = theme().palette();
    for (const auto& [key, object] : view.objects(kind)) {
        if (hidden(object->metadata) || !owned_by(object->metadata, owner)) continue;
        const std::optional<Workload> workload = workload_of(kind, *object);
        if (!workload) continue;
        const bool well = workload->ready == workload->wanted;
        const std::string revision =
            owner.empty() ? "" : object->metadata.annotations.value_or(kDeploymentRevision, "");
        const std::string detail = std::to_string(workload->ready) + " of " +
                                   std::to_string(workload->wanted) + " ready" +
                                   (revision.empty() ? "" : " · revision " + revision);
        const ImU32 idle = owner.empty() ? palette.ok : palette.faint;
        const ImU32 colour = workload->wanted == 0 ? idle : (well ? palette.ok : palette.warn);
        row(kind, *object, indent, detail, colour, ui);
        const std::string& uid = object->metadata.uid;
        if (&kind == &api::kind_of<api::Deployment>())
            workloads_of(view, api::kind_of<api::ReplicaSet>(), uid, indent + 1, ui);
        pods_of(view, uid, indent + 1, ui);
        if (indent == 0) ImGui::Dummy({1, 6});
    }
}

void jobs_of(const session::View& view, const std::string& uid, float indent, Ui& ui) {
    const Palette& palette = theme().palette();
    for (const auto& [key, object] : view.objects(api::kind_of<api::Job>())) {
        const auto& job = static_cast<const api::Job&>(*object);
        if (hidden(job.metadata) || !owned_by(job.metadata, uid)) continue;
        const api::JobStatus& status = job.status;
        std::string detail = std::to_string(status.succeeded) + " succeeded";
        if (status.failed > 0) detail += " · " + std::to_string(status.failed) + " failed";
        const bool lost = api::is_condition_true(status.conditions, "Failed");
        const bool done = api::is_condition_true(status.conditions, "Complete");
        row(api::kind_of<api::Job>(), job, indent, detail,
            lost ? palette.bad : (done ? palette.faint : palette.ok), ui);
        pods_of(view, job.metadata.uid, indent + 1, ui);
    }
}

void cron_jobs(const session::View& view, Ui& ui) {
    const Palette& palette = theme().palette();
    for (const auto& [key, object] : view.objects(api::kind_of<api::CronJob>())) {
        const auto& cron_job = static_cast<const api::CronJob&>(*object);
        if (hidden(cron_job.metadata)) continue;
        const bool suspended = cron_job.spec.suspend.value_or(false);
        row(api::kind_of<api::CronJob>(), cron_job, 0,
            cron_job.spec.schedule + (suspended ? " · suspended" : ""),
            suspended ? palette.faint : palette.accent, ui);
        jobs_of(view, cron_job.metadata.uid, 1, ui);
    }
}

}  // namespace

void draw_objects(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const session::View& view = session.view();
    const api::Kind* const kinds[] = {&api::kind_of<api::Deployment>(), &api::kind_of<api::StatefulSet>(),
                                      &api::kind_of<api::DaemonSet>(), &api::kind_of<api::ReplicaSet>(),
                                      &api::kind_of<api::ReplicationController>()};
    for (const api::Kind* kind : kinds) workloads_of(view, *kind, "", 0, ui);
    cron_jobs(view, ui);
    jobs_of(view, "", 0, ui);
    pods_of(view, "", 0, ui);
    for (const auto& [key, object] : view.objects(api::kind_of<api::Service>())) {
        const auto& service = static_cast<const api::Service&>(*object);
        if (hidden(service.metadata)) continue;
        row(api::kind_of<api::Service>(), service, 0, service.spec.type + " " + service.spec.clusterIP,
            palette.accent, ui);
    }
}

}  // namespace kubetab::web
