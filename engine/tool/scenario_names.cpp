#include "engine/tool/scenario_names.h"

#include <cctype>

#include "engine/api/kinds.h"

namespace kubetab::tool {
namespace {

constexpr std::string_view kTokenVolume = "kube-api-access-";
constexpr std::size_t kSuffixLength = 5;  // of a name that the server completes

// Calls `change` for every run of letters and digits; the rest stays.
template <class Change>
std::string change_words(std::string_view text, const Change& change) {
    std::string result;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t begin = at;
        while (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0) ++at;
        result += change(text.substr(begin, at - begin));
        if (at < text.size()) result += text[at++];
    }
    return result;
}

}  // namespace

void ScenarioNames::learn(const store::Store& store) {
    for (store::Revision revision = seen_ + 1; revision <= store.revision(); ++revision) {
        const store::Write* write = store.find_write(revision);
        if (write != nullptr && write->type == api::ChangeType::Added) learn_from(*write);
    }
    seen_ = store.revision();
}

void ScenarioNames::learn_from(const store::Write& write) {
    const api::ObjectMeta& metadata = write.object->metadata;
    // Pods of a StatefulSet say that their names are generated, too, but they end in an ordinal.
    const bool drawn = metadata.name.size() == metadata.generateName.size() + kSuffixLength;
    if (drawn && !metadata.generateName.empty() && metadata.name.starts_with(metadata.generateName)) {
        known_.emplace(metadata.name.substr(metadata.generateName.size()), Sort::Suffix);
    }
    const auto hash = metadata.labels.find("pod-template-hash");
    if (hash != metadata.labels.end()) known_.emplace(hash->second, Sort::Hash);
    const auto revision = metadata.labels.find("controller.kubernetes.io/hash");
    if (revision != metadata.labels.end()) known_.emplace(revision->second, Sort::Hash);
    if (write.kind != &api::kind_of<api::Pod>()) return;
    for (const api::Volume& volume : static_cast<const api::Pod&>(*write.object).spec->volumes) {
        if (volume.name.starts_with(kTokenVolume)) {
            known_.emplace(volume.name.substr(kTokenVolume.size()), Sort::Suffix);
        }
    }
}

std::string ScenarioNames::hide(std::string_view output) {
    return change_words(output, [this](std::string_view word) -> std::string {
        const auto sort = known_.find(word);
        if (sort == known_.end()) return std::string(word);
        std::string& stand_in = stand_ins_[std::string(word)];
        if (stand_in.empty()) {
            if (sort->second == Sort::Hash) {
                stand_in = std::string(word.size(), static_cast<char>('A' + hashes_++ % 26));
            } else {
                stand_in = std::to_string(++suffixes_);
                if (stand_in.size() < word.size()) stand_in.insert(0, word.size() - stand_in.size(), '0');
            }
            real_[stand_in] = word;
        }
        return stand_in;
    });
}

std::string ScenarioNames::reveal(std::string_view command) const {
    return change_words(command, [this](std::string_view word) {
        const auto real = real_.find(word);
        return real == real_.end() ? std::string(word) : real->second;
    });
}

}  // namespace kubetab::tool
