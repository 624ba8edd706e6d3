#include "engine/api/storage_terms.h"

#include <algorithm>

namespace kubetab::api {
namespace {

struct ModeName {
    std::string_view mode;
    std::string_view brief;
};

constexpr ModeName kModes[] = {{"ReadWriteOnce", "RWO"},
                               {"ReadOnlyMany", "ROX"},
                               {"ReadWriteMany", "RWX"},
                               {"ReadWriteOncePod", "RWOP"}};

std::string class_name(const ObjectMeta& metadata, const Text& field) {
    return metadata.annotations.value_or(kBetaStorageClass, field);
}

}  // namespace

std::string access_modes_text(const std::vector<Text>& modes) {
    std::string text;
    for (const ModeName& name : kModes) {
        if (std::find(modes.begin(), modes.end(), name.mode) == modes.end()) continue;
        text.append(text.empty() ? "" : ",").append(name.brief);
    }
    return text;
}

std::string class_of(const PersistentVolume& volume) {
    return class_name(volume.metadata, volume.spec.storageClassName);
}

std::string class_of(const PersistentVolumeClaim& claim) {
    return class_name(claim.metadata, claim.spec.storageClassName.value_or(""));
}

}  // namespace kubetab::api
