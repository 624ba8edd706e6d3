#include "engine/api/validation/workload_rules.h"

#include <charconv>
#include <string>

namespace kubetab::api {

void validate_amount(const IntOrString& amount, const Path& path, Errors& errors) {
    if (amount.is_string) {
        errors.complaints(path, go_text(amount), percentage(amount.text));
    } else {
        errors.not_negative(path, amount.number);
    }
}

void validate_share(const IntOrString& amount, const Path& path, Errors& errors) {
    if (amount.is_string && percentage(amount.text).empty() && number_of(amount) > 100) {
        errors.invalid(path, go_text(amount), "must not be greater than 100%");
    }
}

std::int64_t number_of(const IntOrString& amount) {
    if (!amount.is_string) return amount.number;
    std::int64_t number = 0;
    std::from_chars(amount.text.data(), amount.text.data() + amount.text.size(), number);
    return number;
}

void not_above(const Path& path, std::int32_t value, std::int32_t limit, std::string_view text,
               Errors& errors) {
    if (value > limit) errors.invalid(path, value, text);
}

void validate_template_labels(const PodTemplateSpec& pod_template, bool selects, Errors& errors) {
    if (selects) return;
    errors.invalid(Path("spec.template.metadata.labels"), go_text(pod_template.metadata.labels),
                   "`selector` does not match template `labels`");
}

void validate_always_running(const PodTemplateSpec& pod_template, std::string_view kind, Errors& errors) {
    errors.one_of(Path("spec.template.spec.restartPolicy"), pod_template.spec->shared->restartPolicy,
                  {"Always"});
    if (!pod_template.spec->shared->activeDeadlineSeconds) return;
    errors.forbidden(Path("spec.template.spec.activeDeadlineSeconds"),
                     "activeDeadlineSeconds in " + std::string(kind) + " is not Supported");
}

}  // namespace kubetab::api
