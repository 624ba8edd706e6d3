// busybox's nc, as far as it asks whether a port is open. upstream: busybox networking/nc_bloaty.c
#include <fmt/format.h>

#include "engine/runtime/tools/tools.h"

namespace kubetab::runtime {
namespace {

class Nc final : public NetworkTool {
public:
    Nc(const sim::Invocation& invocation, const Place& place)
        : NetworkTool(invocation, place),
          arguments_(invocation.words, {{'z', "", false},
                                        {'v', "", false},
                                        {'n', "", false},
                                        {'l', "", false},
                                        {'u', "", false},
                                        {'e', "", true},
                                        {'p', "", true},
                                        {'w', "", true}}) {}

protected:
    std::optional<int> step(sim::Io& io) override {
        if (!address_) return begin(io);
        if (!dialled_) return connect(io);
        const std::string peer =
            fmt::format("{} ({}:{})", arguments_.operands()[0], address_->address, port_);
        if (result_ == Dial::Connected) {
            if (arguments_.has("v")) io.err(peer + " open\n");
            return 0;
        }
        if (!arguments_.has("v")) return 1;
        return fail(io, fmt::format("{}: {}", peer, place_.error_text(result_)));
    }

private:
    std::optional<int> begin(sim::Io& io) {
        if (!arguments_.problem().empty()) return fail(io, arguments_.problem());
        if (arguments_.has("l") || arguments_.has("e") || arguments_.has("p") || arguments_.has("u"))
            return fail(io, "only TCP connections to a port are simulated: nc -zv HOST PORT");
        if (!arguments_.has("z"))
            return fail(io, "sending bytes is not simulated: nc -zv HOST PORT says whether a port is open");
        const std::vector<std::string>& operands = arguments_.operands();
        if (operands.size() != 2) {
            io.err("Usage: nc [-nvz] [-w SEC] HOST PORT\n");
            return 1;
        }
        const std::optional<std::int64_t> port = shell::whole_number(operands[1]);
        if (!port || *port < 1 || *port > 65535) return fail(io, "bad port '" + operands[1] + "'");
        port_ = static_cast<std::int32_t>(*port);
        if (const std::optional<std::string> text = arguments_.value("w")) {
            const std::optional<std::int64_t> seconds = shell::whole_number(*text);
            if (!seconds || *seconds > 100'000) return fail(io, "invalid number '" + *text + "'");
            patience_ = sim::seconds(*seconds);
        }
        address_ = place_.resolve(operands[0]);
        wait(address_->waited);
        return std::nullopt;
    }

    std::optional<int> connect(sim::Io& io) {
        if (address_->address.empty()) return fail(io, "bad address '" + arguments_.operands()[0] + "'");
        dialled_ = true;
        result_ = place_.dial(address_->address, port_);
        if (result_ == Dial::TimedOut) wait(patience_);
        return std::nullopt;
    }

    shell::Arguments arguments_;
    std::optional<HostAddress> address_{};
    bool dialled_ = false;
    Dial result_ = Dial::Refused;
    std::int32_t port_ = 0;
    // How long Linux sends SYN packets before it gives up.
    sim::Duration patience_ = sim::seconds(127);
};

}  // namespace

std::unique_ptr<sim::Process> start_nc(const sim::Invocation& invocation, const Place& place) {
    return std::make_unique<Nc>(invocation, place);
}

}  // namespace kubetab::runtime
