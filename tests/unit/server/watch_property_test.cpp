// Whatever is written, compacted and cut off: what a watcher has put together from its events is what a list
// shows.

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/managed_fields_hint.h"
#include "engine/base/json.h"
#include "engine/server/authorization/bootstrap.h"
#include "engine/server/rest/rest.h"
#include "engine/sim/random.h"

using namespace kubetab;
using base::Json;

namespace {

const std::string kMaps = "/api/v1/namespaces/default/configmaps";

struct World {
    sim::Simulation simulation{7, sim::Instant{1'767'600'000LL * 1'000'000'000}};
    server::Server server{simulation};
    server::Rest rest{server, nullptr};

    World() {
        server::create_bootstrap_policy(server);
        api::Namespace space;
        space.metadata.name = "default";
        const auto created =
            server.create(api::kind_of<api::Namespace>(), std::make_shared<api::Namespace>(space), {});
        REQUIRE(created.ok());
    }
    void pass(sim::Duration time) { simulation.run_until(simulation.now() + time); }
};

// The text between `"name":"` and the next quote; what is looked for here never holds a quote.
std::string value_of(const std::string& event, const std::string& name, std::size_t from = 0) {
    const std::string mark = '"' + name + "\":\"";
    const std::size_t begin = event.find(mark, from);
    if (begin == std::string::npos) FAIL("no " << name << " in " << event);
    const std::size_t start = begin + mark.size();
    return event.substr(start, event.find('"', start) - start);
}

// Lists, watches, is cut off, resumes where it was, and lists again when that is gone.
class Client {
public:
    Client(World& world, std::string selector) : world_(world), selector_(std::move(selector)) { list(); }

    void connect() {
        if (stream_) return;
        api::Response refusal;
        stream_ = world_.rest.watch(request(std::to_string(version_)), refusal);
        if (stream_) return;
        REQUIRE(refusal.code == 410);
        ++expired;
        list();
        stream_ = world_.rest.watch(request(std::to_string(version_)), refusal);
        REQUIRE(stream_);
    }
    void cut() { stream_.reset(); }
    bool connected() const { return stream_ != nullptr; }

    void read() {
        if (!stream_) return;
        const std::vector<std::string> events = stream_->take();
        if (!stream_->ended()) {
            for (const std::string& event : events) apply(event);
            return;
        }
        // All that is left to read is why.
        REQUIRE(events.size() == 1);
        CHECK(value_of(events.front(), "reason") == "Expired");
        ++overflowed;
        cut();
    }

    // Names and versions of what a list shows now.
    std::map<std::string, std::string> listed() {
        const api::Response response = world_.rest.send(request(""));
        REQUIRE(response.code == 200);
        const Json document = *base::parse_json(response.body);
        listed_version_ = std::stoll(base::text_at(document, {"metadata", "resourceVersion"}));
        std::map<std::string, std::string> result;
        for (const Json& item : document["items"]) {
            result[base::text_at(item, {"metadata", "name"})] =
                base::text_at(item, {"metadata", "resourceVersion"});
        }
        return result;
    }
    const std::map<std::string, std::string>& objects() const { return objects_; }

    std::int64_t events = 0;
    int expired = 0;
    int overflowed = 0;

private:
    api::Request request(const std::string& version) const {
        api::Request result;
        result.path = kMaps;
        if (!version.empty()) result.query = {{"watch", "true"}, {"resourceVersion", version}};
        if (!selector_.empty()) result.query.emplace_back("labelSelector", selector_);
        // As kubectl asks: who owns which field is not what this is about.
        result.query.emplace_back(api::kManagedFieldsParameter, api::kManagedFieldsUnwanted);
        return result;
    }

    void list() {
        objects_ = listed();
        version_ = listed_version_;
    }

    void apply(const std::string& event) {
        ++events;
        const std::string type = value_of(event, "type");
        const std::size_t metadata = event.find("\"metadata\":");
        const std::string name = value_of(event, "name", metadata);
        const std::string version = value_of(event, "resourceVersion", metadata);
        const bool known = objects_.find(name) != objects_.end();
        if (std::stoll(version) <= version_ || known != (type != "ADDED")) {
            FAIL("out of place: " << event << " after " << version_);
        }
        version_ = std::stoll(version);
        if (type == "DELETED") objects_.erase(name);
        else objects_[name] = version;
    }

    World& world_;
    std::string selector_;
    std::unique_ptr<api::WatchStream> stream_{};
    std::map<std::string, std::string> objects_{};
    std::int64_t version_ = 0;
    std::int64_t listed_version_ = 0;
};

// Creates, changes or deletes one of some ConfigMaps.
void write_something(World& world, sim::Random& random) {
    const api::Kind& kind = api::kind_of<api::ConfigMap>();
    const api::ObjectKey key{"default", "map-" + std::to_string(random.below(200))};
    const api::Ref<api::Object> stored = world.server.store().get(kind, key);
    const std::uint64_t dice = random.below(10);
    if (stored && dice < 2) {
        REQUIRE(world.server.remove(kind, key, {}, {}).ok());
        return;
    }
    auto map = std::make_shared<api::ConfigMap>();
    if (stored) *map = static_cast<const api::ConfigMap&>(*stored);
    map->metadata.namespace_ = key.namespace_;
    map->metadata.name = key.name;
    map->metadata.labels["tier"] = dice < 6 ? "a" : "b";
    map->data["n"] = std::to_string(random.below(1'000'000));
    REQUIRE((stored ? world.server.update(kind, map, {}) : world.server.create(kind, map, {})).ok());
}

}  // namespace

TEST_CASE("What watchers put together is what a list shows, over a million events") {
    constexpr std::int64_t kEvents = 1'000'000;
    World world;
    sim::Random random(11);
    std::vector<std::unique_ptr<Client>> clients;
    for (const char* selector : {"", "", "", "", "tier=a", "tier=a", "tier=b", "tier!=a", "", "", "", ""})
        clients.push_back(std::make_unique<Client>(world, selector));

    std::int64_t events = 0;
    int checks = 0;
    while (events < kEvents) {
        // The last one is away most of the time: so long that the log has gone on without it.
        for (std::size_t i = 0; i < clients.size(); ++i) {
            Client& client = *clients[i];
            const bool traveller = i + 1 == clients.size();
            if (client.connected()) {
                if (random.below(traveller ? 2 : 8) == 0) client.cut();
            } else if (random.below(traveller ? 64 : 3) == 0) {
                client.connect();
            }
        }
        const std::uint64_t writes = random.below(1200);
        for (std::uint64_t i = 0; i < writes; ++i) {
            write_something(world, random);
            if (random.below(50) == 0) world.pass(sim::milliseconds(10));
        }
        events = 0;
        for (const auto& client : clients) {
            // One is so slow that the server gives up on it.
            if (random.below(client == clients.front() ? 40 : 3) == 0) client->read();
            events += client->events;
        }
        if (random.below(16) != 0 && events < kEvents) continue;
        ++checks;
        for (const auto& client : clients) client->connect();
        world.pass(sim::seconds(1));
        for (const auto& client : clients) {
            client->read();
            client->connect();  // One whose events did not wait any longer lists again.
            client->read();
            REQUIRE(client->objects() == client->listed());
        }
    }
    int expired = 0;
    int overflowed = 0;
    for (const auto& client : clients) {
        expired += client->expired;
        overflowed += client->overflowed;
    }
    CHECK(checks > 5);
    CHECK(expired > 0);
    CHECK(overflowed > 0);
}
