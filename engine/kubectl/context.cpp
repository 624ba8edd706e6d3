#include <algorithm>

#include "engine/kubectl/command.h"
#include "engine/sim/file_system.h"

namespace kubetab::kubectl {

base::Result<const Discovery*> Context::discovery() {
    if (!known) known = TRY(Discovery::load(transport, *cache));
    return known.get();
}

void Context::warn(std::string_view text) {
    const std::string line = "Warning: " + std::string(text) + "\n";
    io->err(line);
}

std::string Context::path() const {
    return "kubectl " + command->path;
}

base::Result<std::string> Context::read_file(std::string_view name) const {
    const std::string absolute = sim::resolve(directory, name);
    const base::Result<std::string> text = files.read(absolute);
    if (text.ok()) return *text;
    const std::string& why = text.error().message;
    if (why == "No such file or directory")
        return client_error("the path \"" + std::string(name) + "\" does not exist");
    std::string lower_case = why;
    if (!lower_case.empty() && lower_case[0] >= 'A' && lower_case[0] <= 'Z') {
        lower_case[0] = static_cast<char>(lower_case[0] - 'A' + 'a');
    }
    return client_error("open " + std::string(name) + ": " + lower_case);
}

const ConfigurationContext* Configuration::find(const std::string& name) const {
    const auto it =
        std::find_if(contexts.begin(), contexts.end(), [&](const auto& c) { return c.name == name; });
    return it == contexts.end() ? nullptr : &*it;
}

ConfigurationContext* Configuration::find(const std::string& name) {
    const auto it =
        std::find_if(contexts.begin(), contexts.end(), [&](const auto& c) { return c.name == name; });
    return it == contexts.end() ? nullptr : &*it;
}

}  // namespace kubetab::kubectl
