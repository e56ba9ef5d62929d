// STYLE.md, as a test. It reads every file once; what it finds wrong it names with its place and
// with what to write instead.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ostiary {
namespace {

namespace fs = std::filesystem;

// ---- The rules ----

// Which room may look into which. core sees nobody's SQL, HTTP or HTML; adapters never see each
// other.
const std::map<std::string, std::set<std::string>> kRooms = {
    {"util", {}},
    {"core", {"util"}},
    {"store", {"util", "core"}},
    {"http", {"util", "core"}},
    {"pages", {"util", "core", "http"}},
    {"api", {"util", "core", "http"}},
    {"outbox", {"util", "core"}},
    {"cli", {"util", "core"}},
    {"app", {"util", "core", "store", "http", "pages", "api", "outbox", "cli"}},
};

struct Ban {
    std::string text;
    std::vector<std::string> except;  // files below src/ whose path begins so; tests are not bound
    std::string instead;
};

// They speak to a database about itself.
const std::vector<std::string> kDrivers = {
    "store/sqlite.cc",     "store/postgres.cc", "store/statement.h", "store/migrat",
    "store/raw_tables.cc",  // made of the declared tables
};

// clang-format off
const std::vector<Ban> kBans = {
    // Each library has one place; whoever needs it asks that place.
    {"sqlite3.h",           {"store/sqlite.cc"},                   "store/connection.h"},
    {"libpq-fe.h",          {"store/postgres.cc"},                 "store/connection.h"},
    {"boost/beast",         {"http/server"},                       "http/message.h"},
    {"boost/asio",          {"http/server"},                       "http/server.h"},
    {"ctemplate/",          {"pages/render.cc"},                   "pages/render.h"},
    {"qrcodegen",           {"util/qr_code.cc"},                   "util/qr_code.h"},
    {"cgicc/",              {"http/multipart.cc"},                 "Request::Form"},
    {"<csv.h>",             {"util/csv.cc"},                       "util/csv.h"},
    {"curl/curl.h",         {"outbox/http_client.cc", "outbox/smtp_client.cc"}, "outbox/http_client.h or outbox/smtp_client.h"},
    {"<prometheus/",         {"app/metrics"},                       "core/meter.h"},
    {"zlib.h",              {"http/"},                             "http/dispatch.h, which compresses"},
    {"CLI/",                {"cli/"},                              "cli"},
    {"toml++",              {"util/config"},                       "Config"},
    {"spdlog/",             {"util/log.cc"},                       "util/log.h"},
    {"sodium.h",            {"util/"},                             "util/vault.h, random.h or passwords.h"},
    {"zxcvbn.h",            {"util/passwords.cc"},                 "JudgePassword of util/passwords.h"},
    {"unicode/",            {"util/text", "util/log.cc"},          "Fold of util/text.h"},
    {"date/tz.h",           {"util/text", "util/calendar.cc"},     "FormatForPeople of util/text.h, or util/calendar.h"},
    {"\"sql.h\"",           {"store/"},                            "a method of core/store.h"},
    {"\"templates.h\"",     {"pages/"},                            "pages/render.h"},
    {"\"assets.h\"",        {"http/"},                             "http/assets.h"},
    {"<regex>",             {},                                    "string_view and a loop: std::regex overflows the stack"},
    {"<iostream>",          {"cli/", "app/main.cc"},               "util/log.h"},
    {"std::cout",           {"cli/", "app/main.cc"},               "a Response, or util/log.h"},
    {"std::cerr",           {"cli/", "app/main.cc"},               "util/log.h"},
    // Time, chance and settings come from the World.
    {"system_clock::now",   {"util/clock.cc"},                     "the Clock you were given"},
    {"time(nullptr)",       {"util/clock.cc"},                     "the Clock you were given"},
    {"random_device",       {},                                    "the Random you were given"},
    {"mt19937",             {},                                    "the Random you were given"},
    {"randombytes_",        {"util/random.cc"},                    "the Random you were given"},
    {"getenv",              {"util/config", "http/multipart.cc"},  "Config"},  // the second is what cgicc calls its questions
    {"** environ",          {"util/config"},                       "Config"},
    // Who may is asked of the table in core/permissions.h.
    {"actor.is_",           {"core/"},                             "actor.May(Permission::…)"},
    {"actor->is_",          {"core/"},                             "actor->May(Permission::…)"},
    {"holder().is_",        {"core/"},                             "another Permit, or a predicate in core/"},
    {"actor.role",          {"core/"},                             "actor.May(Permission::…)"},
    {"actor->role",         {"core/"},                             "actor->May(Permission::…)"},
    {"role == \"",          {"core/", "util/config"},              "Catalogue and Reach, or a permission"},
    // SQL stands in sql/, by name.
    {"\"SELECT ",           kDrivers,                              "a named statement in sql/"},
    {"\"INSERT ",           kDrivers,                              "a named statement in sql/"},
    {"\"UPDATE ",           kDrivers,                              "a named statement in sql/"},
    {"\"DELETE FROM",       kDrivers,                              "a named statement in sql/"},
    // Errors: a Result for people's mistakes, WorldFailure for the world's.
    {"throw WorldFailure",  {"store/", "http/", "util/", "outbox/", "app/", "cli/", "pages/render.cc"}, "a Result"},
    {"throw std::runtime",  {},                                    "a Result, or WorldFailure in an adapter"},
    // Words of the language that have a better one here.
    {"using namespace ",    {},                                    "the full name (std's literals are welcome)"},
    {"std::stoi",           {},                                    "ParseInt of util/text.h"},
    {"atoi(",               {},                                    "ParseInt of util/text.h"},
    {"localtime(",          {},                                    "FormatForPeople of util/text.h"},
    {"strtok(",             {},                                    "SplitList of util/text.h"},
};

// These are banned in comments too, and in tests.
const std::vector<Ban> kWordsOfTheUnfinished = {
    {"FIXME", {}, "the fix"},
    {"TODO",  {}, "the deed, or an issue"},
};

// A database's own clock, and columns by position, are not part of the common subset.
const std::vector<Ban> kSqlBans = {
    {"now()",             {}, "a parameter from the Clock"},
    {"current_timestamp", {}, "a parameter from the Clock"},
    {"select *",          {}, "the columns by name"},
};
// clang-format on

constexpr std::size_t kColumns = 100;
constexpr std::size_t kTableColumns =
    170;  // rows of a table between clang-format off and on; SQL; HTML
constexpr std::size_t kFileLines = 500;
constexpr std::size_t kFunctionLines = 70;

// ---- The reader ----

struct File {
    std::string path;  // from the root of the repository
    std::vector<std::string> lines;

    bool Is(std::string_view ending) const { return path.ends_with(ending); }
    bool In(std::string_view folder) const { return path.starts_with(folder); }
    std::string At(std::size_t line) const { return path + ":" + std::to_string(line + 1) + ": "; }
};

std::vector<File> ReadAll() {
    const fs::path root = OSTIARY_SOURCE_DIR;
    std::vector<File> files;
    const auto read = [&](const fs::path& path) {
        File file{fs::relative(path, root).generic_string(), {}};
        std::ifstream stream(path);
        for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
        files.push_back(std::move(file));
    };
    for (const char* folder : {"src", "tests", "bench", "sql", "templates", "docs"}) {
        if (!fs::exists(root / folder)) continue;
        auto entries = fs::recursive_directory_iterator(root / folder);
        for (const auto& entry : entries) {
            if (entry.path().filename() == "node_modules") entries.disable_recursion_pending();
            if (entry.is_regular_file()) read(entry.path());
        }
    }
    for (const char* name : {"README.md", "CONTRIBUTING.md", "STYLE.md", "CHANGELOG.md"})
        read(root / name);
    std::sort(files.begin(), files.end(), [](auto& a, auto& b) { return a.path < b.path; });
    return files;
}

const std::vector<File>& Files() {
    static const std::vector<File> files = ReadAll();
    return files;
}

bool IsCode(const File& file) { return file.Is(".h") || file.Is(".cc"); }

// The room of a file below src/: "core".
std::string RoomOf(const File& file) { return file.path.substr(4, file.path.find('/', 4) - 4); }

// A line as the bans read it.
std::string CodeOf(const std::string& line) {
    if (line.find("using namespace std::") != std::string::npos) return {};
    for (std::size_t at = line.find("//"); at != std::string::npos; at = line.find("//", at + 1))
        if (at == 0 || line[at - 1] == ' ') return line.substr(0, at);
    return line;
}

std::string Lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

// Letters, not bytes: "–" is one column.
std::size_t Columns(std::string_view line) {
    return static_cast<std::size_t>(
        std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// ---- The tests ----

TEST(Tidy, EveryRoomLooksOnlyWhereItMay) {
    const std::regex include("^#include \"([a-z_]+)/");
    for (const File& file : Files()) {
        if (!file.In("src/")) continue;
        const std::string room = RoomOf(file);
        ASSERT_TRUE(kRooms.contains(room)) << file.path << " is in no room";
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            std::smatch match;
            if (!std::regex_search(file.lines[i], match, include) || match[1] == room) continue;
            if (match[1] == "support" && file.Is("_test.cc")) continue;
            EXPECT_TRUE(kRooms.at(room).contains(match[1]))
                << file.At(i) << room << " must not see " << match[1]
                << "; say what you need in core/ and let app/ wire it";
        }
    }
}

void ExpectNone(const std::vector<Ban>& bans, const File& file,
                std::string (*prepare)(std::string)) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string line = prepare(file.lines[i]);
        for (const Ban& ban : bans) {
            if (line.find(ban.text) == std::string::npos) continue;
            const bool allowed = std::any_of(ban.except.begin(), ban.except.end(),
                                             [&](auto& place) { return file.In("src/" + place); });
            EXPECT_TRUE(allowed) << file.At(i) << "`" << ban.text << "` does not belong here; use "
                                 << ban.instead;
        }
    }
}

TEST(Tidy, WhatHasAPlaceStandsOnlyThere) {
    for (const File& file : Files()) {
        if (file.In("src/") && IsCode(file) && !file.Is("_test.cc"))
            ExpectNone(kBans, file, [](std::string line) { return CodeOf(line); });
        if (file.Is(".sql")) ExpectNone(kSqlBans, file, Lower);
    }
}

TEST(Tidy, NothingIsLeftForLater) {
    for (const File& file : Files())
        if (!file.Is("tidy_test.cc") && !file.Is("package-lock.json"))
            ExpectNone(kWordsOfTheUnfinished, file, [](std::string line) { return line; });
}

TEST(Tidy, NoLineIsTooLong) {
    for (const File& file : Files()) {
        const bool wide = file.Is(".sql") || file.Is(".html") || file.Is(".txt");
        if (!IsCode(file) && !wide) continue;
        bool table = false;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            if (file.lines[i].find("clang-format off") != std::string::npos) table = true;
            if (file.lines[i].find("clang-format on") != std::string::npos) table = false;
            EXPECT_LE(Columns(file.lines[i]), wide || table ? kTableColumns : kColumns)
                << file.At(i) << "long line; break it (clang-format -i " << file.path << ")";
        }
    }
}

TEST(Tidy, NoFileIsTooLong) {
    for (const File& file : Files()) {
        if (!IsCode(file) && !file.Is(".sql") && !file.Is(".html") && !file.Is(".mjs")) continue;
        EXPECT_LE(file.lines.size(), kFileLines)
            << file.path << " has grown; give a part of it its own file";
    }
}

// A function ends with a brace alone in its column (classes and tables end with "};"), and begins
// with the last line before it that starts in that column with a letter.
TEST(Tidy, NoFunctionIsTooLong) {
    for (const File& file : Files()) {
        if (!IsCode(file)) continue;
        for (const std::size_t indent : {0, 4}) {
            std::size_t begin = 0;
            for (std::size_t i = 0; i < file.lines.size(); ++i) {
                const std::string& line = file.lines[i];
                if (line.find_first_not_of(' ') != indent) continue;
                if (line.substr(indent) == "}") {
                    EXPECT_LE(i - begin, kFunctionLines)
                        << file.At(begin) << "long function; name its parts and call them";
                } else if (std::isalpha(static_cast<unsigned char>(line[indent]))) {
                    begin = i;
                }
            }
        }
    }
}

TEST(Tidy, EveryHeaderIsReadOnce) {
    for (const File& file : Files()) {
        if (!file.Is(".h")) continue;
        EXPECT_TRUE(!file.lines.empty() && file.lines[0] == "#pragma once")
            << file.path << " must begin with #pragma once";
    }
}

TEST(Tidy, EveryStatementHasOneName) {
    const std::regex mark("^-- (name|part): (.*)$");
    std::set<std::string> names;
    for (const File& file : Files()) {
        if (!file.In("sql/") || !file.Is(".sql") || file.In("sql/migrations/")) continue;
        bool named = false;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string& line = file.lines[i];
            std::smatch match;
            if (std::regex_match(line, match, mark)) {
                named = true;
                EXPECT_TRUE(match[1] == "part" || names.insert(match[2]).second)
                    << file.At(i) << "a second statement of that name; find another";
            } else if (!line.empty() && !line.starts_with("--")) {
                EXPECT_TRUE(named) << file.At(i) << "a statement without a name; write "
                                   << "`-- name: FindCode` above it";
            }
        }
    }
}

TEST(Tidy, TemplatesEscapeWhatTheyShow) {
    for (const File& file : Files()) {
        if (!file.In("templates/")) continue;
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            for (const char* way : {":none", ":raw", "{{{"})
                EXPECT_EQ(file.lines[i].find(way), std::string::npos)
                    << file.At(i) << way << " shows a value unescaped; give it the type SafeHtml";
    }
}

TEST(Tidy, EveryLinkInTheDocumentsLeadsSomewhere) {
    const fs::path root = OSTIARY_SOURCE_DIR;
    const std::regex link(R"(\]\(([^)#: ]+)(#[^)]*)?\))");
    for (const File& file : Files()) {
        if (!file.Is(".md")) continue;
        const fs::path folder = (root / file.path).parent_path();
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string& line = file.lines[i];
            for (std::sregex_iterator at(line.begin(), line.end(), link), end; at != end; ++at) {
                if ((*at)[1].str().starts_with("pictures/")) continue;  // ./dev pictures takes them
                EXPECT_TRUE(fs::exists(folder / (*at)[1].str()))
                    << file.At(i) << "there is no " << (*at)[1] << "; write it, or mend the link";
            }
        }
    }
}

}  // namespace
}  // namespace ostiary
