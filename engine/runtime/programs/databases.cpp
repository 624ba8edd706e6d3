// mysqld, mariadbd, postgres, mongod: refuse to start without a password, take their time on an empty
// directory, then listen. FIXME: they speak no protocol; connecting works, asking does not.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/runtime/calendar.h"
#include "engine/runtime/container.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

struct Kind {
    std::string_view program;
    std::int32_t port;
    std::string_view data;  // directory
    sim::Duration first_start;
    sim::Duration later_start;
    std::int64_t memory_mib;
    std::array<std::string_view, 4> passwords;  // one of these variables is needed; "" ends the list
    std::string_view missing;                   // what it says without
};

constexpr std::string_view kMysqlMissing =
    "[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n"
    "    You need to specify one of the following as an environment variable:\n"
    "    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD\n";
constexpr std::string_view kMariaMissing =
    "[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n"
    "\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, "
    "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD\n";
constexpr std::string_view kPostgresMissing =
    "Error: Database is uninitialized and superuser password is not specified.\n"
    "       You must specify POSTGRES_PASSWORD to a non-empty value for the\n"
    "       superuser. For example, \"-e POSTGRES_PASSWORD=password\" on \"docker run\".\n";

// clang-format off
constexpr std::array kKinds = {
    Kind{"mysqld", 3306, "/var/lib/mysql", sim::seconds(12), sim::seconds(3), 380,
         {"MYSQL_ROOT_PASSWORD", "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD", ""},
         kMysqlMissing},
    Kind{"mariadbd", 3306, "/var/lib/mysql", sim::seconds(8), sim::seconds(2), 120,
         {"MARIADB_ROOT_PASSWORD", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "MARIADB_RANDOM_ROOT_PASSWORD",
          "MYSQL_ROOT_PASSWORD"}, kMariaMissing},
    Kind{"postgres", 5432, "/var/lib/postgresql/data", sim::seconds(3), sim::milliseconds(600), 35,
         {"POSTGRES_PASSWORD", "POSTGRES_HOST_AUTH_METHOD", "", ""}, kPostgresMissing},
    Kind{"mongod", 27017, "/data/db", sim::milliseconds(2500), sim::milliseconds(1500), 160,
         {"", "", "", ""}, ""},
};
// clang-format on

class Database final : public Program {
public:
    Database(const sim::Invocation& invocation, const Kind& kind) : Program(invocation), kind_(kind) {}

    bool listens_on(std::int32_t port) const override { return ready_ && port == kind_.port; }
    Usage usage(sim::Instant) const override { return {ready_ ? 8 : 600, kind_.memory_mib * 1024 * 1024}; }

protected:
    sim::Poll step(sim::Io& io) override {
        if (ready_) return forever();
        if (ready_at_.ns == 0) {
            sim::FileSystem& files = container().files();
            const std::string mark = std::string(kind_.data) + "/" + std::string(kind_.program) + ".ready";
            const bool first = !files.stat(mark).ok();
            if (first) make_directories(files, kind_.data);
            if (first) (void)files.write(mark, "");  // On a full volume the next start initialises again.
            ready_at_ = now() + (first ? kind_.first_start : kind_.later_start);
            io.out(starting(first));
        }
        if (now() < ready_at_) return sim::Poll::until(ready_at_);
        ready_ = true;
        io.out(started());
        return forever();
    }

private:
    static sim::Poll forever() { return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false}; }

    static void make_directories(sim::FileSystem& files, std::string_view path) {
        for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
            (void)files.make_directory(path.substr(0, slash));  // It may exist.
            if (slash == std::string_view::npos) return;
        }
    }
    std::string starting(bool first) const {
        const std::string& version = container().config().image->version;
        const std::string time = dash_time(now());
        if (kind_.program == "postgres") {
            return first ? "The files belonging to this database system will be owned by user \"postgres\".\n"
                           "initdb: warning: enabling \"trust\" authentication for local connections\n"
                         : "\nPostgreSQL Database directory appears to contain a database; Skipping "
                           "initialization\n\n";
        }
        if (kind_.program == "mongod")
            return "{\"msg\":\"Build Info\",\"attr\":{\"version\":\"" + version + "\"}}\n";
        std::string text = time + "+00:00 [Note] [Entrypoint]: Entrypoint script for MySQL Server " +
                           version + " started.\n";
        if (first) text += time + "+00:00 [Note] [Entrypoint]: Initializing database files\n";
        return text;
    }
    std::string started() const {
        const std::string& version = container().config().image->version;
        const std::string time = dash_time(now());
        if (kind_.program == "postgres")
            return time + " UTC [1] LOG:  database system is ready to accept connections\n";
        if (kind_.program == "mongod") {
            return version < "4.4"
                       ? "[initandlisten] waiting for connections on port 27017\n"
                       : "{\"msg\":\"Waiting for connections\",\"attr\":{\"port\":27017,\"ssl\":\"off\"}}\n";
        }
        return fmt::format(
            "{} 0 [System] [MY-010931] [Server] /usr/sbin/{}: ready for connections. Version: '{}'  "
            "socket: '/var/run/mysqld/mysqld.sock'  port: 3306\n",
            format_nanoseconds(now()), kind_.program, version);
    }

    const Kind& kind_;
    sim::Instant ready_at_{};
    bool ready_ = false;
};

}  // namespace

std::unique_ptr<sim::Process> start_database(const sim::Invocation& invocation) {
    const auto* kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& candidate) {
        return candidate.program == invocation.words.front();
    });
    ENSURE(kind != kKinds.end());
    bool allowed = kind->missing.empty();
    for (const std::string_view name : kind->passwords) {
        if (!name.empty() && !variable(invocation, std::string(name)).empty()) allowed = true;
    }
    if (!allowed) return print_and_end(invocation, Stream::Error, std::string(kind->missing), 1);
    return std::make_unique<Database>(invocation, *kind);
}

}  // namespace kubetab::runtime
