// Environments: containers that are started with equal variables share them. Replicas of a pod differ only in
// their host name, which the container adds.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kubetab::runtime {

using Environment = std::map<std::string, std::string>;

class Environments {
public:
    // What was shared lately and is equal, or else the given one.
    std::shared_ptr<const Environment> share(Environment environment) {
        for (const std::weak_ptr<const Environment>& kept : recent_) {
            const std::shared_ptr<const Environment> known = kept.lock();
            if (known && *known == environment) return known;
        }
        auto added = std::make_shared<const Environment>(std::move(environment));
        if (recent_.size() < kRecentMax) recent_.emplace_back();
        recent_[next_++ % kRecentMax] = added;
        return added;
    }

private:
    static constexpr std::size_t kRecentMax = 32;

    std::vector<std::weak_ptr<const Environment>> recent_{};
    std::size_t next_ = 0;
};

}  // namespace kubetab::runtime
