#include "engine/kubectl/commands/raw_request.h"

#include <utility>
#include <vector>

#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

char hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<char>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<char>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<char>(c - 'A' + 10);
    return 16;
}

// Percent-decoding of a query value.
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) < 16 &&
                   hex_digit(text[i + 2]) < 16) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

// The request that a path with its query means.
client::Request request_to(const Context& context, const std::string& method, const std::string& raw) {
    const std::size_t mark = raw.find('?');
    QueryParameters query;
    if (mark != std::string::npos) {
        for (const std::string& pair : split(raw.substr(mark + 1), '&')) {
            const std::size_t equals = pair.find('=');
            query.emplace_back(decoded(pair.substr(0, equals)),
                               equals == std::string::npos ? "" : decoded(pair.substr(equals + 1)));
        }
    }
    return make_request(context, method, raw.substr(0, mark), std::move(query));
}

// How often a request is made again when the server says after how many seconds.
// upstream: client-go/rest/request.go [maxRetries]
constexpr std::int64_t kRetries = 10;

// Asks again while the server would wait before it refuses, and then as often as the server's answer invites
// to.
class PatientRequest final : public sim::Process {
public:
    PatientRequest(Context& context, client::Request request, sim::Duration patience)
        : context_(context),
          request_(std::move(request)),
          deadline_(context.now() + patience * (kRetries + 1) + sim::seconds(kRetries)) {}

    sim::Poll poll(sim::Io& io) override {
        if (interrupted_) return sim::Poll::done(kInterrupted);
        const client::Response response = context_.transport.send(request_);
        if (response.waits.ns > 0 && io.now() < deadline_) return sim::Poll::change(deadline_);
        if (response.code >= 400) io.err(error_text({status_of(response)}));
        else io.out(response.body);
        return sim::Poll::done(response.code >= 400 ? 1 : 0);
    }
    void interrupt() override { interrupted_ = true; }

private:
    Context& context_;
    client::Request request_;
    sim::Instant deadline_;
    bool interrupted_ = false;
};

bool watches(const client::Request& request) {
    for (const auto& [name, value] : request.query) {
        if (name == "watch" && value != "false" && value != "0") return true;
    }
    return false;
}

// --raw goes with neither of these. upstream: CreateOptions.Validate, DeleteOptions.Validate
base::Result<void> check_other_flags(const Context& context) {
    const Flags& flags = context.flags;
    if (flags.truth("recursive")) return client_error("--raw and --recursive are mutually exclusive");
    if (flags.has("selector") && !flags.text("selector").empty())
        return client_error("--raw and --selector (-l) are mutually exclusive");
    if (!flags.text("output").empty()) return client_error("--raw and --output are mutually exclusive");
    if (!flags.text("raw").starts_with('/')) {
        return client_error("--raw must be a valid URL path: parse " + quote(flags.text("raw")) +
                            ": invalid URI for request");
    }
    return {};
}

}  // namespace

// A watch by --raw has no end of its own, so its path is refused rather than left hanging.
Outcome raw_get(Context& context) {
    if (!context.arguments.empty())
        return client_error("arguments may not be passed when --raw is specified");
    if (context.flags.truth("watch") || context.flags.truth("watch-only")) {
        return client_error("--raw and --watch are mutually exclusive");
    }
    if (!context.flags.text("selector").empty())
        return client_error("--raw and --selector are mutually exclusive");
    if (!context.flags.text("output").empty())
        return client_error("--raw and --output are mutually exclusive");
    const client::Request request = request_to(context, "GET", context.flags.text("raw"));
    if (watches(request))
        return client_error("a watch through --raw is not supported here: use kubectl get -w");
    const sim::Duration patience = context.transport.send(request).waits;
    if (patience.ns > 0) return std::make_unique<PatientRequest>(context, request, patience);
    const auto body = send_raw(context, request);
    if (!body) return body.error();
    context.out(*body);
    return 0;
}

Outcome raw_write(Context& context, const std::string& method) {
    if (!context.arguments.empty())
        return client_error("arguments may not be passed when --raw is specified");
    const std::vector<std::string>& files = context.flags.list("filename");
    const bool may_lack = method == "DELETE" && files.empty();
    if (files.size() != 1 && !may_lack)
        return client_error("--raw can only use a single local file or stdin");
    if (const auto checked = check_other_flags(context); !checked) return checked.error();
    client::Request request = request_to(context, method, context.flags.text("raw"));
    if (!files.empty()) {
        base::Result<std::string> text = files.front() == "-"
                                             ? base::Result<std::string>(context.standard_input)
                                             : context.read_file(files.front());
        if (!text) return text.error();
        request.body = std::move(*text);
    }
    const auto body = send_raw(context, request);
    if (!body) return body.error();
    context.out(*body);
    return 0;
}

}  // namespace kubetab::kubectl
