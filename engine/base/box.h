// Box<T>: an optional T on the heap, shared between copies until one of them is changed.
//
// A copy costs a counter, so that an updated Pod shares its spec with the Pod it was made from. edit() gives
// a T that nobody else sees. Reading an absent value through * or -> gives a T in its initial state. Not for
// use from threads.
#pragma once

#include <cstdint>
#include <utility>

namespace kubetab::base {

template <class T>
class Box {
public:
    Box() = default;
    Box(T value) : node_(new Node{1, std::move(value)}) {}
    Box(const Box& other) : node_(other.node_) {
        if (node_ != nullptr) ++node_->holders;
    }
    Box(Box&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Box& operator=(Box other) noexcept {
        std::swap(node_, other.node_);
        return *this;
    }
    ~Box() { release(); }

    bool has_value() const { return node_ != nullptr; }
    explicit operator bool() const { return node_ != nullptr; }
    const T& operator*() const { return node_ != nullptr ? node_->value : initial(); }
    const T* operator->() const { return &**this; }

    // The value, to be changed; made when absent, copied when shared.
    T& edit() {
        if (node_ == nullptr) {
            node_ = new Node{1, T{}};
        } else if (node_->holders > 1) {
            Node* copy = new Node{1, node_->value};
            --node_->holders;
            node_ = copy;
        }
        return node_->value;
    }
    void reset() {
        release();
        node_ = nullptr;
    }
    // True when both are the same value in memory (a quick "surely equal").
    bool same_as(const Box& other) const { return node_ == other.node_; }

private:
    struct Node {
        std::uint32_t holders;
        T value;
    };

    static const T& initial() {
        static const T value{};
        return value;
    }
    void release() {
        if (node_ != nullptr && --node_->holders == 0) delete node_;
    }

    Node* node_ = nullptr;
};

}  // namespace kubetab::base
