#include "engine/server/pod_security/policy.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/api/validation/value_text.h"

namespace kubetab::server {
namespace {

constexpr std::string_view kPrefix = "pod-security.kubernetes.io/";
constexpr std::string_view kLevels[] = {"privileged", "baseline", "restricted"};
constexpr std::string_view kMinorPrefix = "v1.";

std::optional<PodSecurityLevel> read_level(std::string_view text) {
    for (std::size_t i = 0; i < std::size(kLevels); ++i) {
        if (kLevels[i] == text) return static_cast<PodSecurityLevel>(i);
    }
    return std::nullopt;
}

bool is_version(std::string_view text) {
    if (text == "latest") return true;
    if (!text.starts_with(kMinorPrefix)) return false;
    const std::string_view digits = text.substr(kMinorPrefix.size());
    const bool number = !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
    return number && (digits.size() == 1 || digits.front() != '0');
}

// One of the three uses of a level: what its two labels say.
class Mode {
public:
    Mode(const base::StringMap& labels, std::vector<api::FieldError>& errors, const std::string& name)
        : labels_(labels), errors_(errors), name_(name) {}

    // True when the label is there. `otherwise` is for one that cannot be read.
    bool read_level_into(LevelVersion& result, PodSecurityLevel otherwise) {
        const std::string* text = value(name_);
        if (text == nullptr) return false;
        const std::optional<PodSecurityLevel> level = read_level(*text);
        if (!level) wrong(name_, *text, "must be one of privileged, baseline, restricted");
        result.level = level.value_or(otherwise);
        readable_ = level.has_value();
        return true;
    }
    bool read_version_into(LevelVersion& result) {
        const std::string* text = value(name_ + "-version");
        if (text == nullptr) return false;
        const bool good = is_version(*text);
        if (!good) wrong(name_ + "-version", *text, "must be \"latest\" or \"v1.x\"");
        result.version = good ? *text : "latest";
        return true;
    }
    bool readable() const { return readable_; }

private:
    const std::string* value(const std::string& label) const {
        const base::Text* text = labels_.get(std::string(kPrefix) + label);
        return text == nullptr ? nullptr : &text->str();
    }
    void wrong(const std::string& label, const std::string& text, const char* detail) {
        errors_.push_back({api::FieldErrorType::Invalid,
                           "metadata.labels[" + std::string(kPrefix) + label + "]", api::go_quoted(text),
                           detail});
    }

    const base::StringMap& labels_;
    std::vector<api::FieldError>& errors_;
    std::string name_;
    bool readable_ = false;
};

}  // namespace

int LevelVersion::minor() const {
    int minor = kLatest;
    if (version.starts_with(kMinorPrefix))
        std::from_chars(version.data() + kMinorPrefix.size(), version.data() + version.size(), minor);
    return std::min(minor, kLatest);
}

std::string LevelVersion::text() const {
    return std::string(kLevels[static_cast<std::size_t>(level)]) + ":" + version;
}

// upstream: PolicyToEvaluate
PodSecurityPolicy PodSecurityPolicy::of(const base::StringMap& labels, std::vector<api::FieldError>& errors) {
    PodSecurityPolicy policy;
    const bool says = std::any_of(labels.begin(), labels.end(),
                                  [](const auto& label) { return label.first.view().starts_with(kPrefix); });
    if (!says) return policy;
    Mode enforce(labels, errors, "enforce");
    enforce.read_level_into(policy.enforce, PodSecurityLevel::Restricted);
    enforce.read_version_into(policy.enforce);
    const auto read_lesser = [&](const char* name, LevelVersion& result) {
        Mode mode(labels, errors, name);
        const bool has_level = mode.read_level_into(result, PodSecurityLevel::Privileged);
        const bool has_version = mode.read_version_into(result);
        if (has_level || !enforce.readable() || policy.enforce.level <= result.level) return;
        result.level = policy.enforce.level;
        if (!has_version) result.version = policy.enforce.version;
    };
    read_lesser("audit", policy.audit);
    read_lesser("warn", policy.warn);
    return policy;
}

}  // namespace kubetab::server
