#include "engine/node/image_manager.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/stable_sort.h"

namespace kubetab::node {
namespace {

using client::EventType;

constexpr std::size_t kMostListed = 50;

}  // namespace

std::string pull_policy(const api::Container& container) {
    if (!container.imagePullPolicy.empty()) return container.imagePullPolicy;
    const base::Result<runtime::ImageReference> reference = runtime::parse_image_reference(container.image);
    return reference.ok() && reference->tag == "latest" ? "Always" : "IfNotPresent";
}

ImageManager::ImageManager(NodeContext& context, runtime::Registry& registry)
    : context_(context), registry_(registry) {}

base::Result<void> ImageManager::preload(const std::string& text) {
    const runtime::ImageReference reference = TRY(runtime::parse_image_reference(text));
    present_.insert_or_assign(reference.text(), TRY(registry_.resolve(reference)));
    changed_ = true;
    return {};
}

// upstream: EnsureImageExists
ImageAnswer ImageManager::ensure(const ImageRequest& request) {
    const Key key{request.worker, request.container->name};
    const auto known = answers_.find(key);
    if (known != answers_.end()) {
        ImageAnswer answer = std::move(known->second);
        answers_.erase(known);
        return answer;
    }
    for (const Pull& pull : queue_) {
        if (pull.worker == request.worker && pull.container == request.container->name) return {};
    }
    ImageAnswer answer;
    answer.asked = request.container->image;
    const base::Result<runtime::ImageReference> reference =
        runtime::parse_image_reference(request.container->image);
    if (!reference.ok()) {
        answer.state = ImageAnswer::State::Failed;
        answer.reason = "InvalidImageName";
        answer.message =
            fmt::format("Failed to apply default image tag \"{0}\": couldn't parse image name \"{0}\": {1}",
                        request.container->image, reference.error().message);
        context_.record(*request.pod, EventType::Warning, "InspectFailed", answer.message,
                        request.field_path);
        return answer;
    }
    answer.reference = reference->text();
    const std::string policy = pull_policy(*request.container);
    const auto present = present_.find(answer.reference);
    if (present != present_.end() && policy != "Always") {
        answer.state = ImageAnswer::State::Present;
        answer.image = present->second;
        if (context_.platform->hollow) answer.reference = answer.image->id();
        context_.record(*request.pod, EventType::Normal, "Pulled",
                        api::Text::repeated(fmt::format("Container image \"{}\" already present on machine",
                                                        request.container->image)),
                        request.field_path);
        return answer;
    }
    return missing(request, std::move(answer), policy);
}

ImageAnswer ImageManager::missing(const ImageRequest& request, ImageAnswer answer,
                                  const std::string& policy) {
    const std::string& image = request.container->image;
    if (policy == "Never") {
        answer.state = ImageAnswer::State::Failed;
        answer.reason = "ErrImageNeverPull";
        answer.message =
            fmt::format("Container image \"{}\" is not present with pull policy of Never", image);
        context_.record(*request.pod, EventType::Warning, "ErrImageNeverPull", answer.message,
                        request.field_path);
        return answer;
    }
    const auto trouble = troubles_.find({request.pod->metadata.uid, image});
    if (trouble != troubles_.end() && trouble->second.back_off.waiting(trouble->second.at, context_.now())) {
        answer.state = ImageAnswer::State::Failed;
        answer.reason = "ImagePullBackOff";
        const std::string text = fmt::format("Back-off pulling image \"{}\"", image);
        answer.message = text + ": ErrImagePull: " + trouble->second.message;
        context_.record(*request.pod, EventType::Normal, "BackOff", text, request.field_path);
        return answer;
    }
    context_.record(*request.pod, EventType::Normal, "Pulling", fmt::format("Pulling image \"{}\"", image),
                    request.field_path);
    enqueue(request, *runtime::parse_image_reference(image));
    return {};
}

void ImageManager::enqueue(const ImageRequest& request, const runtime::ImageReference& reference) {
    Pull pull;
    pull.worker = request.worker;
    pull.container = request.container->name;
    pull.pod_uid = request.pod->metadata.uid;
    pull.pod = client::EventRecorder::reference_to(api::kind_of<api::Pod>(), *request.pod);
    pull.field_path = request.field_path;
    pull.image = request.container->image;
    pull.reference = reference;
    pull.asked = context_.now();
    queue_.push_back(std::move(pull));
    if (queue_.size() == 1) start_next();
}

void ImageManager::start_next() {
    if (queue_.empty()) return;
    Pull& pull = queue_.front();
    pull.duration = registry_.ask_duration(pull.reference);
    const base::Result<runtime::ImageRef> image = registry_.resolve(pull.reference);
    if (image.ok()) {
        const bool has_layers = std::any_of(present_.begin(), present_.end(), [&](const auto& entry) {
            return entry.second->digest == (*image)->digest;
        });
        if (!has_layers) pull.duration = pull.duration + registry_.download_duration(**image);
    }
    pull.event = context_.schedule(Timer::Pull, pull.duration, pull.worker);
}

void ImageManager::record(const Pull& pull, EventType type, const char* reason, std::string message) const {
    if (!context_.reachable) return;
    context_.recorder.record_for(pull.pod, {type, reason, std::move(message), pull.field_path});
}

std::int64_t ImageManager::pull_finished() {
    if (queue_.empty()) return 0;
    const Pull pull = std::move(queue_.front());
    queue_.pop_front();
    ImageAnswer answer;
    answer.asked = pull.image;
    answer.reference = pull.reference.text();
    const base::Result<runtime::ImageRef> image = registry_.resolve(pull.reference);
    const std::pair trouble_key{pull.pod_uid, pull.image};
    if (image.ok()) {
        answer.state = ImageAnswer::State::Present;
        answer.image = *image;
        runtime::ImageRef& slot = present_[answer.reference];
        if (slot != *image) changed_ = true;
        slot = *image;
        troubles_.erase(trouble_key);
        record(pull, EventType::Normal, "Pulled",
               fmt::format(
                   "Successfully pulled image \"{}\" in {} ({} including waiting). Image size: {} bytes.",
                   pull.image, go_milliseconds(pull.duration), go_milliseconds(context_.now() - pull.asked),
                   registry_.size_of(**image)));
    } else {
        answer.state = ImageAnswer::State::Failed;
        answer.reason = "ErrImagePull";
        answer.message = image.error().message;
        Trouble& trouble = troubles_[trouble_key];
        trouble.back_off.next(context_.now(), context_.now());
        trouble.at = context_.now();
        trouble.message = answer.message;
        record(pull, EventType::Warning, "Failed",
               fmt::format("Failed to pull image \"{}\": {}", pull.image, answer.message));
    }
    if (pull.worker != 0) answers_.insert_or_assign(Key{pull.worker, pull.container}, std::move(answer));
    start_next();
    return pull.worker;
}

void ImageManager::forget(std::int64_t worker, const std::string& pod_uid) {
    for (Pull& pull : queue_) {
        if (pull.worker == worker) pull.worker = 0;  // It goes on; nobody waits for it.
    }
    answers_.erase(answers_.lower_bound({worker, ""}), answers_.lower_bound({worker + 1, ""}));
    auto it = troubles_.lower_bound({pod_uid, ""});
    while (it != troubles_.end() && it->first.first == pod_uid) it = troubles_.erase(it);
}

void ImageManager::lose_pulls() {
    if (!queue_.empty()) context_.simulation.cancel(queue_.front().event);
    queue_.clear();
    answers_.clear();
    troubles_.clear();
}

// upstream: pkg/kubelet/images/image_gc_manager.go DeleteUnusedImages
std::int64_t ImageManager::remove_unused(const std::set<std::string>& used) {
    std::map<std::string, std::int64_t> unused;  // sizes by id
    std::set<std::string> kept;
    for (const auto& [reference, image] : present_) {
        if (used.contains(reference)) kept.insert(image->id());
    }
    std::erase_if(present_, [&](const auto& entry) {
        if (kept.contains(entry.second->id())) return false;
        unused[entry.second->id()] = registry_.size_of(*entry.second);
        return true;
    });
    std::int64_t freed = 0;
    for (const auto& [id, size] : unused) freed += size;
    if (freed > 0) changed_ = true;
    return freed;
}

std::vector<api::ContainerImage> ImageManager::list() const {
    std::map<std::string, api::ContainerImage> images;  // by id
    for (const auto& [reference, image] : present_) {
        api::ContainerImage& entry = images[image->id()];
        if (entry.names.empty()) entry.names.push_back(image->id());
        if (reference.find('@') == std::string::npos) entry.names.push_back(reference);
        entry.sizeBytes = registry_.size_of(*image);
    }
    std::vector<api::ContainerImage> result;
    for (auto& [id, entry] : images) result.push_back(std::move(entry));
    base::stable_sort(result, [](const api::ContainerImage& a, const api::ContainerImage& b) {
        return a.sizeBytes > b.sizeBytes;
    });
    if (result.size() > kMostListed) result.resize(kMostListed);
    return result;
}

}  // namespace kubetab::node
