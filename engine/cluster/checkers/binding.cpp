// A pod gets its node once and keeps it.

#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class BindingChecker : public Checker {
public:
    std::string_view invariant() const override { return "a pod is bound once"; }

    Violation see(const store::Write& write) override {
        if (write.kind != &api::kind_of<api::Pod>() || write.type != api::ChangeType::Modified) return {};
        const std::string& before = static_cast<const api::Pod&>(*write.previous).spec->nodeName;
        const std::string& after = static_cast<const api::Pod&>(*write.object).spec->nodeName;
        if (before.empty() || before == after) return {};
        return name_of(*write.kind, *write.object) + " moved from " + before + " to \"" + after + "\"";
    }
};

}  // namespace

std::unique_ptr<Checker> make_binding_checker() {
    return std::make_unique<BindingChecker>();
}

}  // namespace kubetab::cluster
