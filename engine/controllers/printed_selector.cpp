#include "engine/controllers/printed_selector.h"

namespace kubetab::controllers {

std::string printed_selector(const api::LabelSelector& selector) {
    std::string labels;
    for (const auto& [key, value] : selector.matchLabels) labels += key + ": " + value + ",";
    std::string expressions;
    for (const api::LabelSelectorRequirement& each : selector.matchExpressions) {
        std::string values;
        for (const api::Text& value : each.values) values += (values.empty() ? "" : " ") + value;
        expressions += "LabelSelectorRequirement{Key:" + each.key + ",Operator:" + each.operator_ +
                       ",Values:[" + values + "],},";
    }
    return "&LabelSelector{MatchLabels:map[string]string{" + labels +
           "},MatchExpressions:[]LabelSelectorRequirement{" + expressions + "},}";
}

}  // namespace kubetab::controllers
