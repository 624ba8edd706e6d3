#include "engine/base/text.h"

#include <utility>
#include <vector>

namespace kubetab::base {
namespace {

// Longer ones are rarely made twice: messages, uids, names of Events.
constexpr std::size_t kLongestShared = 32;
constexpr std::uint32_t kHashBits = 0x7fffffffU;

std::uint32_t hash_of(std::string_view text) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
    hash &= kHashBits;
    return hash == 0 ? 1 : hash;
}

}  // namespace

// The short ones that are in use, by hash: open addressing, so that a look-up touches one slot and, when it
// finds something, one node. Never iterated in an order that could show.
class Text::Table {
public:
    static Table& all() {
        static Table& table = *new Table;  // outlives what statics hold
        return table;
    }

    Node* find_or_make(std::string_view text) {
        const std::uint32_t hash = hash_of(text);
        for (std::size_t at = hash & mask(); slots_[at].node != nullptr; at = (at + 1) & mask()) {
            const Slot& slot = slots_[at];
            if (slot.hash == hash && slot.node->value == text) return hold(slot.node);
        }
        if (++count_ * 2 > slots_.size()) grow();
        Node* const node = new Node{1, hash & kHashBits, 1, std::string(text)};
        put({hash, node});
        return node;
    }

    // Moves up those behind it, so that no look-up ends too early.
    void erase(const Node* node) {
        std::size_t at = node->hash & mask();
        while (slots_[at].node != node) at = (at + 1) & mask();
        slots_[at] = {};
        --count_;
        for (at = (at + 1) & mask(); slots_[at].node != nullptr; at = (at + 1) & mask())
            put(std::exchange(slots_[at], {}));
    }

private:
    struct Slot {
        std::uint32_t hash = 0;
        Node* node = nullptr;
    };

    std::size_t mask() const { return slots_.size() - 1; }

    void put(Slot slot) {
        std::size_t at = slot.hash & mask();
        while (slots_[at].node != nullptr) at = (at + 1) & mask();
        slots_[at] = slot;
    }

    void grow() {
        std::vector<Slot> old(slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old) {
            if (slot.node != nullptr) put(slot);
        }
    }

    std::size_t count_ = 0;
    std::vector<Slot> slots_ = std::vector<Slot>(2048);  // a power of two
};

constinit Text::Node Text::nothing_{1, 0, 0, {}};

std::uint32_t Text::hash_late() const {
    const std::uint32_t hash = hash_of(node_->value);
    node_->hash = hash & kHashBits;
    return hash;
}

Text Text::unique(std::string text) {
    if (text.empty()) return {};
    return Text(new Node{1, 0, 0, std::move(text)});
}

Text::Node* Text::make(std::string_view text) {
    if (text.empty()) return hold(&nothing_);
    if (text.size() <= kLongestShared) return Table::all().find_or_make(text);
    return new Node{1, 0, 0, std::string(text)};
}

Text::Node* Text::make(std::string&& text) {
    if (text.size() <= kLongestShared) return make(std::string_view(text));
    return new Node{1, 0, 0, std::move(text)};
}

void Text::drop(Node* node) noexcept {
    if (node->shared != 0) Table::all().erase(node);
    delete node;
}

}  // namespace kubetab::base
