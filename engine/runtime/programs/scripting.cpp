// perl and python, as far as examples use them: perl computes pi, python serves files.
#include <fmt/format.h>

#include <vector>

#include "engine/runtime/calendar.h"
#include "engine/runtime/container.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

constexpr std::int64_t kMostDigits = 10'000;

// The first digits of pi by Rabinowitz and Wagon's spigot: "3.14…" of that many significant digits.
std::string pi_digits(std::int64_t wanted) {
    const std::size_t digits = static_cast<std::size_t>(wanted) + 2;
    std::vector<std::int64_t> remainders(digits * 10 / 3 + 1, 2);
    std::string result;
    std::int64_t held = 0;
    std::int64_t nines = 0;
    const auto emit = [&result](std::int64_t digit) { result += static_cast<char>('0' + digit); };
    for (std::size_t round = 0; round < digits; ++round) {
        std::int64_t carry = 0;
        for (std::size_t i = remainders.size() - 1; i > 0; --i) {
            const std::int64_t at = static_cast<std::int64_t>(i);
            const std::int64_t value = remainders[i] * 10 + carry;
            remainders[i] = value % (2 * at + 1);
            carry = value / (2 * at + 1) * at;
        }
        const std::int64_t value = remainders[0] * 10 + carry;
        remainders[0] = value % 10;
        const std::int64_t digit = value / 10;
        if (digit == 9) {
            ++nines;
            continue;
        }
        if (round > 0) emit(digit == 10 ? held + 1 : held);
        for (; nines > 0; --nines) emit(digit == 10 ? 0 : 9);
        held = digit == 10 ? 0 : digit;
    }
    emit(held);
    const bool rounds_up = result.at(static_cast<std::size_t>(wanted)) >= '5';
    result.resize(static_cast<std::size_t>(wanted));
    for (std::size_t i = result.size(); rounds_up && i-- > 0;) {
        if (result[i] != '9') {
            ++result[i];
            break;
        }
        result[i] = '0';
    }
    return result.substr(0, 1) + "." + result.substr(1);
}

class Pi final : public Program {
public:
    Pi(const sim::Invocation& invocation, std::int64_t digits)
        : Program(invocation),
          digits_(digits),
          ready_at_(now() + sim::milliseconds(400 + digits * digits / 1000)) {}
    Usage usage(sim::Instant) const override { return {1000, 12 * 1024 * 1024}; }

protected:
    sim::Poll step(sim::Io& io) override {
        if (now() < ready_at_) return sim::Poll::until(ready_at_);
        io.out(pi_digits(digits_) + "\n");
        return sim::Poll::done(0);
    }
    std::optional<int> on_signal(sim::Io&, Signal) override { return std::nullopt; }

private:
    std::int64_t digits_;
    sim::Instant ready_at_;
};

// python -m http.server
class FileServer final : public Program {
public:
    FileServer(const sim::Invocation& invocation, std::int32_t port)
        : Program(invocation), port_(port), directory_(invocation.directory) {}
    bool listens_on(std::int32_t port) const override { return port == port_; }
    bool handles_terminate() const override { return false; }
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        const std::string path = sim::resolve(directory_, "." + std::string(request.path()));
        HttpResponse response = HttpResponse::html(404, "<!DOCTYPE HTML>\n<title>Error response</title>\n");
        const base::Result<std::string> text = container().files().read(path);
        const base::Result<std::vector<sim::FileInfo>> entries = container().files().list(path);
        if (text.ok()) response = HttpResponse::html(200, *text);
        if (entries.ok()) {
            std::string page = "<!DOCTYPE HTML>\n<title>Directory listing for /</title>\n<ul>\n";
            for (const sim::FileInfo& entry : *entries) page += "<li>" + entry.name + "</li>\n";
            response = HttpResponse::html(200, page + "</ul>\n");
        }
        print(Stream::Error,
              fmt::format("{} - - [{}] \"{} {} HTTP/1.1\" {} -\n",
                          request.remote.substr(0, request.remote.rfind(':')), access_time(now()),
                          request.method, request.target, response.status));
        return response;
    }

protected:
    sim::Poll step(sim::Io&) override {
        return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false};
    }

private:
    std::int32_t port_;
    std::string directory_;
};

}  // namespace

std::unique_ptr<sim::Process> start_perl(const sim::Invocation& invocation) {
    for (const std::string& word : invocation.words) {
        const std::size_t call = word.find("bpi(");
        if (call == std::string::npos) continue;
        const std::int64_t digits = std::atoi(word.c_str() + call + 4);
        if (digits < 1 || digits > kMostDigits) break;
        return std::make_unique<Pi>(invocation, digits);
    }
    if (invocation.words.size() > 1 && invocation.words[1] == "-de0")
        return print_and_end(invocation, Stream::Output, "", 0);
    return print_and_end(invocation, Stream::Error,
                         "perl: this cluster simulates only programs that print bpi(N), N up to 10000\n", 1);
}

std::unique_ptr<sim::Process> start_python(const sim::Invocation& invocation) {
    const std::vector<std::string>& words = invocation.words;
    if (words.size() == 1)
        return print_and_end(invocation, Stream::Output, "", 0);  // No terminal: its input ends.
    if (words.size() >= 3 && words[1] == "-m" &&
        (words[2] == "http.server" || words[2] == "SimpleHTTPServer")) {
        const std::int32_t port = words.size() > 3 ? std::atoi(words[3].c_str()) : 0;
        return std::make_unique<FileServer>(invocation, port == 0 ? 8000 : port);
    }
    return print_and_end(invocation, Stream::Error, "python: this cluster simulates only `-m http.server`\n",
                         1);
}

}  // namespace kubetab::runtime
