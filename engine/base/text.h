// Text: a string that costs a counter to copy, for the fields of API objects.
//
// The characters are shared between copies until one of them is changed. Short ones are kept once in the
// whole program, however often they are made anew, because objects repeat the same words ("True", "default",
// a node's name). Reads like a std::string and converts to one without a copy. Not for use from threads.
#pragma once

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
    using const_iterator = std::string::const_iterator;
    static constexpr std::size_t npos = std::string::npos;

    Text() noexcept : node_(hold(&nothing_)) {}
    Text(const std::string& text) : node_(make(text)) {}
    Text(std::string&& text) : node_(make(std::move(text))) {}
    Text(std::string_view text) : node_(make(text)) {}
    Text(const char* text) : node_(make(std::string_view(text))) {}
    Text(const Text& other) noexcept : node_(hold(other.node_)) {}
    Text(Text&& other) noexcept : node_(std::exchange(other.node_, hold(&nothing_))) {}
    // Of characters that nobody is likely to make again: they are not looked for among the short ones.
    static Text unique(std::string text);
    Text& operator=(Text other) noexcept {
        std::swap(node_, other.node_);
        return *this;
    }
    ~Text() { release(); }

    const std::string& str() const { return node_->value; }
    operator const std::string&() const { return node_->value; }
    operator std::string_view() const { return node_->value; }

    bool empty() const { return str().empty(); }
    std::size_t size() const { return str().size(); }
    const char* data() const { return str().data(); }
    const char* c_str() const { return str().c_str(); }
    char front() const { return str().front(); }
    char back() const { return str().back(); }
    char operator[](std::size_t at) const { return str()[at]; }
    const_iterator begin() const { return str().begin(); }
    const_iterator end() const { return str().end(); }
    std::size_t find(std::string_view what, std::size_t from = 0) const { return str().find(what, from); }
    std::size_t find(char what, std::size_t from = 0) const { return str().find(what, from); }
    std::size_t rfind(std::string_view what) const { return str().rfind(what); }
    std::size_t rfind(char what) const { return str().rfind(what); }
    std::size_t find_first_of(std::string_view set) const { return str().find_first_of(set); }
    std::string substr(std::size_t from, std::size_t count = npos) const { return str().substr(from, count); }
    bool starts_with(std::string_view what) const { return str().starts_with(what); }
    bool starts_with(char what) const { return str().starts_with(what); }
    bool ends_with(std::string_view what) const { return str().ends_with(what); }
    bool ends_with(char what) const { return str().ends_with(what); }
    int compare(std::string_view other) const { return str().compare(other); }

    void clear() { *this = Text(); }
    Text& operator+=(std::string_view more) { return *this = str() + std::string(more); }

    // Of the characters, 31 bits; never 0. The same in every build.
    std::uint32_t hash() const { return node_->hash != 0 ? node_->hash : hash_late(); }
    // True when both are the same characters in memory (a quick "surely equal").
    bool same_as(const Text& other) const { return node_ == other.node_; }

    friend bool operator==(const Text& a, const Text& b) { return a.same_as(b) || a.str() == b.str(); }
    friend bool operator==(const Text& a, const std::string& b) { return a.str() == b; }
    friend bool operator==(const Text& a, std::string_view b) { return a.str() == b; }
    friend bool operator==(const Text& a, const char* b) { return a.str() == b; }
    friend std::strong_ordering operator<=>(const Text& a, const Text& b) {
        return a.same_as(b) ? std::strong_ordering::equal : a.str() <=> b.str();
    }
    friend std::strong_ordering operator<=>(const Text& a, const std::string& b) { return a.str() <=> b; }
    friend std::strong_ordering operator<=>(const Text& a, std::string_view b) {
        return std::string_view(a) <=> b;
    }
    friend std::strong_ordering operator<=>(const Text& a, const char* b) {
        return std::string_view(a) <=> std::string_view(b);
    }

    friend std::string operator+(const Text& a, const Text& b) { return a.str() + b.str(); }
    friend std::string operator+(const Text& a, const std::string& b) { return a.str() + b; }
    friend std::string operator+(const Text& a, std::string_view b) { return a.str() + std::string(b); }
    friend std::string operator+(const Text& a, const char* b) { return a.str() + b; }
    friend std::string operator+(const Text& a, char b) { return a.str() + b; }
    friend std::string operator+(std::string a, const Text& b) { return std::move(a += b.str()); }
    friend std::string operator+(const char* a, const Text& b) { return a + b.str(); }
    friend std::string operator+(char a, const Text& b) { return a + b.str(); }

private:
    struct Node {
        std::uint32_t holders = 0;
        std::uint32_t hash : 31 = 0;   // of those that are not shared when first asked for
        std::uint32_t shared : 1 = 0;  // stands in the table of short ones
        std::string value{};
    };
    class Table;

    static Node* hold(Node* node) noexcept {
        ++node->holders;
        return node;
    }
    std::uint32_t hash_late() const;
    static Node* make(std::string_view text);
    static Node* make(const std::string& text) { return make(std::string_view(text)); }
    static Node* make(std::string&& text);
    static void drop(Node* node) noexcept;
    void release() noexcept {
        if (--node_->holders == 0) drop(node_);
    }

    explicit Text(Node* node) noexcept : node_(node) {}

    static Node nothing_;  // what empty ones share; always held

    Node* node_;
};

}  // namespace kubetab::base
