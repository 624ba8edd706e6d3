#include "engine/api/custom/formats.h"

#include "engine/api/validation/addresses.h"
#include "engine/api/values.h"
#include "engine/base/base64.h"
#include "engine/base/regex.h"

namespace kubetab::api {
namespace {

struct Format {
    std::string_view name;
    std::string_view pattern;
};

// Those that a pattern tells.
constexpr Format kPatterns[] = {
    {"bsonobjectid", "^[0-9a-fA-F]{24}$"},
    {"date", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"},
    {"duration", R"(^([0-9]+\s*(ns|us|µs|ms|s|m|h|d|w)\s*|[0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|^0$)"},
    {"email", R"(^[^\s@<>,;]+@[^\s@<>,;]+$)"},
    {"hexcolor", "^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"},
    {"hostname",
     "^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?([.][a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*[.]?$"},
    {"mac", "^([0-9a-fA-F]{2}[:-]){5}([0-9a-fA-F]{2})$|^([0-9a-fA-F]{4}[.]){2}[0-9a-fA-F]{4}$"},
    {"uri", R"(^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s]*$|^/[^\s]*$)"},
    {"uuid", "^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$"},
    {"uuid3", "^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?3[0-9a-fA-F]{3}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$"},
    {"uuid4", "^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?4[0-9a-fA-F]{3}-?[89abAB][0-9a-fA-F]{3}-?[0-9a-fA-F]{12}$"},
    {"uuid5", "^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?5[0-9a-fA-F]{3}-?[89abAB][0-9a-fA-F]{3}-?[0-9a-fA-F]{12}$"},
};

bool matches(std::string_view pattern, std::string_view text) {
    const base::Result<base::Regex> regex = base::Regex::compile(pattern, {.re2 = true});
    ENSURE(regex.ok());
    return regex->matches_somewhere(text);
}

}  // namespace

bool is_of_format(std::string_view format, std::string_view text) {
    if (format == "date-time" || format == "datetime") return parse_time_microseconds(text).has_value();
    if (format == "byte") return base::base64_decode(text).has_value();
    if (format == "ipv4") return ipv4_address(text).empty();
    if (format == "ipv6") return ipv6_address(text).empty();
    if (format == "cidr") return ip_range(text).empty();
    for (const Format& known : kPatterns) {
        if (known.name == format) return matches(known.pattern, text);
    }
    return true;
}

}  // namespace kubetab::api
