#include <algorithm>
#include <utility>

#include "engine/shell/interpreter.h"
#include "engine/shell/pattern.h"

namespace kubetab::shell {

Interpreter::Step Interpreter::step_source(Frame& frame) {
    NodePtr node;
    switch (frame.parser->next(node)) {
        case Parser::Outcome::Command:
            frame.step = 1;
            push(std::move(node), false);
            return Step::Again;
        case Parser::Outcome::End: finish(frame.step == 0 ? 0 : state_.last_status); return Step::Again;
        case Parser::Outcome::Incomplete:
        case Parser::Outcome::Error: break;
    }
    const SyntaxError& error = frame.parser->error();
    std::string place;
    if (!surroundings_->interactive || error.at.line > 1) {
        place =
            "line " + std::to_string(error.at.line) + ", column " + std::to_string(error.at.column) + ": ";
    }
    if (descriptors_[2]) descriptors_[2]->write(state_.name + ": " + place + error.message + "\n");
    finish(2);
    return Step::Again;
}

Interpreter::Step Interpreter::step_list(Frame& frame) {
    const auto& children = frame.node->children;
    if (frame.index == 0) state_.last_status = children.empty() ? 0 : state_.last_status;
    if (frame.index >= children.size()) {
        finish(state_.last_status);
        return Step::Again;
    }
    push(children[frame.index++], false);
    return Step::Again;
}

Interpreter::Step Interpreter::step_and_or(Frame& frame) {
    const bool both = frame.node->kind == NodeKind::And;
    if (frame.step == 0) {
        frame.step = 1;
        push(frame.node->children[0], true);
    } else if (frame.step == 1 && (state_.last_status == 0) == both) {
        frame.step = 2;
        push(frame.node->children[1], false);
    } else {
        finish(state_.last_status);
    }
    return Step::Again;
}

// Starts every stage, connected by pipes. False, with a message, when there are too many processes.
bool Interpreter::start_pipeline(Frame& frame) {
    const auto& stages = frame.node->children;
    StreamPtr input = descriptors_[0];
    for (std::size_t i = 0; i < stages.size(); ++i) {
        Descriptors descriptors = descriptors_;
        descriptors[0] = std::move(input);
        if (i + 1 < stages.size()) {
            PipeEnds ends = make_pipe(surroundings_->activity);
            descriptors[1] = std::move(ends.writer);
            input = std::move(ends.reader);
        }
        auto child = make_child(stages[i], std::move(descriptors), frame.tested);
        if (!child) return false;
        frame.children.push_back(std::move(child));
    }
    return true;
}

void Interpreter::finish_pipeline(Frame& frame) {
    int status = frame.children.empty() ? state_.last_status : frame.children.back()->code;
    if (state_.pipefail && status == 0) {
        for (const auto& child : frame.children) status = child->code != 0 ? child->code : status;
    }
    if (frame.node->timed && descriptors_[2]) {
        const auto spelled = [](sim::Duration duration) {
            std::string milliseconds = std::to_string(duration.whole_milliseconds() % 1000);
            milliseconds.insert(0, 3 - milliseconds.size(), '0');
            const std::int64_t seconds = duration.whole_seconds();
            return std::to_string(seconds / 60) + "m" + std::to_string(seconds % 60) + "." + milliseconds +
                   "s\n";
        };
        descriptors_[2]->write("\nreal\t" + spelled(surroundings_->now - frame.began) + "user\t" +
                               spelled({}) + "sys\t" + spelled({}));
    }
    finish(frame.node->negated ? (status == 0 ? 1 : 0) : status);
}

Interpreter::Step Interpreter::step_pipeline(Frame& frame) {
    const auto& stages = frame.node->children;
    if (frame.step == 0) {
        frame.began = surroundings_->now;
        frame.step = 1;
        if (stages.size() == 1) {
            push(stages[0], frame.node->negated);
            return Step::Again;
        }
        if (!start_pipeline(frame)) {
            finish(1);
            return Step::Again;
        }
    }
    if (stages.size() > 1 && poll_children(frame) == Step::Wait) return Step::Wait;
    finish_pipeline(frame);
    return Step::Again;
}

Interpreter::Step Interpreter::step_async(Frame& frame) {
    Descriptors descriptors = descriptors_;
    descriptors[0] = make_null_stream();
    std::erase_if(jobs_, [](const Job& job) { return job.child->done && job.reported; });
    std::unique_ptr<Child> child;
    if (jobs_.size() < kMaxJobs) {
        child = make_child(frame.node->children[0], std::move(descriptors), false);
    } else {
        print_error("fork: Resource temporarily unavailable");
    }
    if (!child) {
        finish(1);
        return Step::Again;
    }
    Job job;
    job.number = jobs_.empty() ? 1 : jobs_.back().number + 1;
    job.process_id = ++surroundings_->last_process_id;
    job.text = frame.node->text;
    job.child = std::move(child);
    state_.last_background = job.process_id;
    if (surroundings_->interactive && depth_ == 0 && descriptors_[2]) {
        descriptors_[2]->write("[" + std::to_string(job.number) + "] " + std::to_string(job.process_id) +
                               "\n");
    }
    jobs_.push_back(std::move(job));
    finish(0);
    poll_child(*jobs_.back().child);
    return Step::Again;
}

Interpreter::Step Interpreter::step_subshell(Frame& frame) {
    if (frame.step == 0) {
        frame.step = 1;
        auto child = make_child(frame.node->children[0], descriptors_, frame.tested);
        if (!child) {
            finish(1);
            return Step::Again;
        }
        frame.children.push_back(std::move(child));
    }
    if (poll_children(frame) == Step::Wait) return Step::Wait;
    finish(frame.children[0]->code);
    return Step::Again;
}

Interpreter::Step Interpreter::step_if(Frame& frame) {
    const auto& parts = frame.node->children;
    if (frame.step == 2) {
        finish(state_.last_status);
    } else if (frame.step == 1 && state_.last_status == 0) {
        frame.step = 2;
        push(parts[frame.index + 1], false);
    } else {
        if (frame.step == 1) frame.index += 2;
        frame.step = 1;
        if (frame.index + 1 < parts.size()) {
            push(parts[frame.index], true);
        } else if (frame.index < parts.size()) {
            frame.step = 2;
            push(parts[frame.index], false);
        } else {
            finish(0);
        }
    }
    return Step::Again;
}

Interpreter::Step Interpreter::step_loop(Frame& frame) {
    const auto& parts = frame.node->children;
    switch (frame.step) {
        case 0:
            frame.step = 1;
            push(parts[0], true);
            break;
        case 1:
            if ((state_.last_status == 0) == (frame.node->kind == NodeKind::While)) {
                frame.step = 2;
                push(parts[1], false);
            } else {
                finish(frame.code);
            }
            break;
        default: frame.code = state_.last_status; frame.step = 0;
    }
    return Step::Again;
}

Interpreter::Step Interpreter::step_for(Frame& frame) {
    const Node& node = *frame.node;
    if (frame.step == 0) {
        if (!node.has_in) frame.words = state_.positional;
        for (; frame.index < node.words.size(); ++frame.index) {
            const Fields fields = expand(frame, node.words[frame.index], Expander::Mode::Fields);
            if (fields == Fields::Pending) return Step::Wait;
            if (fields == Fields::Failed) return Step::Again;
            std::move(frame.fields.begin(), frame.fields.end(), std::back_inserter(frame.words));
        }
        frame.step = 1;
        state_.last_status = 0;
        return Step::Again;
    }
    if (frame.next >= frame.words.size()) {
        finish(frame.next == 0 ? 0 : state_.last_status);
        return Step::Again;
    }
    if (!state_.set(node.name, frame.words[frame.next++])) {
        print_error(node.name + ": readonly variable");
        finish(1);
        return Step::Again;
    }
    push(node.children[0], false);
    return Step::Again;
}

Interpreter::Step Interpreter::step_for_arithmetic(Frame& frame) {
    const Node& node = *frame.node;
    std::int64_t value = 1;
    const std::size_t part = frame.step == 0 ? 0 : frame.step == 1 ? 1 : 2;
    const bool blank =
        std::all_of(node.words[part].parts.begin(), node.words[part].parts.end(), [](const Part& p) {
            return p.kind == PartKind::Literal && p.text.find_first_not_of(" \t\n") == std::string::npos;
        });
    if (!blank) {
        const Fields fields = compute(frame, node.words[part], value);
        if (fields == Fields::Pending) return Step::Wait;
        if (fields == Fields::Failed) {
            finish(1);
            return Step::Again;
        }
    }
    if (frame.step != 1) {
        frame.step = 1;
    } else if (value == 0) {
        finish(state_.last_status);
    } else {
        frame.step = 2;
        push(node.children[0], false);
    }
    return Step::Again;
}

Interpreter::Step Interpreter::step_case(Frame& frame) {
    const Node& node = *frame.node;
    if (frame.step == 0) {
        const Fields fields = expand(frame, node.words[0], Expander::Mode::Single);
        if (fields == Fields::Pending) return Step::Wait;
        if (fields == Fields::Failed) return Step::Again;
        frame.words = frame.fields;
        frame.step = 1;
        state_.last_status = 0;
    }
    if (frame.step == 2) {  // A clause has run.
        const ClauseEnd end = node.clauses[frame.index].end;
        ++frame.index;
        frame.next = 0;
        frame.step = 1;
        if (end == ClauseEnd::Break || frame.index >= node.clauses.size()) {
            finish(state_.last_status);
            return Step::Again;
        }
        if (end == ClauseEnd::FallThrough) {
            frame.step = 2;
            push(node.clauses[frame.index].body, false);
            return Step::Again;
        }
    }
    for (; frame.index < node.clauses.size(); ++frame.index, frame.next = 0) {
        const Clause& clause = node.clauses[frame.index];
        for (; frame.next < clause.patterns.size(); ++frame.next) {
            const Fields fields = expand(frame, clause.patterns[frame.next], Expander::Mode::Pattern);
            if (fields == Fields::Pending) return Step::Wait;
            if (fields == Fields::Failed) return Step::Again;
            if (!matches(frame.fields[0], frame.words[0])) continue;
            frame.step = 2;
            push(clause.body, false);
            return Step::Again;
        }
    }
    finish(state_.last_status);
    return Step::Again;
}

Interpreter::Step Interpreter::step_condition(Frame& frame) {
    const Node& node = *frame.node;
    for (; frame.index < node.words.size(); ++frame.index) {
        const Fields fields = expand(frame, node.words[frame.index], Expander::Mode::Pattern);
        if (fields == Fields::Pending) return Step::Wait;
        if (fields == Fields::Failed) return Step::Again;
        frame.words.push_back(frame.fields[0]);
    }
    const ConditionResult result = evaluate_condition(frame.words, state_, *surroundings_->files);
    if (!result.message.empty()) print_error(result.message);
    finish(result.code);
    return Step::Again;
}

Interpreter::Step Interpreter::step_arithmetic(Frame& frame) {
    std::int64_t value = 0;
    const Fields fields = compute(frame, frame.node->words[0], value);
    if (fields == Fields::Pending) return Step::Wait;
    finish(fields == Fields::Ready && value != 0 ? 0 : 1);
    return Step::Again;
}

}  // namespace kubetab::shell
