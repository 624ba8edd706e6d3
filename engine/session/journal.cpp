// Session: saving, restoring, undoing and branching, all by replaying the journal.

#include "engine/base/json.h"
#include "engine/session/session.h"

namespace kubetab::session {
namespace {

using base::Json;

constexpr int kFormat = 1;

Json entry_document(const JournalEntry& entry) {
    const Input& input = entry.input;
    Json document = {{"at", entry.when.ns}, {"events", entry.events_run}, {"kind", static_cast<int>(input.kind)}};
    if (!input.text.empty()) document["text"] = input.text;
    if (input.kind == Input::Kind::Key) {
        document["key"] = {static_cast<int>(input.key.code), static_cast<std::int64_t>(input.key.character),
                           input.key.control, input.key.alt, input.key.shift};
    }
    if (input.kind == Input::Kind::Resize) document["size"] = {input.columns, input.rows};
    return document;
}

base::Result<JournalEntry> entry_from(const Json& document, std::size_t index) {
    const base::Status bad =
        base::failure(base::Reason::BadRequest, "saved session: journal entry " + std::to_string(index) + " is damaged");
    JournalEntry entry;
    const std::int64_t kind = base::int_at(document, {"kind"}, -1);
    if (kind < 0 || kind > static_cast<int>(Input::Kind::Lesson)) return bad;
    entry.when = sim::Instant{base::int_at(document, {"at"})};
    entry.events_run = static_cast<std::uint64_t>(base::int_at(document, {"events"}));
    entry.input.kind = static_cast<Input::Kind>(kind);
    entry.input.text = base::text_at(document, {"text"});
    if (entry.input.kind == Input::Kind::Key) {
        const Json* key = base::find(document, "key");
        const bool shape = key != nullptr && key->is_array() && key->size() == 5 && (*key)[0].is_number_integer() &&
                           (*key)[1].is_number_integer() && (*key)[2].is_boolean() && (*key)[3].is_boolean() &&
                           (*key)[4].is_boolean();
        if (!shape || (*key)[0].get<int>() < 0 || (*key)[0].get<int>() > static_cast<int>(shell::KeyCode::Escape)) return bad;
        entry.input.key = {static_cast<shell::KeyCode>((*key)[0].get<int>()),
                           static_cast<char32_t>((*key)[1].get<std::uint32_t>()), (*key)[2].get<bool>(),
                           (*key)[3].get<bool>(), (*key)[4].get<bool>()};
    }
    if (entry.input.kind == Input::Kind::Resize) {
        const Json* size = base::find(document, "size");
        const bool shape = size != nullptr && size->is_array() && size->size() == 2 && (*size)[0].is_number_integer() &&
                           (*size)[1].is_number_integer();
        if (!shape) return bad;
        entry.input.columns = (*size)[0].get<int>();
        entry.input.rows = (*size)[1].get<int>();
    }
    return entry;
}

bool is_command(const Input& input) {
    const bool enter = input.kind == Input::Kind::Key && input.key.code == shell::KeyCode::Enter;
    return enter || input.kind == Input::Kind::Line || input.kind == Input::Kind::Paste;
}

}  // namespace

void Session::run_to(const JournalEntry& entry) {
    sim::Simulation& simulation = workstation_.cluster().simulation();
    // Everything before the entry's instant, as it ran then.
    if (entry.when.ns > 0) advance_to(entry.when - sim::nanoseconds(1));
    // Within the instant only as many events as had run.
    while (simulation.events_run() < entry.events_run && simulation.next_due() <= entry.when) {
        advance_to(simulation.next_due(), [&] { return simulation.events_run() >= entry.events_run; });
    }
    if (simulation.next_due() > entry.when) advance_to(entry.when);
}

std::unique_ptr<Session> Session::replay(const SessionSpec& spec, const std::vector<JournalEntry>& journal) {
    auto session = std::make_unique<Session>(spec);
    for (const JournalEntry& entry : journal) {
        session->run_to(entry);
        session->submit(entry.input);
    }
    return session;
}

std::string Session::save() const {
    Json journal = Json::array();
    for (const JournalEntry& entry : journal_) journal.push_back(entry_document(entry));
    const Json document = {{"format", kFormat},
                           {"seed", spec_.cluster.seed},
                           {"nodes", spec_.cluster.nodes},
                           {"systemPods", spec_.cluster.system_pods},
                           {"lesson", spec_.lesson},
                           {"now", now().ns},
                           {"journal", journal}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

base::Result<std::unique_ptr<Session>> Session::restore(std::string_view saved) {
    const Json document = TRY(base::parse_json(saved));
    if (base::int_at(document, {"format"}) != kFormat) {
        return base::failure(base::Reason::BadRequest, "saved session: it was made by another version of kubetab");
    }
    SessionSpec spec;
    const Json* seed = base::find(document, "seed");
    const std::int64_t nodes = base::int_at(document, {"nodes"}, -1);
    if (seed == nullptr || !seed->is_number_integer() || nodes < 0 || nodes > 5000) {
        return base::failure(base::Reason::BadRequest, "saved session: seed or nodes is damaged");
    }
    spec.cluster.seed = seed->get<std::uint64_t>();
    spec.cluster.nodes = static_cast<int>(nodes);
    const Json* system_pods = base::find(document, "systemPods");
    spec.cluster.system_pods = system_pods == nullptr || !system_pods->is_boolean() || system_pods->get<bool>();
    spec.lesson = base::text_at(document, {"lesson"});
    const Json* entries = base::find(document, "journal");
    if (entries == nullptr || !entries->is_array() || entries->size() > kJournalLimit) {
        return base::failure(base::Reason::BadRequest, "saved session: the journal is missing or too long");
    }
    std::vector<JournalEntry> journal;
    for (const Json& entry : *entries) journal.push_back(TRY(entry_from(entry, journal.size())));
    std::unique_ptr<Session> session = replay(spec, journal);
    session->advance_to(sim::Instant{base::int_at(document, {"now"}, session->now().ns)});
    return session;
}

std::unique_ptr<Session> Session::without_last_command() const {
    std::vector<JournalEntry> journal = journal_;
    while (!journal.empty() && !is_command(journal.back().input)) journal.pop_back();
    if (journal.empty()) return nullptr;
    journal.pop_back();
    // What was typed for it goes too.
    while (!journal.empty() && !is_command(journal.back().input) && journal.back().input.kind != Input::Kind::Resize &&
           journal.back().input.kind != Input::Kind::Lesson) {
        journal.pop_back();
    }
    return replay(spec_, journal);
}

std::unique_ptr<Session> Session::branch_at(sim::Instant when) const {
    std::vector<JournalEntry> journal;
    for (const JournalEntry& entry : journal_) {
        if (entry.when <= when) journal.push_back(entry);
    }
    std::unique_ptr<Session> session = replay(spec_, journal);
    session->advance_to(when);
    return session;
}

}  // namespace kubetab::session
