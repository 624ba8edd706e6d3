#include "engine/session/why_command.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/base/human_duration.h"
#include "engine/base/status.h"
#include "engine/kubectl/printer.h"
#include "engine/session/why.h"

namespace kubetab::session {
namespace {

using base::Reason;
using base::Result;

constexpr std::string_view kUsage =
    "Tells why an object is as it is: who wrote it, what woke the writer, and so on back to a command. "
    "Newest first.\n"
    "\n"
    "Examples:\n"
    "  # Who made this pod, and because of what\n"
    "  kubectl why pod web-0\n"
    "\n"
    "Usage:\n"
    "  kubectl why (TYPE NAME | TYPE/NAME) [-n NAMESPACE]\n";

struct Question {
    const api::Kind* kind = nullptr;
    api::ObjectKey key{};
};

// "po", "pod", "pods", "Pod", "pods.apps" without case.
const api::Kind* kind_named(std::string_view typed) {
    std::string word;
    for (const char c : typed) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const api::Kind* kind : api::all_kinds()) {
        if (word == kind->singular || word == kind->plural || word == kind->resource()) return kind;
        if (std::find(kind->short_names.begin(), kind->short_names.end(), word) != kind->short_names.end())
            return kind;
    }
    return nullptr;
}

// Takes -n NAMESPACE off the words. Nothing when it is not given.
std::optional<std::string> take_namespace(std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        for (const std::string_view flag : {"-n=", "--namespace="}) {
            if (!words[i].starts_with(flag)) continue;
            std::string value = words[i].substr(flag.size());
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
            return value;
        }
        if ((words[i] != "-n" && words[i] != "--namespace") || i + 1 == words.size()) continue;
        std::string value = words[i + 1];
        const auto at = words.begin() + static_cast<std::ptrdiff_t>(i);
        words.erase(at, at + 2);
        return value;
    }
    return std::nullopt;
}

Result<Question> question_of(std::vector<std::string> words, const std::string& current_namespace) {
    const std::string space = take_namespace(words).value_or(current_namespace);
    for (const std::string& word : words) {
        if (word.starts_with("-")) return base::failure(Reason::BadRequest, "error: unknown flag: " + word);
    }
    if (words.size() == 1) {
        const std::size_t slash = words[0].find('/');
        if (slash != std::string::npos) words = {words[0].substr(0, slash), words[0].substr(slash + 1)};
    }
    if (words.size() != 2 || words[1].empty()) {
        return base::failure(Reason::BadRequest, "error: say which object: kubectl why TYPE NAME");
    }
    const api::Kind* kind = kind_named(words[0]);
    if (kind == nullptr) {
        return base::failure(Reason::BadRequest,
                             "error: the server doesn't have a resource type \"" + words[0] + "\"");
    }
    return Question{kind, {kind->namespaced ? space : "", words[1]}};
}

Result<std::string> answer(const store::Store& store, const Question& question, sim::Instant now) {
    const std::vector<WhyStep> steps = causal_chain(store, *question.kind, question.key, store.revision());
    if (steps.empty()) {
        const std::string name = "\"" + question.key.name + "\"";
        if (store.get(*question.kind, question.key)) {
            return base::failure(Reason::NotFound,
                                 "error: " + std::string(question.kind->singular) + " " + name +
                                     " was written too long ago: its writes are not kept any more");
        }
        return base::failure(Reason::NotFound, "Error from server (NotFound): " + question.kind->resource() +
                                                   " " + name + " not found");
    }
    std::vector<std::vector<std::string>> rows = {{"AGE", "WHO", "WHAT", "WHY"}};
    for (const WhyStep& step : steps) {
        rows.push_back({base::human_duration((now - step.when).ns), step.actor, step.action, step.reason});
    }
    return kubectl::format_table(rows);
}

class Why : public sim::Command {
public:
    Why(const store::Store& store, const kubectl::Configuration& configuration)
        : store_(store), configuration_(configuration) {}

    std::string_view name() const override { return "kubectl-why"; }
    std::string_view summary() const override { return "tell why an object is as it is"; }

    std::unique_ptr<sim::Process> start(const sim::Invocation& invocation) override {
        std::vector<std::string> words(invocation.words.begin() + 1, invocation.words.end());
        return std::make_unique<Telling>(*this, std::move(words));
    }

    std::vector<std::string> complete(const sim::Invocation& invocation) override {
        std::vector<std::string> found;
        if (invocation.words.size() == 2) {
            for (const api::Kind* kind : api::all_kinds()) found.emplace_back(kind->plural);
        } else if (const api::Kind* kind = kind_named(invocation.words[1])) {
            const std::string space = current_namespace();
            for (const auto& [key, object] : store_.all(*kind)) {
                if (!kind->namespaced || key.namespace_ == space) found.push_back(key.name);
            }
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

private:
    class Telling : public sim::Process {
    public:
        Telling(const Why& why, std::vector<std::string> words) : why_(why), words_(std::move(words)) {}
        sim::Poll poll(sim::Io& io) override {
            for (const std::string& word : words_) {
                if (word != "-h" && word != "--help") continue;
                io.out(kUsage);
                return sim::Poll::done(0);
            }
            const Result<std::string> text = why_.tell(words_, io.now());
            if (text.ok()) io.out(*text);
            if (!text.ok()) io.err(text.error().message + "\n");
            return sim::Poll::done(text.ok() ? 0 : 1);
        }

    private:
        const Why& why_;
        std::vector<std::string> words_;
    };

    Result<std::string> tell(const std::vector<std::string>& words, sim::Instant now) const {
        return answer(store_, TRY(question_of(words, current_namespace())), now);
    }

    std::string current_namespace() const {
        const kubectl::ConfigurationContext* context = configuration_.find(configuration_.current_context);
        return context == nullptr || context->namespace_.empty() ? "default" : context->namespace_;
    }

    const store::Store& store_;
    const kubectl::Configuration& configuration_;
};

}  // namespace

std::unique_ptr<sim::Command> make_why(const store::Store& store,
                                       const kubectl::Configuration& configuration) {
    return std::make_unique<Why>(store, configuration);
}

}  // namespace kubetab::session
