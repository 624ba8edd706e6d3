#include "engine/rest/spdy.h"

#include <algorithm>
#include <boost/beast/zlib/inflate_stream.hpp>

#include "engine/base/ensure.h"

namespace kubetab::rest::spdy {
namespace {

namespace zlib = boost::beast::zlib;

constexpr std::size_t kFrameHead = 8;
constexpr std::size_t kZlibHead = 6;  // two bytes, and which dictionary
constexpr std::size_t kHeadersLimit = std::size_t{16} * 1024;
constexpr char kControl = '\x80';
constexpr char kVersion = 3;
constexpr std::uint8_t kLast = 1;

// Names and values of the dictionary that their lengths precede, and what stands behind them.
constexpr std::string_view kDictionaryWords =
    "options,head,post,put,delete,trace,accept,accept-charset,accept-encoding,accept-language,accept-ranges,"
    "age,"
    "allow,authorization,cache-control,connection,content-base,content-encoding,content-language,content-"
    "length,"
    "content-location,content-md5,content-range,content-type,date,etag,expect,expires,from,host,if-match,"
    "if-modified-since,if-none-match,if-range,if-unmodified-since,last-modified,location,max-forwards,pragma,"
    "proxy-authenticate,proxy-authorization,range,referer,retry-after,server,te,trailer,transfer-encoding,"
    "upgrade,"
    "user-agent,vary,via,warning,www-authenticate,method,get,status,200 "
    "OK,version,HTTP/1.1,url,public,set-cookie,"
    "keep-alive,origin";
constexpr std::string_view kDictionaryRest =
    "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 "
    "Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 "
    "Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service UnavailableJan Feb Mar "
    "Apr May "
    "Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, "
    "GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,"
    "text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size = 4) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

void put_number(std::string& bytes, std::uint32_t value, int size = 4) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        bytes += static_cast<char>(value >> shift & 0xff);
}

std::string control_frame(FrameType type, std::string_view payload) {
    std::string frame{kControl, kVersion};
    put_number(frame, static_cast<std::uint32_t>(type), 2);
    put_number(frame, static_cast<std::uint32_t>(payload.size()));  // No flags; the size has three bytes.
    return frame.append(payload);
}

// A block of deflate that holds the bytes as they are, and is not the last one.
std::string stored_block(std::string_view bytes) {
    ENSURE(bytes.size() <= 0xffff);
    const auto size = static_cast<unsigned>(bytes.size());
    std::string block(1, '\0');
    for (const unsigned value : {size, ~size}) {
        block += static_cast<char>(value & 0xff);
        block += static_cast<char>(value >> 8 & 0xff);
    }
    return block.append(bytes);
}

}  // namespace

std::string header_dictionary() {
    std::string dictionary;
    std::string_view rest = kDictionaryWords;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(','));
        put_number(dictionary, static_cast<std::uint32_t>(word.size()));
        dictionary += word;
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
    return dictionary.append(kDictionaryRest);
}

// The other end's compressed headers. The dictionary is read as if it had been sent first, which leaves what
// is compressed the same past to refer to.
class Reader::Inflater {
public:
    Inflater() {
        stream_.reset(15);
        const std::string dictionary = header_dictionary();
        ENSURE(inflate(stored_block(dictionary)) == dictionary);
    }

    // Nothing when it is none, or too long.
    std::optional<std::string> read(std::string_view block) {
        if (!begun_ && block.size() < kZlibHead) return std::nullopt;
        if (!std::exchange(begun_, true)) block.remove_prefix(kZlibHead);
        return inflate(block);
    }

private:
    std::optional<std::string> inflate(std::string_view block) {
        std::string text(kHeadersLimit, '\0');
        zlib::z_params parameters;
        parameters.next_in = block.data();
        parameters.avail_in = block.size();
        parameters.next_out = text.data();
        parameters.avail_out = text.size();
        boost::beast::error_code error;
        stream_.write(parameters, zlib::Flush::sync, error);
        const bool read = !error || error == zlib::error::need_buffers;
        if (!read || parameters.avail_in != 0 || parameters.avail_out == 0) return std::nullopt;
        text.resize(text.size() - parameters.avail_out);
        return text;
    }

    zlib::inflate_stream stream_{};
    bool begun_ = false;
};

Reader::Reader() : inflater_(std::make_unique<Inflater>()) {}
Reader::~Reader() = default;

void Reader::feed(std::string_view bytes) {
    if (!failed_) unread_ += bytes;
}

std::optional<Frame> Reader::next() {
    if (failed_ || unread_.size() < kFrameHead) return std::nullopt;
    const std::size_t size = number_at(unread_, 5, 3);
    failed_ = size > kFrameLimit;
    if (failed_ || unread_.size() < kFrameHead + size) return std::nullopt;
    Frame frame;
    frame.last = (static_cast<std::uint8_t>(unread_[4]) & kLast) != 0;
    const std::string_view payload = std::string_view(unread_).substr(kFrameHead, size);
    if ((unread_[0] & kControl) == 0) {
        frame.stream = number_at(unread_, 0);
        frame.data = payload;
    } else {
        frame.type = static_cast<FrameType>(number_at(unread_, 2, 2));
        failed_ = unread_[1] != kVersion || !read_control(payload, frame);
        if (failed_) return std::nullopt;
    }
    unread_.erase(0, kFrameHead + size);
    return frame;
}

bool Reader::read_control(std::string_view payload, Frame& frame) {
    constexpr std::size_t kSynHead = 10;  // both streams, priority and slot
    const bool numbered = frame.type == FrameType::SynStream || frame.type == FrameType::RstStream ||
                          frame.type == FrameType::Ping;
    if (!numbered) return true;
    if (payload.size() < 4) return false;
    frame.stream = number_at(payload, 0);
    if (frame.type != FrameType::SynStream) return true;
    return payload.size() >= kSynHead && read_headers(payload.substr(kSynHead), frame);
}

bool Reader::read_headers(std::string_view block, Frame& frame) {
    const std::optional<std::string> text = inflater_->read(block);
    if (!text || text->size() < 4) return false;
    std::size_t at = 4;
    for (std::uint32_t left = number_at(*text, 0); left > 0; --left) {
        std::string words[2];
        for (std::string& word : words) {
            if (text->size() - at < 4) return false;
            const std::size_t size = number_at(*text, at);
            at += 4;
            if (text->size() - at < size) return false;
            word = text->substr(at, size);
            at += size;
        }
        frame.headers.emplace_back(std::move(words[0]), std::move(words[1]));
    }
    return true;
}

std::string data_frame(std::uint32_t stream, std::string_view data) {
    std::string frame;
    put_number(frame, stream);
    put_number(frame, static_cast<std::uint32_t>(data.size()));
    return frame.append(data);
}

std::string last_frame(std::uint32_t stream) {
    std::string frame;
    put_number(frame, stream);
    put_number(frame, std::uint32_t{kLast} << 24);
    return frame;
}

std::string reply_frame(std::uint32_t stream, bool first) {
    std::string payload;
    put_number(payload, stream);
    if (first) payload += "\x78\x01";
    payload += stored_block(std::string(4, '\0'));
    payload += stored_block({});  // As a flush ends.
    return control_frame(FrameType::SynReply, payload);
}

std::string ping_frame(std::uint32_t number) {
    std::string payload;
    put_number(payload, number);
    return control_frame(FrameType::Ping, payload);
}

}  // namespace kubetab::rest::spdy
