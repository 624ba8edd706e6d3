#include "engine/shell/stream.h"

#include <utility>

namespace kubetab::shell {

std::optional<std::string> Stream::read() {
    if (!read_ahead_.empty()) return std::exchange(read_ahead_, {});
    return take();
}

std::optional<std::string> Stream::read_line() {
    while (true) {
        const std::size_t newline = read_ahead_.find('\n');
        if (newline != std::string::npos) {
            std::string line = read_ahead_.substr(0, newline + 1);
            read_ahead_.erase(0, newline + 1);
            return line;
        }
        const std::optional<std::string> more = take();
        if (!more) return std::nullopt;
        if (more->empty()) return std::exchange(read_ahead_, {});
        read_ahead_.append(*more);
    }
}

namespace {

class OuterStream : public Stream {
public:
    OuterStream(std::shared_ptr<OuterIo> outer, OuterRole role) : outer_(std::move(outer)), role_(role) {}

    void write(std::string_view text) override { outer_->write(role_, text); }
    bool has_room() const override {
        return !outer_->io || role_ == OuterRole::Errors || outer_->io->has_room();
    }
    bool is_terminal() const override {
        if (!outer_->io) return false;
        return role_ == OuterRole::Input ? outer_->io->input_is_terminal() : outer_->io->is_terminal();
    }

protected:
    std::optional<std::string> take() override {
        if (role_ != OuterRole::Input) return std::string();
        return outer_->io ? outer_->io->read() : std::nullopt;
    }

private:
    std::shared_ptr<OuterIo> outer_;
    OuterRole role_;
};

class TextStream : public Stream {
public:
    explicit TextStream(std::string text) : text_(std::move(text)) {}

protected:
    std::optional<std::string> take() override { return std::exchange(text_, {}); }

private:
    std::string text_;
};

class FileSink : public Stream {
public:
    FileSink(sim::FileSystem& files, std::string path) : files_(files), path_(std::move(path)) {}

    void write(std::string_view text) override {
        if (!failure_.empty()) return;
        const base::Result<void> written = files_.append(path_, text);
        if (!written.ok()) failure_ = written.error().message;
    }

private:
    sim::FileSystem& files_;
    std::string path_;
};

struct Pipe {
    static constexpr std::size_t kRoom = 64U * 1024;
    static constexpr std::size_t kMaxBytes = 64U * 1024 * 1024;
    std::string buffer{};
    bool reader_open = true;
    bool writer_open = true;
    std::shared_ptr<std::uint64_t> activity{};
};

class PipeReader : public Stream {
public:
    explicit PipeReader(std::shared_ptr<Pipe> pipe) : pipe_(std::move(pipe)) {}
    ~PipeReader() override {
        pipe_->reader_open = false;
        pipe_->buffer.clear();
        ++*pipe_->activity;
    }

protected:
    std::optional<std::string> take() override {
        if (!pipe_->buffer.empty()) {
            ++*pipe_->activity;
            return std::exchange(pipe_->buffer, {});
        }
        if (pipe_->writer_open) return std::nullopt;
        return std::string();
    }

private:
    std::shared_ptr<Pipe> pipe_;
};

class PipeWriter : public Stream {
public:
    explicit PipeWriter(std::shared_ptr<Pipe> pipe) : pipe_(std::move(pipe)) {}
    ~PipeWriter() override {
        pipe_->writer_open = false;
        ++*pipe_->activity;
    }

    void write(std::string_view text) override {
        if (!pipe_->reader_open || text.empty()) return;
        if (pipe_->buffer.size() + text.size() > Pipe::kMaxBytes) {
            failure_ = "Cannot allocate memory";
            return;
        }
        pipe_->buffer.append(text);
        ++*pipe_->activity;
    }
    bool has_room() const override { return !pipe_->reader_open || pipe_->buffer.size() < Pipe::kRoom; }
    bool broken() const override { return !pipe_->reader_open; }

private:
    std::shared_ptr<Pipe> pipe_;
};

}  // namespace

void OuterIo::begin_poll(sim::Io& current) {
    io = &current;
    waiting_size_ = 0;
    for (const auto& [role, text] : std::exchange(waiting_, {})) write(role, text);
}

void OuterIo::write(OuterRole role, std::string_view text) {
    if (io) {
        role == OuterRole::Errors ? io->err(text) : io->out(text);
    } else if (waiting_size_ + text.size() <= kMaxWaiting) {
        waiting_size_ += text.size();
        waiting_.emplace_back(role, text);
    }
}

StreamPtr make_outer_stream(std::shared_ptr<OuterIo> outer, OuterRole role) {
    return std::make_shared<OuterStream>(std::move(outer), role);
}

StreamPtr make_null_stream() {
    return std::make_shared<Stream>();
}

StreamPtr make_text_stream(std::string text) {
    return std::make_shared<TextStream>(std::move(text));
}

StreamPtr make_file_sink(sim::FileSystem& files, std::string path) {
    return std::make_shared<FileSink>(files, std::move(path));
}

void CaptureStream::write(std::string_view more) {
    if (text.size() + more.size() > kMaxBytes) {
        failure_ = "output is too large";
        return;
    }
    text.append(more);
}

PipeEnds make_pipe(std::shared_ptr<std::uint64_t> activity) {
    auto pipe = std::make_shared<Pipe>();
    pipe->activity = std::move(activity);
    return {std::make_shared<PipeReader>(pipe), std::make_shared<PipeWriter>(pipe)};
}

void StreamIo::out(std::string_view text) {
    if (!out_) return;
    if (out_->broken()) broken_pipe_ = true;
    out_->write(text);
}

void StreamIo::err(std::string_view text) {
    if (err_) err_->write(text);
}

std::optional<std::string> StreamIo::read() {
    return in_ ? in_->read() : std::optional<std::string>("");
}

int StreamIo::columns() const {
    return outer_->io ? outer_->io->columns() : 80;
}
int StreamIo::rows() const {
    return outer_->io ? outer_->io->rows() : 24;
}

}  // namespace kubetab::shell
