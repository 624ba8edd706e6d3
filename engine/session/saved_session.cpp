#include "engine/session/saved_session.h"

#include <utility>

#include "engine/base/json.h"
#include "engine/base/large_json.h"

namespace kubetab::session {
namespace {

using base::Json;
using base::Result;

constexpr int kFormat = 1;
constexpr int kMostNodes = 1000;
constexpr int kLargestScreen = 2000;
constexpr std::int64_t kLastCharacter = 0x10FFFF;
// The journal of a long session with large pastes; far above what a document for the API server may be.
constexpr std::size_t kMaxBytes = std::size_t{64} * 1024 * 1024;

base::Status damaged(const std::string& where, const std::string& what) {
    return base::failure(base::Reason::BadRequest, "saved session: " + where + ": " + what);
}

Result<std::int64_t> whole_number(const Json& document, const std::string& where, std::int64_t least,
                                  std::int64_t most) {
    const bool good = document.is_number_integer() && document >= least && document <= most;
    if (good) return document.get<std::int64_t>();
    return damaged(
        where, "must be a whole number between " + std::to_string(least) + " and " + std::to_string(most));
}

Result<std::int64_t> whole_number(const Json& document, const std::string& where, const std::string& key,
                                  std::int64_t least, std::int64_t most) {
    const Json* value = base::find(document, key);
    const std::string place = where.empty() ? key : where + "." + key;
    if (value == nullptr) return damaged(place, "is missing");
    return whole_number(*value, place, least, most);
}

Json entry_document(const JournalEntry& entry) {
    const Input& input = entry.input;
    Json document = {
        {"at", entry.when.ns}, {"events", entry.events_run}, {"kind", static_cast<int>(input.kind)}};
    if (!input.text.empty()) document["text"] = input.text;
    if (input.kind == Input::Kind::Key) {
        document["key"] = {static_cast<int>(input.key.code), static_cast<std::int64_t>(input.key.character),
                           input.key.control, input.key.alt, input.key.shift};
    }
    if (input.kind == Input::Kind::Resize) document["size"] = {input.columns, input.rows};
    return document;
}

Result<shell::Key> key_from(const Json* list, const std::string& where) {
    const bool shape = list != nullptr && list->is_array() && list->size() == 5 && (*list)[2].is_boolean() &&
                       (*list)[3].is_boolean() && (*list)[4].is_boolean();
    if (!shape) return damaged(where, "must be two numbers and three truths");
    const std::int64_t code =
        TRY(whole_number((*list)[0], where + "[0]", 0, static_cast<int>(shell::KeyCode::Escape)));
    const std::int64_t character = TRY(whole_number((*list)[1], where + "[1]", 0, kLastCharacter));
    return shell::Key{static_cast<shell::KeyCode>(code), static_cast<char32_t>(character),
                      (*list)[2].get<bool>(), (*list)[3].get<bool>(), (*list)[4].get<bool>()};
}

// Entries are in the order of time.
Result<JournalEntry> entry_from(const Json& document, const std::string& where, sim::Instant earliest,
                                sim::Instant latest) {
    JournalEntry entry;
    Input& input = entry.input;
    entry.when = sim::Instant{TRY(whole_number(document, where, "at", earliest.ns, latest.ns))};
    entry.events_run = static_cast<std::uint64_t>(TRY(whole_number(document, where, "events", 0, INT64_MAX)));
    input.kind = static_cast<Input::Kind>(
        TRY(whole_number(document, where, "kind", 0, static_cast<int>(Input::Kind::Lesson))));
    if (const Json* text = base::find(document, "text")) {
        if (!text->is_string()) return damaged(where + ".text", "must be text");
        input.text = text->get<std::string>();
    }
    if (input.kind == Input::Kind::Key)
        input.key = TRY(key_from(base::find(document, "key"), where + ".key"));
    if (input.kind == Input::Kind::Resize) {
        const Json* size = base::find(document, "size");
        const bool shape = size != nullptr && size->is_array() && size->size() == 2;
        if (!shape) return damaged(where + ".size", "must be two numbers");
        input.columns =
            static_cast<int>(TRY(whole_number((*size)[0], where + ".size[0]", 1, kLargestScreen)));
        input.rows = static_cast<int>(TRY(whole_number((*size)[1], where + ".size[1]", 1, kLargestScreen)));
    }
    return entry;
}

Result<SessionSpec> spec_from(const Json& document) {
    SessionSpec spec;
    const Json* seed = base::find(document, "seed");
    if (seed == nullptr || !seed->is_number_integer()) return damaged("seed", "must be a whole number");
    spec.cluster.seed = seed->get<std::uint64_t>();
    spec.cluster.nodes = static_cast<int>(TRY(whole_number(document, "", "nodes", 0, kMostNodes)));
    const Json* system_pods = base::find(document, "systemPods");
    if (system_pods == nullptr || !system_pods->is_boolean())
        return damaged("systemPods", "must be true or false");
    spec.cluster.system_pods = system_pods->get<bool>();
    if (base::find(document, "apis") != nullptr) {
        const Result<api::ServedApis> apis = api::read_apis(base::text_at(document, {"apis"}));
        if (!apis.ok()) return damaged("apis", apis.error().message);
        spec.cluster.apis = *apis;
    }
    if (base::find(document, "cloud") != nullptr) {
        const Result<api::CloudChoice> cloud = api::read_cloud(base::text_at(document, {"cloud"}));
        if (!cloud.ok()) return damaged("cloud", cloud.error().message);
        spec.cluster.cloud = *cloud;
    }
    const Json* lesson = base::find(document, "lesson");
    if (lesson == nullptr || !lesson->is_string()) return damaged("lesson", "must be text");
    spec.lesson = lesson->get<std::string>();
    if (!spec.lesson.empty() && !lessons::find_lesson(spec.lesson)) {
        return damaged("lesson", "there is no lesson \"" + spec.lesson + "\"");
    }
    return spec;
}

}  // namespace

std::string write_saved_session(const SavedSession& session) {
    Json journal = Json::array();
    for (const JournalEntry& entry : session.journal) journal.push_back(entry_document(entry));
    const cluster::ClusterSpec& cluster = session.spec.cluster;
    Json document = {{"format", kFormat},
                     {"seed", cluster.seed},
                     {"nodes", cluster.nodes},
                     {"systemPods", cluster.system_pods},
                     {"lesson", session.spec.lesson},
                     {"now", session.now.ns},
                     {"journal", journal}};
    if (cluster.apis == api::ServedApis::Of2017) document["apis"] = "2017";
    if (cluster.cloud.present) document["cloud"] = api::cloud_word(cluster.cloud);
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<SavedSession> read_saved_session(std::string_view text) {
    const Result<Json> parsed = base::parse_large_json(text, kMaxBytes);
    if (!parsed.ok())
        return base::failure(base::Reason::BadRequest, "saved session: " + parsed.error().message);
    const Json& document = *parsed;
    if (base::int_at(document, {"format"}) != kFormat) {
        return base::failure(base::Reason::BadRequest,
                             "saved session: it was made by another version of kubetab");
    }
    SavedSession session;
    session.spec = TRY(spec_from(document));
    const Json* entries = base::find(document, "journal");
    if (entries == nullptr || !entries->is_array()) return damaged("journal", "must be a list");
    if (entries->size() > Session::kJournalLimit) return damaged("journal", "is too long");
    sim::Instant earliest = session.spec.cluster.start;
    const sim::Instant latest = earliest + kLongestSession;
    for (const Json& entry : *entries) {
        const std::string where = "journal[" + std::to_string(session.journal.size()) + "]";
        session.journal.push_back(TRY(entry_from(entry, where, earliest, latest)));
        earliest = session.journal.back().when;
    }
    session.now = sim::Instant{TRY(whole_number(document, "", "now", earliest.ns, latest.ns))};
    return session;
}

}  // namespace kubetab::session
