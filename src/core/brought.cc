#include "core/brought.h"

#include <algorithm>

#include "core/account_changes.h"
#include "core/accounts.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kMostAbove = 20, kUuidLength = 36;

bool IsSeen(const Account& account, std::string_view team) {
    return team.empty() || account.task_group == team;
}

}  // namespace

Result<BroughtPage> ListBrought(Permit<kUsersRead> permit, World& world, std::string_view by,
                                std::string_view cursor, std::size_t page_size) {
    if (!by.empty()) TRY(GetAccount(permit, world, by));
    if (!cursor.empty() && (cursor.size() != kUuidLength || !IsVisibleWord(cursor)))
        return InvalidFields({{"cursor", "cursor.invalid",
                               "Cursor must be one that an earlier page of this list gave"}});
    BroughtQuery query;
    query.by = by;
    query.after = cursor;
    query.page_size = page_size;
    query.task_group = TeamSeenBy(permit.holder(), world.config.catalogue);
    BroughtPage page;
    world.store.Read([&](Work& work) { page.people = work.accounts.ListBrought(query); });
    if (page.people.size() > page_size) {
        page.people.resize(page_size);
        page.next = page.people.back().account.id;
    }
    return page;
}

Result<BroughtPerson> GetBrought(Permit<kUsersRead> permit, World& world, std::string_view id) {
    const std::string team = TeamSeenBy(permit.holder(), world.config.catalogue);
    BroughtPerson found;
    found.person.account = TRY(GetAccount(permit, world, id))
    .account;
    world.store.Read([&](Work& work) {
        found.above.clear();
        found.person.brought = work.recalls.CountBrought(id, team);
        std::string up = found.person.account.brought_by_id;
        while (!up.empty() && found.above.size() < kMostAbove) {
            auto account = work.accounts.Find(up);
            if (!account || !IsSeen(*account, team)) break;
            up = account->brought_by_id;
            found.above.push_back(*std::move(account));
        }
    });
    std::ranges::reverse(found.above);
    return found;
}

}  // namespace ostiary
