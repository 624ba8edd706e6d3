#include "engine/api/validation/difference.h"

#include <utility>

#include "engine/api/codec.h"

namespace kubetab::api {

std::string field_differences(const Type& type, const void* now, const void* old) {
    std::string text = "\n";
    for (const Field& field : type.fields()) {
        if (equal(field.type(), field.in(now), field.in(old))) continue;
        for (const auto& [sign, object] : {std::pair{"- ", old}, std::pair{"+ ", now}}) {
            text += sign + std::string("\t") + std::string(field.name) + ": ";
            write_json(text, field.type(), field.in(object));
            text += "\n";
        }
    }
    return text;
}

}  // namespace kubetab::api
