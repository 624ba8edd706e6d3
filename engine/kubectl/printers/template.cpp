// The printer of -o go-template. upstream: cli-runtime/pkg/printers/template.go
#include <utility>

#include "engine/kubectl/errors.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/printers/go_template.h"
#include "engine/kubectl/printers/json_text.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

class TemplatePrinter : public ObjectPrinter {
public:
    TemplatePrinter(const Context& context, std::string written, GoTemplate parsed)
        : context_(context), written_(std::move(written)), parsed_(std::move(parsed)) {}

    base::Result<std::string> print(const base::Json& object, const ApiResource*) override {
        std::string text;
        const base::Result<void> done = parsed_.execute(object, text);
        if (done.ok()) return text;
        // What was printed until then stands, and what helps to find the mistake.
        context_.io->out(text + "Error executing template: " + done.error().message +
                         ". Printing more information for debugging the template:\n\ttemplate was:\n\t\t" +
                         written_ + "\n\traw data was:\n\t\t" + json_text(object, 0) +
                         "\n\tobject given to template engine was:\n\t\t" + go_text(object) + "\n\n");
        return client_error("error executing template " + quote(written_) + ": " + done.error().message);
    }

private:
    const Context& context_;
    std::string written_;
    GoTemplate parsed_;
};

}  // namespace

base::Result<std::unique_ptr<ObjectPrinter>> make_template_printer(const Context& context,
                                                                   const std::string& form,
                                                                   const std::string& argument) {
    const bool of_file = form == "go-template-file" || form == "templatefile";
    const std::string given = argument.empty() ? context.flags.text("template") : argument;
    if (given.empty()) return client_error("template format specified but no template given");
    const std::string text = of_file ? TRY(context.read_file(given)) : given;
    base::Result<GoTemplate> parsed =
        GoTemplate::parse(text, context.flags.truth("allow-missing-template-keys"));
    if (!parsed) return client_error("error parsing template " + text + ", " + parsed.error().message + "\n");
    return std::unique_ptr<ObjectPrinter>(
        std::make_unique<TemplatePrinter>(context, text, std::move(parsed).value()));
}

}  // namespace kubetab::kubectl
