#pragma once

// Claims that arrive together are decided together, in one transaction (REG-6).

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/codes.h"
#include "core/store.h"
#include "util/config.h"

namespace ostiary {

// One answer per claim, in order: the redemption, the earlier one of the same subject, or why not.
std::vector<Result<Redemption>> RedeemTogether(Work&, std::span<const SubjectClaim>,
                                               const Catalogue&, Millis now);

// Whether somebody stands behind what the code grants, at this moment (CODE-11): whoever approved
// it or else its creator, active and with the authority to grant it. The console's word always
// stands. `known` remembers people within one transaction.
using KnownAuthorities = std::map<std::string, std::optional<Authority>>;
bool SomebodyVouches(Work&, const Catalogue&, const Code&, Millis now, KnownAuthorities& known);

}  // namespace ostiary
