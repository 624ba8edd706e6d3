#include "engine/kubectl/commands/rollout_revisions.h"

#include <charconv>

#include "engine/base/stable_sort.h"
#include "engine/kubectl/describe/pod_parts.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

constexpr std::string_view kChangeCause = "kubernetes.io/change-cause";
constexpr std::string_view kRevision = "deployment.kubernetes.io/revision";

bool is_owned_by(const base::Json& object, const std::string& uid) {
    for (const base::Json& owner : describe::array_at(object, {"metadata", "ownerReferences"})) {
        if (describe::truth_at(owner, {"controller"})) return base::text_at(owner, {"uid"}) == uid;
    }
    return false;
}

// nullopt when the replica set carries no number.
std::optional<Revision> of_replica_set(const base::Json& replica_set) {
    const std::string text = base::text_at(replica_set, {"metadata", "annotations", kRevision});
    Revision revision;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), revision.number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    revision.pod_template = describe::map_at(replica_set, {"spec", "template"});
    return revision;
}

Revision of_controller_revision(const base::Json& object) {
    Revision revision;
    revision.number = base::int_at(object, {"revision"});
    revision.pod_template = describe::map_at(object, {"data", "spec", "template"});
    revision.pod_template.erase("$patch");
    return revision;
}

}  // namespace

base::Result<std::vector<Revision>> revisions_of(Context& context, const Info& info) {
    const bool is_deployment = info.resource.kind == "Deployment";
    if (info.resource.todays_group() != "apps" ||
        (!is_deployment && info.resource.kind != "DaemonSet" && info.resource.kind != "StatefulSet")) {
        return client_error("no history viewer has been implemented for \"" + info.resource.kind + "\"");
    }
    const std::string path = "/apis/apps/v1/namespaces/" + info.namespace_ +
                             (is_deployment ? "/replicasets" : "/controllerrevisions");
    const std::string selector =
        describe::selector_query(describe::map_at(info.object, {"spec", "selector"}));
    const base::Json list = TRY(list_json(context, path, {{"labelSelector", selector}}));
    const std::string uid = base::text_at(info.object, {"metadata", "uid"});
    std::vector<Revision> revisions;
    for (const base::Json& object : describe::array_at(list, {"items"})) {
        if (!is_owned_by(object, uid)) continue;
        std::optional<Revision> revision =
            is_deployment ? of_replica_set(object) : std::optional<Revision>(of_controller_revision(object));
        if (!revision) continue;
        revision->change_cause = base::text_at(object, {"metadata", "annotations", kChangeCause});
        revision->object = object;
        revisions.push_back(std::move(*revision));
    }
    base::stable_sort(revisions, [](const Revision& a, const Revision& b) { return a.number < b.number; });
    return revisions;
}

std::string template_text(const base::Json& pod_template) {
    describe::Writer writer;
    describe::write_pod_template(pod_template, writer);
    return writer.take_raw();
}

bool same_template(base::Json left, base::Json right) {
    for (base::Json* side : {&left, &right}) {
        const base::Json* labels = base::find(*side, {"metadata", "labels"});
        if (labels != nullptr && labels->is_object())
            (*side)["metadata"]["labels"].erase("pod-template-hash");
    }
    return left == right;
}

}  // namespace kubetab::kubectl
