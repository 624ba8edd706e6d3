#include "engine/tool/serve_data.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <random>

namespace kubetab::tool {

using base::Result;

namespace {

constexpr const char* kNodes = "nodes";
constexpr const char* kSystemPods = "system-pods";
constexpr const char* kApis = "apis";
constexpr const char* kCloud = "cloud";

// 64 hexadecimal digits from the system, not from the cluster's chance, which a seed tells.
std::string secret_digits() {
    std::random_device device;
    std::string digits;
    while (digits.size() < 64) {
        char text[9];
        std::snprintf(text, sizeof text, "%08x", device());
        digits += text;
    }
    return digits;
}

}  // namespace

Result<ServeData> ServeData::open(const std::string& folder) {
    ServeData data;
    if (folder.empty()) return data;
    data.journal_ = TRY(journal::Journal::open(folder));
    data.kept_ = TRY(data.journal_->read());
    if (data.kept_ && !data.kept_->note.empty())
        std::fprintf(stderr, "kubetab: %s\n", data.kept_->note.c_str());
    return data;
}

store::Store ServeData::take_over(ServeOptions& options, sim::Instant now) {
    cluster::ClusterSpec& spec = options.spec;
    // Clients reckon ages with their own clocks: the cluster's is the same when nothing speeds it up.
    spec.start = now - spec.boot - sim::seconds(1);
    if (!kept_) return store::Store();
    // The machines were off, and time went on meanwhile; it never goes back.
    spec.start = std::max(now, kept_->header.now);
    // What chance has made is not made again.
    spec.seed ^= static_cast<std::uint64_t>(kept_->store.revision()) * 0x9E3779B97F4A7C15ULL;
    const std::map<std::string, std::string>& facts = kept_->header.facts;
    if (const auto nodes = facts.find(kNodes);
        nodes != facts.end() && options.kubelets && !options.nodes_given)
        std::from_chars(nodes->second.data(), nodes->second.data() + nodes->second.size(), spec.nodes);
    if (const auto pods = facts.find(kSystemPods); pods != facts.end())
        spec.system_pods = pods->second == "yes";
    // Once it has served them, clients may rely on them.
    if (facts.contains(kApis)) spec.apis = api::ServedApis::Of2017;
    if (const auto cloud = facts.find(kCloud); cloud != facts.end() && !spec.cloud.present) {
        const Result<api::CloudChoice> read = api::read_cloud(cloud->second);
        if (read.ok()) spec.cloud = *read;
    }
    return std::move(kept_->store);
}

Result<void> ServeData::begin(cluster::Cluster& cluster) {
    if (!journal_) return {};
    const cluster::ClusterSpec& spec = cluster.spec();
    std::map<std::string, std::string> facts = {{kNodes, std::to_string(spec.nodes)},
                                                {kSystemPods, spec.system_pods ? "yes" : "no"}};
    if (spec.apis == api::ServedApis::Of2017) facts[kApis] = "2017";
    if (spec.cloud.present) facts[kCloud] = api::cloud_word(spec.cloud);
    TRY(journal_->begin(cluster.store(), cluster.server().custom_kinds(), cluster.now(), facts));
    cluster.observe(journal_.get());
    return {};
}

std::unique_ptr<api::CustomKinds> ServeData::custom_kinds() {
    return kept_ ? std::move(kept_->custom_kinds) : std::make_unique<api::CustomKinds>();
}

Result<void> ServeData::sync(cluster::Cluster& cluster) {
    if (!journal_) return {};
    return journal_->sync(cluster.store(), cluster.server().custom_kinds(), cluster.now());
}

Result<std::string> ServeData::kept_text(const std::string& name, const std::string& made) {
    if (!journal_) return made;
    const journal::Folder& folder = journal_->folder();
    const std::vector<std::string> names = folder.names();
    if (std::find(names.begin(), names.end(), name) != names.end()) return folder.read(name);
    TRY(folder.replace(name, made));
    return made;
}

Result<rest::Certificate> ServeData::authority() {
    const rest::Certificate made = TRY(rest::make_authority());
    // One file, so that there is never a certificate without its key.
    static constexpr std::string_view kBegin = "-----BEGIN PRIVATE KEY";
    const std::string kept = TRY(kept_text("ca.pem", made.certificate + made.key));
    const std::size_t key = kept.find(kBegin);
    if (key == std::string::npos)
        return base::failure(base::Reason::BadRequest, "ca.pem holds no certificate with its key");
    return rest::Certificate{kept.substr(0, key), kept.substr(key)};
}

Result<std::string> ServeData::token_key() {
    return kept_text("token.key", secret_digits());
}

}  // namespace kubetab::tool
