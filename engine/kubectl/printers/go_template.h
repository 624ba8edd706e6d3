// GoTemplate: the template language of -o go-template.
//
// Text with {{…}} actions: fields, variables, pipelines, if, range, with, define, template, block, break,
// continue, comments and trim marks, and the functions and, or, not, eq, ne, lt, le, gt, ge, len, index,
// slice, print, printf, println, base64decode and exists. Answers with upstream's error texts. Numbers of the
// object are what they are for kubectl: float64, so that one million is printed as 1e+06. upstream: Go
// text/template; cli-runtime/pkg/printers/template.go differs: the functions html, js, urlquery and call are
// refused, because nothing of a cluster needs them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"

namespace kubetab::kubectl {

struct TemplateNode;
using TemplateNodes = std::vector<std::unique_ptr<TemplateNode>>;

class GoTemplate {
public:
    GoTemplate();
    ~GoTemplate();
    GoTemplate(GoTemplate&&) noexcept;
    GoTemplate& operator=(GoTemplate&&) noexcept;

    // `allow_missing`: a missing key is "<no value>" instead of a failure.
    static base::Result<GoTemplate> parse(std::string_view text, bool allow_missing);

    // Appends to `out`, also what came before a failure.
    base::Result<void> execute(const base::Json& object, std::string& out) const;

private:
    std::string text_{};
    bool allow_missing_ = false;
    std::map<std::string, TemplateNodes> templates_;  // "output" is the one that runs
};

}  // namespace kubetab::kubectl
