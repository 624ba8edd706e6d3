#include "engine/api/validation/resource_names.h"

#include "engine/api/resource_names.h"

namespace kubetab::api {
namespace {

bool is_short(const std::string& name) {
    return name.find('/') == std::string::npos;
}

}  // namespace

void validate_resource_name(const std::string& name, const Path& path, Errors& errors) {
    const std::size_t before = errors.count();
    errors.complaints(path, name, qualified_name(name));
    if (errors.count() > before || !is_short(name) || is_standard_resource(name)) return;
    errors.invalid(path, name, "must be a standard resource type or fully qualified");
}

void validate_container_resource_name(const std::string& name, const Path& path, Errors& errors) {
    validate_resource_name(name, path, errors);
    if (!qualified_name(name).empty()) return;
    if (is_short(name)) {
        if (!is_standard_container_resource(name))
            errors.invalid(path, name, "must be a standard resource for containers");
    } else if (!is_native_resource(name) && !is_extended_resource(name)) {
        errors.invalid(path, name, "doesn't follow extended resource name standard");
    }
}

void validate_quota_resource_name(const std::string& name, const Path& path, Errors& errors) {
    validate_resource_name(name, path, errors);
    if (is_short(name) && !is_standard_quota_resource(name))
        errors.invalid(path, name, "must be a standard resource for quota");
}

}  // namespace kubetab::api
