// List<T>: a vector that is one pointer, for lists that most objects lack or share. Copies share the elements
// until one of them is changed.
//
// Reads like a const std::vector, and is one for whoever takes that. edit() gives the vector to be changed,
// which nobody else sees. Not for use from threads.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <utility>
#include <vector>

#include "engine/base/box.h"

namespace kubetab::base {

template <class T>
class List {
public:
    using value_type = T;
    using const_iterator = typename std::vector<T>::const_iterator;

    List() = default;
    List(std::vector<T> elements) {
        if (!elements.empty()) elements_ = std::move(elements);
    }
    List(std::initializer_list<T> elements) : List(std::vector<T>(elements)) {}

    const std::vector<T>& all() const { return *elements_; }
    operator const std::vector<T>&() const { return all(); }
    std::vector<T>& edit() { return elements_.edit(); }

    bool empty() const { return elements_->empty(); }
    std::size_t size() const { return elements_->size(); }
    const_iterator begin() const { return elements_->begin(); }
    const_iterator end() const { return elements_->end(); }
    const T& front() const { return elements_->front(); }
    const T& back() const { return elements_->back(); }
    const T& operator[](std::size_t at) const { return (*elements_)[at]; }
    const T& at(std::size_t place) const { return elements_->at(place); }

    void clear() { elements_.reset(); }
    void push_back(T element) { edit().push_back(std::move(element)); }
    template <class... Arguments>
    T& emplace_back(Arguments&&... arguments) {
        return edit().emplace_back(std::forward<Arguments>(arguments)...);
    }

    friend bool operator==(const List& a, const List& b) {
        return a.elements_.same_as(b.elements_) || *a.elements_ == *b.elements_;
    }

private:
    Box<std::vector<T>> elements_{};
};

}  // namespace kubetab::base
