#include "engine/node/probe_manager.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "engine/api/pod_resources.h"

namespace kubetab::node {
namespace {

constexpr std::array kKinds = {ProbeKind::Startup, ProbeKind::Liveness, ProbeKind::Readiness};

ProbeResult initial(ProbeKind kind) {
    if (kind == ProbeKind::Liveness) return ProbeResult::Success;
    return kind == ProbeKind::Readiness ? ProbeResult::Failure : ProbeResult::Unknown;
}

const api::Box<api::Probe>& probe_of(const api::Container& container, ProbeKind kind) {
    if (kind == ProbeKind::Startup) return container.shared->startupProbe;
    return kind == ProbeKind::Liveness ? container.shared->livenessProbe : container.shared->readinessProbe;
}

std::string_view title(ProbeKind kind) {
    if (kind == ProbeKind::Startup) return "Startup";
    return kind == ProbeKind::Liveness ? "Liveness" : "Readiness";
}

sim::Duration period_of(const api::Probe& probe) {
    return sim::seconds(std::max(probe.periodSeconds, 1));
}

}  // namespace

void ProbeManager::add(ProbedPod& pod) {
    const api::PodSpec& spec = *pod.probed_pod().spec;
    for (const api::Container& container : spec.initContainers) {
        if (!api::is_sidecar(container)) continue;
        for (const ProbeKind kind : kKinds) add_one(pod, container, kind, true);
    }
    for (const api::Container& container : spec.containers) {
        for (const ProbeKind kind : kKinds) add_one(pod, container, kind, false);
    }
}

void ProbeManager::add_one(ProbedPod& pod, const api::Container& container, ProbeKind kind, bool init) {
    const api::Box<api::Probe>& spec = probe_of(container, kind);
    if (!spec) return;
    const auto [it, added] = numbers_.try_emplace({pod.probed_id(), container.name, kind}, last_number_ + 1);
    if (!added) return;
    Probe& probe = probes_[++last_number_];
    probe.pod = &pod;
    probe.container = container.name;
    probe.kind = kind;
    probe.spec = spec;
    probe.init = init;
    probe.base = context_.now();
    probe.result = initial(kind);
}

void ProbeManager::remove(std::int64_t pod) {
    auto it = numbers_.lower_bound({pod, "", ProbeKind::Startup});
    while (it != numbers_.end() && std::get<0>(it->first) == pod) {
        const auto probe = probes_.find(it->second);
        if (probe != probes_.end()) {
            context_.simulation.cancel(probe->second.event);
            probes_.erase(probe);
        }
        it = numbers_.erase(it);
    }
}

void ProbeManager::halt() {
    for (auto& [number, probe] : probes_) {
        context_.simulation.cancel(probe.event);
        probe.event = 0;
        probe.asking = false;
    }
}

void ProbeManager::stop_liveness(std::int64_t pod) {
    auto it = numbers_.lower_bound({pod, "", ProbeKind::Startup});
    for (; it != numbers_.end() && std::get<0>(it->first) == pod; ++it) {
        Probe& probe = probes_.at(it->second);
        if (probe.kind == ProbeKind::Readiness) continue;
        probe.stopped = true;
        context_.simulation.cancel(probe.event);
        probe.event = 0;
    }
}

const ProbeManager::Probe* ProbeManager::find(std::int64_t pod, const std::string& container,
                                              ProbeKind kind) const {
    const auto number = numbers_.find({pod, container, kind});
    return number == numbers_.end() ? nullptr : &probes_.at(number->second);
}

bool ProbeManager::has(std::int64_t pod, const std::string& container, ProbeKind kind) const {
    return find(pod, container, kind) != nullptr;
}

ProbeResult ProbeManager::result(std::int64_t pod, const std::string& container, ProbeKind kind) const {
    const Probe* probe = find(pod, container, kind);
    if (probe == nullptr) return ProbeResult::Success;
    const runtime::Container* now = probe->pod->probed_container(container);
    // Until its first tick a new run has the initial result.
    if (now != nullptr && now->number() != probe->container_number) return initial(kind);
    return now == nullptr && kind == ProbeKind::Readiness ? ProbeResult::Failure : probe->result;
}

void ProbeManager::container_runs(ProbedPod& pod, const std::string& container, bool immediately) {
    for (const ProbeKind kind : kKinds) {
        const auto number = numbers_.find({pod.probed_id(), container, kind});
        if (number == numbers_.end()) continue;
        Probe& probe = probes_.at(number->second);
        if (probe.stopped) continue;
        if (probe.event == 0 && !probe.asking) schedule_tick(number->second, probe);
        const bool unready = result(pod.probed_id(), container, ProbeKind::Readiness) != ProbeResult::Success;
        if (immediately && kind == ProbeKind::Readiness && unready && !probe.asking)
            ask(number->second, probe);
    }
}

void ProbeManager::schedule_tick(std::int64_t number, Probe& probe) {
    const std::int64_t period = period_of(*probe.spec).ns;
    const std::int64_t passed = (context_.now() - probe.base).ns;
    probe.event =
        context_.schedule(Timer::Probe, {period - passed % period}, number, sim::Cadence::Heartbeat);
}

void ProbeManager::tick(std::int64_t number) {
    const auto it = probes_.find(number);
    if (it == probes_.end()) return;
    Probe& probe = it->second;
    probe.event = 0;
    if (probe.stopped) return;
    if (probe.pod->probed_container(probe.container) == nullptr) return;  // Ticks again when it runs.
    schedule_tick(number, probe);
    if (!probe.asking) ask(number, probe);
}

// upstream: doProbe
void ProbeManager::ask(std::int64_t number, Probe& probe) {
    runtime::Container* container = probe.pod->probed_container(probe.container);
    if (container == nullptr) return;
    if (container->number() != probe.container_number) {
        probe.container_number = container->number();
        probe.result = initial(probe.kind);
        probe.last = ProbeResult::Unknown;
        probe.run = 0;
        probe.on_hold = false;
    }
    if (probe.on_hold) return;
    if (probe.pod->is_deleting() && probe.kind != ProbeKind::Readiness) return;
    const sim::Duration age = context_.now() - container->started_at();
    if (age.whole_seconds() < probe.spec->initialDelaySeconds) return;
    const Probe* startup = find(probe.pod->probed_id(), probe.container, ProbeKind::Startup);
    const bool started = startup == nullptr || (startup->container_number == container->number() &&
                                                startup->result == ProbeResult::Success);
    if (started == (probe.kind == ProbeKind::Startup)) return;

    if (context_.platform->hollow) {
        count(probe, hollow(probe));
    } else if (context_.faults.silent_pods.contains(probe.pod->probed_pod().metadata.uid)) {
        probe.asking = true;
        context_.schedule(Timer::ProbeTimeout, sim::seconds(std::max(probe.spec->timeoutSeconds, 1)), number,
                          sim::Cadence::Heartbeat);
    } else if (probe.spec->exec) {
        execute(number, probe, *container);
    } else if (probe.spec->httpGet) {
        count(probe, http(probe));
    } else {
        count(probe, tcp(probe));
    }
}

void ProbeManager::timed_out(std::int64_t number) {
    const auto it = probes_.find(number);
    if (it == probes_.end() || !it->second.asking) return;
    it->second.asking = false;
    if (it->second.stopped || it->second.pod->probed_container(it->second.container) == nullptr) return;
    count(it->second, silence(it->second));
}

// Where a probe of HTTP or TCP is sent.
std::string ProbeManager::address_of(const Probe& probe) const {
    const api::IntOrString& wanted =
        probe.spec->httpGet ? probe.spec->httpGet->port : probe.spec->tcpSocket->port;
    const api::Text& named = probe.spec->httpGet ? probe.spec->httpGet->host : probe.spec->tcpSocket->host;
    const std::string host = named.empty() ? probe.pod->probed_address() : named.str();
    return host + ":" + std::to_string(port(probe, wanted).value_or(0));
}

// upstream: pkg/probe/{http,tcp,exec,grpc}
ProbeManager::Answer ProbeManager::silence(const Probe& probe) const {
    const std::string limit = std::to_string(std::max(probe.spec->timeoutSeconds, 1)) + "s";
    if (probe.spec->exec) {
        std::string words;
        for (const std::string& word : probe.spec->exec->command) words += (words.empty() ? "" : " ") + word;
        return {ProbeResult::Failure, "command timed out: \"" + words + "\" timed out after " + limit, false};
    }
    if (probe.spec->grpc) {
        return {ProbeResult::Failure,
                "timeout: failed to connect service \"" + probe.pod->probed_address() + ":" +
                    std::to_string(probe.spec->grpc->port) + "\" within " + limit +
                    ": context deadline exceeded",
                false};
    }
    const std::string address = address_of(probe);
    if (!probe.spec->httpGet) return {ProbeResult::Failure, "dial tcp " + address + ": i/o timeout", false};
    const api::HTTPGetAction& action = *probe.spec->httpGet;
    const std::string path =
        action.path.empty() ? "/" : (action.path.front() == '/' ? "" : "/") + action.path;
    return {ProbeResult::Failure,
            std::string("Get \"") + (action.scheme == "HTTPS" ? "https" : "http") + "://" + address + path +
                "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
            false};
}

// Nobody is asked, so that all is well; but what shall never be ready asks for /fail.
ProbeManager::Answer ProbeManager::hollow(const Probe& probe) const {
    const bool fails = probe.spec->httpGet && probe.spec->httpGet->path == "/fail";
    return {fails ? ProbeResult::Failure : ProbeResult::Success, {}, false};
}

void ProbeManager::exec_finished(const ExecOutcome& outcome) {
    const auto it = probes_.find(outcome.target);
    if (it == probes_.end()) return;
    it->second.asking = false;
    Answer answer;
    if (!outcome.start_error.empty()) {
        answer = Answer{ProbeResult::Unknown, outcome.start_error, true};
    } else if (outcome.timed_out) {
        std::string words;
        for (const std::string& word : it->second.spec->exec->command)
            words += (words.empty() ? "" : " ") + word;
        answer = Answer{ProbeResult::Failure,
                        "command timed out: \"" + words + "\" timed out after " +
                            std::to_string(std::max(it->second.spec->timeoutSeconds, 1)) + "s",
                        false};
    } else {
        answer = Answer{outcome.exit_code == 0 ? ProbeResult::Success : ProbeResult::Failure, outcome.output,
                        false};
    }
    count(it->second, answer);
}

void ProbeManager::execute(std::int64_t number, Probe& probe, runtime::Container& container) {
    probe.asking = true;
    const std::optional<ExecOutcome> outcome =
        context_.execs->run(container, {ExecPurpose::Probe, number, api::strings(probe.spec->exec->command),
                                        sim::seconds(std::max(probe.spec->timeoutSeconds, 1))});
    if (outcome) exec_finished(*outcome);
}

void ProbeManager::report(const Probe& probe, const Answer& answer) const {
    if (context_.platform->hollow) return;  // Nobody was asked.
    const std::string verb = answer.error ? " probe errored: " : " probe failed: ";
    context_.record(probe.pod->probed_pod(), client::EventType::Warning, "Unhealthy",
                    std::string(title(probe.kind)) + verb + answer.output,
                    field_path(probe.init, probe.container));
}

void ProbeManager::count(Probe& probe, const Answer& answer) {
    if (answer.result != ProbeResult::Success) report(probe, answer);
    if (answer.error) return;
    if (answer.result == probe.last) {
        ++probe.run;
    } else {
        probe.last = answer.result;
        probe.run = 1;
    }
    const bool failed = answer.result == ProbeResult::Failure;
    if (probe.run < (failed ? probe.spec->failureThreshold : probe.spec->successThreshold)) return;
    const bool changed = probe.result != answer.result;
    probe.result = answer.result;
    if (failed && probe.kind != ProbeKind::Readiness) {
        probe.on_hold = true;  // Until its container is restarted.
        probe.run = 0;
    }
    if (changed) probe.pod->probe_changed(probe.container, probe.kind, probe.result);
}

std::optional<std::int32_t> ProbeManager::port(const Probe& probe, const api::IntOrString& port) const {
    if (!port.is_string) return port.number;
    const api::PodSpec& spec = *probe.pod->probed_pod().spec;
    for (const api::Container& container : probe.init ? spec.initContainers : spec.containers) {
        if (container.name != probe.container) continue;
        for (const api::ContainerPort& declared : container.ports) {
            if (declared.name == port.text) return declared.containerPort;
        }
    }
    return std::nullopt;
}

ProbeManager::Answer ProbeManager::http(const Probe& probe) const {
    const api::HTTPGetAction& action = *probe.spec->httpGet;
    const std::optional<std::int32_t> number = port(probe, action.port);
    if (!number)
        return {ProbeResult::Unknown, "strconv.Atoi: parsing \"" + action.port.text + "\": invalid syntax",
                true};
    const std::string host = action.host.empty() ? probe.pod->probed_address() : action.host.str();
    const std::string address = host + ":" + std::to_string(*number);
    const std::string scheme = action.scheme == "HTTPS" ? "https" : "http";
    const std::string path =
        action.path.empty() ? "/" : (action.path.front() == '/' ? "" : "/") + action.path;
    const std::string prefix = "Get \"" + scheme + "://" + address + path + "\": ";
    runtime::Container* listener = probe.pod->listener(*number);
    if (listener == nullptr)
        return {ProbeResult::Failure, prefix + "dial tcp " + address + ": connect: connection refused",
                false};
    runtime::HttpRequest request;
    request.target = path;
    request.host = address;
    request.port = *number;
    request.agent = "kube-probe/1.32";
    const std::size_t dot = host.rfind('.');
    request.remote = host.substr(0, dot == std::string::npos ? 0 : dot) +
                     ".1:" + std::to_string(32'768 + probe.base.ns / 1000 % 28'000);
    request.headers = {{"User-Agent", request.agent}, {"Accept", "*/*"}, {"Connection", "close"}};
    for (const api::HTTPHeader& header : action.httpHeaders) {
        if (header.name == "Host") request.host = header.value;
        request.headers.emplace_back(header.name, header.value);
    }
    const std::optional<runtime::HttpResponse> response = listener->serve(request);
    if (!response) return {ProbeResult::Failure, prefix + "EOF", false};
    if (response->status >= 200 && response->status < 400) return {ProbeResult::Success, {}, false};
    return {ProbeResult::Failure, "HTTP probe failed with statuscode: " + std::to_string(response->status),
            false};
}

ProbeManager::Answer ProbeManager::tcp(const Probe& probe) const {
    if (probe.spec->grpc) {
        const std::string address =
            probe.pod->probed_address() + ":" + std::to_string(probe.spec->grpc->port);
        if (probe.pod->listener(probe.spec->grpc->port) != nullptr) {
            return {ProbeResult::Failure,
                    "error: this server does not implement the grpc health protocol "
                    "(grpc.health.v1.Health): unknown service grpc.health.v1.Health",
                    false};
        }
        return {ProbeResult::Failure,
                "timeout: failed to connect service \"" + address + "\" within " +
                    std::to_string(std::max(probe.spec->timeoutSeconds, 1)) + "s: context deadline exceeded",
                false};
    }
    const std::optional<std::int32_t> number = port(probe, probe.spec->tcpSocket->port);
    if (!number) {
        return {ProbeResult::Unknown,
                "strconv.Atoi: parsing \"" + probe.spec->tcpSocket->port.text + "\": invalid syntax", true};
    }
    const std::string host =
        probe.spec->tcpSocket->host.empty() ? probe.pod->probed_address() : probe.spec->tcpSocket->host.str();
    if (probe.pod->listener(*number) != nullptr) return {ProbeResult::Success, {}, false};
    return {ProbeResult::Failure,
            "dial tcp " + host + ":" + std::to_string(*number) + ": connect: connection refused", false};
}

}  // namespace kubetab::node
