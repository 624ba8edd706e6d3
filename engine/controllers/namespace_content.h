// NamespaceContent: what was found when everything in a namespace was deleted, and the conditions that say
// so.
//
// upstream: pkg/controller/namespace/deletion/{namespaced_resources_deleter,status_condition_utils}.go
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/api/core/config.h"
#include "engine/api/object.h"

namespace kubetab::controllers {

struct NamespaceContent {
    std::map<std::string, std::int64_t> remaining{};   // "pods." → how many are left
    std::map<std::string, std::int64_t> finalizers{};  // how many objects each finalizer holds
    std::vector<std::string> failures{};               // texts of deletes that failed
    std::int64_t wait_seconds = 0;                     // how long the pods may still take
};

// How long the pods of a namespace may take to end; 0 when that time is over.
std::int64_t longest_grace(const std::vector<api::Ref<api::Object>>& pods, api::Time deleted, api::Time now);
// Brings the five conditions up to date. True when that changed something.
bool set_deletion_conditions(api::NamespaceStatus& status, const NamespaceContent& content, api::Time now);

}  // namespace kubetab::controllers
