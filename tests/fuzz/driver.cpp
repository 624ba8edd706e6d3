// kubetab_fuzz: runs the targets on a corpus, and on changed copies of it, without LLVM's libFuzzer.
//
// usage: kubetab_fuzz [--target NAME] [--mutations N] [--seconds S] [--seed N] CORPUS
// CORPUS holds a folder of inputs for each target. Every input is run as it is, and N times changed; with
// --seconds it goes on with other seeds until the time is over. Before an input is run it stands in
// kubetab_fuzz.input, where a broken one can be found.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/mutator.h"
#include "tests/fuzz/samples.h"
#include "tests/fuzz/targets.h"

namespace {

using namespace kubetab::fuzz;

struct Options {
    std::string target{};
    std::string corpus{};
    std::uint64_t mutations = 20;
    std::uint64_t seconds = 0;
    std::uint64_t seed = 1;
};

bool read_options(int count, char** words, Options& options) {
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (!word.starts_with("--")) {
            options.corpus = word;
            continue;
        }
        if (++i == count) return false;
        const std::string value = words[i];
        std::uint64_t* number = word == "--mutations" ? &options.mutations
                                : word == "--seconds" ? &options.seconds
                                : word == "--seed"    ? &options.seed
                                                      : nullptr;
        if (word == "--target") options.target = value;
        else if (number == nullptr) return false;
        else std::from_chars(value.data(), value.data() + value.size(), *number);
    }
    return !options.corpus.empty();
}

// In the order of their names. The targets that take objects also get one of every kind.
std::vector<std::string> inputs_of(const Options& options, std::string_view target) {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder = std::filesystem::path(options.corpus) / target;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());  // a total order: no folder has a name twice
    std::vector<std::string> inputs;
    for (const std::filesystem::path& file : files) {
        std::ifstream in(file, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    const bool objects = target == "json" || target == "object";
    const bool pairs = target == "patch" || target == "apply";
    for (const std::string& sample : sample_objects()) {
        if (objects) inputs.push_back(sample);
        if (pairs) inputs.push_back(sample + std::string(kBetween) + sample);
    }
    return inputs;
}

class Driver {
public:
    explicit Driver(const Options& options) : options_(options) {}

    int run() {
        std::uint64_t seed = options_.seed;
        for (const Target& target : targets()) run_corpus(target);
        do {
            for (const Target& target : targets()) run_mutations(target, seed);
            ++seed;
        } while (!over() && options_.seconds > 0);
        std::printf("kubetab_fuzz: %llu inputs, seeds %llu to %llu\n", static_cast<unsigned long long>(runs_),
                    static_cast<unsigned long long>(options_.seed),
                    static_cast<unsigned long long>(seed - 1));
        std::remove(kInput);
        return runs_ == 0 ? 1 : 0;
    }

private:
    static constexpr const char* kInput = "kubetab_fuzz.input";

    bool skips(const Target& target) const {
        return !options_.target.empty() && options_.target != target.name;
    }
    bool over() const {
        const auto passed = std::chrono::steady_clock::now() - begin_;
        return options_.seconds > 0 && passed >= std::chrono::seconds(options_.seconds);
    }

    void run_one(const Target& target, const std::string& input) {
        std::ofstream(kInput, std::ios::binary) << target.name << '\n' << input;
        target.run(input);
        ++runs_;
    }

    void run_corpus(const Target& target) {
        if (skips(target)) return;
        for (const std::string& input : inputs_of(options_, target.name)) run_one(target, input);
    }

    void run_mutations(const Target& target, std::uint64_t seed) {
        if (skips(target)) return;
        Mutator mutator(seed);
        const std::vector<std::string> inputs = inputs_of(options_, target.name);
        for (const std::string& input : inputs) {
            for (std::uint64_t i = 0; i < options_.mutations && !over(); ++i)
                run_one(target, mutator.mutated(input, inputs));
        }
    }

    Options options_;
    std::uint64_t runs_ = 0;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

int main(int count, char** words) {
    Options options;
    if (!read_options(count, words, options)) {
        std::fputs("usage: kubetab_fuzz [--target NAME] [--mutations N] [--seconds S] [--seed N] CORPUS\n",
                   stderr);
        return 2;
    }
    return Driver(options).run();
}
