// Selection: which objects of a list or watch a request asks for.
#pragma once

#include <string>

#include "engine/api/object.h"
#include "engine/api/selectors.h"
#include "engine/api/transport.h"
#include "engine/base/status.h"

namespace kubetab::server {

class Selection {
public:
    // Fails with upstream's text for a malformed selector or an unsupported field.
    static base::Result<Selection> of(const api::Request& request, const api::Kind& kind,
                                      const std::string& in_namespace);

    bool matches(const api::Object& object) const;
    // True when only the namespace narrows it.
    bool everything() const { return labels_.empty() && fields_.empty(); }

private:
    const api::Kind* kind_ = nullptr;
    std::string namespace_{};
    api::Selector labels_{};
    api::FieldSelector fields_{};
};

}  // namespace kubetab::server
