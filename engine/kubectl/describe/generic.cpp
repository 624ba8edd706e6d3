#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {
namespace {

enum class Letter { Lower, Upper, Other };

Letter letter_of(char c) {
    if (c >= 'a' && c <= 'z') return Letter::Lower;
    if (c >= 'A' && c <= 'Z') return Letter::Upper;
    return Letter::Other;
}

// "creationTimestamp" → "creation", "Timestamp"; "listKind" → "list", "Kind".  upstream: fatih/camelcase
std::vector<std::string> camel_words(const std::string& text) {
    std::vector<std::string> words;
    for (const char c : text) {
        if (words.empty() || letter_of(words.back().back()) != letter_of(c)) words.emplace_back();
        words.back() += c;
    }
    // The last capital before a lower-case run belongs to that run.
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (letter_of(words[i].back()) != Letter::Upper || letter_of(words[i + 1].front()) != Letter::Lower)
            continue;
        words[i + 1].insert(0, 1, words[i].back());
        words[i].pop_back();
    }
    words.erase(std::remove(words.begin(), words.end(), std::string()), words.end());
    return words;
}

std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

// upstream: smartLabelFor
std::string label_for(const std::string& field) {
    const bool plain = std::all_of(field.begin(), field.end(),
                                   [](char c) { return letter_of(c) != Letter::Other || c == '-'; });
    if (!plain) return field;
    static constexpr std::string_view kAcronyms[] = {"API", "URL", "UID", "OSB", "GUID"};
    std::vector<std::string> parts;
    for (std::string word : camel_words(field)) {
        const std::string capitals = upper(word);
        if (std::find(std::begin(kAcronyms), std::end(kAcronyms), capitals) != std::end(kAcronyms))
            word = capitals;
        word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
        parts.push_back(word);
    }
    return join(parts, " ");
}

std::string shown(const Json& value) {
    return value.is_null() ? "<nil>" : text_of(&value);
}

void write_content(Writer& writer, int level, const Json& content, const std::string& path) {
    static constexpr std::string_view kSkipped[] = {".metadata.name", ".metadata.namespace",
                                                    ".metadata.labels", ".metadata.annotations",
                                                    ".metadata.managedFields"};
    for (const auto& [key, value] : content.items()) {
        const std::string here = path + "." + key;
        if (std::find(std::begin(kSkipped), std::end(kSkipped), here) != std::end(kSkipped)) continue;
        if (value.is_object()) {
            writer.write(level, fmt::format("{}:\n", label_for(key)));
            write_content(writer, level + 1, value, here);
        } else if (value.is_array()) {
            writer.write(level, fmt::format("{}:\n", label_for(key)));
            for (const Json& element : value) {
                if (element.is_object()) {
                    write_content(writer, level + 1, element, here);
                } else {
                    writer.write(level + 1, shown(element) + "\n");
                }
            }
        } else {
            writer.field(level, label_for(key), shown(value));
        }
    }
}

}  // namespace

// upstream: staging/src/k8s.io/kubectl/pkg/describe/describe.go genericDescriber
void describe_generic(const Subject& subject, Writer& writer) {
    writer.field(0, "Name", subject.name());
    writer.field(0, "Namespace", subject.namespace_name());
    write_labels_and_annotations(subject, writer);
    write_content(writer, 0, subject.object, "");
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
