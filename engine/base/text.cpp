#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace kubetab::base {
namespace {

// Longer ones are rarely made twice: messages, names of Events.
constexpr std::size_t kLongestShared = 32;
// A std::string of that size needs no memory besides itself.
constexpr std::size_t kLongestInside = 10;
constexpr std::uint32_t kHashBits = 0x1fffffffU;
constexpr std::size_t kUidSize = 36;
constexpr std::string_view kDigits = "0123456789abcdef";

// 16 or more when it is none.
std::uint32_t digit_of(char letter) {
    if (letter >= '0' && letter <= '9') return static_cast<std::uint32_t>(letter - '0');
    return letter >= 'a' && letter <= 'f' ? static_cast<std::uint32_t>(letter - 'a' + 10) : 16;
}

bool is_dash(std::size_t at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
}

// Eight letters at a time; the rest counts as if zeros followed.
std::uint32_t hash_of(std::string_view text) {
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15U;
    std::uint64_t hash = text.size() * kOdd;
    while (!text.empty()) {
        std::uint64_t letters = 0;
        const std::size_t size = std::min(text.size(), sizeof(letters));
        std::memcpy(&letters, text.data(), size);
        hash = (hash ^ letters) * kOdd;
        hash ^= hash >> 32;
        text.remove_prefix(size);
    }
    const auto folded = static_cast<std::uint32_t>(hash) & kHashBits;
    return folded == 0 ? 1 : folded;
}

}  // namespace

// One whose std::string is made when somebody asks for it.
struct Text::LateNode : Node {
    std::unique_ptr<const std::string> full{};
};

// Its characters follow it in memory.
struct Text::LongNode : LateNode {
    std::uint32_t size = 0;

    char* characters() { return reinterpret_cast<char*>(this) + kHead; }
    static constexpr std::size_t kHead = sizeof(LateNode) + sizeof(size);  // without padding
};

struct Text::UidNode : LateNode {
    std::array<std::uint32_t, 4> words{};  // the first digits first

    void spell(char (&letters)[kUidSize]) const {
        for (std::size_t at = 0, digit = 0; at < kUidSize; ++at) {
            letters[at] = is_dash(at) ? '-' : kDigits[words[digit / 8] >> (28 - digit % 8 * 4) & 15];
            if (!is_dash(at)) ++digit;
        }
    }
    // False when it is not a uid.
    bool read(std::string_view text) {
        if (text.size() != kUidSize) return false;
        for (std::size_t at = 0, digit = 0; at < kUidSize; ++at) {
            if (is_dash(at)) {
                if (text[at] != '-') return false;
                continue;
            }
            const std::uint32_t value = digit_of(text[at]);
            if (value > 15) return false;
            words[digit / 8] |= value << (28 - digit % 8 * 4);
            ++digit;
        }
        return true;
    }
};

// Those that are kept once and are in use, by hash: open addressing, so that a look-up touches one slot and,
// when it finds something, one node. Never iterated in an order that could show.
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
        if (++count_ * 4 > slots_.size() * 3) grow();
        ShortNode* const node = new ShortNode{{1, hash & kHashBits, 1, kShort}, std::string(text)};
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
        ShortNode* node = nullptr;
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

// Made before whatever else is static: a compiler that cannot make it while compiling makes it first of all.
[[gnu::init_priority(101)]] Text::ShortNode Text::nothing_{{1, 0, 0, kShort}, {}};

std::uint32_t Text::hash_late() const {
    std::uint32_t hash = 0;
    if (node_->form == kUid) {
        char digits[kUidSize];
        static_cast<const UidNode*>(node_)->spell(digits);
        hash = hash_of({digits, kUidSize});
    } else {
        hash = hash_of(view());
    }
    node_->hash = hash & kHashBits;
    return hash;
}

std::string_view Text::view_late() const {
    if (node_->form == kUid) return str_late();
    auto* const node = static_cast<LongNode*>(node_);
    return {node->characters(), node->size};
}

const std::string& Text::str_late() const {
    auto* const late = static_cast<LateNode*>(node_);
    if (late->full != nullptr) return *late->full;
    if (node_->form == kUid) {
        char digits[kUidSize];
        static_cast<const UidNode*>(node_)->spell(digits);
        late->full = std::make_unique<const std::string>(digits, kUidSize);
    } else {
        late->full = std::make_unique<const std::string>(view_late());
    }
    return *late->full;
}

bool Text::equal(const Text& a, const Text& b) {
    if (a.node_->shared != 0 && b.node_->shared != 0) return false;
    if (a.node_->form == kUid && b.node_->form == kUid) return order(a, b) == 0;
    return a.view() == b.view();
}

std::strong_ordering Text::order(const Text& a, const Text& b) {
    if (a.node_->form != kUid || b.node_->form != kUid) return a.view() <=> b.view();
    return static_cast<const UidNode*>(a.node_)->words <=> static_cast<const UidNode*>(b.node_)->words;
}

std::string Text::joined(std::string_view a, std::string_view b) {
    std::string text;
    text.reserve(a.size() + b.size());
    return std::move(text.append(a).append(b));
}

Text Text::unique(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > kLongestInside) return Text(make_long(text));
    return Text(static_cast<Node*>(new ShortNode{{1, 0, 0, kShort}, std::string(text)}));
}

Text Text::repeated(std::string_view text) {
    if (text.empty()) return {};
    return Text(Table::all().find_or_make(text));
}

Text Text::uid(std::string_view text) {
    auto node = std::make_unique<UidNode>();
    if (!node->read(text)) return text;
    node->holders = 1;
    node->form = kUid;
    return Text(static_cast<Node*>(node.release()));
}

Text Text::uid(const std::array<std::uint32_t, 4>& words) {
    auto node = std::make_unique<UidNode>();
    node->words = words;
    node->holders = 1;
    node->form = kUid;
    return Text(static_cast<Node*>(node.release()));
}

bool Text::as_uid(std::array<std::uint32_t, 4>& words) const {
    if (node_->form != kUid) return false;
    words = static_cast<const UidNode*>(node_)->words;
    return true;
}

Text::Node* Text::make(std::string_view text) {
    if (text.empty()) return hold(&nothing_);
    if (text.size() <= kLongestShared) return Table::all().find_or_make(text);
    return make_long(text);
}

Text::Node* Text::make_long(std::string_view text) {
    void* const memory = ::operator new(std::max(sizeof(LongNode), LongNode::kHead + text.size()));
    auto* const node = new (memory) LongNode;
    node->holders = 1;
    node->form = kLong;
    node->size = static_cast<std::uint32_t>(text.size());
    std::memcpy(node->characters(), text.data(), text.size());
    return node;
}

void Text::drop(Node* node) noexcept {
    if (node->form == kUid) {
        delete static_cast<UidNode*>(node);
    } else if (node->form == kLong) {
        static_cast<LongNode*>(node)->~LongNode();
        ::operator delete(node);
    } else {
        if (node->shared != 0) Table::all().erase(node);
        delete static_cast<ShortNode*>(node);
    }
}

}  // namespace kubetab::base
