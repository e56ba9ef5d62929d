#include <algorithm>

#include "core/accounts.h"
#include "core/codes.h"

namespace ostiary {
namespace {

constexpr std::size_t kMostRedemptions = 200;
constexpr Millis kSameMoment = kSecond;  // a redemption and what it grants share one transaction

std::string NameOf(Work& work, CodeId id) {
    const auto code = id == 0 ? std::nullopt : work.codes.Find(id);
    return code ? ShortName(*code) : std::string();
}

bool IsBroughtBy(const Redemption& redemption, const AircraftGrant& grant, Millis since) {
    return std::abs(redemption.redeemed_at - since) <= kSameMoment &&
           std::ranges::any_of(redemption.aircraft_roles, [&](const AircraftGrant& granted) {
               return granted.registration == grant.registration && granted.role == grant.role;
           });
}

}  // namespace

Result<OwnAccess> GetOwnAccess(Permit<Permission::kOwnAccount> permit, World& world) {
    const std::string& me = permit.holder().account_id;
    OwnAccess access;
    world.store.Read([&](Work& work) {
        const auto account = work.accounts.Find(me);
        if (!account) return;
        access.joined_with = NameOf(work, account->joined_with);
        const auto grants = work.accounts.AircraftRoles(me);
        const auto since = work.accounts.AircraftRolesSince(me);
        const auto redemptions = work.redemptions.ListOfAccount(me, kMostRedemptions);
        for (std::size_t i = 0; i < grants.size() && i < since.size(); ++i) {
            HeldRole& held = access.roles.emplace_back(HeldRole{grants[i], since[i], {}});
            for (const Redemption& redemption : redemptions)
                if (IsBroughtBy(redemption, grants[i], since[i]))
                    held.by_code = NameOf(work, redemption.code_id);
        }
    });
    return access;
}

}  // namespace ostiary
