#pragma once

// A command is a row: its words, what it takes, and who does it. cli.cc makes the parser, the help
// and the call from these rows.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/cli.h"
#include "core/permissions.h"

namespace ostiary::cli {

enum class Takes { kOnce, kRequired, kMany, kSwitch };

struct Option {
    std::string name;   // "--max-uses", or "NAME" for one that stands by itself
    std::string value;  // "N": what the help calls its value; empty for switches
    std::string about;
    Takes takes = Takes::kOnce;
};

class Arguments {
public:
    void Add(const std::string& option, std::vector<std::string> values) {
        values_[option] = std::move(values);
    }
    bool Has(std::string_view option) const { return values_.contains(option); }
    std::optional<std::string> Find(std::string_view option) const;
    std::string Get(std::string_view option) const { return Find(option).value_or(""); }
    const std::vector<std::string>& All(std::string_view option) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// One command as it was given.
class Call {
public:
    Call(const Arguments&, const Config&, const Outside&, Terminal);

    const Arguments& given;
    const Config& config;
    const Outside& outside;
    Terminal terminal;
    const Actor actor;  // whoever runs the program, with every permission

    World& world();  // opened when first asked for
    bool AsJson() const { return given.Has("--json"); }
    void Say(std::string_view line);  // one line on standard output

private:
    std::unique_ptr<OpenedWorld> opened_;
};

enum class Prints { kWords, kData };  // data can be had with --json

struct Command {
    std::string noun, verb;  // "code", "create"; one word alone has no verb
    std::string about;
    std::vector<Option> options;
    Prints prints = Prints::kWords;
    std::string example = {};  // without "ostiary"
    Result<void> (*run)(Call&);
};

std::vector<Command> ServeCommands();
std::vector<Command> UserCommands();
std::vector<Command> AircraftCommands();
std::vector<Command> TokenCommands();
std::vector<Command> CodeCommands();
std::vector<Command> AuditCommands();
std::vector<Command> ExportCommands();
std::vector<Command> ImportCommands();
std::vector<Command> JobCommands();
std::vector<Command> RecallCommands();
std::vector<Command> PullCommands();
std::vector<Command> RequestCommands();
std::vector<Command> MigrationCommands();
std::vector<Command> DoctorCommands();

// The person typed something that cannot be meant: exit code 2.
Error WrongUsage(std::string sentence);

}  // namespace ostiary::cli
