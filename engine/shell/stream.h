// Stream: what a descriptor of a shell refers to: the outer world, a pipe, a file, /dev/null, a captured
// text.
//
// Streams are shared like open files: a pipe is closed when the last holder of one of its ends lets go.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/sim/file_system.h"
#include "engine/sim/process.h"

namespace kubetab::shell {

class Stream {
public:
    virtual ~Stream() = default;
    // Writing. What cannot be written is dropped and remembered in failure().
    virtual void write(std::string_view text) { (void)text; }
    virtual bool has_room() const { return true; }
    // True when nobody will ever read what is written.
    virtual bool broken() const { return false; }
    virtual bool is_terminal() const { return false; }
    // Why something could not be written; empty when all was.
    const std::string& failure() const { return failure_; }
    void clear_failure() { failure_.clear(); }

    // Takes what is readable. nullopt: nothing yet; an empty string: the end.
    std::optional<std::string> read();
    // Takes one line with its newline, or what is left before the end. Same answers as read().
    std::optional<std::string> read_line();

protected:
    virtual std::optional<std::string> take() { return std::string(); }
    std::string failure_{};

private:
    std::string read_ahead_{};  // taken from the source and not read yet
};

using StreamPtr = std::shared_ptr<Stream>;
// Descriptors 0 to 9; null when closed.
using Descriptors = std::array<StreamPtr, 10>;

enum class OuterRole { Input, Output, Errors };

// The Io that the outermost shell was polled with. Null between polls: what is written then, by a process
// that somebody else calls, comes out first in the next poll.
class OuterIo {
public:
    static constexpr std::size_t kMaxWaiting = std::size_t{64} * 1024;  // bytes; what is more is dropped

    void begin_poll(sim::Io& current);
    void end_poll() { io = nullptr; }
    void write(OuterRole role, std::string_view text);

    sim::Io* io = nullptr;

private:
    std::vector<std::pair<OuterRole, std::string>> waiting_{};
    std::size_t waiting_size_ = 0;
};

StreamPtr make_outer_stream(std::shared_ptr<OuterIo> outer, OuterRole role);
StreamPtr make_null_stream();
// Reads a text, then its end.
StreamPtr make_text_stream(std::string text);
// Appends to a file, which exists.
StreamPtr make_file_sink(sim::FileSystem& files, std::string path);

// Collects what is written, up to a limit.
class CaptureStream : public Stream {
public:
    static constexpr std::size_t kMaxBytes = 16U * 1024 * 1024;
    void write(std::string_view text) override;
    std::string text{};
};

// A pipe with bounded buffer. `activity` grows with every byte moved, so that the shell knows when to poll
// on.
struct PipeEnds {
    StreamPtr reader{};
    StreamPtr writer{};
};
PipeEnds make_pipe(std::shared_ptr<std::uint64_t> activity);

// The Io of one process in a shell, over three streams.
class StreamIo : public sim::Io {
public:
    StreamIo(StreamPtr in, StreamPtr out, StreamPtr err, std::shared_ptr<OuterIo> outer,
             const sim::Instant& now)
        : in_(std::move(in)),
          out_(std::move(out)),
          err_(std::move(err)),
          outer_(std::move(outer)),
          now_(now) {}

    void out(std::string_view text) override;
    void err(std::string_view text) override;
    std::optional<std::string> read() override;
    bool is_terminal() const override { return out_ && out_->is_terminal(); }
    bool input_is_terminal() const override { return in_ && in_->is_terminal(); }
    bool has_room() const override { return !out_ || out_->has_room(); }
    int columns() const override;
    int rows() const override;
    sim::Instant now() const override { return now_; }
    // True once something was written to a pipe that nobody reads.
    bool broken_pipe() const { return broken_pipe_; }
    Stream* output() const { return out_.get(); }

private:
    StreamPtr in_;
    StreamPtr out_;
    StreamPtr err_;
    std::shared_ptr<OuterIo> outer_;
    const sim::Instant& now_;
    bool broken_pipe_ = false;
};

}  // namespace kubetab::shell
