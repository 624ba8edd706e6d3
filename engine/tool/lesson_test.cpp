// kubetab lesson test: proves lessons as the suite does.

#include <cstdio>

#include "engine/session/lesson_proof.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {

int test_lessons(const std::vector<std::string>& words) {
    if (words.empty() || words[0] != "test" || words.size() > 2) {
        std::fputs("kubetab: lesson test [ID]\n", stderr);
        return 2;
    }
    int proved = 0;
    int failed = 0;
    for (const std::string& id : session::course_lessons()) {
        if (words.size() == 2 && id != words[1]) continue;
        const std::vector<std::string> problems = session::prove_lesson(id);
        std::printf("%s %s\n", problems.empty() ? "ok  " : "FAIL", id.c_str());
        for (const std::string& problem : problems) std::printf("     %s\n", problem.c_str());
        ++(problems.empty() ? proved : failed);
    }
    std::printf("%d passed, %d failed\n", proved, failed);
    return failed == 0 && proved > 0 ? 0 : 1;
}

}  // namespace kubetab::tool
