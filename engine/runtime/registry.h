// Registry: every image that can be pulled, from any registry's address. One for the whole cluster.
//
// Starts with the catalogue of assets/images.json; `docker push` adds to it. A name or tag that is not there
// fails to resolve with the text of containerd. Pulling takes a fixed time for the dialogue and then the
// image's size over a fixed bandwidth, so that it is the same in every run.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/runtime/image.h"
#include "engine/runtime/image_reference.h"
#include "engine/sim/time.h"

namespace kubetab::runtime {

class Registry {
public:
    Registry();

    // The image of a reference. A failure's message is containerd's.
    base::Result<ImageRef> resolve(const ImageReference& reference) const;
    // Adds an image, or moves its tags to it.
    void push(Image image);
    // How long a pull takes: asking alone when the layers are there already.
    sim::Duration ask_duration(const ImageReference& reference) const;
    sim::Duration download_duration(const Image& image) const;
    // Bytes, compressed, as pulled.
    std::int64_t size_of(const Image& image) const { return image_size_.value_or(image.size_bytes); }
    // From now on every image is of this size.
    void set_image_size(std::int64_t bytes) { image_size_ = bytes; }
    // From now on every pull takes this long.
    void set_pull_duration(sim::Duration duration) { pull_duration_ = duration; }
    // From now on every download takes so many times as long; 1 is the usual speed.
    void slow_down(std::int64_t factor) { slowness_ = factor; }
    // Every registry answers 503, or answers again.
    void set_answering(bool answering) { answering_ = answering; }
    // An image is not found any more, or is again.
    void hide(const ImageReference& reference) { hidden_.insert(reference.text()); }
    void show(const ImageReference& reference) { hidden_.erase(reference.text()); }
    // For completion: every repository with its tags, in order.
    std::map<std::string, std::vector<std::string>> tags() const;

private:
    base::Status missing_tag(const ImageReference& reference) const;

    std::map<std::string, std::map<std::string, ImageRef>> images_{};  // by repository, then tag or digest
    std::optional<std::int64_t> image_size_{};
    std::optional<sim::Duration> pull_duration_{};
    std::int64_t slowness_ = 1;
    bool answering_ = true;
    std::set<std::string> hidden_{};
};

// The images of the catalogue; text is that of assets/images.json.
std::vector<Image> read_catalogue(std::string_view text);

}  // namespace kubetab::runtime
