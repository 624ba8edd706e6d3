// Every object is in a namespace that exists, and nothing new comes into one that is being deleted.

#include <map>

#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class NamespacesChecker : public Checker {
public:
    std::string_view invariant() const override { return "objects live in existing namespaces"; }

    Violation see(const store::Write& write) override {
        const api::ObjectMeta& metadata = write.object->metadata;
        if (write.kind == &api::kind_of<api::Namespace>()) {
            Space& space = spaces_[metadata.name];
            space.exists = write.type != api::ChangeType::Deleted;
            space.terminating = space.exists && metadata.deletionTimestamp.is_set();
            if (space.exists || space.objects == 0) return {};
            return "namespace " + metadata.name + " went with " + std::to_string(space.objects) +
                   " objects in it";
        }
        if (!write.kind->namespaced) return {};
        const std::string what = name_of(*write.kind, *write.object);
        Space& space = spaces_[metadata.namespace_];
        if (write.type == api::ChangeType::Deleted) --space.objects;
        if (!space.exists) return what + " was written in a namespace that does not exist";
        if (write.type != api::ChangeType::Added) return {};
        ++space.objects;
        if (space.terminating) return what + " was made in a namespace that is being deleted";
        return {};
    }

private:
    struct Space {
        bool exists = false;
        bool terminating = false;
        std::int64_t objects = 0;
    };
    std::map<std::string, Space> spaces_{};
};

}  // namespace

std::unique_ptr<Checker> make_namespaces_checker() {
    return std::make_unique<NamespacesChecker>();
}

}  // namespace kubetab::cluster
