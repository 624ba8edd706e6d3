// Every field that `kubectl explain` can show says what it is for.

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>
#include <string>

#include "engine/api/kinds.h"
#include "engine/api/reviews.h"
#include "engine/api/served_kinds.h"

using namespace kubetab;

namespace {

constexpr std::size_t kShortest = 15;

// The structs that a type is made of, by name, itself included.
void collect(const api::Type& type, std::map<std::string, const api::Type*>& into) {
    if (type.form != api::Form::Struct) {
        if (type.element != nullptr) collect(type.element(), into);
        return;
    }
    // Types of one name may differ (EndpointPort), so the place in memory is part of the key.
    const std::string key =
        std::string(type.name) + "@" + std::to_string(reinterpret_cast<std::uintptr_t>(&type));
    if (!into.emplace(key, &type).second) return;
    for (const api::Field& field : type.fields()) collect(field.type(), into);
}

std::map<std::string, const api::Type*> all_structs() {
    std::map<std::string, const api::Type*> result;
    for (const api::Kind* kind : api::all_kinds()) collect(*kind->type, result);
    for (const api::Kind* kind : api::review_kinds()) collect(*kind->type, result);
    for (const api::Kind* kind : api::served_kinds()) collect(*kind->type, result);
    collect(api::type_of<api::TokenRequest>(), result);
    return result;
}

bool is_sentence(std::string_view text) {
    return text.size() >= kShortest && text.back() == '.';
}

}  // namespace

TEST_CASE("Every type and every field is documented by a sentence of its own") {
    const auto structs = all_structs();
    REQUIRE(structs.size() > 100);
    for (const auto& [key, type] : structs) {
        INFO(key);
        const std::string doc(type->doc);
        CHECK(is_sentence(doc));
        std::set<std::string> seen;
        for (const api::Field& field : type->fields()) {
            if (field.is_inline) continue;
            INFO(field.name << ": " << field.doc);
            CHECK(is_sentence(field.doc));
            CHECK(seen.insert(std::string(field.doc)).second);
        }
    }
}
