// ostiary token …

#include "core/tokens.h"

#include <fmt/format.h>

#include <ostream>

#include "cli/command.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

Result<void> Create(Call& call) {
    const auto permit = TRY(call.actor.Ask<kTokensWrite>());
    std::vector<std::string> scopes;
    for (const std::string& some : call.given.All("--scopes"))
        for (std::string& scope : SplitList(some, ',')) scopes.push_back(std::move(scope));
    const FreshToken fresh =
        TRY(CreateTokenFor(permit, call.world(), call.given.Get("--user"),
                           call.given.Get("--label"), scopes, call.given.Get("--days")));
    if (call.AsJson()) {
        call.Say(FreshTokenJson(fresh));
        return {};
    }
    // The token alone on standard output, so that it can be piped where it belongs.
    call.Say(fresh.token);
    call.terminal.err << fmt::format(
        "It is shown this once and carries {}; it {}.\n", Join(fresh.row.scopes, ", "),
        fresh.row.expires_at ? "ends " + FormatRfc3339(*fresh.row.expires_at) : "never ends");
    return {};
}

std::string ScopesSentence() {
    const auto all = AllScopes();
    return "What it may do: " + Join({all.begin(), all.end()}, ",");
}

}  // namespace

std::vector<Command> TokenCommands() {
    return {{.noun = "token",
             .verb = "create",
             .about = "Make an API token for an account, and print it once",
             .options = {{"--user", "NAME", "Whose token", Takes::kRequired},
                         {"--scopes", "LIST", ScopesSentence(), Takes::kMany},
                         {"--days", "N", "Days until it ends; never unless given"},
                         {"--label", "TEXT", "What it is for"}},
             .prints = Prints::kData,
             .example = "token create --user ada --scopes codes:read,codes:write --days 90",
             .run = Create}};
}

}  // namespace ostiary::cli
