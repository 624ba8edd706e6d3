// Processes in containers, in frames of v5.channel.k8s.io.

#include "engine/rest/exec_session.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/base/json.h"

using namespace kubetab;
using base::Json;
using rest::ExecSession;
using rest::LineDiscipline;

namespace {

const std::string kStdin("\0", 1);
const std::string kEndOfInput("\xff\0", 2);

// Repeats what it reads, a complaint beside each piece, and ends with 0 at the end of its input.
struct Echo : sim::Process {
    sim::Poll poll(sim::Io& io) override {
        while (const std::optional<std::string> text = io.read()) {
            if (text->empty()) return sim::Poll::done(0);
            io.out("[" + *text + "]" + std::to_string(io.columns()));
            io.err("!\n");
        }
        return sim::Poll::input();
    }
};

struct Ending : sim::Process {
    explicit Ending(int number) : code(number) {}
    sim::Poll poll(sim::Io&) override { return sim::Poll::done(code); }
    int code;
};

// Writes as long as there is room.
struct Writer : sim::Process {
    sim::Poll poll(sim::Io& io) override {
        while (io.has_room()) io.out("yes\n");
        return sim::Poll::output();
    }
};

ExecSession session_of(std::unique_ptr<sim::Process> process, bool input, bool terminal = false) {
    return {std::move(process), {.input = input, .terminal = terminal, .now = [] { return sim::Instant{}; }}};
}

std::vector<std::string> all(ExecSession& session) {
    std::vector<std::string> frames;
    while (const std::optional<std::string> frame = session.take()) frames.push_back(*frame);
    return frames;
}

Json status_of(const std::string& frame) {
    REQUIRE(frame.front() == 3);
    return Json::parse(frame.substr(1));
}

}  // namespace

TEST_CASE("Output and errors go to their own channels, and the last frame says that all went well") {
    ExecSession session = session_of(std::make_unique<Echo>(), true);
    session.poll();
    CHECK(all(session).empty());
    CHECK(session.receive(kStdin + "a"));
    session.poll();
    CHECK(all(session) == std::vector<std::string>{"\1[a]80", "\2!\n"});
    CHECK_FALSE(session.ended());
    CHECK(session.receive(kEndOfInput));
    session.poll();
    CHECK(session.ended());
    const std::vector<std::string> last = all(session);
    REQUIRE(last.size() == 1);
    CHECK(status_of(last[0]) == Json::parse(R"({"metadata":{},"status":"Success"})"));
}

TEST_CASE("Without standard input the process reads its end at once") {
    ExecSession session = session_of(std::make_unique<Echo>(), false);
    session.poll();
    CHECK(session.ended());
}

TEST_CASE("An exit code other than zero is told with its cause") {
    ExecSession session = session_of(std::make_unique<Ending>(2), false);
    session.poll();
    CHECK(status_of(all(session).at(0)) == Json::parse(R"({"metadata":{},"status":"Failure",
        "reason":"NonZeroExitCode","message":"command terminated with non-zero exit code: exit status 2",
        "details":{"causes":[{"reason":"ExitCode","message":"2"}]}})"));
}

TEST_CASE("A terminal echoes, hands over whole lines, and shows errors on the one screen") {
    ExecSession session = session_of(std::make_unique<Echo>(), true, true);
    CHECK(session.receive("\4{\"Width\":120,\"Height\":40}"));
    CHECK(session.receive(kStdin + "l"));
    session.poll();
    CHECK(all(session) == std::vector<std::string>{"\1l"});
    CHECK(session.receive(kStdin + "s\r"));
    session.poll();
    CHECK(all(session) == std::vector<std::string>{"\1s\r\n[ls\r\n]120!\r\n"});
}

TEST_CASE("Ctrl+C ends a process that does not survive it") {
    ExecSession session = session_of(std::make_unique<Echo>(), true, true);
    CHECK(session.receive(kStdin + "\x03"));
    session.poll();
    CHECK(session.ended());
    CHECK(status_of(all(session).back())["details"]["causes"][0]["message"] == "130");
}

TEST_CASE("Who writes without end waits for the client, and who sends without end is cut off") {
    ExecSession session = session_of(std::make_unique<Writer>(), true);
    session.poll();
    std::size_t size = 0;
    for (const std::string& frame : all(session)) size += frame.size();
    CHECK(size >= ExecSession::kRoom);
    CHECK(size < ExecSession::kRoom + 1'000);
    CHECK(session.receive(kStdin + std::string(ExecSession::kInputLimit, 'x')));
    CHECK_FALSE(session.receive(kStdin + "x"));
}

TEST_CASE("Frames that mean nothing are passed over") {
    ExecSession session = session_of(std::make_unique<Echo>(), true);
    for (const std::string frame : {"", "\7x", "\4{bad", "\4[]", "\xff", "\xff\1"})
        CHECK(session.receive(frame));
    session.poll();
    CHECK_FALSE(session.ended());
    CHECK(all(session).empty());
}

TEST_CASE("Keys erase characters and lines, and sequences of special keys do nothing") {
    LineDiscipline line;
    CHECK(line.type("a\xc3\xa4\x7f\x7f\x7f").echo == "a\xc3\xa4\b \b\b \b");
    CHECK(line.type("wrong\x15right\n").input == "right\n");
    CHECK(line.type("\x1b[A\x1bOP\x1b[1;5C-\r").input == "-\n");
    const LineDiscipline::Typed part = line.type("x\x04");
    CHECK(part.input == "x");
    CHECK_FALSE(part.end);
    CHECK(line.type("\x04").end);
    CHECK(line.type(std::string(LineDiscipline::kLineLimit + 5, 'y') + "\n").input.size() ==
          LineDiscipline::kLineLimit + 1);
}
