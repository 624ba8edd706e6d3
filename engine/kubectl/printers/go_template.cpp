#include "engine/kubectl/printers/go_template.h"

#include <algorithm>
#include <utility>

#include "engine/kubectl/errors.h"
#include "engine/kubectl/printers/go_template_node.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::Result;
using Kind = TemplateNode::Kind;

// Parts of the object are shared, not copied. Null: no value.
using Value = std::shared_ptr<const Json>;

constexpr int kMaxDepth = 1000;

Value of(Json value) {
    return value.is_null() ? nullptr : std::make_shared<const Json>(std::move(value));
}
Value part_of(const Value& whole, const Json& part) {
    return part.is_null() ? nullptr : Value(whole, &part);
}
Json copy_of(const Value& value) {
    return value == nullptr ? Json() : *value;
}

// kubectl reads the object as encoding/json does, where every number is a float64.
Json with_floats(const Json& value) {
    if (value.is_number_integer()) return value.get<double>();
    if (!value.is_structured()) return value;
    Json copy = value.is_array() ? Json::array() : Json::object();
    for (const auto& [key, item] : value.items()) {
        if (value.is_array()) copy.push_back(with_floats(item));
        else copy[key] = with_floats(item);
    }
    return copy;
}

std::string name_of_type(const Json& value) {
    if (value.is_string()) return "string";
    if (value.is_boolean()) return "bool";
    return value.is_number_float() ? "float64" : "int";
}

enum class Flow { Next, Break, Continue };

// One run of a template over an object. upstream: Go text/template/exec.go
class Run {
public:
    Run(std::string_view text, const std::map<std::string, TemplateNodes>& templates, bool allow_missing,
        std::string& out)
        : text_(text), templates_(templates), allow_missing_(allow_missing), out_(out) {}

    Result<void> run(const std::string& name, const Value& dot) {
        const auto found = templates_.find(name);
        std::vector<std::pair<std::string, Value>> outer = std::exchange(variables_, {{"$", dot}});
        std::string outer_name = std::exchange(name_, name);
        TRY(walk(found->second, dot));
        variables_ = std::move(outer);
        name_ = std::move(outer_name);
        return {};
    }

private:
    base::Status failed(const TemplateNode& node, const std::string& message) const {
        const std::string_view before = text_.substr(0, node.position);
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        const std::size_t start = before.rfind('\n');
        const std::size_t column =
            start == std::string_view::npos ? node.position : node.position - start - 1;
        return client_error("template: output:" + std::to_string(line) + ":" + std::to_string(column) +
                            ": executing " + quote(name_) + " at <" + source_of(node) + ">: " + message);
    }

    Result<Flow> walk(const TemplateNodes& nodes, const Value& dot) {
        const std::size_t known = variables_.size();
        Flow flow = Flow::Next;
        for (const auto& node : nodes) {
            flow = TRY(step(*node, dot));
            if (flow != Flow::Next) break;
        }
        variables_.resize(std::min(known, variables_.size()));
        return flow;
    }

    Result<Flow> step(const TemplateNode& node, const Value& dot) {
        switch (node.kind) {
            case Kind::Text: out_ += node.text; return Flow::Next;
            case Kind::Break: return Flow::Break;
            case Kind::Continue: return Flow::Continue;
            case Kind::Range: return range(node, dot);
            case Kind::If:
            case Kind::With: return branch(node, dot);
            case Kind::Include: {
                const Value passed = node.parts.empty() ? nullptr : TRY(pipeline(*node.parts.front(), dot));
                if (templates_.count(node.text) == 0) {
                    return failed(node, "template " + quote(node.text) + " not defined");
                }
                if (++depth_ > kMaxDepth) return failed(node, "exceeded maximum template depth (1000)");
                TRY(run(node.text, passed));
                --depth_;
                return Flow::Next;
            }
            default: break;
        }
        const TemplateNode& expression = *node.parts.front();
        const Value value = TRY(pipeline(expression, dot));
        if (expression.names.empty()) out_ += value == nullptr ? "<no value>" : printed_value(*value);
        return Flow::Next;
    }

    Result<Flow> branch(const TemplateNode& node, const Value& dot) {
        const std::size_t known = variables_.size();
        const Value value = TRY(pipeline(*node.parts.front(), dot));
        const bool chosen = value != nullptr && is_true(*value);
        const bool narrows = chosen && node.kind == Kind::With;
        const Flow flow = TRY(walk(chosen ? node.body : node.otherwise, narrows ? value : dot));
        variables_.resize(known);
        return flow;
    }

    Result<Flow> range(const TemplateNode& node, const Value& dot) {
        const std::size_t known = variables_.size();
        const TemplateNode& expression = *node.parts.front();
        const Value all = TRY(pipeline(expression, dot));
        if (all != nullptr && !all->is_structured() && !all->is_number_integer()) {
            return failed(expression, "range can't iterate over " + printed_value(*all));
        }
        const Json whole = all != nullptr && all->is_number_integer() ? counted(*all) : Json();
        const Value items = whole.is_null() ? all : of(whole);
        if (items == nullptr || items->empty()) return walk(node.otherwise, dot);
        for (const auto& [key, item] : items->items()) {
            const Value element = part_of(items, item);
            const Value index =
                of(items->is_array() ? Json(static_cast<std::int64_t>(std::stoul(key))) : Json(key));
            variables_.resize(known);
            for (std::size_t i = 0; i < expression.names.size(); ++i) {
                const bool last = i + 1 == expression.names.size();
                set(expression, i, last ? element : index);
            }
            const Flow flow = TRY(walk(node.body, element));
            if (flow == Flow::Break) break;
        }
        variables_.resize(known);
        return Flow::Next;
    }

    // 3 as [0 1 2].
    static Json counted(const Json& count) {
        Json list = Json::array();
        for (std::int64_t i = 0; i < std::min<std::int64_t>(count.get<std::int64_t>(), 10'000); ++i)
            list.push_back(i);
        return list;
    }

    // Sets the pipeline's i-th variable.
    void set(const TemplateNode& expression, std::size_t i, const Value& value) {
        const std::string& name = expression.names[i];
        if (!expression.declares) {
            for (auto it = variables_.rbegin(); it != variables_.rend(); ++it) {
                if (it->first != name) continue;
                it->second = value;
                return;
            }
        }
        variables_.emplace_back(name, value);
    }

    Result<Value> pipeline(const TemplateNode& node, const Value& dot) {
        Value value;
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            value = TRY(command(*node.parts[i], dot, i > 0 ? &value : nullptr));
        }
        if (node.names.size() == 1) set(node, 0, value);
        return value;
    }

    // `final`: what the command before in the pipeline yielded, the last argument of this one.
    Result<Value> command(const TemplateNode& node, const Value& dot, const Value* final) {
        const TemplateNode& first = *node.parts.front();
        if (first.kind == Kind::Function) return call(node, dot, final);
        if (node.parts.size() > 1 || final != nullptr) {
            return failed(first, "can't give argument to non-function " + source_of(first));
        }
        if (first.kind == Kind::Nil) return failed(first, "nil is not a command");
        return operand(first, dot);
    }

    Result<Value> operand(const TemplateNode& node, const Value& dot) {
        switch (node.kind) {
            case Kind::Dot: return dot;
            case Kind::Nil: return Value();
            case Kind::Literal: return of(node.value);
            case Kind::Pipeline: return pipeline(node, dot);
            case Kind::Field: return fields(node, dot, 0);
            case Kind::Chain: return fields(node, TRY(pipeline(*node.parts.front(), dot)), 0);
            case Kind::Function: return call_alone(node);
            case Kind::Variable: break;
            default: return failed(node, "is no operand");
        }
        for (auto it = variables_.rbegin(); it != variables_.rend(); ++it) {
            if (it->first == node.names.front()) return fields(node, it->second, 1);
        }
        return failed(node, "undefined variable: " + node.names.front());
    }

    Result<Value> fields(const TemplateNode& node, Value value, std::size_t from) {
        for (std::size_t i = from; i < node.names.size(); ++i) {
            const std::string& name = node.names[i];
            if (value == nullptr) {
                if (allow_missing_) return Value();
                return failed(node, "nil data; no entry for key " + quote(name));
            }
            if (!value->is_object()) {
                return failed(node,
                              "can't evaluate field " + name + " in type " +
                                  (value->is_array() || from == 0 ? "interface {}" : name_of_type(*value)));
            }
            const Json* found = base::find(*value, name);
            if (found == nullptr && !allow_missing_)
                return failed(node, "map has no entry for key " + quote(name));
            value = found == nullptr ? nullptr : part_of(value, *found);
        }
        return value;
    }

    Result<Value> call_alone(const TemplateNode& function) {
        const Result<Json> result = call_template_function(function.text, {});
        if (!result) return failed(function, result.error().message);
        return of(*result);
    }

    Result<Value> call(const TemplateNode& node, const Value& dot, const Value* final) {
        const std::string& name = node.parts.front()->text;
        if (name == "and" || name == "or") return decide(node, dot, final);
        std::vector<Json> arguments;
        for (std::size_t i = 1; i < node.parts.size(); ++i) {
            arguments.push_back(copy_of(TRY(operand(*node.parts[i], dot))));
        }
        if (final != nullptr) arguments.push_back(copy_of(*final));
        const Result<Json> result = call_template_function(name, arguments);
        if (result.ok()) return of(*result);
        const bool count = starts_with(result.error().message, "wrong number of args");
        return count ? failed(*node.parts.front(), result.error().message)
                     : failed(node, "error calling " + name + ": " + result.error().message);
    }

    // `and` and `or` look at no more than they need.
    Result<Value> decide(const TemplateNode& node, const Value& dot, const Value* final) {
        const bool wanted = node.parts.front()->text == "or";
        if (node.parts.size() == 1 && final == nullptr) {
            return failed(*node.parts.front(),
                          "wrong number of args for " + node.parts.front()->text + ": want at least 1 got 0");
        }
        Value value;
        for (std::size_t i = 1; i < node.parts.size(); ++i) {
            value = TRY(operand(*node.parts[i], dot));
            if ((value != nullptr && is_true(*value)) == wanted) return value;
        }
        return final != nullptr ? *final : value;
    }

    std::string_view text_;
    const std::map<std::string, TemplateNodes>& templates_;
    bool allow_missing_;
    std::string& out_;
    std::string name_{kMainTemplate};
    std::vector<std::pair<std::string, Value>> variables_{};
    int depth_ = 0;
};

}  // namespace

GoTemplate::GoTemplate() = default;
GoTemplate::~GoTemplate() = default;
GoTemplate::GoTemplate(GoTemplate&&) noexcept = default;
GoTemplate& GoTemplate::operator=(GoTemplate&&) noexcept = default;

Result<GoTemplate> GoTemplate::parse(std::string_view text, bool allow_missing) {
    GoTemplate parsed;
    parsed.text_ = std::string(text);
    parsed.allow_missing_ = allow_missing;
    parsed.templates_ = TRY(parse_template(parsed.text_));
    return parsed;
}

Result<void> GoTemplate::execute(const Json& object, std::string& out) const {
    return Run(text_, templates_, allow_missing_, out)
        .run(std::string(kMainTemplate), of(with_floats(object)));
}

}  // namespace kubetab::kubectl
