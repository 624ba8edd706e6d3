#include "engine/base/text.h"

#include <vector>

namespace kubetab::base {
namespace {

// Longer ones are rarely made twice: messages, uids, names of Events.
constexpr std::size_t kLongestShared = 32;

std::uint32_t hash_of(std::string_view text) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
    return hash == 0 ? 1 : hash;
}

}  // namespace

// The short ones that are in use, by hash. Never iterated in an order that could show.
class Text::Table {
public:
    static Table& all() {
        static Table& table = *new Table;  // outlives what statics hold
        return table;
    }

    Node* find_or_make(std::string_view text) {
        const std::uint32_t hash = hash_of(text);
        for (Node* node = bucket(hash); node != nullptr; node = node->next) {
            if (node->hash == hash && node->value == text) return hold(node);
        }
        if (++count_ > buckets_.size()) grow();
        Node*& first = bucket(hash);
        first = new Node{1, hash, first, std::string(text)};
        return first;
    }

    void erase(const Node* node) {
        Node** link = &bucket(node->hash);
        while (*link != node) link = &(*link)->next;
        *link = node->next;
        --count_;
    }

private:
    Node*& bucket(std::uint32_t hash) { return buckets_[hash & (buckets_.size() - 1)]; }

    void grow() {
        std::vector<Node*> old(buckets_.size() * 2);
        old.swap(buckets_);
        for (Node* node : old) {
            while (node != nullptr) {
                Node* const next = std::exchange(node->next, bucket(node->hash));
                bucket(node->hash) = node;
                node = next;
            }
        }
    }

    std::size_t count_ = 0;
    std::vector<Node*> buckets_ = std::vector<Node*>(1024);  // a power of two
};

constinit Text::Node Text::nothing_{1, 0, nullptr, {}};

std::uint32_t Text::hash_late() const {
    return node_->hash = hash_of(node_->value);
}

Text::Node* Text::make(std::string_view text) {
    if (text.empty()) return hold(&nothing_);
    if (text.size() <= kLongestShared) return Table::all().find_or_make(text);
    return new Node{1, 0, nullptr, std::string(text)};
}

Text::Node* Text::make(std::string&& text) {
    if (text.size() <= kLongestShared) return make(std::string_view(text));
    return new Node{1, 0, nullptr, std::move(text)};
}

void Text::drop(Node* node) noexcept {
    if (node->value.size() <= kLongestShared) Table::all().erase(node);
    delete node;
}

}  // namespace kubetab::base
