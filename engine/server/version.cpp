#include "engine/server/version.h"

namespace kubetab::server {

base::Json version_document() {
    return {{"major", "1"},
            {"minor", "32"},
            {"gitVersion", kVersion},
            {"gitCommit", "simulated"},
            {"gitTreeState", "clean"},
            {"buildDate", "2026-02-26T00:00:00Z"},
            {"goVersion", "simulated"},
            {"compiler", "simulated"},
            {"platform", "linux/amd64"}};
}

}  // namespace kubetab::server
