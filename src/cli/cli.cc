#include "cli/cli.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "cli/command.h"
#include "cli/settings.h"
#include "util/version.h"

namespace ostiary::cli {

std::optional<std::string> Arguments::Find(std::string_view option) const {
    const auto found = values_.find(option);
    if (found == values_.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
}

const std::vector<std::string>& Arguments::All(std::string_view option) const {
    static const std::vector<std::string> none;
    const auto found = values_.find(option);
    return found == values_.end() ? none : found->second;
}

namespace {

std::string SystemUser() {
    const struct passwd* const user = getpwuid(getuid());
    return user == nullptr ? std::to_string(getuid()) : user->pw_name;
}

}  // namespace

Call::Call(const Arguments& arguments, const Config& settings, const Outside& bringer,
           Terminal ends)
    : given(arguments),
      config(settings),
      outside(bringer),
      terminal(ends),
      actor(Actor::Console(SystemUser())) {}

World& Call::world() {
    if (!opened_) opened_ = outside.open(config);
    return opened_->world();
}

void Call::Say(std::string_view line) { terminal.out << line << '\n'; }

Error WrongUsage(std::string sentence) {
    return {ErrorKind::kInvalid, "usage.wrong", "Wrong usage", std::move(sentence)};
}

namespace {

Result<void> Describe(Call& call) {
    call.terminal.out << TRY(call.outside.describe(call.given.Get("TABLE")));
    return {};
}

std::vector<Command> AllCommands() {
    std::vector<Command> all;
    for (auto& some :
         {ServeCommands(), CodeCommands(), UserCommands(), AircraftCommands(), TokenCommands(),
          AuditCommands(), ExportCommands(), ImportCommands(), JobCommands(), RecallCommands(),
          PullCommands(), RequestCommands(), MigrationCommands(), DoctorCommands()})
        all.insert(all.end(), some.begin(), some.end());
    all.push_back({.noun = "docs",
                   .verb = "",
                   .about = "Print a table of the program as Markdown",
                   .options = {{"TABLE", "TABLE", "routes, permissions, configuration or events",
                                Takes::kRequired}},
                   .run = Describe});
    return all;
}

std::string_view AboutNoun(std::string_view noun) {
    if (noun == "code") return "Invitation codes";
    if (noun == "user") return "Accounts";
    if (noun == "aircraft") return "What access is granted to";
    if (noun == "token") return "API tokens";
    if (noun == "pull") return "People from a system of people";
    if (noun == "request") return "People who ask for an invitation";
    if (noun == "audit") return "What happened, and the proof of it";
    if (noun == "export") return "Whole lists as files";
    return "";
}

// The parser of one command, and where its options ended up.
struct Parsed {
    const Command* command;
    const CLI::App* parser;
    std::vector<const CLI::Option*> options;
};

CLI::Option* AddOption(CLI::App& parser, const Option& option) {
    if (option.takes == Takes::kSwitch) return parser.add_flag(option.name, option.about);
    CLI::Option* added = parser.add_option(option.name, CLI::callback_t{}, option.about);
    added->type_name(option.name.starts_with('-') ? option.value : "");
    if (option.takes == Takes::kRequired) added->required();
    if (option.takes == Takes::kMany)
        added->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(false);
    return added;
}

std::string Footer(const Command& command) {
    std::string footer = "Also: --config FILE, --data DIR, --database URL, --base-url URL";
    if (!command.example.empty()) footer += "\nExample: ostiary " + command.example;
    return footer;
}

// The parser that holds a noun's verbs.
CLI::App* NounParser(CLI::App& root, const std::string& noun) {
    const auto known =
        root.get_subcommands([&](const CLI::App* app) { return app->get_name() == noun; });
    if (!known.empty()) return known.front();
    CLI::App* added = root.add_subcommand(noun, std::string(AboutNoun(noun)));
    return added->require_subcommand(1)->fallthrough();
}

Parsed AddCommand(CLI::App& root, const Command& command) {
    CLI::App* parent = command.verb.empty() ? &root : NounParser(root, command.noun);
    const std::string& name = command.verb.empty() ? command.noun : command.verb;
    CLI::App* parser = parent->add_subcommand(name, command.about)->fallthrough();
    parser->footer(Footer(command));
    if (command.noun == "docs") parser->group("");
    Parsed parsed{&command, parser, {}};
    for (const Option& option : command.options)
        parsed.options.push_back(AddOption(*parser, option));
    if (command.prints == Prints::kData)
        parsed.options.push_back(AddOption(
            *parser, {"--json", "", "Print JSON, in the shapes of the API", Takes::kSwitch}));
    return parsed;
}

void Collect(Arguments& given, const CLI::Option& option) {
    if (option.count() > 0) given.Add(option.get_name(), option.results());
}

int ExitCodeOf(const Error& error) {
    if (error.reason == "usage.wrong" || error.reason == "config.unusable") return kWrongUsage;
    switch (error.kind) {
        case ErrorKind::kInvalid:
        case ErrorKind::kSignedOut:
        case ErrorKind::kForbidden:
        case ErrorKind::kNotFound:
        case ErrorKind::kConflict:
        case ErrorKind::kStale:
        case ErrorKind::kTooLarge:
        case ErrorKind::kMediaType:
        case ErrorKind::kReused:
        case ErrorKind::kTooMany: return kRefused;
        case ErrorKind::kUnavailable: return kWorldFailed;
    }
    std::abort();
}

int Refuse(const Error& error, Terminal terminal) {
    terminal.err << "ostiary: " << (error.title.empty() ? error.reason : error.title);
    if (error.fields.size() > 1) {
        for (const FieldError& field : error.fields) terminal.err << "\n  " << field.message;
    } else if (!error.details.empty()) {
        terminal.err << ": " << error.details;
    }
    terminal.err << '\n';
    return ExitCodeOf(error);
}

// Help where it was asked for, or where no whole command was typed; else what is wrong.
int Correct(const CLI::App& root, const std::vector<Parsed>& parsers, const CLI::ParseError& error,
            Terminal terminal) {
    const bool has_command = std::any_of(parsers.begin(), parsers.end(), [](const Parsed& parsed) {
        return parsed.parser->parsed();
    });
    if (!has_command && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        terminal.err << root.help();
        return kWrongUsage;
    }
    return root.exit(error, terminal.out, terminal.err) == 0 ? kDone : kWrongUsage;
}

int RunCommand(const Command& command, const Arguments& given, const Outside& outside,
               Terminal terminal) {
    const auto config = SettingsOf(given, outside.environment);
    if (!config.ok()) return Refuse(config.error(), terminal);
    Call call(given, config.value(), outside, terminal);
    const auto done = command.run(call);
    terminal.out.flush();
    if (!done.ok()) return Refuse(done.error(), terminal);
    if (terminal.out) return kDone;
    terminal.err << "ostiary: the output could not be written\n";
    return kWorldFailed;
}

}  // namespace

int Run(const std::vector<std::string>& arguments, const Outside& outside, Terminal terminal) {
    CLI::App root(
        "Ostiary, a self-hosted doorkeeper: invitation codes, and the accounts they make.",
        "ostiary");
    root.set_version_flag("--version", fmt::format("ostiary {}", kVersion), "Print the version");
    root.require_subcommand(1);
    root.footer(
        "Start with: ostiary serve --demo\nHelp on one command: ostiary code create --help");
    std::vector<const CLI::Option*> settings;
    settings.reserve(SettingOptions().size());
    for (const Option& option : SettingOptions()) settings.push_back(AddOption(root, option));

    const std::vector<Command> commands = AllCommands();
    std::vector<Parsed> parsers;
    parsers.reserve(commands.size());
    for (const Command& command : commands) parsers.push_back(AddCommand(root, command));
    try {
        // It takes them from the end.
        root.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::ParseError& error) {
        return Correct(root, parsers, error, terminal);
    }
    for (const Parsed& parsed : parsers) {
        if (!parsed.parser->parsed()) continue;
        Arguments given;
        for (const CLI::Option* option : settings) Collect(given, *option);
        for (const CLI::Option* option : parsed.options) Collect(given, *option);
        return RunCommand(*parsed.command, given, outside, terminal);
    }
    return kWrongUsage;
}

}  // namespace ostiary::cli
