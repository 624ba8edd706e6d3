// ScenarioNames: stands in for what chance chose, so that a transcript outlives a change of the seed or of
// the engine.
//
// The suffix of a generated name reads as 00001, 00002, … and a pod template's hash as AAAA…, BBBB…, in the
// order in which they are first printed and as long as the real ones, so that columns stay as they are.
// Neither can occur in a real suffix: its alphabet has no 0, no 1 and no vowels. Commands use the same
// stand-ins.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/store/store.h"

namespace kubetab::tool {

class ScenarioNames {
public:
    // Looks for new names among the writes since the last call.
    void learn(const store::Store& store);
    // What was printed, with stand-ins for the names that were learned.
    std::string hide(std::string_view output);
    // A command, with the real names for stand-ins that were printed before.
    std::string reveal(std::string_view command) const;

private:
    enum class Sort { Suffix, Hash };

    void learn_from(const store::Write& write);

    store::Revision seen_ = 0;
    std::map<std::string, Sort, std::less<>> known_{};
    std::map<std::string, std::string, std::less<>> stand_ins_{};  // by real name
    std::map<std::string, std::string, std::less<>> real_{};       // by stand-in
    int suffixes_ = 0;
    int hashes_ = 0;
};

}  // namespace kubetab::tool
