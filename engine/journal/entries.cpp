#include "engine/journal/entries.h"

#include <limits>

#include "engine/api/codec.h"
#include "engine/api/kinds.h"
#include "engine/base/json.h"
#include "engine/base/large_json.h"

namespace kubetab::journal {

using base::Json;
using base::Result;

namespace {

constexpr int kFormat = 1;
constexpr std::string_view kTypes[] = {"added", "modified", "deleted"};

base::Status wrong(const std::string& what) {
    return base::failure(base::Reason::InternalError, what);
}

Result<Json> parse(std::string_view text) {
    return base::parse_large_json(text, std::numeric_limits<std::uint32_t>::max());
}

std::string line_of(const Json& head) {
    return head.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

struct Entry {
    Json head{};
    const api::Kind* kind = nullptr;
    std::shared_ptr<api::Object> object{};
};

// `size` entries in the head, of which the first two name the kind.
Result<Entry> read_entry(std::string_view payload, std::size_t size, const api::CustomKinds& custom) {
    Entry entry;
    const std::size_t end = payload.find('\n');
    if (end == std::string_view::npos) return wrong("it has no head");
    entry.head = TRY(parse(payload.substr(0, end)));
    const Json& head = entry.head;
    if (!head.is_array() || head.size() != size || !head[0].is_string() || !head[1].is_string())
        return wrong("its head is malformed");
    const std::string version = head[0].get<std::string>();
    const std::size_t slash = version.find('/');
    const bool core = slash == std::string::npos;
    const std::string group = core ? "" : version.substr(0, slash);
    const std::string kind = head[1].get<std::string>();
    entry.kind = api::find_kind(group, core ? version : version.substr(slash + 1), kind);
    if (entry.kind == nullptr) entry.kind = custom.find_stored(group, kind);
    if (entry.kind == nullptr) return wrong("this kubetab knows no kind " + kind + " of " + version);
    Json document = TRY(parse(payload.substr(end + 1)));
    // Custom resources may have been written when another version was stored, and by another schema.
    if (entry.kind->custom != nullptr) document["apiVersion"] = entry.kind->api_version();
    api::StrictIssues issues;
    entry.object = TRY(api::decode_object(*entry.kind, document, issues));
    if (!issues.empty() && entry.kind->custom == nullptr) return wrong("its object has an " + issues.front());
    return entry;
}

void follow(const api::Kind& kind, const api::Object& object, api::CustomKinds& custom) {
    if (&kind == &api::kind_of<api::CustomResourceDefinition>())
        custom.follow(static_cast<const api::CustomResourceDefinition&>(object));
}

}  // namespace

std::string header_payload(const Header& header) {
    return line_of({{"format", kFormat},
                    {"revision", header.revision},
                    {"now", header.now.ns},
                    {"facts", header.facts}});
}

Result<Header> read_header(std::string_view payload) {
    const Json document = TRY(parse(payload));
    if (base::int_at(document, {"format"}) != kFormat)
        return wrong("it was written by another version of kubetab");
    Header header;
    header.revision = base::int_at(document, {"revision"});
    header.now = {base::int_at(document, {"now"})};
    const Json* facts = base::find(document, "facts");
    if (facts == nullptr || !facts->is_object()) return wrong("its facts are missing");
    for (const auto& [name, value] : facts->items()) {
        if (value.is_string()) header.facts[name] = value.get<std::string>();
    }
    return header;
}

std::string object_payload(const api::Kind& kind, const api::Object& object) {
    return line_of({kind.api_version(), kind.kind}) + api::encode(kind, object);
}

Result<void> load_object(std::string_view payload, store::Store& store, api::CustomKinds& custom) {
    Entry entry = TRY(read_entry(payload, 2, custom));
    follow(*entry.kind, *entry.object, custom);
    store.load(*entry.kind, std::move(entry.object));
    return {};
}

std::string write_payload(const store::Write& write) {
    return line_of({write.kind->api_version(), write.kind->kind, kTypes[static_cast<std::size_t>(write.type)],
                    write.revision, write.when.ns, write.cause.actor.str(), write.cause.revision,
                    write.cause.reason.str()}) +
           api::encode(*write.kind, *write.object);
}

Result<void> repeat_write(std::string_view payload, store::Store& store, api::CustomKinds& custom,
                          sim::Instant& now) {
    Entry entry = TRY(read_entry(payload, 8, custom));
    const Json& head = entry.head;
    for (const unsigned number : {3U, 4U, 6U}) {
        if (!head[number].is_number_integer()) return wrong("its head is malformed");
    }
    const auto revision = head[3].get<store::Revision>();
    if (revision != store.revision() + 1) {
        return wrong("it is revision " + std::to_string(revision) + ", and " +
                     std::to_string(store.revision() + 1) + " is next");
    }
    now = {head[4].get<std::int64_t>()};
    api::Cause cause{head[5].get<std::string>(), head[6].get<std::int64_t>(), head[7].get<std::string>()};
    const api::ObjectKey key = api::ObjectKey::of(entry.object->metadata);
    const bool exists = store.get(*entry.kind, key) != nullptr;
    if (exists == (head[2] == kTypes[0])) return wrong("it does not fit the objects that there are");
    // What has been removed may be followed as well: its kinds stay known, and nothing is stored under them.
    follow(*entry.kind, *entry.object, custom);
    if (head[2] == kTypes[0]) store.create(*entry.kind, std::move(entry.object), std::move(cause), now);
    else if (head[2] == kTypes[1]) store.update(*entry.kind, std::move(entry.object), std::move(cause), now);
    else store.remove(*entry.kind, std::move(entry.object), std::move(cause), now);
    return {};
}

}  // namespace kubetab::journal
