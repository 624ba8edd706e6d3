// Text: a string that costs a counter to copy, for the fields of API objects.
//
// The characters are shared between copies until one of them is changed. Short ones are kept once in the
// whole program, however often they are made anew, because objects repeat the same words ("True", "default",
// a node's name). Reads like a std::string_view. Converts to a std::string too: a long text or a uid makes
// that once, when somebody asks, and keeps it; so what is read of thousands of objects should be read as a
// view. Not for use from threads.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kubetab::base {

class Text {
public:
    using value_type = char;
    using const_iterator = std::string_view::const_iterator;
    static constexpr std::size_t npos = std::string::npos;

    Text() noexcept : node_(hold(&nothing_)) {}
    Text(const std::string& text) : node_(make(text)) {}
    Text(std::string_view text) : node_(make(text)) {}
    Text(const char* text) : node_(make(std::string_view(text))) {}
    Text(const Text& other) noexcept : node_(hold(other.node_)) {}
    Text(Text&& other) noexcept : node_(std::exchange(other.node_, hold(&nothing_))) {}
    // Of characters that nobody is likely to make again: they are not looked for among the short ones.
    static Text unique(std::string_view text);
    // Of characters that many objects repeat: kept once, however long.
    static Text repeated(std::string_view text);
    // Of what is spelled like a uid (0f8fad5b-d9cb-469f-a165-70867728950e): kept as a number. Anything else
    // is a text like others.
    static Text uid(std::string_view text);
    static Text uid(const std::array<std::uint32_t, 4>& words);
    Text& operator=(Text other) noexcept {
        std::swap(node_, other.node_);
        return *this;
    }
    ~Text() { release(); }

    std::string_view view() const { return node_->form == kShort ? std::string_view(short_()) : view_late(); }
    const std::string& str() const { return node_->form == kShort ? short_() : str_late(); }
    operator const std::string&() const { return str(); }
    operator std::string_view() const { return view(); }

    bool empty() const { return node_ == &nothing_; }
    std::size_t size() const { return view().size(); }
    const char* data() const { return view().data(); }
    const char* c_str() const { return str().c_str(); }
    char front() const { return view().front(); }
    char back() const { return view().back(); }
    char operator[](std::size_t at) const { return view()[at]; }
    const_iterator begin() const { return view().begin(); }
    const_iterator end() const { return view().end(); }
    std::size_t find(std::string_view what, std::size_t from = 0) const { return view().find(what, from); }
    std::size_t find(char what, std::size_t from = 0) const { return view().find(what, from); }
    std::size_t rfind(std::string_view what) const { return view().rfind(what); }
    std::size_t rfind(char what) const { return view().rfind(what); }
    std::size_t find_first_of(std::string_view set) const { return view().find_first_of(set); }
    std::string substr(std::size_t from, std::size_t count = npos) const {
        return std::string(view().substr(from, count));
    }
    bool starts_with(std::string_view what) const { return view().starts_with(what); }
    bool starts_with(char what) const { return view().starts_with(what); }
    bool ends_with(std::string_view what) const { return view().ends_with(what); }
    bool ends_with(char what) const { return view().ends_with(what); }
    int compare(std::string_view other) const { return view().compare(other); }

    void clear() { *this = Text(); }
    Text& operator+=(std::string_view more) { return *this = joined(view(), more); }

    // Of the characters, 29 bits; never 0. The same in every build.
    std::uint32_t hash() const { return node_->hash != 0 ? node_->hash : hash_late(); }
    // True when it is kept as a uid's number, of which `words` are the digits, the first ones first.
    bool as_uid(std::array<std::uint32_t, 4>& words) const;
    // True when both are the same characters in memory (a quick "surely equal").
    bool same_as(const Text& other) const { return node_ == other.node_; }

    friend bool operator==(const Text& a, const Text& b) { return a.same_as(b) || equal(a, b); }
    friend bool operator==(const Text& a, const std::string& b) { return a.view() == b; }
    friend bool operator==(const Text& a, std::string_view b) { return a.view() == b; }
    friend bool operator==(const Text& a, const char* b) { return a.view() == b; }
    friend std::strong_ordering operator<=>(const Text& a, const Text& b) {
        return a.same_as(b) ? std::strong_ordering::equal : order(a, b);
    }
    friend std::strong_ordering operator<=>(const Text& a, const std::string& b) {
        return a.view() <=> std::string_view(b);
    }
    friend std::strong_ordering operator<=>(const Text& a, std::string_view b) { return a.view() <=> b; }
    friend std::strong_ordering operator<=>(const Text& a, const char* b) {
        return a.view() <=> std::string_view(b);
    }

    friend std::string operator+(const Text& a, const Text& b) { return joined(a.view(), b.view()); }
    friend std::string operator+(const Text& a, const std::string& b) { return joined(a.view(), b); }
    friend std::string operator+(const Text& a, std::string_view b) { return joined(a.view(), b); }
    friend std::string operator+(const Text& a, const char* b) { return joined(a.view(), b); }
    friend std::string operator+(const Text& a, char b) { return joined(a.view(), {&b, 1}); }
    friend std::string operator+(std::string a, const Text& b) { return std::move(a.append(b.view())); }
    friend std::string operator+(const char* a, const Text& b) { return joined(a, b.view()); }
    friend std::string operator+(char a, const Text& b) { return joined({&a, 1}, b.view()); }

private:
    // What stands behind the head, see text.cpp.
    static constexpr std::uint32_t kShort = 0;  // a ShortNode; also what is kept once, however long
    static constexpr std::uint32_t kLong = 1;   // its characters
    static constexpr std::uint32_t kUid = 2;    // the number that they spell
    struct Node {
        std::uint32_t holders = 0;
        std::uint32_t hash : 29 = 0;   // of those that are not shared when first asked for
        std::uint32_t shared : 1 = 0;  // stands in the table of those that are kept once
        std::uint32_t form : 2 = kShort;
    };
    struct ShortNode : Node {
        std::string value{};
    };
    struct LateNode;
    struct LongNode;
    struct UidNode;
    class Table;

    static Node* hold(Node* node) noexcept {
        ++node->holders;
        return node;
    }
    const std::string& short_() const { return static_cast<const ShortNode*>(node_)->value; }
    std::string_view view_late() const;
    const std::string& str_late() const;
    std::uint32_t hash_late() const;
    static bool equal(const Text& a, const Text& b);
    static std::strong_ordering order(const Text& a, const Text& b);
    static std::string joined(std::string_view a, std::string_view b);
    static Node* make(std::string_view text);
    static Node* make_long(std::string_view text);
    static void drop(Node* node) noexcept;
    void release() noexcept {
        if (--node_->holders == 0) drop(node_);
    }

    explicit Text(Node* node) noexcept : node_(node) {}

    static ShortNode nothing_;  // what empty ones share; always held

    Node* node_;
};

}  // namespace kubetab::base
