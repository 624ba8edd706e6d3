#include <algorithm>
#include <array>
#include <utility>

#include "engine/shell/interpreter.h"

namespace kubetab::shell {

namespace {

constexpr int kKilled = 137;

struct SignalName {
    std::string_view name;
    std::string_view number;
};
constexpr std::array<SignalName, 9> kSignals = {{{"EXIT", "0"},
                                                 {"HUP", "1"},
                                                 {"INT", "2"},
                                                 {"QUIT", "3"},
                                                 {"KILL", "9"},
                                                 {"USR1", "10"},
                                                 {"USR2", "12"},
                                                 {"PIPE", "13"},
                                                 {"TERM", "15"}}};

}  // namespace

// The usual name of a signal given as a name, with SIG before it or not, or as a number.
std::optional<std::string> Interpreter::signal_name(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (text.starts_with("SIG")) text.erase(0, 3);
    for (const SignalName& signal : kSignals) {
        if (text == signal.name || text == signal.number) return std::string(signal.name);
    }
    return std::nullopt;
}

bool Interpreter::builtin_trap(Frame& frame) {
    frame.code = 0;
    if (frame.words.size() == 1) {
        for (const auto& [signal, action] : state_.traps) {
            out("trap -- '" + action + "' " + (signal == "EXIT" ? "" : "SIG") + signal + "\n");
        }
        return true;
    }
    std::size_t first = 1;
    if (frame.words[first] == "--") ++first;
    if (frame.words.size() < first + 2) {
        if (signal_name(frame.words[first])) {
            state_.traps.erase(*signal_name(frame.words[first]));
            return true;
        }
        return complain(frame, "usage: trap ACTION SIGNAL...", 2);
    }
    for (std::size_t i = first + 1; i < frame.words.size(); ++i) {
        const std::optional<std::string> signal = signal_name(frame.words[i]);
        if (!signal) {
            complain(frame, frame.words[i] + ": invalid signal specification");
        } else if (frame.words[first] == "-") {
            state_.traps.erase(*signal);
        } else {
            state_.traps[*signal] = frame.words[first];
        }
    }
    return true;
}

Interpreter::Job* Interpreter::find_job(const std::string& name) {
    if (jobs_.empty()) return nullptr;
    if (name == "%" || name == "%%" || name == "%+") return &jobs_.back();
    for (Job& job : jobs_) {
        const bool by_number = name == "%" + std::to_string(job.number);
        const bool by_text = name.size() > 1 && name[0] == '%' && job.text.starts_with(name.substr(1));
        if (by_number || by_text || name == std::to_string(job.process_id)) return &job;
    }
    return nullptr;
}

bool Interpreter::builtin_wait(Frame& frame) {
    poll_background();
    const bool trapped = terminated_ && state_.traps.contains("TERM");
    if (trapped) {
        frame.code = 143;
        return true;
    }
    frame.code = 0;
    bool all = true;
    if (frame.words.size() == 1) {
        for (Job& job : jobs_) {
            all = all && job.child->done;
            if (job.child->done && !surroundings_->interactive) job.reported = true;
        }
    }
    for (std::size_t i = 1; i < frame.words.size(); ++i) {
        if (frame.words[i].starts_with('-')) {
            return complain(frame, frame.words[i] + ": this option is not supported by this shell", 2);
        }
        Job* job = find_job(frame.words[i]);
        if (!job) {
            complain(frame, "pid " + frame.words[i] + " is not a child of this shell", 127);
            continue;
        }
        all = all && job->child->done;
        frame.code = job->child->code;
    }
    return all;
}

bool Interpreter::builtin_jobs(Frame& frame) {
    poll_background();
    frame.code = 0;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        Job& job = jobs_[i];
        if (job.child->done) continue;
        std::string state = "Running";
        state.resize(24, ' ');
        out("[" + std::to_string(job.number) + "]" + (i + 1 == jobs_.size() ? "+" : "-") + "  " + state +
            job.text + " &\n");
    }
    out(job_notices());
    return true;
}

void Interpreter::kill_job(Job& job, const std::string& signal) {
    Child& child = *job.child;
    if (child.done) return;
    child.started = false;  // polled again whatever it waits for
    if (signal == "KILL") {
        child.done = true;
        child.code = kKilled;
        child.shell = nullptr;
    } else if (signal == "INT") {
        interrupt_child(child);
    } else {
        child.shell->terminate();
    }
    poll_child(child);
}

bool Interpreter::kills_others(const Frame& frame) {
    if (!surroundings_->commands->find("kill")) return false;
    return std::none_of(frame.words.begin() + 1, frame.words.end(), [&](const std::string& word) {
        return word.starts_with('%') || word == "-l" || word == std::to_string(state_.process_id) ||
               find_job(word);
    });
}

bool Interpreter::builtin_kill(Frame& frame) {
    std::string signal = "TERM";
    std::size_t i = 1;
    frame.code = 0;
    if (frame.words.size() > 1 && frame.words[1] == "-l") {
        for (const SignalName& name : kSignals)
            out(std::string(name.number) + ") SIG" + std::string(name.name) + "\n");
        return true;
    }
    if (i < frame.words.size() && frame.words[i].starts_with('-')) {
        std::string name = frame.words[i++].substr(1);
        if (name == "s" && i < frame.words.size()) name = frame.words[i++];
        const std::optional<std::string> known = signal_name(name);
        if (!known) return complain(frame, name + ": invalid signal specification");
        signal = *known;
    }
    if (i >= frame.words.size()) return complain(frame, "usage: kill [-SIGNAL] PID | %JOB ...", 2);
    for (; i < frame.words.size(); ++i) {
        const std::string& target = frame.words[i];
        if (target == std::to_string(state_.process_id)) {
            if (signal != "EXIT") terminate();
            continue;
        }
        Job* job = find_job(target);
        if (!job || job->child->done) {
            complain(frame, target.starts_with('%') ? target + ": no such job"
                                                    : "(" + target + ") - No such process");
        } else if (signal != "EXIT") {  // Signal 0 only asks.
            kill_job(*job, signal);
        }
    }
    return true;
}

bool Interpreter::builtin_fg(Frame& frame) {
    if (frame.next == 0) {
        Job* job = find_job(frame.words.size() > 1 ? frame.words[1] : "%%");
        if (!job || job->child->done) {
            return complain(
                frame, (frame.words.size() > 1 ? frame.words[1] : std::string("current")) + ": no such job");
        }
        frame.next = 1;
        out(job->text + "\n");
        frame.children.push_back(std::move(job->child));
        const int number = job->number;
        std::erase_if(jobs_, [number](const Job& other) { return other.number == number; });
    }
    if (poll_children(frame) == Step::Wait) return false;
    frame.code = frame.children[0]->code;
    return true;
}

}  // namespace kubetab::shell
