// nslookup, as busybox and as bind's tools have it.
// upstream: busybox networking/nslookup.c; bind9 bin/dig/nslookup.c
#include <fmt/format.h>

#include <utility>

#include "engine/runtime/tools/tools.h"

namespace kubetab::runtime {
namespace {

using Code = DnsAnswer::Code;

std::optional<RecordType> type_named(std::string_view name) {
    std::string upper(name);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    for (const auto& [text, type] : {std::pair("A", RecordType::A), std::pair("AAAA", RecordType::AAAA),
                                     std::pair("CNAME", RecordType::CNAME), std::pair("SRV", RecordType::SRV),
                                     std::pair("PTR", RecordType::PTR)}) {
        if (upper == text) return type;
    }
    return std::nullopt;
}

class Nslookup final : public NetworkTool {
public:
    Nslookup(const sim::Invocation& invocation, const Place& place, bool busybox)
        : NetworkTool(invocation, place), busybox_(busybox), servers_(name_servers(invocation)) {}

protected:
    std::optional<int> step(sim::Io& io) override {
        if (!begun_) return begin(io);
        if (answer_) return take_answer(io, *std::exchange(answer_, std::nullopt));
        if (at_ == questions_.size()) return end(io);
        const auto& [name, type] = questions_[at_];
        answer_ = place_.network->ask(place_.from, servers_.server, name, type);
        wait(answer_->waited);
        return std::nullopt;
    }

private:
    struct Question {
        std::string name{};
        RecordType type = RecordType::A;
    };

    std::optional<int> begin(sim::Io& io) {
        begun_ = true;
        std::optional<RecordType> type;
        std::vector<std::string> operands;
        for (std::size_t i = 1; i < invocation_.words.size(); ++i) {
            const std::string& word = invocation_.words[i];
            if (!word.starts_with('-')) {
                operands.push_back(word);
                continue;
            }
            const std::size_t equals = word.find('=');
            if (equals == std::string::npos || (!word.starts_with("-t") && !word.starts_with("-q")))
                return fail(io, "option " + word + " is not supported");
            type = type_named(word.substr(equals + 1));
            if (!type) return fail(io, "invalid query type \"" + word.substr(equals + 1) + "\"");
        }
        if (operands.empty()) {
            io.err("Usage: nslookup [-type=QUERY_TYPE] HOST [DNS_SERVER]\n");
            return 1;
        }
        if (operands.size() > 1 && operands[1] != servers_.server)
            return fail(io, "only the name server of /etc/resolv.conf can be asked");
        if (place_.network == nullptr)
            return fail(io, "can't connect to the name server: Network is unreachable");
        name_ = operands[0];
        set_questions(type);
        return std::nullopt;
    }

    void set_questions(std::optional<RecordType> type) {
        if (is_address(name_) && !type) {
            questions_ = {{reverse_name(name_), RecordType::PTR}};
            return;
        }
        // busybox appends the search list to names without a dot, and asks about all of them.
        std::vector<std::string> names = servers_.candidates(name_);
        if (busybox_ && (name_.find('.') != std::string::npos || servers_.search.empty())) {
            names = {without_dot(name_)};
        } else if (busybox_) {
            names.clear();
            for (const std::string& domain : servers_.search) names.push_back(name_ + "." + domain);
        }
        for (const std::string& name : names) questions_.push_back({name, type.value_or(RecordType::A)});
        if (busybox_ && !type) {
            for (const std::string& name : names) questions_.push_back({name, RecordType::AAAA});
        }
    }

    std::optional<int> take_answer(sim::Io& io, const DnsAnswer& answer) {
        if (answer.code == Code::Silent) {
            io.out(";; connection timed out; no servers could be reached\n\n");
            return 1;
        }
        const std::string server = answer.server.empty() ? servers_.server : answer.server;
        const auto& [name, type] = questions_[at_++];
        const bool last = at_ == questions_.size();
        if (!busybox_ && answer.code == Code::NoSuchName && !last) return std::nullopt;
        if (!std::exchange(headed_, true)) {
            const bool plain = !busybox_ && type == RecordType::PTR;
            if (!plain) {
                io.out("Server:\t\t" + server + "\nAddress:\t" + server + (busybox_ ? ":53\n\n" : "#53\n\n"));
            }
        }
        if (answer.code == Code::NoSuchName || answer.code == Code::Failed) {
            const std::string shown = busybox_ || type == RecordType::PTR ? name : without_dot(name_);
            io.out(fmt::format("** server can't find {}: {}\n\n", shown,
                               answer.code == Code::Failed ? "SERVFAIL" : "NXDOMAIN"));
            code_ = 1;
        } else if (!busybox_ && answer.code == Code::NoData) {
            io.out("*** Can't find " + name_ + ": No answer\n\n");
            code_ = 0;
        } else {
            for (const DnsRecord& record : answer.records) io.out(line_of(record));
            io.out("\n");
        }
        // bind stops at the first name that exists.
        if (!busybox_) return end(io);
        return std::nullopt;
    }

    std::string line_of(const DnsRecord& record) const {
        const std::string owner = without_dot(record.name);
        const std::string value = busybox_ ? without_dot(record.value) : record.value;
        switch (record.type) {
            case RecordType::A:
            case RecordType::AAAA: return "Name:\t" + owner + "\nAddress: " + value + "\n";
            case RecordType::CNAME: return owner + "\tcanonical name = " + value + "\n";
            case RecordType::SRV: return owner + "\tservice = " + value + "\n";
            case RecordType::PTR: return owner + "\tname = " + value + "\n";
        }
        return {};
    }

    std::optional<int> end(sim::Io&) const { return code_; }

    bool busybox_;
    bool begun_ = false;
    bool headed_ = false;
    NameServers servers_;
    std::string name_{};
    std::vector<Question> questions_{};
    std::size_t at_ = 0;
    std::optional<DnsAnswer> answer_{};
    int code_ = 0;
};

}  // namespace

std::unique_ptr<sim::Process> start_busybox_nslookup(const sim::Invocation& invocation, const Place& place) {
    return std::make_unique<Nslookup>(invocation, place, true);
}

std::unique_ptr<sim::Process> start_nslookup(const sim::Invocation& invocation, const Place& place) {
    return std::make_unique<Nslookup>(invocation, place, false);
}

}  // namespace kubetab::runtime
