#include "engine/kubectl/kubectl.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/former_kinds.h"
#include "engine/kubectl/command.h"
#include "engine/kubectl/command_flags.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/former_get.h"
#include "engine/kubectl/commands/former_run.h"
#include "engine/kubectl/kubeconfig.h"
#include "engine/kubectl/text.h"
#include "engine/sim/file_system.h"

namespace kubetab::kubectl {
namespace {

// Flags about connections and credentials, which one simulated cluster does not have.
constexpr std::string_view kRefusedGlobals[] = {"cache-dir",
                                                "certificate-authority",
                                                "client-certificate",
                                                "client-key",
                                                "cluster",
                                                "disable-compression",
                                                "insecure-skip-tls-verify",
                                                "log-flush-frequency",
                                                "match-server-version",
                                                "password",
                                                "profile",
                                                "profile-output",
                                                "server",
                                                "tls-server-name",
                                                "token",
                                                "user",
                                                "username",
                                                "v",
                                                "vmodule",
                                                "warnings-as-errors"};

bool is_truth(std::string_view name) {
    return name == "disable-compression" || name == "insecure-skip-tls-verify" ||
           name == "match-server-version" || name == "warnings-as-errors";
}

FlagTable make_global_flags() {
    FlagTable table = {
        {"as", 0, FlagType::Text, "", "Username to impersonate for the operation"},
        {"as-group", 0, FlagType::TextArray, "", "Group to impersonate, may be repeated"},
        {"as-uid", 0, FlagType::Text, "", "UID to impersonate for the operation"},
        {"context", 0, FlagType::Text, "", "The name of the kubeconfig context to use"},
        {"kubeconfig", 0, FlagType::Text, "", "Path to the kubeconfig file to use"},
        {"namespace", 'n', FlagType::Text, "", "If present, the namespace scope for this request"},
        {"request-timeout", 0, FlagType::Text, "0", "How long to wait before giving up on a single request"},
    };
    for (const std::string_view name : kRefusedGlobals) {
        FlagSpec flag;
        flag.name = name;
        flag.letter = name == "server" ? 's' : name == "v" ? 'v' : char{0};
        flag.type = is_truth(name) ? FlagType::Bool : FlagType::Text;
        flag.help = "Not supported: there is one cluster, and it needs no credentials";
        table.push_back(flag);
    }
    return table;
}

// How many single-letter edits turn one word into the other, ignoring case. upstream: cobra, ld
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = from[i - 1] == to[j - 1] ? diagonal : 1 + std::min({diagonal, above, row[j - 1]});
            diagonal = above;
        }
    }
    return row[to.size()];
}

base::Status unknown_command(const std::string& word) {
    std::string text = "unknown command \"" + word + "\" for \"kubectl\"";
    std::string similar;
    for (const CommandSpec& command : commands()) {
        if (command.path.find(' ') != std::string::npos) continue;
        const bool prefix = command.path.compare(0, word.size(), word) == 0;
        if (prefix || distance(word, command.path) <= 2) similar += "\t" + command.path + "\n";
    }
    if (!similar.empty()) text += "\n\nDid you mean this?\n" + similar;
    return client_error(text);
}

// The command that the words name, and which words name it.
struct Selected {
    const CommandSpec* command = nullptr;
    std::vector<std::string> rest{};  // the words after "kubectl" without the command's own
    std::string unknown{};            // the first word that is no command, when there is none at all
};

// Index of the next word at or after `from` that is no flag and no flag's value. upstream: cobra, stripFlags
std::size_t next_plain(const std::vector<std::string>& words, std::size_t from, const FlagTable& table) {
    for (std::size_t i = from; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--") return words.size();
        if (word.size() < 2 || word.front() != '-') return i;
        if (word.find('=') != std::string::npos) continue;
        const bool longer = word[1] == '-';
        if (!longer && word.size() > 2) continue;
        for (const FlagSpec& flag : table) {
            const bool same =
                longer ? word.compare(2, std::string::npos, flag.name) == 0 : flag.letter == word[1];
            if (same && flag.type != FlagType::Bool && flag.value_if_bare.empty()) ++i;
        }
    }
    return words.size();
}

Selected select_command(const std::vector<std::string>& words) {
    Selected selected;
    selected.rest.assign(words.begin() + 1, words.end());
    std::string path;
    while (true) {
        const FlagTable table = selected.command != nullptr ? flags_of(*selected.command) : global_flags();
        const std::size_t at = next_plain(selected.rest, 0, table);
        if (at == selected.rest.size()) return selected;
        const std::string longer = path.empty() ? selected.rest[at] : path + " " + selected.rest[at];
        const CommandSpec* next =
            selected.rest[at].find(' ') == std::string::npos ? find_command(longer) : nullptr;
        if (next == nullptr) {
            if (selected.command == nullptr) selected.unknown = selected.rest[at];
            return selected;
        }
        selected.command = next;
        path = next->path;
        selected.rest.erase(selected.rest.begin() + static_cast<std::ptrdiff_t>(at));
    }
}

base::Result<void> refuse_unsupported(const CommandSpec& command, const Flags& flags) {
    for (const std::string_view name : kRefusedGlobals) {
        if (!flags.changed(name) || has_own_flag(command, name)) continue;
        return client_error(
            "the flag --" + std::string(name) +
            " is not supported: kubectl here speaks to the one simulated cluster, without credentials");
    }
    return {};
}

base::Result<void> require_flags(const Flags& flags) {
    std::string missing;
    for (const FlagSpec& flag : flags.table()) {
        if (!flag.required || flags.changed(flag.name)) continue;
        missing += (missing.empty() ? "\"" : "\", \"") + flag.name;
    }
    if (missing.empty()) return {};
    return client_error("required flag(s) " + missing + "\" not set");
}

// One run of kubectl: reads its words at the first poll, collects standard input when a file is "-", runs the
// command.
// The text between `before` and the next quotation mark; "" when there is none.
std::string quoted_after(const std::string& text, std::string_view before) {
    const std::size_t at = text.find(before);
    if (at == std::string::npos) return "";
    const std::size_t begin = at + before.size();
    return text.substr(begin, text.find('"', begin) - begin);
}

// What kubetab itself says behind an error: what to write instead of a version that is no longer served.
std::string hints_for(const std::vector<base::Status>& errors) {
    std::set<std::string> hints;
    for (const base::Status& error : errors) {
        const std::string hint = api::replacement_of(quoted_after(error.message, "in version \""),
                                                     quoted_after(error.message, "no matches for kind \""));
        if (!hint.empty()) hints.insert("kubetab: " + hint + "\n");
    }
    std::string text;
    for (const std::string& hint : hints) text += hint;
    return text;
}

class KubectlProcess : public sim::Process {
public:
    KubectlProcess(client::Transport& transport, sim::LocalPorts& ports,
                   std::shared_ptr<DiscoveryCache> cache, const sim::Invocation& invocation)
        : invocation_(invocation), context_{transport, configuration_,       *invocation.files,
                                            ports,     invocation.directory, invocation.environment} {
        context_.cache = std::move(cache);
    }

    sim::Poll poll(sim::Io& io) override {
        context_.io = &io;
        if (!prepared_) {
            prepared_ = true;
            if (const std::optional<int> code = prepare()) return sim::Poll::done(*code);
        }
        if (!running_) {
            if (wants_input_ && !read_input(io)) return sim::Poll::input();
            Outcome outcome = context_.command->run(context_);
            io.err(error_text(outcome.errors));
            if (io.is_terminal()) io.err(hints_for(outcome.errors));
            if (outcome.process == nullptr) return sim::Poll::done(outcome.exit_code);
            running_ = std::move(outcome.process);
            if (interrupted_) running_->interrupt();
        }
        return running_->poll(io);
    }

    void interrupt() override {
        interrupted_ = true;
        if (running_) running_->interrupt();
    }
    bool survives_interrupt() const override { return running_ && running_->survives_interrupt(); }

private:
    int fail(const base::Status& status) {
        context_.err(error_text({status}));
        return 1;
    }

    // Finds the command and reads its flags. A value ends the run.
    std::optional<int> prepare() {
        const Selected selected = select_command(invocation_.words);
        if (selected.command == nullptr) {
            if (!selected.unknown.empty()) return fail(unknown_command(selected.unknown));
            const base::Result<ParsedWords> words = parse_flags(global_flags(), selected.rest);
            if (!words)
                return fail(client_error(words.error().message + "\nSee 'kubectl --help' for usage."));
            context_.out(help_text(nullptr));
            return 0;
        }
        context_.command = selected.command;
        FlagTable table = flags_of(*selected.command);
        if (uses_former_flags(selected))
            table = table + (selected.command->path == "get" ? former_get_flags() : former_run_flags());
        base::Result<ParsedWords> words = parse_flags(table, selected.rest);
        if (!words) {
            return fail(
                client_error(words.error().message + "\nSee '" + context_.path() + " --help' for usage."));
        }
        if (words->help) {
            context_.out(help_text(selected.command));
            return 0;
        }
        context_.flags = std::move(words->flags);
        context_.arguments = std::move(words->arguments);
        context_.arguments_before_dash = words->arguments_before_dash;
        if (selected.command->run == nullptr) return run_group();
        if (const base::Result<void> checked = check_flags(); !checked) return fail(checked.error());
        if (!unreachable_.empty() && needs_server()) {
            context_.err(unreachable_);
            return 1;
        }
        return std::nullopt;
    }

    // Flags of 2017 are unknown to today's kubectl, so they count only where the cluster is of that time.
    bool uses_former_flags(const Selected& selected) {
        const bool gets = selected.command->path == "get";
        if ((selected.command->path != "run" && !gets) || !unreachable_.empty()) return false;
        for (const std::string& word : selected.rest) {
            const bool former =
                gets ? word == "-a" || word.starts_with("--show-all") || word.starts_with("--export")
                     : word == "-r" || word.starts_with("--replicas") || word.starts_with("--generator");
            if (former) return runs_as_in_2017(context_);
        }
        return false;
    }

    // upstream: kubectl/pkg/cmd/util/helpers.go DefaultSubCommandRun
    int run_group() {
        if (!context_.arguments.empty()) {
            std::string joined;
            for (const std::string& word : context_.arguments) joined += (joined.empty() ? "" : " ") + word;
            return fail(usage_error(context_.path(), "unknown command \"" + joined + "\""));
        }
        context_.err(help_text(context_.command));
        return 1;
    }

    base::Result<void> check_flags() {
        TRY(refuse_unsupported(*context_.command, context_.flags));
        if (context_.flags.has("kustomize") && context_.flags.changed("kustomize")) {
            return client_error(
                "kustomizations (-k) are not supported here: write the manifests out and use -f");
        }
        TRY(require_flags(context_.flags));
        TRY(read_configuration());
        if (context_.flags.has("filename")) {
            const std::vector<std::string>& names = context_.flags.list("filename");
            wants_input_ = std::find(names.begin(), names.end(), "-") != names.end();
        }
        return {};
    }

    base::Result<void> read_configuration() {
        const std::string& given = context_.flags.text("kubeconfig");
        const std::string path = TRY(kubeconfig_path(given, context_.directory, context_.environment));
        const bool of_config = starts_with(context_.command->path + " ", "config ");
        if (!given.empty() && !of_config && !context_.files.stat(path).ok()) {
            return client_error("stat " + path + ": no such file or directory");
        }
        const Kubeconfig kubeconfig = TRY(Kubeconfig::load(context_.files, path));
        configuration_ = summary_of(kubeconfig);
        if (of_config) return {};
        const Connection connection = TRY(connection_of(kubeconfig, context_.flags.text("context")));
        unreachable_ = connection.failure;
        context_.token = connection.token;
        // upstream: clientcmd/validation.go [validateAuthInfo]
        const bool about_user = context_.flags.changed("as-group") || context_.flags.changed("as-uid");
        if (about_user && context_.flags.text("as").empty()) {
            return client_error("requesting uid, groups or user-extra for " + connection.user +
                                " without impersonating a user");
        }
        context_.namespace_given =
            context_.flags.changed("namespace") && !context_.flags.text("namespace").empty();
        context_.current_namespace =
            context_.namespace_given ? context_.flags.text("namespace") : connection.namespace_;
        if (context_.current_namespace.empty()) context_.current_namespace = "default";
        return {};
    }

    bool needs_server() const {
        const std::string& path = context_.command->path;
        const Flags& flags = context_.flags;
        const bool local = flags.has("local") && flags.truth("local");
        return !local && path != "version" && path != "options" && path != "completion";
    }

    // True when standard input has been read to its end.
    bool read_input(sim::Io& io) {
        while (const std::optional<std::string> text = io.read()) {
            if (text->empty()) return true;
            context_.standard_input += *text;
        }
        return interrupted_;
    }

    sim::Invocation invocation_;
    Configuration configuration_{};
    Context context_;
    std::string unreachable_{};  // why the kubeconfig leads to no server, as it is printed; "" otherwise
    bool prepared_ = false;
    bool wants_input_ = false;
    bool interrupted_ = false;
    std::unique_ptr<sim::Process> running_{};
};

constexpr std::string_view kPluginPrefix = "kubectl-";

class FlagsBeforePlugin : public sim::Process {
public:
    explicit FlagsBeforePlugin(std::string flag) : flag_(std::move(flag)) {}
    sim::Poll poll(sim::Io& io) override {
        io.err("error: flags cannot be placed before plugin name: " + flag_ + "\n");
        return sim::Poll::done(1);
    }

private:
    std::string flag_;
};

class KubectlCommand : public sim::Command {
public:
    KubectlCommand(client::Transport& transport, sim::LocalPorts& ports, Plugins plugins)
        : transport_(transport), ports_(ports), plugins_(std::move(plugins)) {}

    std::string_view name() const override { return "kubectl"; }
    std::string_view summary() const override { return "Controls the cluster"; }
    std::unique_ptr<sim::Process> start(const sim::Invocation& invocation) override {
        if (const std::string word = select_command(invocation.words).unknown; !word.empty()) {
            if (sim::Command* plugin = find_plugin(word)) {
                if (invocation.words[1] != word)
                    return std::make_unique<FlagsBeforePlugin>(invocation.words[1]);
                return plugin->start(for_plugin(invocation));
            }
        }
        return std::make_unique<KubectlProcess>(transport_, ports_, cache_, invocation);
    }
    std::vector<std::string> complete(const sim::Invocation& invocation) override {
        const bool after_name = invocation.words.size() > 2;
        sim::Command* plugin = after_name ? find_plugin(invocation.words[1]) : nullptr;
        if (plugin != nullptr) return plugin->complete(for_plugin(invocation));
        const auto path = kubeconfig_path("", invocation.directory, invocation.environment);
        if (!path) return {};
        const auto kubeconfig = Kubeconfig::load(*invocation.files, *path);
        if (!kubeconfig) return {};
        const Configuration configuration = summary_of(*kubeconfig);
        return complete_words(transport_, *cache_, configuration, invocation);
    }

private:
    sim::Command* find_plugin(std::string_view word) const {
        for (const auto& plugin : plugins_) {
            if (plugin->name() == std::string(kPluginPrefix) + std::string(word)) return plugin.get();
        }
        return nullptr;
    }

    // The plugin's own command line: its name and what follows.
    static sim::Invocation for_plugin(sim::Invocation invocation) {
        invocation.words.erase(invocation.words.begin());
        invocation.words.front() = std::string(kPluginPrefix) + invocation.words.front();
        return invocation;
    }

    client::Transport& transport_;
    sim::LocalPorts& ports_;
    std::shared_ptr<DiscoveryCache> cache_ = std::make_shared<DiscoveryCache>();
    Plugins plugins_;
};

}  // namespace

const FlagTable& global_flags() {
    static const FlagTable table = make_global_flags();
    return table;
}

bool has_own_flag(const CommandSpec& command, std::string_view name) {
    return std::any_of(command.flags.begin(), command.flags.end(),
                       [&](const FlagSpec& flag) { return flag.name == name; });
}

FlagTable flags_of(const CommandSpec& command) {
    FlagTable table = command.flags;
    for (const FlagSpec& flag : global_flags()) {
        if (!has_own_flag(command, flag.name)) table.push_back(flag);
    }
    return table;
}

std::unique_ptr<sim::Command> make_kubectl(client::Transport& transport, sim::LocalPorts& ports,
                                           Plugins plugins) {
    return std::make_unique<KubectlCommand>(transport, ports, std::move(plugins));
}

}  // namespace kubetab::kubectl
