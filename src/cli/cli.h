#pragma once

// The command line: the same verbs as the portals and the API, for whoever may run the program.
// Exit codes: 0 done, 1 refused (the reason on standard error), 2 wrong usage or an unusable
// configuration. A world that fails is left to main, which answers 70.

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/world.h"
#include "util/config.h"
#include "util/result.h"

namespace ostiary::cli {

inline constexpr int kDone = 0, kRefused = 1, kWrongUsage = 2, kWorldFailed = 70;

// A world that is open for as long as this lives.
class OpenedWorld {
public:
    virtual ~OpenedWorld() = default;
    virtual World& world() = 0;
};

enum class Demo { kNo, kYes };

struct Schema {
    std::vector<std::string> applied, pending;  // names of migrations, in order
};

enum class Verdict { kOk, kWarn, kFail };
struct Check {
    Verdict verdict;
    std::string subject, finding;
};

// What the command line needs and cannot make: app/ brings it, tests bring their own.
struct Outside {
    std::function<std::unique_ptr<OpenedWorld>(const Config&)> open;
    // Returns when told to stop; says on `out` where it is, and what the operator alone may know.
    std::function<void(const Config&, Demo, std::ostream& out)> serve;
    std::function<Schema(const Config&)> schema;                     // changes nothing
    std::function<std::vector<std::string>(const Config&)> migrate;  // says what it applied
    std::function<std::vector<Check>(const Config&)> examine;       // the database; changes nothing
    std::function<Result<std::string>(std::string_view)> describe;  // a table, as Markdown
    std::function<void(World&)> fetch_people = {};  // what is due or asked for (core/pulls.h)
    Environment environment;
};

struct Terminal {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

int Run(const std::vector<std::string>& arguments, const Outside&, Terminal);

}  // namespace ostiary::cli
