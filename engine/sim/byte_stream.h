// ByteStream: one end of a connection that carries bytes both ways, as TCP does.
//
// What is written is taken at once; what the other end has written can be read when it is there.
#pragma once

#include <string>
#include <string_view>

namespace kubetab::sim {

class ByteStream {
public:
    virtual ~ByteStream() = default;
    // Bytes for the other end. Dropped once that has gone.
    virtual void write(std::string_view bytes) = 0;
    // Takes what has come and was not read yet; "" when there is nothing now.
    virtual std::string read() = 0;
    // Nothing more will come, ever.
    virtual bool ended() const = 0;
    // Says that nothing more will be written.
    virtual void finish() = 0;
};

}  // namespace kubetab::sim
