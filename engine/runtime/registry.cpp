#include "engine/runtime/registry.h"

#include "engine/base/ensure.h"
#include "engine/base/json.h"
#include "engine/runtime/assets.h"

namespace kubetab::runtime {
namespace {

using base::Json;
using base::Reason;

constexpr std::int64_t kBytesPerMillisecond = 25'000;  // 25 MB/s
constexpr sim::Duration kShortestAsk = sim::milliseconds(480);
constexpr std::uint64_t kAskSpread = 700;  // ms

std::uint64_t hash(std::string_view text) {
    std::uint64_t value = 14695981039346656037ULL;  // FNV-1a
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return value;
}

// 64 hexadecimal digits that belong to a text for ever.
std::string make_digest(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::uint64_t state = hash(text);
    std::string digest = "sha256:";
    for (int word = 0; word < 4; ++word) {
        state += 0x9e3779b97f4a7c15ULL;  // splitmix64
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        mixed ^= mixed >> 31;
        for (int shift = 60; shift >= 0; shift -= 4) digest += kDigits[mixed >> shift & 15];
    }
    return digest;
}

std::vector<std::string> strings(const Json& object, std::string_view key) {
    std::vector<std::string> result;
    const Json* list = base::find(object, key);
    if (list == nullptr || !list->is_array()) return result;
    for (const Json& item : *list) {
        if (item.is_string()) result.push_back(item.get<std::string>());
    }
    return result;
}

void read_map(const Json& object, std::string_view key, std::map<std::string, std::string>& into) {
    const Json* map = base::find(object, key);
    if (map == nullptr || !map->is_object()) return;
    for (const auto& [name, value] : map->items()) {
        if (value.is_string()) into[name] = value.get<std::string>();
    }
}

// What an entry or one of its versions says; a version overrides its entry.
void read_fields(const Json& object, Image& image) {
    if (base::find(object, "entrypoint") != nullptr) image.entrypoint = strings(object, "entrypoint");
    if (base::find(object, "command") != nullptr) image.command = strings(object, "command");
    if (base::find(object, "programs") != nullptr) image.programs = strings(object, "programs");
    if (base::find(object, "user") != nullptr) image.user = base::text_at(object, {"user"});
    if (base::find(object, "directory") != nullptr)
        image.working_directory = base::text_at(object, {"directory"});
    if (base::find(object, "stop_signal") != nullptr)
        image.stop_signal = base::text_at(object, {"stop_signal"});
    const std::string tools = base::text_at(object, {"tools"});
    if (tools == "busybox") image.tools = Tools::Busybox;
    if (tools == "debian") image.tools = Tools::Debian;
    read_map(object, "environment", image.environment);
    read_map(object, "files", image.files);
}

void replace_version(std::string& text, const std::string& version) {
    const std::string_view mark = "{version}";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        text.replace(at, mark.size(), version);
    }
}

base::Status resolve_failure(Reason reason, const ImageReference& reference, const std::string& detail) {
    std::string prefix = reason == Reason::NotFound ? "rpc error: code = NotFound desc = " : "";
    return base::failure(reason, prefix + "failed to pull and unpack image \"" + reference.text() +
                                     "\": failed to resolve reference \"" + reference.text() +
                                     "\": " + detail);
}

}  // namespace

std::vector<Image> read_catalogue(std::string_view text) {
    std::vector<Image> images;
    const base::Result<Json> document = base::parse_json(text);
    ENSURE(document.ok());
    const Json* entries = base::find(*document, "images");
    ENSURE(entries != nullptr);
    for (const Json& entry : *entries) {
        const Json* versions = base::find(entry, "versions");
        ENSURE(versions != nullptr);
        for (const Json& version : *versions) {
            Image image;
            image.repository = base::text_at(entry, {"repository"});
            read_fields(entry, image);
            read_fields(version, image);
            image.tags = strings(version, "tags");
            ENSURE(!image.tags.empty());
            image.version = base::text_at(version, {"version"});
            if (image.version.empty()) image.version = image.tags.front();
            image.size_bytes = base::int_at(version, {"size"});
            image.digest = make_digest(image.repository + ":" + image.version + ":" + image.tags.front());
            image.environment.try_emplace("PATH",
                                          "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            for (auto& [name, value] : image.environment) replace_version(value, image.version);
            images.push_back(std::move(image));
        }
    }
    return images;
}

Registry::Registry() {
    for (Image& image : read_catalogue(images_json())) push(std::move(image));
}

void Registry::push(Image image) {
    if (image.digest.empty()) image.digest = make_digest(image.repository + ":" + image.version);
    const ImageRef pushed = std::make_shared<const Image>(std::move(image));
    std::map<std::string, ImageRef>& repository = images_[pushed->repository];
    for (const std::string& tag : pushed->tags) repository.insert_or_assign(tag, pushed);
    repository.insert_or_assign(pushed->digest, pushed);
}

base::Status Registry::missing_tag(const ImageReference& reference) const {
    return resolve_failure(Reason::NotFound, reference, reference.text() + ": not found");
}

// upstream: containerd core/remotes/docker/resolver.go, as the kubelet shows it
base::Result<ImageRef> Registry::resolve(const ImageReference& reference) const {
    if (!answering_) {
        const std::string host = reference.domain == "docker.io" ? "registry-1.docker.io" : reference.domain;
        return resolve_failure(Reason::ServiceUnavailable, reference,
                               "unexpected status from HEAD request to https://" + host + "/v2/" +
                                   reference.path + "/manifests/" +
                                   (reference.digest.empty() ? reference.tag : reference.digest) +
                                   ": 503 Service Unavailable");
    }
    if (hidden_.contains(reference.text())) return missing_tag(reference);
    const auto repository = images_.find(reference.repository());
    if (repository != images_.end()) {
        const auto found =
            repository->second.find(reference.digest.empty() ? reference.tag : reference.digest);
        return found == repository->second.end() ? base::Result<ImageRef>(missing_tag(reference))
                                                 : found->second;
    }
    if (reference.domain == "docker.io") {
        return resolve_failure(
            Reason::Forbidden, reference,
            "pull access denied, repository does not exist or may require authorization: server "
            "message: insufficient_scope: authorization failed");
    }
    if (reference.domain == "gcr.io" || reference.domain == "registry.k8s.io" ||
        reference.domain == "k8s.gcr.io" || reference.domain == "quay.io" || reference.domain == "ghcr.io") {
        return missing_tag(reference);
    }
    const std::string host = reference.domain.substr(0, reference.domain.find(':'));
    return resolve_failure(Reason::ServiceUnavailable, reference,
                           "failed to do request: Head \"https://" + reference.domain + "/v2/" +
                               reference.path + "/manifests/" +
                               (reference.digest.empty() ? reference.tag : reference.digest) +
                               "\": dial tcp: lookup " + host + ": no such host");
}

sim::Duration Registry::ask_duration(const ImageReference& reference) const {
    if (pull_duration_) return *pull_duration_;
    return kShortestAsk + sim::milliseconds(static_cast<std::int64_t>(hash(reference.text()) % kAskSpread));
}

sim::Duration Registry::download_duration(const Image& image) const {
    if (pull_duration_) return sim::Duration{};
    return sim::milliseconds(size_of(image) / kBytesPerMillisecond) * slowness_;
}

std::map<std::string, std::vector<std::string>> Registry::tags() const {
    std::map<std::string, std::vector<std::string>> result;
    for (const auto& [repository, images] : images_) {
        std::vector<std::string>& tags = result[repository];
        for (const auto& [tag, image] : images) {
            if (!tag.starts_with("sha256:")) tags.push_back(tag);
        }
    }
    return result;
}

}  // namespace kubetab::runtime
