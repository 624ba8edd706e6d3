// The rules that names, labels, keys and ports are written by.
//
// Each rule returns what is wrong with a text, in upstream's words and order; nothing when all is well.
// upstream: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/values.h"

namespace kubetab::api {

using Complaints = std::vector<std::string>;
using NameRule = Complaints (*)(std::string_view);

Complaints dns_label(std::string_view text);       // web-1
Complaints dns_subdomain(std::string_view text);   // web-1.example.com
Complaints dns_1035_label(std::string_view text);  // as dns_label, beginning with a letter
Complaints qualified_name(std::string_view text);  // app, example.com/app
Complaints label_value(std::string_view text);
Complaints path_segment(std::string_view text);  // anything that fits between two slashes of a URL
Complaints config_key(std::string_view text);    // a key of a ConfigMap or Secret
Complaints env_var_name(std::string_view text);
Complaints http_header_name(std::string_view text);
Complaints percentage(std::string_view text);  // 25%
Complaints port_name(std::string_view text);
Complaints port_number(std::int64_t number);
Complaints port(const IntOrString& value);      // either of the two above
Complaints domain_name(std::string_view text);  // example.com: at least two labels

std::string max_length_text(std::size_t length);
std::string range_text(std::int64_t low, std::int64_t high);
template <class Strings>
std::string joined(const Strings& texts, std::string_view separator) {
    std::string result;
    for (const auto& text : texts) {
        if (&text != &texts.front()) result += separator;
        result += text;
    }
    return result;
}

}  // namespace kubetab::api
