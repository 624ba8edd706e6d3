// Adoption: an owner takes up what its selector matches and nobody controls, and lets go what no longer
// matches.
//
// Nothing is adopted for an owner that is being deleted (asked live), nor an object that is; and nothing is
// released for an owner that is being deleted. An object that vanishes meanwhile is skipped.
//
// upstream: pkg/controller/controller_ref_manager.go
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/client/client.h"
#include "engine/controllers/pod_control.h"

namespace kubetab::controllers {

enum class Claim { Ignore, Keep, Adopt, Release };

// What an owner does about an object.
Claim decide_claim(const api::Object& owner, const api::Object& object, const api::Selector& selector);

template <class Owner>
class Adopter {
public:
    // `finalizer` is put on what is adopted and taken off what is released; "" is none.
    Adopter(client::Client& client, const Owner& owner, const api::Selector& selector,
            std::string_view finalizer = {})
        : client_(client), owner_(owner), selector_(selector), finalizer_(finalizer) {}

    // Those of `candidates` that belong to the owner, adopted and released on the way. Stops at the first
    // failure.
    template <class T>
    base::Result<std::vector<api::Ref<T>>> claim(const std::vector<api::Ref<T>>& candidates) {
        std::vector<api::Ref<T>> claimed;
        for (const api::Ref<T>& candidate : candidates) {
            const api::ObjectMeta& metadata = candidate->metadata;
            switch (decide_claim(owner_, *candidate, selector_)) {
                case Claim::Ignore: break;
                case Claim::Keep: claimed.push_back(candidate); break;
                case Claim::Adopt: {
                    TRY(may_adopt());
                    client_.because("adopts " + metadata.name +
                                    ", which matches its selector and has no controller");
                    api::Ref<T> adopted = TRY(change(*candidate, true));
                    if (adopted) claimed.push_back(std::move(adopted));
                    break;
                }
                case Claim::Release:
                    client_.because("releases " + metadata.name + ", which no longer matches its selector");
                    TRY(change(*candidate, false));
                    break;
            }
        }
        return claimed;
    }

private:
    // The cached owner may be outdated: ask whether it is still the same and still wanted, once.
    base::Result<void> may_adopt() {
        if (asked_) return {};
        const api::Ref<Owner> fresh = TRY(client_.get<Owner>(api::ObjectKey::of(owner_.metadata)));
        const std::string subject = std::string(api::kind_of<Owner>().kind) + " " +
                                    owner_.metadata.namespace_ + "/" + owner_.metadata.name;
        if (fresh->metadata.uid != owner_.metadata.uid) {
            return base::failure(base::Reason::Conflict, "original " + subject + " is gone");
        }
        if (api::is_terminating(*fresh)) {
            return base::failure(base::Reason::Conflict, subject + " has just been deleted");
        }
        asked_ = true;
        return {};
    }

    // Null when the object is gone.
    template <class T>
    base::Result<api::Ref<T>> change(const T& object, bool adopt) {
        T changed = object;
        std::vector<api::OwnerReference>& references = changed.metadata.ownerReferences.edit();
        std::erase_if(references, [this](const api::OwnerReference& reference) {
            return reference.uid == owner_.metadata.uid;
        });
        if (adopt) references.push_back(controller_reference(api::kind_of<Owner>(), owner_.metadata));
        if (!finalizer_.empty()) {
            api::Texts& finalizers = changed.metadata.finalizers.edit();
            std::erase(finalizers, finalizer_);
            if (adopt) finalizers.emplace_back(finalizer_);
        }
        const base::Result<api::Ref<T>> stored = client_.update(std::move(changed));
        if (!stored.ok() && stored.error().reason == base::Reason::NotFound) return api::Ref<T>{};
        return stored;
    }

    client::Client& client_;
    const Owner& owner_;
    const api::Selector& selector_;
    std::string_view finalizer_{};
    bool asked_ = false;
};

}  // namespace kubetab::controllers
