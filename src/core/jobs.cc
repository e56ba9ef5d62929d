#include "core/jobs.h"

#include "core/sessions.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kLeaseBytes = 12;

}  // namespace

std::string NewLease(Random& random) { return RandomToken(random, kLeaseBytes); }

Result<Actor> WhoeverAsked(World& world, std::string_view account_id, std::string_view name,
                           const Origin& origin) {
    if (account_id.empty() && Actor::IsConsole(name)) {
        Actor console = Actor::Console("");
        console.username = console.name = name;
        return console;
    }
    std::optional<Account> account;
    world.store.Read([&](Work& work) { account = work.accounts.Find(account_id); });
    if (!account || !account->IsActiveAt(world.clock.Now()))
        return Error{ErrorKind::kForbidden, "job.person", "Access denied",
                     "Whoever began this is no longer active"};
    return MakeActor(world.config.catalogue, *account, origin);
}

}  // namespace ostiary
