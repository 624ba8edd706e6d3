#include "engine/server/managed_fields/conflicts.h"

namespace kubetab::server {

base::Status conflict_status(const std::vector<Owner>& losers) {
    base::Status status = base::failure(base::Reason::Conflict, "");
    std::string by_manager;
    for (const Owner& owner : losers) {
        const std::string who = owner_text(owner);
        by_manager += (by_manager.empty() ? "conflicts with " : "\nconflicts with ") + who + ":";
        each_member(owner.fields, [&](const FieldPath& path) {
            const std::string field = path_text(path);
            status.causes.push_back({"FieldManagerConflict", "conflict with " + who, field});
            by_manager += "\n- " + field;
        });
    }
    const std::size_t count = status.causes.size();
    status.message = count == 1 ? "Apply failed with 1 conflict: " + status.causes.front().message + ": " +
                                      status.causes.front().field
                                : "Apply failed with " + std::to_string(count) + " conflicts: " + by_manager;
    return status;
}

}  // namespace kubetab::server
