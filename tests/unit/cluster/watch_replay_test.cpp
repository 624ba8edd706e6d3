// The checker that holds what a watcher was told against what is listed.

#include <catch2/catch_test_macros.hpp>

#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"
#include "engine/server/server.h"

namespace kubetab::cluster {
namespace {

constexpr sim::Instant kStart{1'767'600'000'000'000'000};

}  // namespace

TEST_CASE("a watcher that was told less than is listed is noticed") {
    sim::Simulation simulation{7, kStart};
    server::Server server{simulation};
    const std::unique_ptr<Checker> checker = make_watch_replay_checker(server);
    const auto create = [&](const std::string& name) {
        api::Namespace space;
        space.metadata.name = name;
        REQUIRE(
            server.create(api::kind_of<api::Namespace>(), std::make_shared<api::Namespace>(space), {}).ok());
        CHECK_FALSE(checker->see(server.store().log().back()));
    };
    create("team");
    CHECK_FALSE(checker->look(server.store()));  // On its way.
    CHECK_FALSE(checker->look_settled(server.store(), kStart));
    CHECK(checker->look_settled(server.store(), kStart + sim::seconds(1)));
    simulation.run_until(kStart + sim::seconds(1));
    CHECK_FALSE(checker->look(server.store()));
    CHECK_FALSE(checker->look_settled(server.store(), simulation.now()));
    create("another");
    simulation.run_until(kStart + sim::seconds(2));
    const store::Store other;
    CHECK(checker->look(other));
}

}  // namespace kubetab::cluster
