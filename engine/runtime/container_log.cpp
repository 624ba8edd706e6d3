#include "engine/runtime/container_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/runtime/calendar.h"

namespace kubetab::runtime {

std::string format_nanoseconds(sim::Instant at) {
    const Calendar time(at);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", time.year, time.month, time.day,
                       time.hour, time.minute, time.second, at.ns % 1'000'000'000);
}

void ContainerLog::set_prelude(Prelude prelude, ImageRef image, sim::Instant at) {
    prelude_ = prelude;
    image_ = std::move(image);
    prelude_at_ = at;
}

void ContainerLog::render_prelude() const {
    if (prelude_ == nullptr) return;
    const std::string text = prelude_(*image_, prelude_at_);
    prelude_ = nullptr;
    image_.reset();
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        append({prelude_at_, Stream::Error, std::string(rest.substr(0, end))});
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
}

ContainerLog::Written& ContainerLog::written() const {
    if (!written_) written_ = std::make_unique<Written>();
    return *written_;
}

void ContainerLog::append(LogLine line) const {
    Written& log = written();
    log.bytes += line.text.size();
    log.lines.emplace_hint(log.lines.end(), log.next++, std::move(line));
    while (log.lines.size() > kMaxLines || log.bytes > kMaxBytes) {
        log.bytes -= log.lines.begin()->second.text.size();
        log.lines.erase(log.lines.begin());
    }
}

void ContainerLog::write(Stream stream, std::string_view text, sim::Instant at) {
    if (text.empty()) return;
    render_prelude();
    std::string& partial = written().partial[stream == Stream::Output ? 0 : 1];
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) {
            partial += text.substr(0, kMaxBytes);
            return;
        }
        partial += text.substr(0, end);
        append({at, stream, std::move(partial)});
        partial.clear();
        text.remove_prefix(end + 1);
    }
}

void ContainerLog::flush(sim::Instant at) {
    if (!written_) return;
    for (const Stream stream : {Stream::Output, Stream::Error}) {
        if (!written_->partial[stream == Stream::Output ? 0 : 1].empty()) write(stream, "\n", at);
    }
}

std::int64_t ContainerLog::next() const {
    render_prelude();
    return written_ ? written_->next : 0;
}

std::string ContainerLog::text(const LogOptions& options, std::int64_t from) const {
    render_prelude();
    std::string result;
    if (!written_) return result;
    const auto& lines = written_->lines;
    std::int64_t first = from;
    if (options.tail_lines)
        first = std::max(first, written_->next - std::max<std::int64_t>(*options.tail_lines, 0));
    for (auto shown = lines.lower_bound(first); shown != lines.end(); ++shown) {
        const LogLine& line = shown->second;
        if (options.since && line.at < *options.since) continue;
        if (options.timestamps) result += format_nanoseconds(line.at) + " ";
        result += line.text;
        result += '\n';
        if (options.limit_bytes && static_cast<std::int64_t>(result.size()) >= *options.limit_bytes) {
            result.resize(static_cast<std::size_t>(*options.limit_bytes));
            break;
        }
    }
    return result;
}

}  // namespace kubetab::runtime
