// Addresses and ranges, and what the name service says without a cluster's pods.

#include <catch2/catch_test_macros.hpp>

#include "engine/cluster/network/addresses.h"
#include "engine/cluster/network/name_service.h"

using namespace kubetab;
using cluster::NameService;
using runtime::DnsAnswer;
using runtime::RecordType;

namespace {

constexpr sim::Instant kNow{1'767'600'000LL * 1'000'000'000};

struct World {
    World() {
        auto space = std::make_shared<api::Namespace>();
        space->metadata.name = "shop";
        store.create(api::kind_of<api::Namespace>(), space, {}, kNow);
        auto service = std::make_shared<api::Service>();
        service->metadata.name = "web";
        service->metadata.namespace_ = "shop";
        service->spec.clusterIP = "10.96.7.7";
        api::ServicePort& port = service->spec.ports.emplace_back();
        port.name = "http";
        port.port = 80;
        port.protocol = "TCP";
        store.create(api::kind_of<api::Service>(), service, {}, kNow);
    }
    // "CODE VALUE…"
    std::string ask(std::string_view name, RecordType type = RecordType::A) const {
        const DnsAnswer answer = names.answer(name, type);
        std::string text = std::to_string(static_cast<int>(answer.code));
        for (const runtime::DnsRecord& record : answer.records) text += " " + record.value;
        return text;
    }

    store::Store store{};
    NameService names{store};
};

const std::string kFound = "0";
const std::string kNoData = "1";
const std::string kNoSuchName = "2";
const std::string kFailed = "3";

}  // namespace

TEST_CASE("addresses and ranges are read strictly") {
    CHECK(cluster::ipv4_of("10.0.0.1") == 0x0a000001U);
    for (const char* wrong : {"", "10.0.0", "10.0.0.256", "10.0.0.1.2", "10.0.0.x", "10..0.1", " 10.0.0.1"})
        CHECK_FALSE(cluster::ipv4_of(wrong));
    CHECK(cluster::is_in_range("10.0.3.4", "10.0.0.0/16"));
    CHECK_FALSE(cluster::is_in_range("10.1.3.4", "10.0.0.0/16"));
    CHECK(cluster::is_in_range("192.168.1.1", "0.0.0.0/0"));
    CHECK(cluster::is_in_range("10.0.0.1", "10.0.0.1/32"));
    for (const char* wrong : {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/x", "/8", "10.0.0.0/"})
        CHECK_FALSE(cluster::is_in_range("10.0.0.1", wrong));
}

TEST_CASE("the zone has services, namespaces, ports and pods' addresses") {
    const World world;
    CHECK(world.ask("web.shop.svc.cluster.local") == kFound + " 10.96.7.7");
    CHECK(world.ask("WEB.Shop.svc.cluster.local.") == kFound + " 10.96.7.7");
    CHECK(world.ask("web.shop.svc.cluster.local", RecordType::AAAA) == kNoData);
    CHECK(world.ask("shop.svc.cluster.local") == kNoData);
    CHECK(world.ask("cluster.local") == kNoData);
    CHECK(world.ask("nothing.shop.svc.cluster.local") == kNoSuchName);
    CHECK(world.ask("web.nowhere.svc.cluster.local") == kNoSuchName);
    CHECK(world.ask("web-0.web.shop.svc.cluster.local") == kNoSuchName);
    CHECK(world.ask("_http._tcp.web.shop.svc.cluster.local", RecordType::SRV) ==
          kFound + " 0 100 80 web.shop.svc.cluster.local.");
    CHECK(world.ask("_http._udp.web.shop.svc.cluster.local", RecordType::SRV) == kNoSuchName);
    CHECK(world.ask("10-0-0-5.shop.pod.cluster.local") == kFound + " 10.0.0.5");
    CHECK(world.ask("box.shop.pod.cluster.local") == kNoSuchName);
    CHECK(world.ask("7.7.96.10.in-addr.arpa", RecordType::PTR) == kFound + " web.shop.svc.cluster.local.");
    CHECK(world.ask("8.7.96.10.in-addr.arpa", RecordType::PTR) == kNoSuchName);
    CHECK(world.ask("example.com") == kFailed);
    CHECK(world.ask("") == kFailed);
    CHECK(world.ask(".cluster.local") == kNoSuchName);
    CHECK(world.ask("..svc.cluster.local") == kNoSuchName);
}
