// dig 9.18. upstream: bind9 bin/dig/dig.c
//
// differs: only the name server of /etc/resolv.conf can be asked, and the query's number follows from its
// name.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/runtime/calendar.h"
#include "engine/runtime/tools/tools.h"

namespace kubetab::runtime {
namespace {

constexpr std::array<std::string_view, 5> kTypeNames = {"A", "AAAA", "CNAME", "SRV", "PTR"};
constexpr std::string_view kClusterDomain = "cluster.local.";

std::string_view type_name(RecordType type) {
    return kTypeNames[static_cast<std::size_t>(type)];
}

// Tabs up to a column, or a space when the text is over it. upstream: lib/dns/master_dump [indent]
void to_column(std::string& line, std::size_t column) {
    std::size_t width = 0;
    for (const char c : line) width = c == '\t' ? (width / 8 + 1) * 8 : width + 1;
    if (width >= column) line += ' ';
    for (; width < column; width = (width / 8 + 1) * 8) line += '\t';
}

std::string record_line(const DnsRecord& record) {
    std::string line = record.name;
    to_column(line, 24);
    line += std::to_string(record.ttl_seconds);
    to_column(line, 32);
    line += "IN";
    to_column(line, 40);
    line += type_name(record.type);
    to_column(line, 48);
    return line + record.value + "\n";
}

std::int64_t bytes_of(const DnsRecord& record) {
    const std::int64_t head = static_cast<std::int64_t>(record.name.size()) + 1 + 10;
    if (record.type == RecordType::A) return head + 4;
    if (record.type == RecordType::AAAA) return head + 16;
    const std::string name = record.value.substr(record.value.rfind(' ') + 1);
    return head + static_cast<std::int64_t>(name.size()) + 1 + (record.type == RecordType::SRV ? 6 : 0);
}

class Dig final : public NetworkTool {
public:
    Dig(const sim::Invocation& invocation, const Place& place)
        : NetworkTool(invocation, place), servers_(name_servers(invocation)) {}

protected:
    std::optional<int> step(sim::Io& io) override {
        if (names_.empty()) return begin(io);
        if (!answer_) {
            answer_ = place_.network->ask(place_.from, servers_.server, without_dot(names_[at_]), type_);
            wait(answer_->waited);
            return std::nullopt;
        }
        if (answer_->code == DnsAnswer::Code::NoSuchName && at_ + 1 < names_.size()) {
            ++at_;
            answer_.reset();
            return std::nullopt;
        }
        return show(io);
    }

private:
    std::optional<int> begin(sim::Io& io) {
        std::string name;
        bool search = false;
        for (std::size_t i = 1; i < invocation_.words.size(); ++i) {
            const std::string& word = invocation_.words[i];
            std::string upper = word;
            for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            const auto type = std::find(kTypeNames.begin(), kTypeNames.end(), upper);
            const bool more = i + 1 < invocation_.words.size();
            if (word.starts_with('@')) {
                const std::string server = word.substr(1);
                if (server != servers_.server && place_.resolve(server).address != servers_.server)
                    return fail(io, "only the name server of /etc/resolv.conf can be asked", 10);
            } else if (word == "-x" && more) {
                name = reverse_name(invocation_.words[++i]);
                type_ = RecordType::PTR;
            } else if (word == "-t" && more) {
                continue;  // The type stands in the next word, as it may without -t.
            } else if (word == "+search" || word == "+nosearch") {
                search = word == "+search";
            } else if (word.starts_with('+')) {
                if (!set_shown(word)) return fail_option(io, word);
            } else if (word.starts_with('-')) {
                return fail_option(io, word);
            } else if (type != kTypeNames.end()) {
                type_ = static_cast<RecordType>(type - kTypeNames.begin());
            } else {
                name = word;
            }
        }
        if (name.empty()) return fail(io, "asking for the root servers is not simulated: name a host", 1);
        if (place_.network == nullptr)
            return fail(io, "can't reach the name server: Network is unreachable", 9);
        names_ = search ? servers_.candidates(name) : std::vector{without_dot(name)};
        return std::nullopt;
    }
    static std::optional<int> fail_option(sim::Io& io, const std::string& word) {
        io.err("Invalid option: " + word + "\n");
        return 1;
    }
    bool set_shown(std::string_view word) {
        if (word == "+short") {
            short_ = true;
        } else if (word == "+noall") {
            comments_ = question_ = answers_ = authority_ = stats_ = false;
        } else if (word == "+answer" || word == "+noanswer") {
            answers_ = word == "+answer";
        } else if (word == "+question" || word == "+noquestion") {
            question_ = word == "+question";
        } else if (word == "+stats" || word == "+nostats") {
            stats_ = word == "+stats";
        } else if (word == "+comments" || word == "+nocomments") {
            comments_ = word == "+comments";
        } else if (word == "+nocmd") {
            command_ = false;
        } else {
            return false;
        }
        return true;
    }

    void show_command(sim::Io& io) const {
        if (!command_ || !comments_) return;
        std::string words;
        for (std::size_t i = 1; i < invocation_.words.size(); ++i) words += " " + invocation_.words[i];
        io.out("\n; <<>> DiG 9.18.27 <<>>" + words + "\n;; global options: +cmd\n");
    }

    int show(sim::Io& io) const {
        const DnsAnswer& answer = *answer_;
        if (answer.code == DnsAnswer::Code::Silent) {
            const std::string line = ";; communications error to " + servers_.server + "#53: timed out\n";
            io.out(line + line + line);
            show_command(io);
            io.out(";; no servers could be reached\n");
            return 9;
        }
        if (short_) {
            for (const DnsRecord& record : answer.records) io.out(record.value + "\n");
            return 0;
        }
        show_command(io);
        show_sections(io, answer);
        return 0;
    }

    void show_sections(sim::Io& io, const DnsAnswer& answer) const {
        const std::string name = names_[at_] + ".";
        const bool ours = name.ends_with(kClusterDomain);
        const bool found = answer.code == DnsAnswer::Code::Found;
        const bool authority =
            ours && (answer.code == DnsAnswer::Code::NoSuchName || answer.code == DnsAnswer::Code::NoData);
        const std::string soa = fmt::format(
            "ns.dns.cluster.local. hostmaster.cluster.local. {} 7200 1800 86400 30", io.now().unix_seconds());
        std::int64_t bytes = 12 + static_cast<std::int64_t>(name.size()) + 1 + 4 + 11;
        for (const DnsRecord& record : answer.records) bytes += bytes_of(record);
        // The names of the SOA record are written out: 22 and 26 bytes, and its five numbers.
        if (authority) bytes += 15 + 10 + 22 + 26 + 20;
        if (comments_) {
            io.out(fmt::format(
                ";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: {}, id: {}\n"
                ";; flags: qr {}; QUERY: 1, ANSWER: {}, AUTHORITY: {}, ADDITIONAL: 1\n{}\n"
                ";; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n",
                found || answer.code == DnsAnswer::Code::NoData ? "NOERROR"
                : answer.code == DnsAnswer::Code::Failed        ? "SERVFAIL"
                                                                : "NXDOMAIN",
                number_of(name), ours ? "aa rd" : "rd ra", answer.records.size(), authority ? 1 : 0,
                ours ? ";; WARNING: recursion requested but not available\n" : ""));
        }
        if (question_) {
            std::string line = ";" + name;
            to_column(line, 32);
            line += "IN";
            to_column(line, 40);
            io.out(std::string(comments_ ? ";; QUESTION SECTION:\n" : "") + line +
                   std::string(type_name(type_)) + "\n\n");
        }
        if (answers_ && !answer.records.empty()) {
            if (comments_) io.out(";; ANSWER SECTION:\n");
            for (const DnsRecord& record : answer.records) io.out(record_line(record));
            if (comments_) io.out("\n");
        }
        if (authority_ && authority) {
            std::string line(kClusterDomain);
            to_column(line, 24);
            line += "30";
            to_column(line, 32);
            line += "IN";
            to_column(line, 40);
            line += "SOA";
            to_column(line, 48);
            io.out(";; AUTHORITY SECTION:\n" + line + soa + "\n\n");
        }
        if (stats_) show_stats(io, bytes);
    }

    void show_stats(sim::Io& io, std::int64_t bytes) const {
        const std::string& server = answer_->server.empty() ? servers_.server : answer_->server;
        io.out(
            fmt::format(";; Query time: {} msec\n;; SERVER: {}#53({}) (UDP)\n;; WHEN: {}\n"
                        ";; MSG SIZE  rcvd: {}\n\n",
                        answer_->waited.whole_milliseconds(), server, server, when_text(io.now()), bytes));
    }
    // "Wed Jan 15 08:00:00 UTC 2025"
    static std::string when_text(sim::Instant now) {
        std::string text = apache_time(now);
        const std::size_t point = text.find('.');
        return text.replace(point, text.rfind(' ') - point, " UTC");
    }

    // Two bytes that follow from the name. upstream: FNV-1a
    static std::uint32_t number_of(std::string_view name) {
        std::uint32_t hash = 2'166'136'261U;
        for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16'777'619U;
        return hash >> 16U;
    }

    NameServers servers_;
    std::vector<std::string> names_{};
    std::size_t at_ = 0;
    RecordType type_ = RecordType::A;
    std::optional<DnsAnswer> answer_{};
    bool short_ = false;
    bool command_ = true;
    bool comments_ = true;
    bool question_ = true;
    bool answers_ = true;
    bool authority_ = true;
    bool stats_ = true;
};

}  // namespace

std::unique_ptr<sim::Process> start_dig(const sim::Invocation& invocation, const Place& place) {
    return std::make_unique<Dig>(invocation, place);
}

}  // namespace kubetab::runtime
