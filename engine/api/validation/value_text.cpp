#include "engine/api/validation/value_text.h"

namespace kubetab::api {

std::string go_quoted(std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
            case '"': result += "\\\""; break;
            case '\\': result += "\\\\"; break;
            case '\n': result += "\\n"; break;
            case '\r': result += "\\r"; break;
            case '\t': result += "\\t"; break;
            case '\a': result += "\\a"; break;
            case '\b': result += "\\b"; break;
            case '\f': result += "\\f"; break;
            case '\v': result += "\\v"; break;
            default:
                if (byte < 0x20 || byte == 0x7f) {
                    result += "\\x";
                    result += kHex[byte >> 4];
                    result += kHex[byte & 15];
                } else {
                    result += c;
                }
        }
    }
    return result + "\"";
}

std::string go_text(const Texts& values) {
    if (values.empty()) return "[]string(nil)";
    std::string result = "[]string{";
    for (const Text& value : values) {
        if (&value != &values.front()) result += ", ";
        result += go_quoted(value);
    }
    return result + "}";
}

std::string go_text(const base::StringMap& values) {
    if (values.empty()) return "map[string]string(nil)";
    std::string result;
    for (const auto& [key, value] : values) {
        result += result.empty() ? "map[string]string{" : ", ";
        result += go_quoted(key) + ":" + go_quoted(value);
    }
    return result + "}";
}

std::string go_text(const IntOrString& value) {
    return "intstr.IntOrString{Type:" + std::string(value.is_string ? "1" : "0") +
           ", IntVal:" + std::to_string(value.number) + ", StrVal:" + go_quoted(value.text) + "}";
}

std::string go_text(const LabelSelector& value) {
    std::string expressions;
    for (const LabelSelectorRequirement& expression : value.matchExpressions) {
        expressions += expressions.empty() ? "[]v1.LabelSelectorRequirement{" : ", ";
        expressions += "v1.LabelSelectorRequirement{Key:" + go_quoted(expression.key) +
                       ", Operator:" + go_quoted(expression.operator_) +
                       ", Values:" + go_text(expression.values) + "}";
    }
    expressions += expressions.empty() ? "[]v1.LabelSelectorRequirement(nil)" : "}";
    return "v1.LabelSelector{MatchLabels:" + go_text(value.matchLabels) +
           ", MatchExpressions:" + expressions + "}";
}

std::string go_text(const Quantity& value, std::string_view printed) {
    static constexpr std::string_view kFormats[] = {"DecimalSI", "BinarySI", "DecimalExponent"};
    return "resource.Quantity{i:resource.int64Amount{value:" + std::to_string(value.value()) +
           ", scale:" + std::to_string(value.scale()) +
           "}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:" + go_quoted(printed) + ", Format:\"" +
           std::string(kFormats[static_cast<std::size_t>(value.format())]) + "\"}";
}

std::string go_text(const OwnerReference& value) {
    const auto flag = [](const std::optional<bool>& set) {
        return set ? "(*bool)(0xc000000000)" : "(*bool)(nil)";
    };
    return "v1.OwnerReference{APIVersion:" + go_quoted(value.apiVersion) + ", Kind:" + go_quoted(value.kind) +
           ", Name:" + go_quoted(value.name) + ", UID:" + go_quoted(value.uid) +
           ", Controller:" + flag(value.controller) +
           ", BlockOwnerDeletion:" + flag(value.blockOwnerDeletion) + "}";
}

}  // namespace kubetab::api
