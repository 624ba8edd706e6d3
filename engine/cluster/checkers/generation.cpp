// metadata.generation grows when what is wanted changes, by one, and else stays.

#include "engine/api/batch.h"
#include "engine/api/codec.h"
#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

bool spec_differs(const api::Kind& kind, const api::Object& a, const api::Object& b) {
    const api::Field* spec = api::find_field(*kind.type, "spec");
    if (spec == nullptr) return false;
    const void* left = &a;
    const void* right = &b;
    return !api::equal(spec->type(), spec->in(left), spec->in(right));
}

class GenerationChecker : public Checker {
public:
    std::string_view invariant() const override { return "the generation grows with the spec only"; }

    Violation see(const store::Write& write) override {
        if (write.type != api::ChangeType::Modified) return {};
        const api::ObjectMeta& before = write.previous->metadata;
        const api::ObjectMeta& after = write.object->metadata;
        const std::int64_t growth = after.generation - before.generation;
        const std::string what = name_of(*write.kind, *write.object) + " went from generation " +
                                 std::to_string(before.generation) + " to " +
                                 std::to_string(after.generation);
        if (growth < 0) return what;
        if (!counts(*write.kind)) return {};
        const bool wanted = spec_differs(*write.kind, *write.previous, *write.object);
        const bool deleted = after.deletionTimestamp.is_set() && !before.deletionTimestamp.is_set();
        if (wanted && growth == 0) return what + " with another spec";
        if (growth > (wanted ? 1 : 0) + (deleted ? 1 : 0) && !annotated(write))
            return what + " with the same spec";
        return {};
    }

private:
    static bool counts(const api::Kind& kind) {
        return &kind == &api::kind_of<api::Deployment>() || &kind == &api::kind_of<api::ReplicaSet>() ||
               &kind == &api::kind_of<api::CronJob>() || &kind == &api::kind_of<api::Job>();
    }
    // A deployment's annotations count as its spec does. upstream: deploymentStrategy.PrepareForUpdate
    static bool annotated(const store::Write& write) {
        return write.kind == &api::kind_of<api::Deployment>() &&
               write.previous->metadata.annotations != write.object->metadata.annotations;
    }
};

}  // namespace

std::unique_ptr<Checker> make_generation_checker() {
    return std::make_unique<GenerationChecker>();
}

}  // namespace kubetab::cluster
