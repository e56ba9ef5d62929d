#pragma once

// Somebody leaves, and what becomes of the codes they made that people may yet join with: kept,
// which makes them wait for approval where their maker vouched for them; revoked, as a recall that
// can be undone; or handed over to somebody who then stands behind them (CODE-11).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes_bulk.h"

namespace ostiary {

enum class LeftCodes : std::uint8_t { kKeep, kRevoke, kHandOver };
std::optional<LeftCodes> FindLeftCodes(std::string_view name);  // "keep", "revoke", "hand-over"

struct Departure {
    LeftCodes codes = LeftCodes::kKeep;
    std::string heir;  // of what is handed over: a username or the id of an account
};

// Of these accounts: codes that are neither switched off, rejected, expired, used up nor deleted;
// counted up to kMostCodesChosen.
Result<std::int64_t> CountLeftCodes(Permit<Permission::kUsersWrite>, World&, std::string_view id);

// Codes of one person become another's, each with an event of its own. What the heir may not grant
// waits for approval; where nothing is approved it stays whose it was, and is named. Field errors
// of hand_over_to: account.unknown, heir.same, heir.inactive, heir.may_not.
struct HandedOver {
    std::string heir;  // username
    std::size_t codes = 0, waiting = 0;
    std::vector<SparedCode> spared;
};
Result<HandedOver> HandOverCodes(Permit<Permission::kUsersWrite>, World&, std::string_view id,
                                 std::string_view heir);

// Deactivates the account, and does that to its codes. Whatever is wrong is said before anything is
// done. Revoking asks for kCodesWrite, too.
struct Departed {
    Account account;
    std::optional<HandedOver> handed_over;
    std::string recall_id;  // of what was revoked
};
Result<Departed> DeactivateLeaver(Permit<Permission::kUsersWrite>, World&, std::string_view id,
                                  const Departure&,
                                  std::optional<std::int64_t> expected_version = {});

}  // namespace ostiary
