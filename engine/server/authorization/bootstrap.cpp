#include "engine/server/authorization/bootstrap.h"

#include <utility>
#include <vector>

#include "engine/api/rbac.h"
#include "engine/base/digest.h"
#include "engine/base/ensure.h"

namespace kubetab::server {

using api::PolicyRule;
using api::Subject;
using api::Text;

namespace {

constexpr std::string_view kAggregate = "rbac.authorization.k8s.io/aggregate-to-";
constexpr std::string_view kControllerPrefix = "system:controller:";

// Up to the separator, which is taken too.
std::string_view taken(std::string_view& text, char separator) {
    const std::size_t at = text.find(separator);
    const std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return part;
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const std::string_view word = taken(line, ' ');
        if (!word.empty()) words.push_back(word);
    }
    return words;
}

std::vector<Text> list_of(std::string_view text) {
    std::vector<Text> list;
    while (!text.empty()) {
        const std::string_view item = taken(text, ',');
        list.emplace_back(item == "-" ? std::string_view() : item);
    }
    return list;
}

PolicyRule rule_of(const std::vector<std::string_view>& words) {
    PolicyRule rule;
    rule.verbs = list_of(words[0]);
    if (words.size() == 2) {
        rule.nonResourceURLs = list_of(words[1]);
        return rule;
    }
    rule.apiGroups = list_of(words[1]);
    rule.resources = list_of(words[2]);
    if (words.size() > 3) rule.resourceNames = list_of(words[3]);
    return rule;
}

Subject subject_of(std::string_view kind, std::string_view name) {
    Subject subject;
    subject.kind = kind;
    if (kind == "ServiceAccount") {
        subject.namespace_ = taken(name, '/');
    } else {
        subject.apiGroup = api::kRbacGroup;
    }
    subject.name = name;
    return subject;
}

// Reads the asset line by line and places each object when the next one begins.
class Reader {
public:
    explicit Reader(Server& server) : server_(server) {}

    void read(std::string_view text) {
        while (!text.empty()) {
            const std::string_view line = taken(text, '\n');
            if (line.empty() || line.front() == '#') continue;
            const std::vector<std::string_view> words = words_of(line);
            if (line.front() != ' ') {
                finish();
                begin(words);
            } else if (binding_) {
                binding_->subjects.push_back(subject_of(words[0], words[1]));
            } else {
                role_->rules.push_back(rule_of(words));
            }
        }
        finish();
    }

private:
    void begin(const std::vector<std::string_view>& words) {
        const std::string_view what = words[0];
        if (what == "cluster-role") {
            auto role = std::make_shared<api::ClusterRole>();
            aggregate(*role, words);
            role_ = std::move(role);
            kind_ = &api::kind_of<api::ClusterRole>();
        } else if (what == "role") {
            role_ = std::make_shared<api::Role>();
            kind_ = &api::kind_of<api::Role>();
        } else {
            const bool of_cluster = what == "cluster-binding";
            binding_ = of_cluster ? std::make_shared<api::ClusterRoleBinding>()
                                  : std::make_shared<api::RoleBinding>();
            kind_ = of_cluster ? &api::kind_of<api::ClusterRoleBinding>() : &api::kind_of<api::RoleBinding>();
        }
        name(words);
    }

    // to-X and from-X after the name.
    static void aggregate(api::ClusterRole& role, const std::vector<std::string_view>& words) {
        for (std::size_t i = 2; i < words.size(); ++i) {
            std::string_view target = words[i];
            const bool gathers = taken(target, '-') == "from";
            const std::string label = std::string(kAggregate).append(target);
            if (gathers) {
                role.aggregationRule.edit().clusterRoleSelectors.emplace_back().matchLabels[label] = "true";
            } else {
                role.metadata.labels[label] = "true";
            }
        }
    }

    void name(const std::vector<std::string_view>& words) {
        api::ObjectMeta& metadata = binding_ ? binding_->metadata : role_->metadata;
        std::string_view name = words[1];
        if (kind_->namespaced) metadata.namespace_ = taken(name, '/');
        metadata.name = name;
        if (binding_) {
            binding_->roleRef.apiGroup = api::kRbacGroup;
            binding_->roleRef.kind = kind_->namespaced ? "Role" : "ClusterRole";
            binding_->roleRef.name = words.size() > 2 ? words[2] : name;
            if (name.starts_with(kControllerPrefix)) {
                const std::string account =
                    "kube-system/" + std::string(name.substr(kControllerPrefix.size()));
                binding_->subjects.push_back(subject_of("ServiceAccount", account));
            }
        }
        if (name.starts_with("kubeadm:")) return;
        metadata.labels["kubernetes.io/bootstrapping"] = "rbac-defaults";
        metadata.annotations["rbac.authorization.kubernetes.io/autoupdate"] = "true";
    }

    void finish() {
        std::shared_ptr<api::Object> object = std::move(role_);
        if (binding_) object = std::move(binding_);
        role_.reset();
        binding_.reset();
        if (!object) return;
        object->metadata.uid = api::Text::uid(random_.uuid());
        server_.place(*kind_, std::move(object),
                      {.actor = "kube-apiserver", .reason = "every cluster has it"});
    }

    // Other clusters have other identities, although their chance is not asked.
    static std::uint64_t own_seed(const Server& server) {
        base::Digest digest;
        for (const auto& [key, space] : server.store().all(api::kind_of<api::Namespace>()))
            digest.add(space->metadata.uid.str());
        return digest.value();
    }

    Server& server_;
    sim::Random random_{own_seed(server_)};
    const api::Kind* kind_ = nullptr;
    std::shared_ptr<api::Role> role_{};  // one of the two is being read
    std::shared_ptr<api::RoleBinding> binding_{};
};

}  // namespace

void create_bootstrap_policy(Server& server) {
    Reader(server).read(bootstrap_policy_text());
}

}  // namespace kubetab::server
