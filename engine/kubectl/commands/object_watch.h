// ObjectWatch: follows one object, for commands that wait for it.
#pragma once

#include <memory>
#include <vector>

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

class ObjectWatch {
public:
    struct Change {
        bool deleted = false;
        base::Json object{};
    };

    // Reads the object, which is the first change when it exists, and begins to watch it.
    base::Result<void> start(Context& context, const Info& info);
    // What has changed since the last call, in order. A broken stream is opened again at the next call.
    base::Result<std::vector<Change>> take();
    // False when start() found no such object.
    bool existed() const { return existed_; }

private:
    base::Result<void> open(std::vector<Change>& changes);

    Context* context_ = nullptr;
    Info info_{};
    std::unique_ptr<client::WatchStream> stream_{};
    std::vector<Change> first_{};
    bool existed_ = false;
};

}  // namespace kubetab::kubectl
