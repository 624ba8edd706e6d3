// Type: the run-time description of an API struct and of everything it is made of.
//
// Each kind is described once, in field tables (see engine/api/core/*.cpp). Plain code that walks these
// records decodes, encodes, compares, defaults, explains and patches any object; nothing is instantiated per
// kind but small accessors. Types live for ever.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/api/quantity.h"
#include "engine/api/values.h"
#include "engine/base/box.h"
#include "engine/base/flat_map.h"
#include "engine/base/list.h"
#include "engine/base/text.h"

namespace kubetab::api {

using base::Box;
using base::List;

enum class Form : std::uint8_t {
    String,
    Bool,
    Int32,
    Int64,
    Quantity,
    IntOrString,
    Time,
    MicroTime,
    Bytes,
    Raw,
    Struct,    // fields()
    Optional,  // std::optional<element>: a Go pointer to a scalar
    Box,       // Box<element>: a Go pointer to a struct
    List,      // std::vector<element> or base::List<element>
    Map,       // FlatMap<element>
};

struct Type;
struct Field;

// Leads to something that lives for ever: through a function, so that tables may refer to each other in any
// order, or directly, for what is made at run time.
template <class Target>
class Link {
public:
    using Function = Target (*)();
    Link() = default;
    Link(std::nullptr_t) {}
    Link(Function function) : function_(function) {}
    static Link to(std::remove_reference_t<Target>& target) {
        Link link;
        link.direct_ = &target;
        return link;
    }

    Target operator()() const { return direct_ != nullptr ? *direct_ : function_(); }
    explicit operator bool() const { return direct_ != nullptr || function_ != nullptr; }
    bool operator==(std::nullptr_t) const { return !*this; }

private:
    Function function_ = nullptr;
    std::remove_reference_t<Target>* direct_ = nullptr;
};
using TypeLink = Link<const Type&>;
using FieldsLink = Link<std::span<const Field>>;

// A struct behind a Box of another one, of which it holds some of the fields: those that are mostly unset, or
// the same in many objects, which then share them.
struct Part {
    const void* (*get)(const void* object) = nullptr;
    void* (*edit)(void* object) = nullptr;  // copied when it is shared
};

// One field of a struct, as the table declares it.
struct Field {
    std::string_view name;       // as in JSON
    std::uint32_t offset = 0;    // in the struct, or in the part
    const Part* part = nullptr;  // null: it stands in the struct itself
    TypeLink type{};
    std::string_view doc{};             // one sentence for `kubectl explain`
    std::string_view merge_key_name{};  // strategic merge: key of the list's elements
    std::string_view preset_text{};     // default as JSON text, applied when the field is unset
    std::string_view choices{};         // "A|B|C" for enumerations
    bool is_required = false;           // `-required-` in explain
    bool is_always = false;             // encoded even when empty
    bool is_inline = false;             // its fields stand in the parent's JSON object
    bool is_merge = false;              // strategic merge: patchStrategy=merge
    bool is_retain_keys = false;        // strategic merge: patchStrategy=retainKeys
    bool is_immutable = false;          // may not change after creation
    bool is_nested = false;             // its value is made of structs, which have fields again

    constexpr Field& documented(std::string_view text) { return doc = text, *this; }
    constexpr Field& required() { return is_required = true, *this; }
    constexpr Field& always() { return is_always = true, *this; }
    constexpr Field& inlined() { return is_inline = true, *this; }
    constexpr Field& merge(std::string_view key = {}) { return is_merge = true, merge_key_name = key, *this; }
    constexpr Field& retain_keys() { return is_retain_keys = true, *this; }
    constexpr Field& immutable() { return is_immutable = true, *this; }
    constexpr Field& preset(std::string_view json) { return preset_text = json, *this; }
    constexpr Field& one_of(std::string_view values) { return choices = values, *this; }

    const void* in(const void* object) const {
        return static_cast<const std::byte*>(part == nullptr ? object : part->get(object)) + offset;
    }
    // To be changed: then no other object shares it any more.
    void* in(void* object) const {
        return static_cast<std::byte*>(part == nullptr ? object : part->edit(object)) + offset;
    }
};

// Accessors of a container form; unused ones are null.
struct Accessors {
    void (*assign)(void* to, const void* from) = nullptr;   // every form
    bool (*has)(const void*) = nullptr;                     // Optional, Box
    const void* (*get)(const void*) = nullptr;              // Optional, Box: the value, when has()
    void* (*edit)(void*) = nullptr;                         // Optional, Box: the value, made when absent
    void (*clear)(void*) = nullptr;                         // Optional, Box, List, Map
    bool (*same)(const void*, const void*) = nullptr;       // Box: the same value in memory
    std::size_t (*size)(const void*) = nullptr;             // List, Map
    const void* (*at)(const void*, std::size_t) = nullptr;  // List, Map (value, in key order)
    const std::string& (*key)(const void*, std::size_t) = nullptr;  // Map
    void* (*append)(void*) = nullptr;                               // List
    void* (*change)(void*, std::size_t) = nullptr;  // List: the element, which no copy shares any more
    void* (*insert)(void*, std::string_view key) = nullptr;  // Map: the value of that key, made when absent
};

struct Type {
    Form form = Form::Struct;
    std::string_view name{};  // of a struct, e.g. PodSpec; of a scalar, its Go name
    std::string_view doc{};   // of a struct
    TypeLink element{};
    FieldsLink fields{};
    Accessors accessors{};
    bool is_atomic = false;  // server-side apply treats it as one thing
};

// The field of that JSON name (inline structs searched too), or null. `type` is a struct.
const Field* find_field(const Type& type, std::string_view json_name);
// Looks through Optional and Box to the type of the value.
const Type& value_type(const Type& type);
// The Go spelling used in decode errors: string, []v1.Container, map[string]string, v1.PodSpec.
std::string go_name(const Type& type);

// Specialised next to each struct: its Go name, sentence and table.
template <class T>
struct Describe;

namespace detail {

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsVector<List<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsBox : std::false_type {};
template <class T>
struct IsBox<Box<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<base::FlatMap<T>> : std::true_type {};

template <class T>
void assign(void* to, const void* from) {
    *static_cast<T*>(to) = *static_cast<const T*>(from);
}

template <class T>
constexpr Form scalar_form() {
    if constexpr (std::is_same_v<T, Text>) return Form::String;
    else if constexpr (std::is_same_v<T, bool>) return Form::Bool;
    else if constexpr (std::is_same_v<T, std::int32_t>) return Form::Int32;
    else if constexpr (std::is_same_v<T, std::int64_t>) return Form::Int64;
    else if constexpr (std::is_same_v<T, Quantity>) return Form::Quantity;
    else if constexpr (std::is_same_v<T, IntOrString>) return Form::IntOrString;
    else if constexpr (std::is_same_v<T, Time>) return Form::Time;
    else if constexpr (std::is_same_v<T, MicroTime>) return Form::MicroTime;
    else if constexpr (std::is_same_v<T, Bytes>) return Form::Bytes;
    else if constexpr (std::is_base_of_v<Raw, T>) return Form::Raw;
    else return Form::Struct;
}

template <class T>
constexpr bool is_nested() {
    if constexpr (IsBox<T>::value) return is_nested<std::remove_cvref_t<decltype(*std::declval<T>())>>();
    else if constexpr (IsVector<T>::value) return is_nested<typename T::value_type>();
    else if constexpr (IsOptional<T>::value || IsMap<T>::value) return false;
    else return scalar_form<T>() == Form::Struct;
}

template <class T>
Type make_type();

}  // namespace detail

// The description of T.
template <class T>
const Type& type_of() {
    static const Type type = detail::make_type<T>();
    return type;
}

namespace detail {

template <class T>
Type make_optional(Form form) {
    using E = std::remove_cvref_t<decltype(*std::declval<const T&>())>;
    Type type{.form = form, .element = &type_of<E>};
    type.accessors.assign = &assign<T>;
    type.accessors.has = [](const void* p) { return static_cast<const T*>(p)->has_value(); };
    type.accessors.get = [](const void* p) -> const void* { return &**static_cast<const T*>(p); };
    type.accessors.clear = [](void* p) { static_cast<T*>(p)->reset(); };
    if constexpr (IsBox<T>::value) {
        type.accessors.edit = [](void* p) -> void* { return &static_cast<T*>(p)->edit(); };
        type.accessors.same = [](const void* a, const void* b) {
            return static_cast<const T*>(a)->same_as(*static_cast<const T*>(b));
        };
    } else {
        type.accessors.edit = [](void* p) -> void* {
            T& optional = *static_cast<T*>(p);
            if (!optional) optional.emplace();
            return &*optional;
        };
    }
    return type;
}

template <class T>
Type make_list() {
    Type type{.form = Form::List, .element = &type_of<typename T::value_type>};
    type.accessors.assign = &assign<T>;
    type.accessors.clear = [](void* p) { static_cast<T*>(p)->clear(); };
    type.accessors.size = [](const void* p) { return static_cast<const T*>(p)->size(); };
    type.accessors.at = [](const void* p, std::size_t i) -> const void* {
        return &(*static_cast<const T*>(p))[i];
    };
    type.accessors.append = [](void* p) -> void* { return &static_cast<T*>(p)->emplace_back(); };
    type.accessors.change = [](void* p, std::size_t i) -> void* {
        if constexpr (requires(T list) { list.edit(); }) return &static_cast<T*>(p)->edit()[i];
        else return &(*static_cast<T*>(p))[i];
    };
    return type;
}

template <class T>
Type make_map() {
    Type type{.form = Form::Map, .element = &type_of<typename T::Entry::second_type>};
    type.accessors.assign = &assign<T>;
    type.accessors.clear = [](void* p) { static_cast<T*>(p)->clear(); };
    type.accessors.size = [](const void* p) { return static_cast<const T*>(p)->size(); };
    type.accessors.at = [](const void* p, std::size_t i) -> const void* {
        return &static_cast<const T*>(p)->at_index(i).second;
    };
    type.accessors.key = [](const void* p, std::size_t i) -> const std::string& {
        return static_cast<const T*>(p)->at_index(i).first;
    };
    type.accessors.insert = [](void* p, std::string_view key) -> void* {
        return &(*static_cast<T*>(p))[key];
    };
    return type;
}

std::string_view scalar_name(Form form);

template <class T>
Type make_type() {
    if constexpr (IsOptional<T>::value) return make_optional<T>(Form::Optional);
    else if constexpr (IsBox<T>::value) return make_optional<T>(Form::Box);
    else if constexpr (IsVector<T>::value) return make_list<T>();
    else if constexpr (IsMap<T>::value) return make_map<T>();
    else if constexpr (scalar_form<T>() != Form::Struct) {
        Type type{.form = scalar_form<T>(), .name = scalar_name(scalar_form<T>())};
        if constexpr (scalar_form<T>() == Form::Raw && !std::is_same_v<T, Raw>) type.name = T::kName;
        type.accessors.assign = &assign<T>;
        return type;
    } else {
        Type type{.form = Form::Struct,
                  .name = Describe<T>::name,
                  .doc = Describe<T>::doc,
                  .fields = &Describe<T>::fields};
        type.accessors.assign = &assign<T>;
        return type;
    }
}

}  // namespace detail

// A row of a field table. Struct members that are values are always encoded, as Go does.
template <class Struct, class Owner, class Member>
Field field(std::string_view name, Member Owner::*member) {
    // Where the member lies, measured on storage that is never read.
    alignas(Struct) static std::byte storage[sizeof(Struct)];
    const auto* object = reinterpret_cast<const Struct*>(storage);
    const auto* place = reinterpret_cast<const std::byte*>(&(object->*member));
    Field result;
    result.name = name;
    result.offset = static_cast<std::uint32_t>(place - storage);
    result.type = &type_of<Member>;
    result.is_nested = detail::is_nested<Member>();
    result.is_always = detail::scalar_form<Member>() == Form::Struct && !detail::IsOptional<Member>::value &&
                       !detail::IsBox<Member>::value && !detail::IsVector<Member>::value &&
                       !detail::IsMap<Member>::value;
    return result;
}

// A row for a member of the part that `kPart` leads to.
template <class Struct, auto kPart, class Owner, class Member>
Field field(std::string_view name, Member Owner::*member) {
    static constexpr Part part{
        [](const void* object) -> const void* { return &*(static_cast<const Struct*>(object)->*kPart); },
        [](void* object) -> void* { return &(static_cast<Struct*>(object)->*kPart).edit(); }};
    Field result = field<Owner>(name, member);
    result.part = &part;
    return result;
}

}  // namespace kubetab::api
