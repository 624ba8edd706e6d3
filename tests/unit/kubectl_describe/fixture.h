// A Lookup that answers from canned documents, for tests of descriptions.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/kubectl/describe/subject.h"

namespace kubetab::kubectl::describe {

class CannedLookup : public Lookup {
public:
    // Objects by path, lists by path; a query is remembered and not applied.
    std::map<std::string, Json> objects{};
    std::map<std::string, std::vector<Json>> lists{};
    std::vector<std::string> asked{};

    base::Result<Json> get(const std::string& path) override {
        const auto it = objects.find(path);
        if (it == objects.end()) return base::failure(base::Reason::NotFound, "not found");
        return it->second;
    }
    base::Result<std::vector<Json>> list(
        const std::string& path, const std::vector<std::pair<std::string, std::string>>& query) override {
        std::string text = path;
        for (const auto& [key, value] : query) text += "?" + key + "=" + value;
        asked.push_back(text);
        const auto it = lists.find(path);
        return it == lists.end() ? std::vector<Json>{} : it->second;
    }
};

inline Json json_of(std::string_view text) {
    base::Result<Json> parsed = base::parse_json(text);
    return parsed.ok() ? std::move(parsed).value() : Json();
}

// 2026-01-01T00:10:00Z
inline constexpr sim::Instant kNow{1'767'226'200LL * 1'000'000'000};

}  // namespace kubetab::kubectl::describe
