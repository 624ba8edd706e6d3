#include "engine/base/regex.h"

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"

namespace kubetab::base {

namespace {

char32_t folded(char32_t code) {
    if (code >= 'A' && code <= 'Z') return code + 32;
    if ((code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x391 && code <= 0x3A9)) return code + 32;
    return code;
}

bool is_word(char32_t code) {
    return code == '_' || (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
           (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code < 0x2000 && code != 0xD7 && code != 0xF7);
}

}  // namespace

bool Regex::Set::contains(char32_t code) const {
    const bool in = std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
        return range.first <= code && code <= range.last;
    });
    return in != negated;
}

// One search: tries the program at every position with an explicit stack.
class RegexRun {
public:
    RegexRun(const Regex& regex, std::string_view text) : regex_(regex), text_(text) {
        slots_.assign(static_cast<std::size_t>(regex.groups_ + 1) * 2, kNone);
        const std::size_t states = regex.program_.size() * (text.size() + 1);
        remember_ = !regex.refers_back_ && states <= kMaxStates;
        if (remember_) visited_.assign((states + 63) / 64, 0);
    }

    bool try_at(std::size_t start) {
        found_ = false;
        stack_.clear();
        std::fill(slots_.begin(), slots_.end(), kNone);
        stack_.push_back({0, start, kNone});
        while (!stack_.empty()) {
            const Job job = stack_.back();
            stack_.pop_back();
            if (job.slot != kNone) {
                slots_[job.slot] = job.at;
                continue;
            }
            if (run(job.pc, job.at)) return true;
            if (steps_ > Regex::kMaxSteps && !remember_) break;
        }
        return found_;
    }

    std::vector<std::size_t> slots_of_match() const { return best_; }
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

private:
    struct Job {
        std::uint32_t pc = 0;
        std::size_t at = 0;
        std::size_t slot = kNone;  // restores a slot to `at` instead of running
    };
    static constexpr std::size_t kMaxStates = 64U * 1024 * 1024;

    bool enter(std::uint32_t pc, std::size_t at) {
        if (!remember_) return ++steps_ <= Regex::kMaxSteps;
        const std::size_t state = static_cast<std::size_t>(pc) * (text_.size() + 1) + at;
        std::uint64_t& word = visited_[state / 64];
        const std::uint64_t bit = std::uint64_t{1} << (state % 64);
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }

    bool word_before(std::size_t at) const {
        if (at == 0) return false;
        std::size_t begin = at - 1;
        while (begin > 0 && (static_cast<unsigned char>(text_[begin]) & 0xC0U) == 0x80U) --begin;
        return is_word(next_code(text_, begin));
    }
    bool word_after(std::size_t at) const { return at < text_.size() && is_word(next_code(text_, at)); }

    bool holds(Regex::Op op, std::size_t at) const {
        const bool before = word_before(at);
        const bool after = word_after(at);
        switch (op) {
            case Regex::Op::Begin: return at == 0;
            case Regex::Op::End: return at == text_.size();
            case Regex::Op::Boundary: return before != after;
            case Regex::Op::NotBoundary: return before == after;
            case Regex::Op::WordBegin: return !before && after;
            default: return before && !after;
        }
    }

    bool consumes(const Regex::Instruction& instruction, std::size_t& at) const {
        if (at >= text_.size()) return false;
        char32_t code = next_code(text_, at);
        if (instruction.op == Regex::Op::Any) return true;
        if (regex_.ignore_case_) code = folded(code);
        if (instruction.op == Regex::Op::Code) return code == instruction.x;
        const Regex::Set& set = regex_.sets_[instruction.x];
        if (!regex_.ignore_case_ || code < 'a' || code > 'z') return set.contains(code);
        const bool either = set.contains(code) != set.negated || set.contains(code - 32) != set.negated;
        return either != set.negated;
    }

    bool repeats_group(std::uint32_t group, std::size_t& at) const {
        const std::size_t begin = slots_[group * 2];
        const std::size_t end = slots_[group * 2 + 1];
        if (begin == kNone || end == kNone) return false;
        const std::string_view part = text_.substr(begin, end - begin);
        if (!text_.substr(at).starts_with(part)) return false;
        at += part.size();
        return true;
    }

    // Runs one thread until it fails or matches. True when no longer match has to be looked for.
    bool run(std::uint32_t pc, std::size_t at) {
        while (enter(pc, at)) {
            const Regex::Instruction& instruction = regex_.program_[pc];
            switch (instruction.op) {
                case Regex::Op::Code:
                case Regex::Op::Any:
                case Regex::Op::Set:
                    if (!consumes(instruction, at)) return false;
                    ++pc;
                    break;
                case Regex::Op::Split:
                    stack_.push_back({instruction.y, at, kNone});
                    pc = instruction.x;
                    break;
                case Regex::Op::Jump: pc = instruction.x; break;
                case Regex::Op::Save:
                    stack_.push_back({0, slots_[instruction.x], instruction.x});
                    slots_[instruction.x] = at;
                    ++pc;
                    break;
                case Regex::Op::Back:
                    if (!repeats_group(instruction.x, at)) return false;
                    ++pc;
                    break;
                case Regex::Op::Match: return matched(at);
                default:
                    if (!holds(instruction.op, at)) return false;
                    ++pc;
            }
        }
        return false;
    }

    bool matched(std::size_t at) {
        if (!found_ || at > best_[1]) {
            best_ = slots_;
            best_[1] = at;
        }
        found_ = true;
        return !regex_.alternates_;
    }

    const Regex& regex_;
    std::string_view text_;
    std::vector<std::size_t> slots_{};
    std::vector<std::size_t> best_{};
    std::vector<Job> stack_{};
    std::vector<std::uint64_t> visited_{};
    std::size_t steps_ = 0;
    bool remember_ = false;
    bool found_ = false;
};

bool Regex::search(std::string_view text, std::size_t from,
                   std::vector<std::optional<RegexSpan>>& groups) const {
    RegexRun run(*this, text);
    for (std::size_t start = from; start <= text.size(); ++start) {
        const bool inside = start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U;
        if (inside || !run.try_at(start)) continue;
        const std::vector<std::size_t> slots = run.slots_of_match();
        groups.assign(static_cast<std::size_t>(groups_ + 1), std::nullopt);
        groups[0] = RegexSpan{start, slots[1]};
        for (std::size_t group = 1; group < groups.size(); ++group) {
            const std::size_t begin = slots[group * 2];
            const std::size_t end = slots[group * 2 + 1];
            if (begin != RegexRun::kNone && end != RegexRun::kNone) groups[group] = RegexSpan{begin, end};
        }
        return true;
    }
    return false;
}

bool Regex::matches_somewhere(std::string_view text) const {
    std::vector<std::optional<RegexSpan>> groups;
    return search(text, 0, groups);
}

bool Regex::matches_all(std::string_view text) const {
    std::vector<std::optional<RegexSpan>> groups;
    return search(text, 0, groups) && groups[0]->begin == 0 && groups[0]->end == text.size();
}

}  // namespace kubetab::base
