// A label selector as Go prints a pointer to one in a message.
#pragma once

#include <string>

#include "engine/api/meta.h"

namespace kubetab::controllers {

// &LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}
std::string printed_selector(const api::LabelSelector& selector);

}  // namespace kubetab::controllers
