// Revisions grow by one with each write; an object's version is that of its last write, and it stays who it
// is.

#include <map>

#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class RevisionsChecker : public Checker {
public:
    std::string_view invariant() const override { return "resource versions grow with every write"; }

    Violation see(const store::Write& write) override {
        const std::string what = name_of(*write.kind, *write.object);
        if (write.revision != ++last_) return what + " was written at " + std::to_string(write.revision);
        const api::ObjectMeta& now = write.object->metadata;
        if (now.resourceVersion != std::to_string(write.revision)) {
            return what + " of revision " + std::to_string(write.revision) + " has version " +
                   now.resourceVersion;
        }
        std::map<api::ObjectKey, Known>& known = known_[write.kind->resource()];
        const auto it = known.find(api::ObjectKey::of(now));
        if ((it == known.end()) != (write.type == api::ChangeType::Added))
            return what + " was made twice or never";
        if (it != known.end()) {
            if (write.previous->metadata.resourceVersion != it->second.version) {
                return what + " was written on top of version " + write.previous->metadata.resourceVersion +
                       ", not of " + it->second.version;
            }
            if (it->second.uid != now.uid) return what + " changed its uid";
            if (write.previous->metadata.creationTimestamp != now.creationTimestamp)
                return what + " changed its age";
        }
        if (write.type == api::ChangeType::Deleted) {
            known.erase(it);
        } else {
            known.insert_or_assign(api::ObjectKey::of(now), Known{now.resourceVersion, now.uid});
        }
        return {};
    }

private:
    struct Known {
        std::string version{};
        std::string uid{};
    };

    store::Revision last_ = 0;
    std::map<std::string, std::map<api::ObjectKey, Known>> known_{};  // by resource
};

}  // namespace

std::unique_ptr<Checker> make_revisions_checker() {
    return std::make_unique<RevisionsChecker>();
}

}  // namespace kubetab::cluster
