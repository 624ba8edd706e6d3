// Door: the API server as one process of the control plane reaches it. Passes everything on, unless a fault
// says otherwise: then what it is told comes late, twice or not at all, and what it asks for fails.
//
// A change that did not come is made up for at the latest by relist(): then every object of which something
// was missed is told as it is, once, as a client does that lists again. A deletion that was missed is told
// before another object of that name comes. Reads fail only while the door is shut, so that nobody takes an
// object for gone that is there.
//
// upstream: client-go tools/cache/reflector.go, delta_fifo.go Replace
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/access.h"
#include "engine/sim/simulation.h"

namespace kubetab::cluster {

// What is wrong with a door; nothing by itself. "Every how many-th" is 0 for none.
struct Weather {
    bool shut = false;             // nothing gets through
    std::int64_t lost = 0;         // every how many-th change does not come
    std::int64_t doubled = 0;      // every how many-th change comes twice
    sim::Duration late{};          // changes come so much later
    std::int64_t timed_out = 0;    // every how many-th write is not done
    std::int64_t conflicting = 0;  // every how many-th update finds the object changed
};

class Door final : public api::ApiServer, public sim::Component {
public:
    // Both outlive the door, and the door all who watch through it. `name` is for traces.
    Door(sim::Simulation& simulation, api::ApiServer& server, std::string name);
    ~Door() override;
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;

    const Weather& weather() const { return weather_; }
    // What waited comes now when nothing is late any more, and a door that opens lists again.
    void set_weather(const Weather& weather);
    void relist();

    std::vector<const api::Kind*> custom_kinds() const override { return server_.custom_kinds(); }
    const api::Kind* find_kind(std::string_view group, std::string_view version,
                               std::string_view kind) const override {
        return server_.find_kind(group, version, kind);
    }
    base::Result<api::Ref<api::Object>> get(const api::Kind& kind, const api::ObjectKey& key) override;
    api::ObjectList list(const api::WatchScope& scope) override { return server_.list(scope); }
    base::Result<api::Ref<api::Object>> create(const api::Kind& kind, std::shared_ptr<api::Object> object,
                                               const api::Cause& cause) override;
    base::Result<api::Ref<api::Object>> update(const api::Kind& kind, std::shared_ptr<api::Object> object,
                                               const api::Cause& cause) override;
    base::Result<api::Ref<api::Object>> update_status(const api::Kind& kind,
                                                      std::shared_ptr<api::Object> object,
                                                      const api::Cause& cause) override;
    base::Result<void> remove(const api::Kind& kind, const api::ObjectKey& key,
                              const api::DeleteOptions& options, const api::Cause& cause) override;
    base::Result<void> bind(const api::ObjectKey& pod, const std::string& node,
                            const api::Cause& cause) override;
    api::WatchId watch(const api::WatchScope& scope, std::int64_t from_revision,
                       api::Watcher& watcher) override;
    void unwatch(api::WatchId watch) override;
    void set_connected(api::WatchId watch, bool connected) override {
        server_.set_connected(watch, connected);
    }

    void handle(const sim::Event& event) override;

private:
    class Gate;

    base::Result<void> may_ask() const;
    base::Result<void> may_write();
    base::Result<void> may_update(const api::Kind& kind, const api::Object& object);
    void pass(Gate& gate, const api::Change& change);
    void tell(Gate& gate, const api::Change& change);

    sim::Simulation& simulation_;
    api::ApiServer& server_;
    sim::ComponentId component_;
    Weather weather_{};
    bool calm_ = true;  // nothing disturbs what it is told
    std::int64_t changes_ = 0;
    std::int64_t writes_ = 0;
    std::map<api::WatchId, std::shared_ptr<Gate>> gates_{};
};

}  // namespace kubetab::cluster
