// LimitRanger: fills in what containers leave out, and refuses what is beyond a namespace's bounds.
// upstream: plugin/pkg/admission/limitranger/admission.go

#include "engine/api/core/limit_range.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/pod_resources.h"
#include "engine/api/ratio.h"
#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

using api::LimitRange;
using api::LimitRangeItem;
using api::Quantity;
using api::Ref;
using api::ResourceList;

constexpr std::string_view kAnnotation = "kubernetes.io/limit-ranger";

std::vector<Ref<LimitRange>> ranges_in(const AdmissionRequest& request) {
    std::vector<Ref<LimitRange>> ranges;
    const api::ObjectMap& all = request.server.store().all(api::kind_of<LimitRange>());
    if (all.empty()) return ranges;
    for (const Ref<api::Object>& object : all.in_namespace(request.object.metadata.namespace_))
        ranges.push_back(api::cast<LimitRange>(object));
    return ranges;
}

// The names that were missing, or "".
std::string fill(ResourceList& amounts, const ResourceList& defaults) {
    std::string names;
    for (const auto& [name, quantity] : defaults) {
        if (amounts.contains(name)) continue;
        amounts[name] = quantity;
        names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

// upstream: mergeContainerResources
void fill_containers(std::vector<api::Container>& containers, std::string_view what,
                     const LimitRangeItem& defaults, std::string& done) {
    for (api::Container& container : containers) {
        const std::string requests = fill(container.resources.requests, defaults.defaultRequest);
        const std::string limits = fill(container.resources.limits, defaults.default_);
        for (const auto& [names, kind] : {std::pair(&requests, " request for "), {&limits, " limit for "}}) {
            if (names->empty()) continue;
            done += (done.empty() ? "" : "; ") + *names + kind + std::string(what) + " " + container.name;
        }
    }
}

// upstream: PodMutateLimitFunc
void fill_pod(const LimitRange& range, api::Pod& pod) {
    LimitRangeItem defaults;
    for (const LimitRangeItem& item : range.spec.limits) {
        if (item.type != "Container") continue;
        for (const auto& [name, quantity] : item.default_) defaults.default_[name] = quantity;
        for (const auto& [name, quantity] : item.defaultRequest) defaults.defaultRequest[name] = quantity;
    }
    std::string done;
    api::PodSpec& spec = pod.spec.edit();
    fill_containers(spec.containers, "container", defaults, done);
    fill_containers(spec.initContainers, "init container", defaults, done);
    if (!done.empty()) pod.metadata.annotations[kAnnotation] = "LimitRanger plugin set: " + done;
}

// What one object asks for, against the bounds of one entry.
class Check {
public:
    Check(const LimitRangeItem& item, ResourceList requests, ResourceList limits,
          std::vector<std::string>& problems)
        : item_(item), requests_(std::move(requests)), limits_(std::move(limits)), problems_(problems) {}

    // upstream: minConstraint
    void at_least() {
        for (const auto& [name, bound] : item_.min) {
            const Quantity* request = requests_.get(name);
            const Quantity* limit = limits_.get(name);
            const std::string text = usage("minimum", name, bound);
            if (request == nullptr) problem(text + ".  No request is specified");
            else if (*request < bound) problem(text + ", but request is " + request->text());
            else if (limit != nullptr && *limit < bound) problem(text + ", but limit is " + limit->text());
        }
    }
    // upstream: maxConstraint
    void at_most() {
        for (const auto& [name, bound] : item_.max) {
            const Quantity* request = requests_.get(name);
            const Quantity* limit = limits_.get(name);
            const std::string text = usage("maximum", name, bound);
            if (limit == nullptr) problem(text + ".  No limit is specified");
            else if (bound < *limit) problem(text + ", but limit is " + limit->text());
            else if (request != nullptr && bound < *request)
                problem(text + ", but request is " + request->text());
        }
    }
    // upstream: maxRequestConstraint
    void request_at_most() {
        for (const auto& [name, bound] : item_.max) {
            const Quantity* request = requests_.get(name);
            const std::string text = usage("maximum", name, bound);
            if (request == nullptr) problem(text + ".  No request is specified");
            else if (bound < *request) problem(text + ", but request is " + request->text());
        }
    }
    // upstream: limitRequestRatioConstraint
    void ratio_at_most() {
        for (const auto& [name, bound] : item_.maxLimitRequestRatio) {
            const Quantity* request = requests_.get(name);
            const Quantity* limit = limits_.get(name);
            const std::string text =
                name + " max limit to request ratio per " + item_.type + " is " + bound.text() + ", but ";
            if (request == nullptr || request->is_zero())
                problem(text + "no request is specified or request is 0");
            else if (limit == nullptr || limit->is_zero())
                problem(text + "no limit is specified or limit is 0");
            else if (api::is_more_than(*limit, bound, *request))
                problem(text + "provided ratio is " + api::ratio_text(*limit, *request));
        }
    }

private:
    std::string usage(std::string_view bound, const std::string& name, const Quantity& quantity) const {
        return std::string(bound) + " " + name + " usage per " + item_.type + " is " + quantity.text();
    }
    // The same twice is told once.
    void problem(std::string text) {
        for (const std::string& known : problems_) {
            if (known == text) return;
        }
        problems_.push_back(std::move(text));
    }

    const LimitRangeItem& item_;
    ResourceList requests_;
    ResourceList limits_;
    std::vector<std::string>& problems_;
};

void check_amounts(const LimitRangeItem& item, const ResourceList& requests, const ResourceList& limits,
                   std::vector<std::string>& problems) {
    Check check(item, requests, limits, problems);
    check.at_least();
    check.at_most();
    check.ratio_at_most();
}

// upstream: PodValidateLimitFunc
void check_pod(const LimitRangeItem& item, const api::PodSpec& spec, std::vector<std::string>& problems) {
    if (item.type == "Container") {
        for (const std::vector<api::Container>* containers : {&spec.containers, &spec.initContainers}) {
            for (const api::Container& container : *containers)
                check_amounts(item, container.resources.requests, container.resources.limits, problems);
        }
    }
    if (item.type == "Pod") check_amounts(item, api::pod_requests(spec), api::pod_limits(spec), problems);
}

// upstream: PersistentVolumeClaimValidateLimitFunc
void check_claim(const LimitRangeItem& item, const AdmissionRequest& request,
                 std::vector<std::string>& problems) {
    if (item.type != "PersistentVolumeClaim") return;
    const auto& claim = static_cast<const api::PersistentVolumeClaim&>(request.object);
    Check check(item, claim.spec.resources.requests, {}, problems);
    check.at_least();
    check.request_at_most();
}

std::string joined(const std::vector<std::string>& problems) {
    if (problems.size() == 1) return problems.front();
    std::string text;
    for (const std::string& problem : problems) text += (text.empty() ? "[" : ", ") + problem;
    return text + "]";
}

}  // namespace

base::Result<void> admit_limit_ranger(const AdmissionRequest& request) {
    if (request.operation != Operation::Create || &request.kind != &api::kind_of<api::Pod>()) return {};
    for (const Ref<LimitRange>& range : ranges_in(request))
        fill_pod(*range, static_cast<api::Pod&>(request.object));
    return {};
}

base::Result<void> check_limit_ranger(const AdmissionRequest& request) {
    const bool pod = &request.kind == &api::kind_of<api::Pod>();
    const bool claim = &request.kind == &api::kind_of<api::PersistentVolumeClaim>();
    const bool new_pod = pod && request.operation == Operation::Create;
    if ((!new_pod && !claim) || request.object.metadata.deletionTimestamp.is_set()) return {};
    for (const Ref<LimitRange>& range : ranges_in(request)) {
        std::vector<std::string> problems;
        for (const LimitRangeItem& item : range->spec.limits) {
            if (pod) check_pod(item, *static_cast<const api::Pod&>(request.object).spec, problems);
            else check_claim(item, request, problems);
        }
        if (!problems.empty()) return forbidden(request.kind, request.object.metadata, joined(problems));
    }
    return {};
}

}  // namespace kubetab::server
