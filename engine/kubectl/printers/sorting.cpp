#include "engine/kubectl/printers/sorting.h"

#include <numeric>
#include <optional>

#include "engine/api/quantity.h"
#include "engine/base/stable_sort.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/printers/jsonpath.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "a2" before "a10". upstream: sortorder.NaturalLess
bool natural_less(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        const bool digits_a = is_digit(a.front());
        const bool digits_b = is_digit(b.front());
        if (digits_a != digits_b) return digits_a;
        if (!digits_a) {
            if (a.front() != b.front()) return a.front() < b.front();
            a.remove_prefix(1);
            b.remove_prefix(1);
            continue;
        }
        const auto take = [](std::string_view& text) {
            std::size_t end = 0;
            while (end < text.size() && is_digit(text[end])) ++end;
            std::string_view number = text.substr(0, end);
            text.remove_prefix(end);
            while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
            return number;
        };
        const std::string_view number_a = take(a);
        const std::string_view number_b = take(b);
        if (number_a.size() != number_b.size()) return number_a.size() < number_b.size();
        if (number_a != number_b) return number_a < number_b;
    }
    return a.size() < b.size();
}

bool text_less(const std::string& a, const std::string& b) {
    const auto left = api::Quantity::parse(a);
    const auto right = api::Quantity::parse(b);
    if (left && right) return api::Quantity::compare(*left, *right) < 0;
    return natural_less(a, b);
}

base::Result<bool> less(const base::Json& a, const base::Json& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && !b.is_null();
    if (a.is_string() && b.is_string())
        return text_less(a.get_ref<const std::string&>(), b.get_ref<const std::string&>());
    if (a.is_number() && b.is_number()) return a < b;
    return client_error(std::string("unsortable type: ") + (a.is_object()    ? "map"
                                                            : a.is_array()   ? "slice"
                                                            : a.is_boolean() ? "bool"
                                                                             : "interface"));
}

}  // namespace

base::Result<std::vector<std::size_t>> sorted_order(const std::vector<const base::Json*>& objects,
                                                    const std::string& path) {
    std::vector<std::size_t> order(objects.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (objects.empty()) return order;
    const std::string relaxed = TRY(relaxed_path(path));
    const base::Result<JsonPath> parsed = JsonPath::parse(relaxed, true);
    if (!parsed) return client_error("sorting error: " + parsed.error().message);
    std::vector<std::optional<base::Json>> keys;
    bool found = false;
    for (const base::Json* object : objects) {
        const auto results = TRY(parsed->find(*object));
        keys.emplace_back();
        if (results.empty() || results[0].empty()) continue;
        keys.back() = results[0][0];
        found = true;
    }
    if (!found)
        return client_error("couldn't find any field with path " + quote(relaxed) +
                            " in the list of objects");
    std::optional<base::Status> failure;
    base::stable_sort(order, [&](std::size_t a, std::size_t b) {
        if (!keys[a] || !keys[b]) return !keys[a] && keys[b];
        const base::Result<bool> before = less(*keys[a], *keys[b]);
        if (!before) failure = before.error();
        return before.ok() && *before;
    });
    if (failure) return *failure;
    return order;
}

}  // namespace kubetab::kubectl
