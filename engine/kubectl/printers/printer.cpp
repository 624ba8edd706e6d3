#include "engine/kubectl/printer.h"

#include <utility>

#include "engine/base/yaml.h"
#include "engine/kubectl/printers/json_text.h"
#include "engine/kubectl/printers/jsonpath.h"
#include "engine/kubectl/printers/tab_writer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

void drop_managed_fields(Json& object) {
    if (!object.is_object()) return;
    if (const auto metadata = object.find("metadata"); metadata != object.end() && metadata->is_object()) {
        metadata->erase("managedFields");
    }
    if (const auto items = object.find("items"); items != object.end() && items->is_array()) {
        for (Json& item : *items) drop_managed_fields(item);
    }
}

class FormPrinter : public ObjectPrinter {
public:
    FormPrinter(bool keep_managed_fields) : keep_managed_fields_(keep_managed_fields) {}

protected:
    Json prepared(const Json& object) const {
        Json copy = object;
        if (!keep_managed_fields_) drop_managed_fields(copy);
        return copy;
    }

private:
    bool keep_managed_fields_;
};

class YamlPrinter : public FormPrinter {
public:
    using FormPrinter::FormPrinter;
    base::Result<std::string> print(const Json& object, const ApiResource*) override {
        const std::string separator = printed_++ > 0 ? "---\n" : "";
        return separator + base::to_yaml(prepared(object));
    }

private:
    int printed_ = 0;
};

class JsonPrinter : public FormPrinter {
public:
    using FormPrinter::FormPrinter;
    base::Result<std::string> print(const Json& object, const ApiResource*) override {
        return json_text(prepared(object)) + "\n";
    }
};

// upstream: cli-runtime/pkg/printers/name.go
class NamePrinter : public ObjectPrinter {
public:
    base::Result<std::string> print(const Json& object, const ApiResource*) override {
        const Json* items = base::find(object, "items");
        if (items == nullptr || !items->is_array()) return object_label(object) + "\n";
        std::string out;
        for (const Json& item : *items) out += object_label(item) + "\n";
        return out;
    }
};

// upstream: cli-runtime/pkg/printers/jsonpath.go
class JsonPathPrinter : public ObjectPrinter {
public:
    JsonPathPrinter(std::string written, JsonPath path, bool as_json)
        : written_(std::move(written)), path_(std::move(path)), as_json_(as_json) {}

    base::Result<std::string> print(const Json& object, const ApiResource*) override {
        base::Result<std::string> text = as_json_ ? json_results(object) : path_.text(object);
        if (text.ok()) return text;
        return client_error("error executing jsonpath " + quote(written_) +
                            ": Error executing template: " + text.error().message +
                            ". Printing more information for debugging the template:\n" +
                            "\ttemplate was:\n\t\t" + written_ +
                            "\n\tobject given to jsonpath engine was:\n\t\t" + go_syntax(object) + "\n\n\n");
    }

private:
    base::Result<std::string> json_results(const Json& object) {
        Json all = Json::array();
        for (const auto& values : TRY(path_.find(object))) {
            for (const Json& value : values) all.push_back(value);
        }
        return json_text(all) + "\n";
    }

    std::string written_;
    JsonPath path_;
    bool as_json_;
};

// upstream: kubectl/pkg/cmd/get/customcolumn.go
class ColumnPrinter : public ObjectPrinter {
public:
    ColumnPrinter(std::vector<std::string> headers, std::vector<JsonPath> paths, bool headed)
        : headers_(std::move(headers)), paths_(std::move(paths)), headed_(headed) {}

    base::Result<std::string> print(const Json& object, const ApiResource*) override {
        TableRows rows;
        if (headed_) rows.push_back(headers_);
        headed_ = false;
        const Json* items = base::find(object, "items");
        if (items != nullptr && items->is_array()) {
            for (const Json& item : *items) rows.push_back(TRY(row_of(item)));
        } else {
            rows.push_back(TRY(row_of(object)));
        }
        return format_table(rows);
    }

private:
    base::Result<std::vector<std::string>> row_of(const Json& object) {
        std::vector<std::string> row;
        for (const JsonPath& path : paths_) {
            std::string cell;
            for (const auto& values : TRY(path.find(object))) {
                for (const Json& value : values) cell += (cell.empty() ? "" : ",") + go_text(value);
            }
            row.push_back(cell.empty() ? "<none>" : cell);
        }
        return row;
    }

    std::vector<std::string> headers_;
    std::vector<JsonPath> paths_;
    bool headed_;
};

base::Result<std::unique_ptr<ObjectPrinter>> make_column_printer(const std::string& spec, bool headed) {
    if (spec.empty()) return client_error("custom-columns format specified but no custom columns given");
    std::vector<std::string> headers;
    std::vector<JsonPath> paths;
    for (const std::string& part : split(spec, ',')) {
        const std::size_t colon = part.find(':');
        if (colon == std::string::npos || part.find(':', colon + 1) != std::string::npos) {
            return client_error("unexpected custom-columns spec: " + part +
                                ", expected <header>:<json-path-expr>");
        }
        const std::string relaxed = TRY(relaxed_path(part.substr(colon + 1)));
        headers.push_back(part.substr(0, colon));
        paths.push_back(TRY(JsonPath::parse(relaxed, true)));
    }
    return std::unique_ptr<ObjectPrinter>(
        std::make_unique<ColumnPrinter>(std::move(headers), std::move(paths), headed));
}

base::Result<std::unique_ptr<ObjectPrinter>> make_path_printer(const Context& context,
                                                               const std::string& text, bool as_json) {
    if (text.empty()) return client_error("template format specified but no template given");
    base::Result<JsonPath> path = JsonPath::parse(text, context.flags.truth("allow-missing-template-keys"));
    if (!path) return client_error("error parsing jsonpath " + text + ", " + path.error().message);
    return std::unique_ptr<ObjectPrinter>(
        std::make_unique<JsonPathPrinter>(text, std::move(path).value(), as_json));
}

std::string dry_run_suffix(const Context& context) {
    if (!context.flags.has("dry-run")) return "";
    const std::string& value = context.flags.text("dry-run");
    if (value == "server") return " (server dry run)";
    return value == "none" || value == "false" ? "" : " (dry run)";
}

}  // namespace

std::string object_label(const Json& object) {
    const std::string api_version = base::text_at(object, {"apiVersion"});
    const std::size_t slash = api_version.find('/');
    std::string label = lower(base::text_at(object, {"kind"}));
    if (slash != std::string::npos) label += "." + api_version.substr(0, slash);
    const std::string name = base::text_at(object, {"metadata", "name"});
    return label + "/" + (name.empty() ? "<unknown>" : name);
}

base::Result<std::unique_ptr<ObjectPrinter>> make_printer(const Context& context, std::string_view output) {
    const std::size_t equals = output.find('=');
    const std::string form = lower(output.substr(0, equals));
    std::string argument = equals == std::string_view::npos ? "" : std::string(output.substr(equals + 1));
    const bool keep = context.flags.has("show-managed-fields") && context.flags.truth("show-managed-fields");
    const bool columns = context.flags.has("no-headers");
    if (form == "yaml") return std::unique_ptr<ObjectPrinter>(std::make_unique<YamlPrinter>(keep));
    if (form == "json") return std::unique_ptr<ObjectPrinter>(std::make_unique<JsonPrinter>(keep));
    if (form == "name") return std::unique_ptr<ObjectPrinter>(std::make_unique<NamePrinter>());
    if (form == "jsonpath" || form == "jsonpath-as-json" || form == "jsonpath-file") {
        if (argument.empty()) argument = context.flags.text("template");
        if (form == "jsonpath-file") argument = TRY(context.read_file(argument));
        return make_path_printer(context, argument, form == "jsonpath-as-json");
    }
    if (columns && form == "custom-columns")
        return make_column_printer(argument, !context.flags.truth("no-headers"));
    if (columns && form == "custom-columns-file") {
        return client_error(
            "custom-columns-file is not supported here: use -o custom-columns=HEADER:.path,…");
    }
    if (form == "go-template" || form == "go-template-file" || form == "template" || form == "templatefile") {
        return make_template_printer(context, form, argument);
    }
    const std::string extra = columns ? "custom-columns,custom-columns-file," : "";
    const std::string wide = columns ? "wide," : "";
    return client_error(
        "unable to match a printer suitable for the output format " + quote(output) +
        ", allowed formats are: " + extra +
        "go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,"
        "templatefile," +
        wide + "yaml");
}

base::Result<void> check_output(Context& context) {
    if (!context.flags.has("output")) return {};  // The command prints its results in one way only.
    const std::string& output = context.flags.text("output");
    if (output.empty() && context.flags.text("template").empty()) return {};
    const std::string form = output.empty() ? "go-template=" + context.flags.text("template") : output;
    context.printer = TRY(make_printer(context, form));
    return {};
}

base::Result<void> print_result(Context& context, const Info& info, const Json& object,
                                std::string_view operation) {
    if (context.printer == nullptr) TRY(check_output(context));
    if (context.printer != nullptr) {
        context.out(TRY(context.printer->print(object, &info.resource)));
        return {};
    }
    std::string label = object_label(object);
    if (base::find(object, "kind") == nullptr) label = info.label();
    context.out(label + " " + std::string(operation) + dry_run_suffix(context) + "\n");
    return {};
}

}  // namespace kubetab::kubectl
